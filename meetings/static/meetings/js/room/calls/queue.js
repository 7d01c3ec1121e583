// @ts-check
/** The calls as who serves the room has them: on the support page, and beside the room for its secretary. */

import { keptCalls } from "meetings/room/calls/kept";
import { minutes, settled, standing, waiting } from "meetings/room/calls/line";
import { el, keep } from "meetings/room/el";
import { say } from "meetings/room/texts";
import { icon } from "ui/icons";

/** @import { Act, Context } from "meetings/room/parts" */
/** @import { Call, Calls } from "meetings/room/calls/line" */

/** @type {Record<string, string>} */
const ICONS = {
  water: "glass-water",
  technician: "wrench",
  secretary: "user-round",
  other: "concierge-bell",
  message: "message-square",
};
const MOST_SETTLED = 20;

/** @param {string} kind */
export const kindIcon = (kind) => icon(ICONS[kind] ?? "concierge-bell");
/** @param {string} name */
export const capital = (name) => name.charAt(0).toUpperCase() + name.slice(1);
/** @param {string} kind */
export const kindWords = (kind) => say(`call${capital(kind)}`);

/** @param {string} at */
export function clock(at) {
  const zone = { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat("vi-VN", /** @type {Intl.DateTimeFormatOptions} */ (zone)).format(Date.parse(at));
}

/** What a secretary sees beside the room. @param {Context} context */
export function callsPart({ store, act }) {
  const calls = keptCalls();
  return calls && el("section", { class: "room-part" }, ...callsList(calls, act, store.now()));
}

export function callsBadge() {
  return waiting(keptCalls() ?? {});
}

/**
 * @param {Calls} calls
 * @param {Act} act
 * @param {number} now
 */
export function callsList(calls, act, now) {
  const [open, over] = [standing(calls), settled(calls, MOST_SETTLED)];
  return [
    el("h2", { class: "room-pane-title" }, say("callQueue")),
    open.length > 0
      ? el(
          "ul",
          { class: "calls" },
          open.map(([id, call]) => row(id, call, act, minutes(call, now))),
        )
      : el("p", { class: "empty" }, say("callNone")),
    over.length > 0 &&
      el(
        "details",
        { class: "calls-over", "data-key": "calls-over" },
        el("summary", {}, `${say("callOver")} (${over.length})`),
        el(
          "ul",
          { class: "calls" },
          over.map(([id, call]) => row(id, call, act, 0)),
        ),
      ),
  ];
}

/**
 * @param {string} id
 * @param {Call} call
 * @param {Act} act
 * @param {number} waited minutes
 */
function row(id, call, act, waited) {
  return keep(id, [call, waited], () =>
    el(
      "li",
      { class: "call", "data-state": call.state, "data-key": id },
      el("strong", { class: "call-seat" }, call.seat || "·"),
      el(
        "div",
        { class: "call-words" },
        el("p", { class: "call-kind" }, kindIcon(call.kind), el("span", {}, kindWords(call.kind))),
        el("p", {}, [call.name, call.site].filter(Boolean).join(" · ")),
        call.text ? el("p", { class: "call-text" }, call.text) : false,
        call.answer ? el("p", { class: "call-text" }, `→ ${call.answer}`) : false,
        el("p", { class: "faint" }, stand(call, waited)),
      ),
      call.state !== "settled" && buttons(id, call, act),
    ),
  );
}

/** @param {Call} call @param {number} waited */
function stand(call, waited) {
  const since = say("callSince", { time: clock(call.at) });
  const by = { name: call.taken_by ?? "" };
  if (call.state === "settled") return `${since} · ${say("callSettledBy", by)}`;
  const long = waited > 0 ? say("callMinutes", { minutes: waited }) : say("callNow");
  return [since, long, call.state === "taken" && say("callTakenBy", by)].filter(Boolean).join(" · ");
}

/**
 * @param {string} id
 * @param {Call} call
 * @param {Act} act
 */
function buttons(id, call, act) {
  const answer = /** @type {HTMLInputElement} */ (
    el("input", { class: "input", maxlength: 500, "data-key": `answer-${id}`, "aria-label": say("callAnswer") })
  );
  answer.placeholder = say("callAnswer");
  /** @param {Event} event */
  const settle = (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    act("settle_call", { call: id, answer: form.querySelector("input")?.value ?? "" });
  };
  return el(
    "form",
    { class: "call-acts", onsubmit: settle },
    call.state === "waiting" &&
      el(
        "button",
        { type: "button", class: "button", "data-key": `take-${id}`, onclick: () => act("take_call", { call: id }) },
        say("callTake"),
      ),
    ["message", "other"].includes(call.kind) && answer,
    el(
      "button",
      { class: "button button-primary", "data-key": `settle-${id}` },
      icon("check"),
      el("span", {}, say("callSettle")),
    ),
  );
}
