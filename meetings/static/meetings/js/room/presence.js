// @ts-check
/** My own place: check in, leave, and what the meeting is doing. */

import { el } from "meetings/room/el";
import { say } from "meetings/room/texts";

/** @import { Store } from "meetings/room/store" */
/** @typedef {(verb: string, data: object) => Promise<unknown>} Act */

/**
 * The state of the meeting for me, and my check-in.
 * @param {{ store: Store, act: Act }} context
 */
export function presencePart({ store, act }) {
  const { state } = store.room.meeting;
  const running = state === "published" || state === "open";
  return el(
    "section",
    { class: "room-part room-presence" },
    el(
      "p",
      { class: "room-state", "data-meeting-state": state },
      say(`state${state.charAt(0).toUpperCase()}${state.slice(1)}`),
    ),
    running && checkIn(store, act),
  );
}

/**
 * @param {Store} store
 * @param {Act} act
 */
function checkIn(store, act) {
  if (store.self?.present) {
    return el(
      "p",
      { class: "room-checked tone-success", role: "status" },
      el("span", {}, say("checkedIn")),
      el(
        "button",
        {
          type: "button",
          class: "button button-quiet button-small",
          "data-key": "leave",
          onclick: () => act("leave", {}),
        },
        say("leave"),
      ),
    );
  }
  const attributes = {
    type: "button",
    class: "button button-primary room-wide",
    "data-key": "check-in",
    disabled: store.isEarly,
    onclick: () => act("check_in", {}),
  };
  const button = el("button", attributes, say("checkIn"));
  return store.isEarly ? el("div", {}, button, el("p", { class: "faint" }, tooEarly(store))) : button;
}

/** Why nobody can be checked in yet. @param {Store} store */
export function tooEarly(store) {
  return say("checkInFrom", { since: clockWords(store.checkInFrom) });
}

/** A moment as people here write it. @param {number} at */
export function clockWords(at) {
  const zone = { timeZone: "Asia/Ho_Chi_Minh" };
  const time = new Intl.DateTimeFormat("vi-VN", { ...zone, hour: "2-digit", minute: "2-digit" }).format(at);
  const day = new Intl.DateTimeFormat("vi-VN", { ...zone, day: "2-digit", month: "2-digit", year: "numeric" });
  return `${time} ${day.format(at)}`;
}
