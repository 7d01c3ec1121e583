// @ts-check
/** Whose screens show a result: every page says so once it has drawn one, chair and secretary see how many did. */

import { digestOf, shownResult } from "meetings/room/digest";
import { el } from "meetings/room/el";
import { hear } from "meetings/room/passing";
import { say } from "meetings/room/texts";

/** @import { Context } from "meetings/room/parts" */
/** @import { Vote } from "meetings/room/types" */
/** @typedef {{ vote: string, state: string, digest: string, process: string, people: string[], differ: string[] }} Shown */

/** @type {Map<string, Map<string, Shown>>} by vote and state, what each process has heard */
const heard = new Map();
/** @type {Set<string>} what this page has told over the present connection */
const told = new Set();
/** @type {Record<string, boolean>} whose tablets are connected */
let connected = {};

/** @param {Context} context */
export function keepDelivered({ store }) {
  hear("shown", (/** @type {Shown} */ data) => {
    const key = `${data.vote}:${data.state}:${data.digest}`;
    heard.set(key, new Map(heard.get(key)).set(data.process, data));
    store.changed();
  });
  hear("here", (/** @type {Record<string, true | null>} */ data) => {
    const all = Object.entries({ ...connected, ...data }).filter(([, here]) => here);
    connected = Object.fromEntries(all.map(([person]) => [person, true]));
    store.changed();
  });
}

/** Who is connected, as far as this page was told. */
export const isConnected = (/** @type {string} */ person) => person in connected;

/** Whose tablets are connected, by person. */
export const connectedPeople = () => connected;

/** A new connection may be to a server that knows nothing of what was told before. */
export function forgetTold() {
  told.clear();
}

/**
 * Tells that this page shows the vote as it stands; called after the browser has drawn it.
 * @param {string} id
 * @param {Vote} vote
 * @param {Context} context
 */
export function tellShown(id, vote, { store, pass }) {
  const digest = vote.digest ? digestOf(shownResult(id, vote)) : "";
  const key = `${id}:${vote.state}:${digest}`;
  if (told.has(key) || !store.connected || (vote.state !== "open" && !digest)) return;
  told.add(key);
  requestAnimationFrame(() => setTimeout(() => pass("shown", { vote: id, state: vote.state, digest })));
}

/**
 * “197/200 máy đã hiện kết quả”, and whose screens show another one. Before it is declared only those who conduct the
 * vote see a result: then there is nothing to count.
 * @param {string} id
 * @param {Vote} vote
 * @param {Context} context
 */
export function deliveredLine(id, vote, { store }) {
  const lines = [...(heard.get(`${id}:${vote.state}:${vote.digest ?? ""}`)?.values() ?? [])];
  if (!store.leads || lines.length === 0) return false;
  const shown = new Set(lines.flatMap(({ people }) => people));
  const differ = new Set(lines.flatMap(({ differ }) => differ));
  const all = new Set([...Object.keys(connected), ...shown]);
  const names = [...differ].map((person) => store.room.people[person]?.name ?? "").join(", ");
  const counts = vote.state !== "closed";
  if (!counts && differ.size === 0) return false;
  const words = vote.state === "open" ? "questionDelivered" : "resultDelivered";
  return el(
    "div",
    { class: "room-delivered", role: "status" },
    counts && el("p", {}, say(words, { shown: shown.size, all: all.size })),
    differ.size > 0 && el("p", { class: "alert tone-danger" }, say("otherDigestAt", { names })),
  );
}
