// @ts-check
/** Opinions on the item shown: for chair and secretary what was handed in, for everybody their own. */

import { el } from "meetings/room/el";
import { say } from "meetings/room/texts";
import { icon } from "ui/icons";

/** @import { Store } from "meetings/room/store" */
/** @import { Opinion } from "meetings/room/types" */
/** @import { Act, Context } from "meetings/room/parts" */

/** @param {Context} context */
export function opinionsPart(context) {
  const { store, act, desk } = context;
  const { item } = desk;
  const given = store.opinionsOn(item);
  const mine = own(store, act, item);
  const remarks = store.leads ? [] : store.ownRemarks(item);
  if (!mine && given.length === 0 && remarks.length === 0) return null;
  const title = given.length > 0 ? say("opinionsGiven", { count: given.length }) : say("ownOpinion");
  const heading = el("h2", { class: "room-pane-title" }, title);
  const said = remarks.length > 0 && [list(remarks, context), el("p", { class: "faint" }, say("opinionHandedIn"))];
  return el("section", { class: "room-part" }, heading, mine, said, given.length > 0 && list(given, context));
}

/** @param {Opinion[]} given @param {Context} context */
function list(given, context) {
  const rows = given.map((one) =>
    el(
      "li",
      {},
      one.name && el("strong", {}, one.name),
      place(one, context),
      one.quote && el("blockquote", { class: "room-quote" }, one.quote),
      el("p", { class: "room-opinion" }, one.text),
    ),
  );
  return el("ul", { class: "room-opinion-list" }, rows);
}

/** The way to where a remark was made. @param {Opinion} one @param {Context} context */
function place(one, { store, openPlace }) {
  if (!one.page || !one.paper) return false;
  const title = store.papers[one.paper]?.title ?? say("remarkPaper");
  const attributes = { type: "button", class: "button button-quiet", "data-key": `place-${one.paper}-${one.at}` };
  const words = say("remarkPlace", { title, page: one.page });
  return el("button", { ...attributes, onclick: () => openPlace(one) }, icon("file-text"), words);
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
