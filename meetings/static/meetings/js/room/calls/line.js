// @ts-check
/** Calls from the seats as lists: which stand, which are over, how long somebody has waited. */

/**
 * A call: to who serves the room with person and seat, to who called without.
 *
 * @typedef {object} Call
 * @property {string} kind water, technician, secretary, other, message
 * @property {string} state waiting, taken, settled
 * @property {string} at
 * @property {string} [text]
 * @property {string} [answer]
 * @property {string} [settled_at]
 * @property {string} [taken_by]
 * @property {string} [person]
 * @property {string} [name]
 * @property {string} [seat]
 * @property {string} [site]
 */

/** By id. @typedef {Record<string, Call>} Calls */

const RANK = { waiting: 0, taken: 1 };
const MINUTE = 60_000;

/** @param {Call} call */
const rank = (call) => RANK[/** @type {"waiting" | "taken"} */ (call.state)] ?? 2;

/** Those not settled: waiting ones first, each the longest waiting first. @param {Calls} calls @returns {Array<[string, Call]>} */
export function standing(calls) {
  return Object.entries(calls)
    .filter(([, call]) => call.state !== "settled")
    .sort(([, a], [, b]) => rank(a) - rank(b) || (a.at < b.at ? -1 : 1));
}

/** Those settled, the newest first. @param {Calls} calls @param {number} most @returns {Array<[string, Call]>} */
export function settled(calls, most) {
  return Object.entries(calls)
    .filter(([, call]) => call.state === "settled")
    .sort(([, a], [, b]) => ((a.settled_at ?? a.at) > (b.settled_at ?? b.at) ? -1 : 1))
    .slice(0, most);
}

/** How many wait. @param {Calls} calls */
export function waiting(calls) {
  return Object.values(calls).filter((call) => call.state === "waiting").length;
}

/** Whole minutes somebody has waited. @param {Call} call @param {number} now */
export function minutes(call, now) {
  return Math.max(0, Math.floor((now - Date.parse(call.at)) / MINUTE));
}
