// @ts-check
/** Calling from one's seat: one tap for what is wanted often, a few words for the rest, and how far each call is. */

import { keptCalls } from "meetings/room/calls/kept";
import { settled, standing } from "meetings/room/calls/line";
import { capital, clock, kindIcon, kindWords } from "meetings/room/calls/queue";
import { el } from "meetings/room/el";
import { say } from "meetings/room/texts";
import { icon } from "ui/icons";

/** @import { Act, Context } from "meetings/room/parts" */
/** @import { Call } from "meetings/room/calls/line" */

const QUICK = ["water", "technician", "secretary"];
const MOST_ANSWERS = 3;

/** @param {Context} context */
export function servicePart({ store, act }) {
  if (!["published", "open"].includes(store.room.meeting.state)) return false;
  const mine = store.mine.calls ?? {};
  const open = standing(mine);
  const wanted = new Set(open.map(([, call]) => call.kind));
  const answered = settled(mine, MOST_ANSWERS);
  return el(
    "section",
    { class: "room-part service" },
    el("h2", { class: "room-pane-title" }, say("callTitle")),
    el(
      "div",
      { class: "service-quick" },
      QUICK.filter((kind) => !wanted.has(kind)).map((kind) => quick(kind, act)),
    ),
    open.length + answered.length > 0 &&
      el(
        "ul",
        { class: "calls" },
        [...open, ...answered].map(([id, call]) => own(id, call, act)),
      ),
    !keptCalls() && words(act, wanted.has("other")),
  );
}

/** @param {string} kind @param {Act} act */
function quick(kind, act) {
  const attributes = {
    type: "button",
    class: "button service-button",
    "data-key": `call-${kind}`,
    onclick: () => act("call_service", { kind }),
  };
  return el("button", attributes, kindIcon(kind), el("span", {}, kindWords(kind)));
}

/**
 * @param {string} id
 * @param {Call} call
 * @param {Act} act
 */
function own(id, call, act) {
  const open = call.state !== "settled";
  return el(
    "li",
    { class: "call call-own", "data-state": call.state, "data-key": id },
    el(
      "div",
      { class: "call-words" },
      el("p", { class: "call-kind" }, kindIcon(call.kind), el("span", {}, kindWords(call.kind))),
      call.text ? el("p", { class: "call-text" }, call.text) : false,
      call.answer ? el("p", { class: "call-text" }, `→ ${call.answer}`) : false,
      el("p", { class: "faint" }, `${say(`call${capital(call.state)}`)} · ${clock(call.at)}`),
    ),
    open &&
      el(
        "button",
        {
          type: "button",
          class: "button button-quiet",
          "data-key": `withdraw-${id}`,
          onclick: () => act("withdraw_call", { call: id }),
        },
        icon("undo-2"),
        el("span", {}, say("callWithdraw")),
      ),
  );
}

/** @param {Act} act @param {boolean} asked something else has been asked for already */
function words(act, asked) {
  /** @param {Event} event */
  const send = async (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const pressed = /** @type {SubmitEvent} */ (event).submitter;
    const field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
    const kind = pressed?.getAttribute("value") ?? "message";
    if (field.value.trim() && (await act("call_service", { kind, text: field.value }))) field.value = "";
  };
  return el(
    "form",
    { class: "service-words", onsubmit: send },
    el(
      "label",
      { class: "field" },
      el("span", { class: "field-label" }, say("callWords")),
      el("textarea", { class: "input", rows: 2, maxlength: 500, required: true, "data-key": "call-words" }),
    ),
    el("p", { class: "faint" }, say("callOnlySecretary")),
    el(
      "div",
      { class: "row" },
      el(
        "button",
        { class: "button button-primary", value: "message", "data-key": "call-message" },
        icon("message-square"),
        el("span", {}, say("callMessage")),
      ),
      !asked &&
        el(
          "button",
          { class: "button", value: "other", "data-key": "call-other" },
          kindIcon("other"),
          el("span", {}, kindWords("other")),
        ),
    ),
  );
}
