// @ts-check
/** The digest of a result as it is shown; the server's half is meetings/digest.py, on the same cases. */

import { sha256 } from "@noble/hashes/sha2.js";

/**
 * @typedef {object} Counted a vote with its result
 * @property {string} question
 * @property {Array<{ code: string, label: string }>} options
 * @property {Record<string, any>} [result]
 * @property {object} [annulled]
 */

/**
 * What the digest of a result is of.
 * @param {string} id
 * @param {Counted} vote
 */
export function shownResult(id, { question, options, result = {}, annulled }) {
  return {
    vote: id,
    question,
    options: options.map(({ code, label }) => ({ code, label })),
    counts: result.counts,
    members: result.members,
    present: result.present + result.late,
    cast: result.cast,
    carried: result.chosen ?? result.carried,
    annulled: annulled !== undefined,
  };
}

/**
 * The one way to write it: names sorted, no spaces.
 * @param {unknown} value
 * @returns {string}
 */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const lines = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`);
  return `{${lines.join(",")}}`;
}

/** SHA-256 of the canonical text, in hexadecimal. @param {unknown} shown */
export function digestOf(shown) {
  const bytes = sha256(new TextEncoder().encode(canonical(shown)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The eight characters people compare: 7F3A 91C2. @param {string} digest */
export function short(digest) {
  const head = digest.slice(0, 8).toUpperCase();
  return `${head.slice(0, 4)} ${head.slice(4)}`;
}
