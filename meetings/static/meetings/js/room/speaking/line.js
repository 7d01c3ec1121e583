// @ts-check
/** The queues of an item, lane by lane: everybody sees them, chair and secretary call, place and refuse from them. */

import { el } from "meetings/room/el";
import { openGiving, openRefusing } from "meetings/room/speaking/dialogs";
import { dragHandle } from "meetings/room/speaking/drag";
import { aboutPage, inState, lanesOf, nameOf, queues, waitingOn } from "meetings/room/speaking/state";
import { clock } from "meetings/room/speaking/timer";
import { say } from "meetings/room/texts";
import { keep } from "ui/fill";
import { icon } from "ui/icons";

/** @import { Context } from "meetings/room/parts" */
/** @import { Speech } from "meetings/room/types" */

const NEXT = 3;

/** @param {Context} context */
export function speakingBadge({ store }) {
  return waitingOn(store, store.room.meeting.current_item ?? "").length;
}

/** @param {Context} context */
export function queuePart(context) {
  const { store, desk } = context;
  const found = queues(store, desk.item);
  const lanes = lanesOf(store).filter(({ code }) => (found[code] ?? []).length > 0);
  return el(
    "section",
    { class: "room-part speech-queue", "aria-label": say("queue") },
    el("h2", { class: "room-pane-title" }, say("queueOn", { number: store.room.items[desk.item]?.label ?? "" })),
    store.leads && tools(context),
    lanes.length === 0
      ? el("p", { class: "speech-empty" }, say("queueEmpty"))
      : lanes.map(({ code, label }) => laneList(code, label, found[code] ?? [], lanesOf(store).length > 1, context)),
    elsewhere(context),
  );
}

/** Fair or by hand, and the floor for somebody who did not ask. @param {Context} context */
function tools(context) {
  const { store, act } = context;
  const now = store.room.meeting.queue_order ?? "fair";
  const choice = (/** @type {string} */ order, /** @type {string} */ label) =>
    el(
      "button",
      {
        type: "button",
        class: "segment",
        "data-key": `order-${order}`,
        "aria-pressed": String(order === now),
        onclick: () => act("order_queue", { order }),
      },
      label,
    );
  const attributes = {
    type: "button",
    class: "button button-small",
    "data-key": "give-floor",
    title: say("giveFloorHelp"),
  };
  return el(
    "div",
    { class: "speech-tools" },
    el(
      "div",
      { class: "segments", role: "group", "aria-label": say("queueOrder") },
      choice("fair", say("orderFair")),
      choice("manual", say("orderManual")),
    ),
    store.room.meeting.state === "open" &&
      el("button", { ...attributes, onclick: () => openGiving(context) }, say("giveFloor")),
  );
}

/** @param {string} code @param {string} label @param {string[]} ids @param {boolean} headed @param {Context} context */
function laneList(code, label, ids, headed, context) {
  const { store } = context;
  const manual = store.room.meeting.queue_order === "manual" && store.leads;
  const called = inState(store, "called").length > 0;
  const rows = ids.map((id, place) => {
    const speech = /** @type {Speech} */ (store.room.speeches?.[id]);
    const seen = [
      speech,
      place,
      ids.length,
      manual,
      called,
      store.room.meeting.state,
      store.room.people[speech.person],
      spokenBefore(context, speech),
    ];
    return keep(id, seen, () => row(id, speech, { place, count: ids.length, manual, called }, context));
  });
  return el(
    "div",
    { class: "speech-lane-list", "data-key": `lane-${code}` },
    headed && el("h3", {}, label, el("span", { class: "count count-quiet" }, ids.length)),
    el("ol", { class: "speech-rows", "data-lane": code }, rows),
  );
}

/** How long somebody has had the floor on this item so far, in all lanes, milliseconds. @param {Context} context @param {Speech} speech */
function spokenBefore({ store }, { person, item }) {
  return Object.values(store.room.speeches ?? {})
    .filter((other) => other.item === item)
    .flatMap((other) => other.turns)
    .filter((turn) => turn.person === person && turn.phase !== "answer")
    .reduce((sum, turn) => sum + turn.used, 0);
}

/**
 * @param {string} id
 * @param {Speech} speech
 * @param {{ place: number, count: number, manual: boolean, called: boolean }} at
 * @param {Context} context
 */
function row(id, speech, { place, count, manual, called }, context) {
  const { store } = context;
  const person = store.room.people[speech.person];
  const used = spokenBefore(context, speech);
  const notes = [
    person?.title,
    speech.asked && say("putTo", { name: nameOf(store, speech.asked) }),
    speech.subject,
    aboutPage(store, speech),
    used > 0 && say("spokeAlready", { time: clock(used) }),
  ];
  const away = !person?.present && el("span", { class: "speech-away" }, say("speakerAway"));
  const acts = [
    ...(manual ? movers(id, { place, count }, context) : []),
    refuser(id, context),
    caller(id, { place, called, present: person?.present === true }, context),
  ];
  return el(
    "li",
    {
      class: "speech-row",
      "data-key": id,
      "data-next": place < NEXT,
      "data-mine": store.mine.me?.person === speech.person,
    },
    manual && dragHandle(id, place + 1, (to) => context.act("place_speech", { speech: id, position: to })),
    el("span", { class: "speech-place" }, place + 1),
    el(
      "div",
      { class: "speech-who" },
      el("p", { class: "speech-name" }, person?.name ?? "", away),
      el("p", { class: "soft" }, notes.filter(Boolean).join(" · ")),
    ),
    store.leads && el("div", { class: "speech-row-acts" }, ...acts),
  );
}

/** @param {string} id @param {{ place: number, count: number }} at @param {Context} context */
function movers(id, { place, count }, context) {
  const go = (/** @type {number} */ position) => context.act("place_speech", { speech: id, position });
  const arrow = (/** @type {string} */ key, /** @type {string} */ name, /** @type {number} */ to) =>
    el(
      "button",
      {
        type: "button",
        class: "button button-quiet button-icon",
        "data-key": `${key}-${id}`,
        "aria-label": say(name),
        title: say(name),
        disabled: to < 1 || to > count,
        onclick: () => go(to),
      },
      icon(key === "up" ? "arrow-up" : "arrow-down"),
    );
  return [arrow("up", "moveUp", place), arrow("down", "moveDown", place + 2)];
}

/** @param {string} id @param {Context} context */
function refuser(id, context) {
  const label = say("refuseSpeech");
  const attributes = {
    type: "button",
    class: "button button-quiet button-icon",
    "data-key": `refuse-${id}`,
    title: label,
  };
  return el("button", { ...attributes, "aria-label": label, onclick: () => openRefusing(context, id) }, icon("x"));
}

/**
 * @param {string} id
 * @param {{ place: number, called: boolean, present: boolean }} at
 * @param {Context} context
 */
function caller(id, { place, called, present }, { store, act }) {
  if (store.room.meeting.state !== "open") return null;
  const why = present ? (called ? say("anotherCalled") : "") : say("speakerAway");
  const tone = place === 0 && !why ? "button-primary" : "";
  const attributes = { type: "button", class: `button ${tone}`, "data-key": `call-${id}`, disabled: why !== "" };
  const call = () => act("call_speaker", { speech: id });
  return el("button", { ...attributes, title: why, onclick: call }, say("callSpeaker"));
}

/** Requests on other items stay where they are: say that they exist. @param {Context} context */
function elsewhere({ store, desk }) {
  const others = store
    .items()
    .filter(([id]) => id !== desk.item)
    .map(([id, item]) => ({ id, item, count: waitingOn(store, id).length }))
    .filter(({ count }) => count > 0);
  if (others.length === 0) return null;
  const rows = others.map(({ id, item, count }) =>
    el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "speech-other", "data-key": `other-${id}`, onclick: () => desk.show(id) },
        say("waitingOnItem", { number: item.label, count }),
      ),
    ),
  );
  return el("ul", { class: "speech-others" }, rows);
}
