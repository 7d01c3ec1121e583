// @ts-check
/** The words somebody searched all documents for, found again on a page: as the search reads them. Pure. */

import { fold } from "documents/viewer/fold";

const TERM = /"([^"]*)"|(\S+)/g;
const WORD = /\p{L}+|\d+/gu;
const BETWEEN = "[^\\p{L}\\d]*";

/**
 * Each word, phrase in quotation marks or symbol (12/QĐ-UBND) apart, as an expression for folded text: whole words, a
 * number with or without zeros before it.
 * @param {string} query
 * @returns {RegExp[]}
 */
export function expressions(query) {
  const terms = [...query.matchAll(TERM)].map((match) => fold(match[1] ?? match[2] ?? "").text.match(WORD) ?? []);
  return terms.filter((words) => words.length).map((words) => new RegExp(words.map(whole).join(BETWEEN), "gu"));
}

/** @param {string} word */
function whole(word) {
  return /^\d/.test(word) ? `(?<!\\d)0*${word.replace(/^0+(?=\d)/, "")}(?!\\d)` : `(?<!\\p{L})${word}(?!\\p{L})`;
}

/**
 * Where any of the words stand, as half-open ranges of the original in order; with the marks typed, where a page has
 * them so. Words side by side are one range.
 * @param {string} original
 * @param {string} query
 * @returns {[number, number][]}
 */
export function soughtIn(original, query) {
  const composed = query.normalize("NFC");
  const { text, places } = fold(original);
  const found = expressions(composed).flatMap((expression) =>
    [...text.matchAll(expression)].map(
      (match) =>
        /** @type {[number, number]} */ ([
          places[match.index] ?? 0,
          (places[match.index + match[0].length - 1] ?? original.length - 1) + 1,
        ]),
    ),
  );
  const said = new Set(composed.toLowerCase().match(WORD) ?? []);
  const exact = found.filter(([start, end]) =>
    (original.slice(start, end).normalize("NFC").toLowerCase().match(WORD) ?? []).every((word) => said.has(word)),
  );
  return joined(exact.length ? exact : found, original);
}

/**
 * @param {[number, number][]} ranges
 * @param {string} original
 * @returns {[number, number][]}
 */
function joined(ranges, original) {
  /** @type {[number, number][]} */
  const rows = [];
  for (const [start, end] of ranges.sort((one, two) => one[0] - two[0])) {
    const last = rows.at(-1);
    if (last && (start <= last[1] || !original.slice(last[1], start).trim())) last[1] = Math.max(last[1], end);
    else rows.push([start, end]);
  }
  return rows;
}
