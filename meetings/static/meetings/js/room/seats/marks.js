// @ts-check
/** What everybody in the room is doing, as one mark each: for seats, lists and screens. Pure. */

/** @import { Person, Room } from "meetings/room/types" */
/** @typedef {"speaking" | "voted" | "unvoted" | "called" | "asking" | "ready" | "present" | "left" | "absent"} Mark */
/** @typedef {Pick<Room, "people" | "votes" | "speeches">} Scene */

/** Every mark with its sign, a line drawn within 20 by 20 around the middle: colour alone says nothing to some. */
/** @type {Record<Mark, string>} */
export const SIGNS = {
  speaking: "M0 -9a4 4 0 0 1 4 4v4a4 4 0 0 1-8 0v-4a4 4 0 0 1 4-4zM-8 -1a8 8 0 0 0 16 0M0 7v3",
  voted: "M-8 0l5 6 11-12",
  unvoted: "M-8 0h1M0 0h1M8 0h1",
  called: "M-8 0h15M1 -6l6 6-6 6",
  asking: "M0 9V-8M-6 -2l6-7 6 7",
  ready: "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0M-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0",
  present: "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0",
  left: "M8 0H-7M-1 -6l-6 6 6 6",
  absent: "M-6 -6L6 6M6 -6L-6 6",
};

/** In the order a legend says them. */
export const MARKS = /** @type {Mark[]} */ (Object.keys(SIGNS));

/** Who speaks, who is called, who waits, by person. @param {Scene} scene @returns {Map<string, Mark>} */
function speakers({ speeches = {} }) {
  /** @type {Map<string, Mark>} */
  const found = new Map();
  for (const { state, person, turns } of Object.values(speeches)) {
    if (state === "speaking" || state === "paused") found.set(turns?.at(-1)?.person ?? person, "speaking");
    else if (state === "called" && found.get(person) !== "speaking") found.set(person, "called");
    else if (state === "waiting" && !found.has(person)) found.set(person, "asking");
  }
  return found;
}

/**
 * Everybody's mark. While a vote is open those with a vote show whether they have given it, never how; `isHere` is
 * known to chair and secretary alone, and guests are not told who has voted.
 * @param {Scene} scene
 * @param {(person: string) => boolean} [isHere]
 * @returns {Map<string, Mark>}
 */
export function marksOf(scene, isHere = () => false) {
  const speaking = speakers(scene);
  const voted = Object.values(scene.votes).find(({ state }) => state === "open")?.voted;
  /** @type {Map<string, Mark>} */
  const found = new Map();
  for (const [id, person] of Object.entries(scene.people)) {
    if (!person.removed) found.set(id, markOf(id, person, { speaking: speaking.get(id), voted, isHere }));
  }
  return found;
}

/**
 * @param {string} id
 * @param {Person} person
 * @param {{ speaking?: Mark, voted?: Record<string, boolean>, isHere: (person: string) => boolean }} known
 * @returns {Mark}
 */
function markOf(id, person, { speaking, voted, isHere }) {
  if (speaking === "speaking") return speaking;
  if (!person.present) return person.left_at ? "left" : "absent";
  if (voted && person.votes) return voted[id] ? "voted" : "unvoted";
  if (speaking) return speaking;
  return isHere(id) ? "ready" : "present";
}

/** Who sits where. @param {Scene} scene @returns {Map<string, string>} */
export function sitters({ people }) {
  return new Map(
    Object.entries(people)
      .filter(([, { seat, removed }]) => seat && !removed)
      .map(([id, { seat }]) => [seat, id]),
  );
}

/** How many have each mark. @param {Map<string, Mark>} marks @returns {Map<Mark, number>} */
export function tally(marks) {
  /** @type {Map<Mark, number>} */
  const found = new Map();
  for (const mark of marks.values()) found.set(mark, (found.get(mark) ?? 0) + 1);
  return found;
}

/** The end of a name, as far as it fits on a seat; rooms/drawing.py does the same. @param {string} name */
export function shortName(name) {
  const parts = name.trim().split(/\s+/);
  const ending = parts.slice(-2).join(" ");
  return ending.length <= 9 ? ending : (parts.at(-1) ?? "");
}
