// @ts-check
/** The clock of who has the floor: used, left, over; the same figures as meetings/floor.py. Pure. */

/**
 * @typedef {{ person: string, phase: string, limit: number, used: number, since?: string }} Turn  `limit` in seconds
 *   (0: none), `used` in milliseconds before `since`
 * @typedef {{ used: number, left: number, over: number, tone: "free" | "calm" | "near" | "over" }} Stand
 */

const NEAR = 30_000;

/**
 * @param {number} used
 * @param {number | null} since when the clock last started, null while it stands
 * @param {number} now by the server's clock
 */
export function usedMs(used, since, now) {
  return since === null ? used : used + Math.max(0, now - since);
}

/**
 * @param {number} limit seconds, 0: none
 * @param {number} used milliseconds
 * @returns {Stand}
 */
export function stand(limit, used) {
  if (limit === 0) return { used, left: 0, over: 0, tone: "free" };
  const left = limit * 1000 - used;
  if (left < 0) return { used, left: 0, over: -left, tone: "over" };
  return { used, left, over: 0, tone: left <= NEAR ? "near" : "calm" };
}

/**
 * How a turn stands now.
 * @param {Turn} turn
 * @param {number} now by the server's clock
 */
export function standOf(turn, now) {
  return stand(turn.limit, usedMs(turn.used, turn.since ? Date.parse(turn.since) : null, now));
}

/** A length of time as a clock shows it, whole seconds. @param {number} ms */
export function clock(ms) {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** What a large timer shows: what is left, "+" and what it is over, or what was used where nothing is limited. @param {Stand} found */
export function shown(found) {
  if (found.tone === "free") return clock(found.used);
  return found.tone === "over" ? `+${clock(found.over)}` : clock(found.left + 999);
}
