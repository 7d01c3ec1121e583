// @ts-check
/** Who has a vote: counted once per change of the people, however often a page is drawn. */

/** @import { Store } from "meetings/room/store" */
/** @import { Person } from "meetings/room/types" */
/** @typedef {{ members: number, present: number, list: Array<[string, Person]> }} Voters */

/** @type {WeakMap<object, Voters>} */
const counted = new WeakMap();

/** @param {Store} store @returns {Voters} */
export function votersOf(store) {
  const { people } = store.room;
  const known = counted.get(people);
  if (known) return known;
  const list = store.people().filter(([, person]) => person.votes);
  const found = { members: list.length, present: list.filter(([, { present }]) => present).length, list };
  counted.set(people, found);
  return found;
}
