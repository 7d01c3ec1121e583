// @ts-check
/** Who is in the room: quorum, what the connections suggest, and the list with filters, or the seats. */

import { el, keep } from "meetings/room/el";
import { openCard, roleOf } from "meetings/room/people/card";
import { chosen, counts, STATES, unitsOf, whereOf } from "meetings/room/people/choosing";
import { isHere } from "meetings/room/people/here";
import { packSummary, packWords } from "meetings/room/people/packs";
import { placeName, placesOf } from "meetings/room/people/places";
import { suggestionPart } from "meetings/room/people/suggestion";
import { timeOf, tooEarly } from "meetings/room/presence";
import { marksOf } from "meetings/room/seats/marks";
import { markWords, seatsPart, signOf } from "meetings/room/seats/part";
import { say } from "meetings/room/texts";
import { toast } from "ui/toast";

/** @import { Context } from "meetings/room/parts" */
/** @import { Choice } from "meetings/room/people/choosing" */
/** @import { Mark } from "meetings/room/seats/marks" */
/** @import { Person } from "meetings/room/types" */
/** @typedef {Array<[string, Person]>} People */

/** @type {Choice} */
const choice = { text: "", state: "all", where: "", unit: "" };
let face = "list";
/** @type {Set<string> | null} those ticked, while several are */
let ticked = null;

/** @param {Context} context */
export function peoplePart(context) {
  const { store } = context;
  const running = ["published", "open"].includes(store.room.meeting.state);
  return el(
    "section",
    { class: "room-part room-people" },
    quorumLine(context),
    siteLines(context),
    packLine(context),
    store.leads && running && suggestionPart(context),
    faces(context),
    face === "seats" ? el("div", { class: "room-seats" }, seatsPart(context)) : list(context),
  );
}

/** @param {Context} context */
function quorumLine({ store }) {
  const { met, present, needed, members } = store.room.meeting.quorum;
  const words = say(met ? "quorumMet" : "quorumMissing", { present, members, needed });
  return el("p", { class: `room-quorum tone-${met ? "success" : "warning"}`, role: "status" }, words);
}

/** How many have every paper on their device. @param {Context} context */
function packLine({ store }) {
  const words = packSummary(store);
  return words && el("p", { class: "room-hint", "data-key": "packs" }, words);
}

/** How many are where, once there is more than the room. @param {Context} context */
function siteLines({ store }) {
  const places = placesOf(store);
  if (places.length < 2) return null;
  const people = store.people();
  return el(
    "ul",
    { class: "room-sites" },
    places.map(([key, name]) => {
      const there = people.filter(([, person]) => whereOf(person) === key);
      const here = there.filter(([, { present }]) => present).length;
      return el("li", { "data-key": `site-${key}` }, el("span", {}, name), el("b", {}, `${here}/${there.length}`));
    }),
  );
}

/** @param {Context} context */
function faces({ store }) {
  const show = (/** @type {string} */ key) => () => {
    face = key;
    store.changed();
  };
  const one = (/** @type {string} */ key, /** @type {string} */ words) =>
    el(
      "button",
      {
        type: "button",
        class: "room-filter",
        "data-key": `face-${key}`,
        "aria-pressed": String(face === key),
        onclick: show(key),
      },
      say(words),
    );
  return el("div", { class: "room-filters", role: "group", "aria-label": say("peopleFaces") }, [
    one("list", "peopleList"),
    one("seats", "peopleSeats"),
  ]);
}

/** @param {Context} context */
function list(context) {
  const { store } = context;
  const people = store.people();
  const marks = marksOf(store.room, isHere);
  const shown = chosen(people, choice);
  const rows = shown.map(([id, person]) => row(id, person, marks.get(id) ?? "absent", context));
  return el(
    "div",
    { class: "room-people-list" },
    filters(people, context),
    several(shown, context),
    rows.length > 0
      ? el("ul", { class: "people" }, rows)
      : el("p", { class: "room-hint", "data-key": "nobody" }, say("peopleNobody")),
  );
}

/**
 * @param {People} people
 * @param {Context} context
 */
function filters(people, context) {
  const { store } = context;
  const found = counts(people);
  const set = (/** @type {keyof Choice} */ name) => (/** @type {Event} */ event) => {
    choice[name] = /** @type {HTMLInputElement} */ (event.target).value;
    store.changed();
  };
  const state = (/** @type {string} */ key) => () => {
    choice.state = key;
    store.changed();
  };
  return el(
    "div",
    { class: "people-tools" },
    el("input", {
      type: "search",
      class: "input",
      "data-key": "people-find",
      placeholder: say("peopleFind"),
      "aria-label": say("peopleFind"),
      oninput: set("text"),
    }),
    el(
      "div",
      { class: "room-filters", role: "group", "aria-label": say("peopleStates") },
      STATES.map((key) => {
        const attributes = { type: "button", class: "room-filter", "data-key": `people-${key}`, onclick: state(key) };
        const words = say(`people${key.charAt(0).toUpperCase()}${key.slice(1)}`);
        return el(
          "button",
          { ...attributes, "aria-pressed": String(choice.state === key) },
          words,
          el("span", {}, found[key] ?? 0),
        );
      }),
    ),
    select("where", say("cardWhere"), placesOf(store), set("where")),
    select(
      "unit",
      say("peopleUnit"),
      unitsOf(people).map((unit) => [unit, unit]),
      set("unit"),
    ),
  );
}

/**
 * @param {"where" | "unit"} name
 * @param {string} label
 * @param {Array<[string, string]>} options
 * @param {(event: Event) => void} onchange
 */
function select(name, label, options, onchange) {
  if (options.length < 2) return null;
  return el(
    "select",
    { class: "input", "data-key": `people-${name}`, "aria-label": label, onchange },
    [["", `${label}: ${say("peopleAll")}`], ...options].map(([key, words]) =>
      el("option", { value: key, selected: choice[name] === key }, words),
    ),
  );
}

/**
 * Several people at once, for chair and secretary.
 * @param {People} shown
 * @param {Context} context
 */
function several(shown, { store, act }) {
  if (!store.leads || !["published", "open"].includes(store.room.meeting.state)) return null;
  const marks = ticked;
  if (!marks) {
    const begin = () => {
      ticked = new Set();
      store.changed();
    };
    const attributes = {
      type: "button",
      class: "button button-quiet button-small",
      "data-key": "several",
      onclick: begin,
    };
    return el("button", attributes, say("severalBegin"));
  }
  const end = () => {
    ticked = null;
    store.changed();
  };
  const all = () => {
    for (const [id] of shown) marks.add(id);
    store.changed();
  };
  const done = async (/** @type {string} */ verb) => {
    if (await act(verb, { people: [...marks] })) end();
  };
  const one = (/** @type {string} */ key, /** @type {string} */ words, /** @type {() => unknown} */ work, kind = "") =>
    el(
      "button",
      {
        type: "button",
        class: `button button-small ${kind}`,
        "data-key": key,
        disabled: key !== "several-end" && key !== "several-all" && marks.size === 0,
        onclick: () => work(),
      },
      words,
    );
  const undo = async () => {
    if (await act("undo_check_in", { people: [...marks] })) {
      toast(say("undone"), "success");
      end();
    }
  };
  return el("div", { class: "people-several", "data-key": "several-bar" }, [
    one("several-all", say("severalAll", { count: shown.length }), all, "button-quiet"),
    one("several-in", say("severalIn", { count: marks.size }), () => done("check_in_people"), "button-primary"),
    one("several-undo", say("cardUndo"), undo),
    one("several-end", say("severalEnd"), end, "button-quiet"),
  ]);
}

/**
 * @param {string} id
 * @param {Person} person
 * @param {Mark} mark
 * @param {Context} context
 */
function row(id, person, mark, context) {
  const { store } = context;
  const marked = ticked?.has(id) ?? null;
  const place = placeName(store, person);
  const pack = packWords(id);
  return keep(id, [person, mark, marked, place, pack, store.isEarly, store.leads, store.room.meeting.state], () =>
    el(
      "li",
      {},
      el(
        "div",
        { class: "person", "data-person": id, "data-present": String(person.present), "data-mark": mark },
        marked === null
          ? el("span", { class: `person-sign seat-${mark}`, title: markWords(mark) }, signOf(mark))
          : tick(id, person, marked, context),
        el(
          "button",
          { type: "button", class: "person-open", "data-key": `card-${id}`, onclick: () => openCard(id, context) },
          el("span", { class: "person-name" }, person.name),
          el("span", { class: "person-note" }, notes(person, mark, place, pack)),
        ),
        marked === null && checkInButton(id, person, context),
      ),
    ),
  );
}

/**
 * What somebody does and since when, where they sit; then what they are.
 * @param {Person} person
 * @param {Mark} mark
 * @param {string} place
 * @param {string} pack how much of the papers lies on their device
 */
function notes(person, mark, place, pack) {
  const at = person.present ? person.checked_in_at : person.left_at;
  const doing =
    person.present && !["ready", "present"].includes(mark) ? [markWords(mark), say("markPresent")] : [markWords(mark)];
  const since = [doing.join(", "), at && timeOf(at)].filter(Boolean).join(" ");
  const seat = person.seat && say("cardSeat", { seat: person.seat });
  return [since, pack, seat, place, person.title || roleOf(person)].filter(Boolean).join(" · ");
}

/**
 * @param {string} id
 * @param {Person} person
 * @param {boolean} marked
 * @param {Context} context
 */
function tick(id, person, marked, { store }) {
  const onchange = () => {
    if (!ticked?.delete(id)) ticked?.add(id);
    store.changed();
  };
  const attributes = {
    type: "checkbox",
    "data-key": `tick-${id}`,
    checked: marked,
    "aria-label": person.name,
    onchange,
  };
  const box = /** @type {HTMLInputElement} */ (el("input", attributes));
  box.checked = marked;
  return el("span", { class: "person-tick" }, box);
}

/**
 * @param {string} id
 * @param {Person} person
 * @param {Context} context
 */
function checkInButton(id, person, { store, act }) {
  if (!store.leads || person.present || !["published", "open"].includes(store.room.meeting.state)) return null;
  const attributes = {
    type: "button",
    class: "button button-small",
    "data-key": `in-${id}`,
    disabled: store.isEarly,
    title: store.isEarly ? tooEarly(store) : "",
    onclick: () => act("check_in", { person: id }),
  };
  return el("button", attributes, say("checkInOther"));
}
