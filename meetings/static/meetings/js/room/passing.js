// @ts-check
/** Frames that are never stored: who wants to hear which kind. */

/** @type {Map<string, Array<(data: any) => void>>} */
const listeners = new Map();

/**
 * Listen for frames of a kind.
 * @param {string} kind
 * @param {(data: any) => void} listener
 */
export function hear(kind, listener) {
  listeners.set(kind, [...(listeners.get(kind) ?? []), listener]);
}

/**
 * A frame has come; kinds nobody knows are ignored.
 * @param {string} kind
 * @param {unknown} data
 */
export function tell(kind, data) {
  for (const listener of listeners.get(kind) ?? []) listener(data);
}
