// @ts-check
/** Opinions on the item shown: for chair and secretary what was handed in, for everybody their own. */

import { el } from "meetings/room/el";
import { say } from "meetings/room/texts";

/** @import { Store } from "meetings/room/store" */
/** @import { Opinion } from "meetings/room/types" */
/** @import { Act, Context } from "meetings/room/parts" */

/** @param {Context} context */
export function opinionsPart({ store, act, desk }) {
  const { item } = desk;
  const given = store.opinionsOn(item);
  const mine = own(store, act, item);
  if (!mine && given.length === 0) return null;
  const title = given.length > 0 ? say("opinionsGiven", { count: given.length }) : say("ownOpinion");
  const heading = el("h2", { class: "room-pane-title" }, title);
  return el("section", { class: "room-part" }, heading, mine, given.length > 0 && list(given));
}

/** @param {Opinion[]} given */
function list(given) {
  const rows = given.map((one) =>
    el("li", {}, el("strong", {}, one.name ?? ""), el("p", { class: "room-opinion" }, one.text)),
  );
  return el("ul", { class: "room-opinion-list" }, rows);
}

/**
 * My own words on the item: handed in, or still mine alone with the button that hands them in.
 * @param {Store} store
 * @param {Act} act
 * @param {string} item
 */
function own(store, act, item) {
  const handed = store.ownOpinion(item);
  if (handed) {
    if (store.leads) return false; // it stands in the list already
    const words = el("p", { class: "room-opinion" }, handed.text);
    return el("div", { class: "room-own" }, words, el("p", { class: "faint" }, say("opinionHandedIn")));
  }
  const draft = store.drafts[item];
  if (!draft) return false;
  return el(
    "div",
    { class: "room-own" },
    el("p", { class: "room-opinion" }, draft),
    el("p", { class: "faint" }, say("opinionMineAlone")),
    store.mayHandIn(item) && handIn(act, item),
  );
}

/**
 * @param {Act} act
 * @param {string} item
 */
function handIn(act, item) {
  const attributes = { type: "button", class: "button room-wide", "data-key": "hand-in" };
  return el("button", { ...attributes, onclick: () => act("hand_in_opinion", { item }) }, say("handIn"));
}
