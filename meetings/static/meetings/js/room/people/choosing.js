// @ts-check
/** Which people a list shows: by name without marks, by presence, by site, by unit. Pure. */

import { folded } from "meetings/room/folding";

/** @import { Person } from "meetings/room/types" */
/** @typedef {{ text: string, state: string, where: string, unit: string }} Choice */
/** @typedef {[string, Person]} Entry */

export const STATES = ["all", "present", "waiting", "left"];

/** @param {Person} person */
export function stateOf(person) {
  if (person.present) return "present";
  return person.left_at ? "left" : "waiting";
}

/** Where somebody attends: room, online, or the id of a site. @param {Person} person */
export function whereOf(person) {
  return person.attends === "site" ? (person.site ?? "room") : (person.attends ?? "room");
}

/** @type {WeakMap<Person, string>} a person is another object once anything of them changes */
const names = new WeakMap();

/** @param {Person} person */
function nameOf(person) {
  const known = names.get(person);
  if (known !== undefined) return known;
  const made = folded([person.name, person.title, person.seat, person.unit].filter(Boolean).join(" "));
  names.set(person, made);
  return made;
}

/**
 * @param {Entry[]} people
 * @param {Choice} choice
 * @returns {Entry[]}
 */
export function chosen(people, { text, state, where, unit }) {
  const words = folded(text).split(/\s+/).filter(Boolean);
  return people.filter(
    ([, person]) =>
      (state === "all" || stateOf(person) === state) &&
      (where === "" || whereOf(person) === where) &&
      (unit === "" || person.unit === unit) &&
      words.every((word) => nameOf(person).includes(word)),
  );
}

/** How many there are of each state. @param {Entry[]} people @returns {Record<string, number>} */
export function counts(people) {
  /** @type {Record<string, number>} */
  const found = { all: people.length, present: 0, waiting: 0, left: 0 };
  for (const [, person] of people) found[stateOf(person)] = (found[stateOf(person)] ?? 0) + 1;
  return found;
}

/** The units people were named by, in order. @param {Entry[]} people */
export function unitsOf(people) {
  return [...new Set(people.map(([, { unit }]) => unit ?? "").filter(Boolean))].sort((a, b) =>
    a.localeCompare(b, "vi"),
  );
}
