// @ts-check
/** Who is in the room. */

import { el } from "meetings/room/el";
import { tooEarly } from "meetings/room/presence";
import { say } from "meetings/room/texts";

/** @import { Store } from "meetings/room/store" */
/** @import { Person } from "meetings/room/types" */
/** @typedef {(verb: string, data: object) => Promise<unknown>} Act */

/**
 * The list of people and the quorum above it.
 * @param {{ store: Store, act: Act }} context
 */
export function peoplePart({ store, act }) {
  const voted = store.openVote()?.[1].voted ?? {};
  const rows = store.people().map(([id, person]) => el("li", {}, row(id, person, voted[id] === true, { store, act })));
  return el(
    "section",
    { class: "room-part" },
    el("h2", { class: "room-pane-title" }, say("people")),
    quorumLine(store),
    el("ul", { class: "people" }, rows),
  );
}

/** @param {Store} store */
function quorumLine(store) {
  const { met, present, needed, members } = store.room.meeting.quorum;
  const words = say(met ? "quorumMet" : "quorumMissing", { present, members, needed });
  return el("p", { class: `room-quorum tone-${met ? "success" : "warning"}`, role: "status" }, words);
}

/**
 * @param {string} id
 * @param {Person} person
 * @param {boolean} hasVoted
 * @param {{ store: Store, act: Act }} context
 */
function row(id, person, hasVoted, { store, act }) {
  const state = person.present ? say("present") : say("absent");
  const words = [say(`role-${person.role}`.replace(/-(.)/, (_, letter) => letter.toUpperCase())), person.title];
  const open = ["published", "open"].includes(store.room.meeting.state);
  const marks = [hasVoted && say("hasVoted"), state].filter(Boolean).join(" · ");
  return el(
    "div",
    { class: "person", "data-person": id, "data-present": String(person.present) },
    el(
      "span",
      { class: "avatar", "data-present": person.present ? "yes" : "no", "aria-hidden": "true" },
      initials(person.name),
    ),
    el(
      "div",
      {},
      el("div", { class: "person-name" }, person.name),
      el("div", { class: "person-note" }, words.filter(Boolean).join(" · ")),
    ),
    store.leads && open && !person.present
      ? el(
          "button",
          {
            type: "button",
            class: "button button-small",
            "data-key": `in-${id}`,
            disabled: store.isEarly,
            title: store.isEarly ? tooEarly(store) : "",
            onclick: () => act("check_in", { person: id }),
          },
          say("checkInOther"),
        )
      : el("span", { class: "person-note" }, marks),
  );
}

/** @param {string} name */
export function initials(name) {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const first = words[0] ?? "";
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  return (first.slice(0, 1) + last.slice(0, 1)).toUpperCase();
}
