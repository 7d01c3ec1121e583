// @ts-check
/** In which order those who asked to speak are called; the same as meetings/queue.py. Pure. */

/** @typedef {{ key: string, person: string, lane: string, position: number, at: string }} Line */
/** @typedef {Record<string, Record<string, number>>} Held  how often each person has had the floor, by lane */

/**
 * @param {string} a
 * @param {string} b
 */
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The keys of one lane in the order they are called.
 * @param {Line[]} lines
 * @param {Record<string, number>} held
 * @param {string} order
 */
export function lineUp(lines, held, order) {
  const asked = [...lines].sort((a, b) => compare(a.at, b.at) || compare(a.key, b.key));
  if (order === "manual") return asked.sort((a, b) => a.position - b.position).map((line) => line.key);
  const before = new Map(Object.entries(held));
  const ranked = asked.map((line) => {
    const rank = before.get(line.person) ?? 0;
    before.set(line.person, rank + 1);
    return { rank, key: line.key };
  });
  return ranked.sort((a, b) => a.rank - b.rank).map((line) => line.key);
}

/**
 * Every lane's queue.
 * @param {Line[]} lines
 * @param {Held} held
 * @param {string} order
 * @returns {Record<string, string[]>}
 */
export function lanes(lines, held, order) {
  /** @type {Record<string, Line[]>} */
  const byLane = {};
  for (const line of lines) byLane[line.lane] = [...(byLane[line.lane] ?? []), line];
  const queues = Object.entries(byLane).map(([lane, found]) => [lane, lineUp(found, held[lane] ?? {}, order)]);
  return Object.fromEntries(queues);
}

/**
 * The queues of one item in a room's state.
 * @param {Record<string, import("meetings/room/types").Speech>} speeches
 * @param {string} item
 * @param {string} order
 */
export function queuesOf(speeches, item, order) {
  const here = Object.entries(speeches).filter(([, speech]) => speech.item === item);
  /** @type {Held} */
  const held = {};
  for (const [, speech] of here)
    if (speech.turns.some((turn) => turn.phase !== "answer")) {
      const lane = held[speech.lane] ?? {};
      held[speech.lane] = { ...lane, [speech.person]: (lane[speech.person] ?? 0) + 1 };
    }
  const lines = here
    .filter(([, speech]) => speech.state === "waiting")
    .map(([key, { person, lane, position, at }]) => ({ key, person, lane, position, at }));
  return lanes(lines, held, order);
}
