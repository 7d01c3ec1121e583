// @ts-check
/** How many papers lie on whose device, as their pages say; only chair and secretary are told. */

import { say } from "meetings/room/texts";

/** @import { Context } from "meetings/room/parts" */
/** @typedef {{ have: number, of: number }} Taken */

/** @type {Map<string, Taken>} by person */
const packs = new Map();
let listening = false;

/** Hears of packs from now on. @param {Context} context */
export function listenForPacks({ hear, store }) {
  if (listening) return;
  listening = true;
  hear("pack", (data) => {
    for (const [person, taken] of Object.entries(data)) packs.set(person, taken);
    store.changed();
  });
}

/** @param {string} person */
export function packWords(person) {
  const taken = packs.get(person);
  return taken ? say("packOf", taken) : "";
}

/** How many people have every paper on their device, of those who take part. @param {Context["store"]} store */
export function packSummary(store) {
  const people = store.people();
  const whole = people.filter(([id]) => {
    const taken = packs.get(id);
    return taken !== undefined && taken.have === taken.of;
  });
  return packs.size > 0 ? say("packSeats", { whole: whole.length, people: people.length }) : "";
}
