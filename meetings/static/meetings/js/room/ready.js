// @ts-check
/** Who is ready to vote, who has voted and who has not: checked in and connected, with filters; for chair and secretary. */

import { step } from "meetings/room/conduct_vote";
import { isConnected } from "meetings/room/delivered";
import { el, keep } from "meetings/room/el";
import { openEntries } from "meetings/room/entries";
import { votersOf } from "meetings/room/roll";
import { say } from "meetings/room/texts";
import { icon } from "ui/icons";

/** @import { Context } from "meetings/room/parts" */
/** @import { Person } from "meetings/room/types" */
/** @typedef {{ id: string, person: Person, isHere: boolean, voted: boolean }} Voter */

/** @type {Array<[string, (voter: Voter) => boolean]>} */
const ALWAYS = [
  ["readyAll", () => true],
  ["readyYes", ({ person, isHere }) => person.present && isHere],
  ["readyNo", ({ person, isHere }) => !person.present || !isHere],
];
/** @type {Array<[string, (voter: Voter) => boolean]>} */
const WHILE_OPEN = [
  ["votedYes", ({ voted }) => voted],
  ["votedNo", ({ voted }) => !voted],
];

let chosen = "readyAll";

/** @param {Context} context */
export function readyPart(context) {
  const { store } = context;
  if (!store.leads || !["published", "open"].includes(store.room.meeting.state)) return null;
  const open = store.openVote();
  const voted = open?.[1].voted ?? {};
  const all = votersOf(store).list.map(([id, person]) => ({
    id,
    person,
    isHere: isConnected(id),
    voted: voted[id] === true,
  }));
  const filters = open ? [...ALWAYS, ...WHILE_OPEN] : ALWAYS;
  const [name, wanted] = filters.find(([key]) => key === chosen) ?? /** @type {typeof ALWAYS[0]} */ (ALWAYS[0]);
  const rows = all.filter(wanted).map((voter) => row(voter, open?.[0] ?? "", context));
  const pick = (/** @type {string} */ key) => () => {
    chosen = key;
    store.changed();
  };
  return el(
    "section",
    { class: "room-part room-ready" },
    el(
      "h2",
      { class: "room-pane-title" },
      say("readyTitle", { ready: all.filter(ALWAYS[1]?.[1] ?? Boolean).length, all: all.length }),
    ),
    el(
      "div",
      { class: "room-filters", role: "group", "aria-label": say("readyFilter") },
      filters.map(([key, test]) => {
        const attributes = {
          type: "button",
          class: "room-filter",
          "data-key": `ready-${key}`,
          "aria-pressed": String(key === name),
        };
        return el("button", { ...attributes, onclick: pick(key) }, say(key), el("span", {}, all.filter(test).length));
      }),
    ),
    rows.length > 0
      ? el("ul", { class: "room-ready-list" }, rows)
      : el("p", { class: "room-ready-none" }, say("readyNobody")),
  );
}

/**
 * @param {Voter} voter
 * @param {string} open the open vote
 * @param {Context} context
 */
function row({ id, person, isHere, voted }, open, context) {
  const { store } = context;
  return keep(id, [person, isHere, voted, open, store.isEarly], () => {
    const ready = person.present && isHere;
    const words = !person.present ? say("readyNotIn") : !isHere ? say("readyNotConnected") : say("readyIs");
    const shape = voted ? "circle-check" : ready ? "circle" : "circle-alert";
    const tone = voted ? "success" : ready ? "neutral" : "warning";
    const checkIn = () => context.act("check_in", { person: id });
    return el(
      "li",
      { "data-person": id, "data-ready": ready, "data-voted": voted },
      el("span", { class: `room-ready-mark tone-${tone}` }, icon(shape)),
      el(
        "span",
        { class: "room-ready-name" },
        el("span", {}, person.name),
        el(
          "span",
          { class: "person-note" },
          [person.seat, voted ? say("hasVoted") : words].filter(Boolean).join(" · "),
        ),
      ),
      !person.present &&
        !store.isEarly &&
        step(`ready-in-${id}`, "log-in", say("checkInOther"), checkIn, "button-small"),
      person.present &&
        open &&
        !voted &&
        step(`ready-enter-${id}`, "hand", say("enterOne"), () => openEntries(open, context, id), "button-small"),
    );
  });
}
