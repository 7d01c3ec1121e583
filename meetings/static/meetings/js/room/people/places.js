// @ts-check
/** Where people take part: the room, the sites, online. */

import { say } from "meetings/room/texts";

/** @import { Store } from "meetings/room/store" */
/** @import { Person } from "meetings/room/types" */

/** @type {WeakMap<object, Array<[string, string]>>} reckoned once per state of the room, however many rows ask */
const known = new WeakMap();

/** Every place there is, key and name; the room alone where there are no others. @param {Store} store @returns {Array<[string, string]>} */
export function placesOf(store) {
  const places = known.get(store.room) ?? reckoned(store);
  known.set(store.room, places);
  return places;
}

/** @param {Store} store @returns {Array<[string, string]>} */
function reckoned(store) {
  const { sites = {}, people, meeting } = store.room;
  const named = Object.entries(sites)
    .sort(([, a], [, b]) => a.position - b.position)
    .map(([key, { name }]) => /** @type {[string, string]} */ ([key, name]));
  const online = Boolean(meeting.join_link) || Object.values(people).some(({ attends }) => attends === "online");
  const last = /** @type {Array<[string, string]>} */ (online ? [["online", say("placeOnline")]] : []);
  return [["room", say("placeRoom")], ...named, ...last];
}

/** Where somebody takes part, empty where everybody is in the room. @param {Store} store @param {Person} person */
export function placeName(store, person) {
  const places = placesOf(store);
  if (places.length < 2) return "";
  const key = person.attends === "site" ? person.site : (person.attends ?? "room");
  return places.find(([one]) => one === key)?.[1] ?? "";
}

/** The link to join where somebody takes part, if there is one. @param {Store} store @param {Person} person */
export function linkOf(store, person) {
  const { sites = {}, meeting } = store.room;
  if (person.attends === "online") return meeting.join_link ?? "";
  return person.attends === "site" ? (sites[person.site ?? ""]?.link ?? "") : "";
}
