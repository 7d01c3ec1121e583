// @ts-check
/** JSON Merge Patch (RFC 7396); the server's half is live/patch.py, on the same fixtures. */

/** @typedef {null | boolean | number | string | Json[] | { [name: string]: Json }} Json */

/**
 * @param {unknown} value
 * @returns {value is { [name: string]: unknown }}
 */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Return `target` with `patch` applied; neither is changed, and what the patch does not touch stays the same object.
 *
 * @param {unknown} target
 * @param {unknown} patch
 * @returns {unknown}
 */
export function apply(target, patch) {
  if (!isObject(patch)) return patch;
  /** @type {Map<string, unknown>} a map, so that a name such as __proto__ is a name like any other */
  const result = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) result.delete(name);
    else result.set(name, apply(result.get(name), value));
  }
  return Object.fromEntries(result);
}
