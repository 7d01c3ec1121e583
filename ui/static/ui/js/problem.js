// @ts-check
/** Errors of the server, problem+json (RFC 9457), as one sentence. */

import { text } from "ui/texts";

/** @typedef {{ title?: string, detail?: string, code?: string }} Problem */

/**
 * The sentence for a failed answer; status 0 is a lost connection.
 * @param {number} status
 * @param {string} body
 * @returns {string}
 */
export function sentence(status, body) {
  if (status === 0) return text("offline");
  if (status === 401) return text("signedOut");
  const problem = parse(body);
  return problem.detail || problem.title || text("failed");
}

/**
 * @param {string} body
 * @returns {Problem}
 */
function parse(body) {
  try {
    const value = JSON.parse(body);
    return value && typeof value === "object" ? value : {};
  } catch {
    return {};
  }
}
