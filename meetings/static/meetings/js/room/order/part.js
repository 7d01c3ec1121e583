// @ts-check
/** The chair's order of business on the page: one large button for the next step, what is missing, the way back. */

import { connectedPeople } from "meetings/room/delivered";
import { el } from "meetings/room/el";
import { orderOfBusiness } from "meetings/room/order/steps";
import { isOpen, OFFERED_FOR, wayBack } from "meetings/room/order/undo";
import { prepareVote } from "meetings/room/prepare";
import { clockWords } from "meetings/room/presence";
import { queuesOf } from "meetings/room/speaking/queue";
import { say } from "meetings/room/texts";
import { ask, open as openDialog } from "ui/dialogs";

/** @import { Store } from "meetings/room/store" */
/** @import { Step, Lack, Around } from "meetings/room/order/steps" */
/** @import { Undo } from "meetings/room/order/undo" */
/** @import { Context } from "meetings/room/parts" */
/** @typedef {(verb: string, data: object) => Promise<any>} Act */

/** The keys of what one has always done here; others are named after their sentence. @type {Record<string, string>} */
const KEYS = {
  stepOpenMeeting: "open-meeting",
  stepCloseMeeting: "close-meeting",
  stepConclude: "conclude",
  stepConcludeMore: "conclude",
  stepPrepareVote: "prepare-vote",
};
const LANES = ["debate", "speech", "question"];

/** @type {{ undo: Undo, until: number } | null} */
let last = null;
let busy = false;

/**
 * Remembers how to take back what was just done, wherever on the page it was done.
 * @param {Store} store
 * @param {Act} act
 * @returns {Act}
 */
export function rememberingUndo(store, act) {
  return async (verb, data) => {
    const before = store.room;
    const done = await act(verb, data);
    const undo = done && wayBack(verb, data, before, done.data);
    if (undo) {
      last = { undo, until: Date.now() + OFFERED_FOR };
      setTimeout(() => store.changed(), OFFERED_FOR + 100);
      store.changed();
    }
    return done;
  };
}

/**
 * For chair and secretary only.
 * @param {Context} context
 */
export function orderPart(context) {
  const { store } = context;
  if (!store.leads) return null;
  const { now, next, others, lacks } = orderOfBusiness(store.room, around(store));
  return el(
    "section",
    { class: "room-part order", "data-order": now, "aria-label": say("orderTitle") },
    el("p", { class: "order-now" }, nowWords(now, store)),
    next && stepButton(next, context, true),
    lacks.map((lack) => lackLine(lack, context)),
    wayBackLine(context),
    others.length > 0 && el("div", { class: "order-others" }, ...others.map((step) => stepButton(step, context))),
  );
}

/**
 * What the order of business needs to know besides the room's state: who is connected, who is called next (those who
 * answer others first).
 * @param {Store} store
 * @returns {Around}
 */
function around(store) {
  const { current_item: item, queue_order: order } = store.room.meeting;
  const queues = queuesOf(store.room.speeches ?? {}, item ?? "", order ?? "fair");
  const waiting = LANES.flatMap((lane) => queues[lane] ?? []).filter((key) => {
    const person = store.room.speeches?.[key]?.person ?? "";
    return store.room.people[person]?.present; // who is not here yet is not called
  });
  return { here: connectedPeople(), waiting, early: store.isEarly };
}

/**
 * Where the meeting is, in words.
 * @param {string} now
 * @param {Store} store
 */
function nowWords(now, store) {
  const item = store.room.items[store.room.meeting.current_item ?? ""];
  const place = item ? say("orderAtItem", { number: item.label, title: item.title }) : "";
  return say(`orderNow${now.charAt(0).toUpperCase()}${now.slice(1)}`, { place });
}

/**
 * @param {Step} step
 * @param {Context} context
 * @param {boolean} [isNext]
 */
function stepButton(step, context, isNext = false) {
  const words = (!isNext && say(`${step.key}Short`, step.values)) || say(step.key, step.values);
  if (step.link)
    return el("a", { class: "button button-primary order-next", href: `${context.urls.page}minutes/` }, words);
  const tone = isNext ? "button-primary order-next" : step.danger ? "button-danger" : "";
  const attributes = {
    type: "button",
    class: `button ${tone}`,
    "data-key": KEYS[step.key] ?? `order-${step.key}`,
    "data-step": step.verb ?? step.key,
    disabled: busy && isNext,
    onclick: () => take(step, context),
  };
  return el("button", attributes, words);
}

/**
 * Asks first where the step asks for it; a second tap while it is on its way does nothing.
 * @param {Step} step
 * @param {Context} context
 */
async function take(step, { store, act }) {
  if (step.dialog === "vote-dialog") return prepareVote();
  if (step.dialog) return openDialog(step.dialog);
  if (busy || !step.verb) return;
  const values = { ...step.values, when: clockWords(Date.parse(store.room.meeting.starts_at)) };
  const question = (step.ask ?? []).map((key) => say(key, values)).join(" ");
  if (question && !(await ask(question, { yes: say(step.key, step.values), danger: step.danger ?? false }))) return;
  busy = true;
  store.changed();
  await act(step.verb, step.data ?? {});
  busy = false;
  store.changed();
}

/**
 * @param {Lack} lack
 * @param {Context} context
 */
function lackLine(lack, context) {
  const words = el("span", {}, say(lack.key, lack.values));
  return el(
    "p",
    { class: "order-lack tone-warning", "data-lack": lack.key },
    words,
    lack.step && stepButton(lack.step, context),
  );
}

/** @param {Context} context */
function wayBackLine({ store, act }) {
  if (!last || Date.now() > last.until || !isOpen(last.undo, store.room)) return null;
  const { undo } = last;
  const back = async () => {
    last = null;
    await act(undo.verb, undo.data);
    last = null;
    store.changed();
  };
  const attributes = { type: "button", class: "button button-quiet", "data-key": "order-undo", onclick: back };
  return el("p", { class: "order-undo" }, el("button", attributes, say(undo.key)));
}
