// @ts-check
/** The connections this page has been told of; only chair and secretary are. */

import { Connections } from "meetings/room/people/connection";

/** @import { Context } from "meetings/room/parts" */

const connections = new Connections();
let listening = false;

/** @param {string} person */
export const isHere = (person) => connections.isHere(person);

/** Hears of connections from now on. @param {Context} context */
export function listen({ hear, store }) {
  if (listening) return;
  listening = true;
  hear("here", (data) => {
    connections.take(data, store.now());
    store.changed();
  });
  setInterval(() => {
    if (connections.suggest(store.people(), store.now()).gone.length > 0) store.changed();
  }, 30_000);
}

/** What follows from the connections for chair and secretary. @param {Context["store"]} store */
export function suggested(store) {
  return connections.suggest(store.people(), store.now());
}
