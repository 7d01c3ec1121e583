// @ts-check
/** My own place: check in, leave, and what the meeting is doing. */

import { el } from "meetings/room/el";
import { listen } from "meetings/room/people/here";
import { listenForPacks } from "meetings/room/people/packs";
import { linkOf, placeName, placesOf } from "meetings/room/people/places";
import { say } from "meetings/room/texts";

/** @import { Context } from "meetings/room/parts" */
/** @import { Store } from "meetings/room/store" */
/** @typedef {(verb: string, data: object) => Promise<unknown>} Act */

/**
 * The state of the meeting for me, and my check-in.
 * @param {Context} context
 */
export function presencePart(context) {
  listen(context); // from the first drawing on: who is connected is told once
  listenForPacks(context);
  const { store, act } = context;
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
  if (store.self?.present) return checkedIn(store, act);
  if (store.self && needsCode(store)) return el("p", { class: "room-hint", role: "status" }, say("codeNeeded"));
  const attributes = {
    type: "button",
    class: "button button-primary room-wide",
    "data-key": "check-in",
    disabled: store.isEarly,
    onclick: () => act("check_in", where),
  };
  const button = el("button", attributes, say("checkIn"));
  const notes = store.isEarly && el("p", { class: "faint" }, tooEarly(store));
  return el("div", { class: "room-check-in" }, button, !store.isEarly && whereSelect(store), notes, joinLink(store));
}

/** Where this person said they attend, when it is not where they are expected. @type {{ attends?: string, site?: string }} */
let where = {};

/** Does this person need the code of the room? Chair and secretary never do. @param {Store} store */
function needsCode(store) {
  return store.room.meeting.self_check_in === false && !store.leads;
}

/** @param {Store} store */
function whereSelect(store) {
  const places = placesOf(store);
  if (places.length < 2 || !store.self) return null;
  const expected = store.self.attends === "site" ? store.self.site : (store.self.attends ?? "room");
  const now = where.site ?? where.attends ?? expected;
  const onchange = (/** @type {Event} */ event) => {
    const { value } = /** @type {HTMLSelectElement} */ (event.target);
    where = value === "room" || value === "online" ? { attends: value } : { attends: "site", site: value };
    store.changed();
  };
  return el(
    "select",
    { class: "input", "data-key": "check-in-where", "aria-label": say("cardWhere"), onchange },
    places.map(([key, name]) => el("option", { value: key, selected: key === now }, name)),
  );
}

/** @param {Store} store */
function joinLink(store) {
  const link = store.self ? linkOf(store, store.self) : "";
  if (!/^https?:/.test(link)) return null;
  const attributes = { class: "button room-wide", href: link, target: "_blank", rel: "noopener noreferrer" };
  return el("a", { ...attributes, "data-key": "join" }, say("joinOnline"));
}

/**
 * @param {Store} store
 * @param {Act} act
 */
function checkedIn(store, act) {
  const place = store.self ? placeName(store, store.self) : "";
  return el(
    "div",
    { class: "room-check-in" },
    el(
      "p",
      { class: "room-checked tone-success", role: "status" },
      el("span", {}, [say("checkedIn"), place].filter(Boolean).join(" · ")),
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
    ),
    joinLink(store),
  );
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

/** The time of day of a moment, here. @param {string} at */
export function timeOf(at) {
  const how = /** @type {const} */ ({ timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit" });
  return new Intl.DateTimeFormat("vi-VN", how).format(Date.parse(at));
}
