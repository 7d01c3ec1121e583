// @ts-check
/** JSON Merge Patch (RFC 7396): the whole of how an event changes a state. Pure; the same fixtures run in Python. */

/** @typedef {null | boolean | number | string | unknown[] | { [key: string]: unknown }} Json */

/**
 * The state after a patch; neither argument is changed.
 * @param {unknown} state
 * @param {unknown} patch
 * @returns {unknown}
 */
export function apply(state, patch) {
  if (!isObject(patch)) return patch;
  /** @type {Record<string, unknown>} */
  const result = isObject(state) ? { ...state } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = apply(result[key], value);
  }
  return result;
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
