// @ts-check
/** The agenda on the left: where the meeting is, what lies under each item, and for the chair the next step. */

import { el, fill } from "meetings/room/el";
import { say } from "meetings/room/texts";
import { icon } from "ui/icons";

/** @import { Store } from "meetings/room/store" */
/** @import { Desk } from "meetings/room/desk" */
/** @import { Item, Paper } from "meetings/room/types" */
/** @typedef {{ store: Store, desk: Desk, act: (verb: string, data: object) => Promise<unknown> }} Context */

/**
 * @param {Element} pane
 * @param {Context} context
 */
export function drawAgenda(pane, context) {
  const { store } = context;
  const rows = store
    .items()
    .map(([id, item]) => el("li", { "data-depth": item.depth }, row(id, item, context), papers(id, context)));
  fill(pane, el("h2", { class: "room-pane-title" }, say("agenda")), el("ol", { class: "agenda" }, rows));
}

/**
 * @param {string} id
 * @param {Item} item
 * @param {Context} context
 */
function row(id, item, { store, desk, act }) {
  const isCurrent = store.room.meeting.current_item === id;
  const line = el(
    "button",
    {
      type: "button",
      class: "agenda-item",
      "data-key": `item-${id}`,
      "aria-current": isCurrent ? "step" : undefined,
      "data-shown": desk.item === id,
      onclick: () => desk.show(id),
    },
    el("span", { class: "agenda-number" }, item.label),
    el("span", {}, el("span", { class: "agenda-title" }, item.title), note(item)),
  );
  const movable = store.leads && store.room.meeting.state === "open" && !isCurrent;
  return el("div", { class: "room-item" }, line, movable && mover(id, item, act));
}

/** @param {Item} item */
function note(item) {
  const minutes = item.minutes ? say("minutes", { count: item.minutes }) : "";
  const words = [item.presenter, item.owner, minutes, item.hidden ? say("hiddenItem") : ""].filter(Boolean);
  return words.length > 0 && el("span", { class: "agenda-note" }, ...words.map((word) => el("span", {}, word)));
}

/**
 * @param {string} id
 * @param {Item} item
 * @param {Context["act"]} act
 */
function mover(id, item, act) {
  const label = say("moveTo", { number: item.label });
  return el(
    "button",
    {
      type: "button",
      class: "button button-small room-move",
      "data-key": `move-${id}`,
      "aria-label": label,
      title: label,
      onclick: () => act("move_item", { item: id }),
    },
    icon("arrow-right"),
    say("moveHere"),
  );
}

/**
 * What is new about a paper: added, or replaced and what changed; strong until it was opened.
 * @param {Paper} paper
 * @param {Store} store
 */
function mark(paper, store) {
  if (!paper.supplement && !paper.changed_at) return false;
  const word = paper.changed_at ? say("replaced", { change: paper.change_note ?? "" }) : say("supplement");
  return el("span", { class: "room-mark", "data-fresh": store.isFresh(paper) }, word);
}

/**
 * @param {string} item
 * @param {Context} context
 */
function papers(item, { store, desk }) {
  const rows = store.papersOf(item).map(([id, paper]) =>
    el(
      "button",
      {
        type: "button",
        class: "room-paper",
        "data-key": `paper-${id}`,
        "aria-pressed": String(desk.paper === id),
        onclick: () => desk.show(item, id),
      },
      icon("file-text"),
      el("span", {}, paper.title, mark(paper, store)),
      el("span", { class: "faint" }, say("pages", { count: paper.pages })),
    ),
  );
  return rows.length > 0 && el("div", { class: "room-papers" }, rows);
}
