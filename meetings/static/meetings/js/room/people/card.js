// @ts-check
/** One person, with what chair and secretary can do about them; follows the room while it is open. */

import { el, fill } from "meetings/room/el";
import { isHere } from "meetings/room/people/here";
import { packWords } from "meetings/room/people/packs";
import { placeName, placesOf } from "meetings/room/people/places";
import { timeOf, tooEarly } from "meetings/room/presence";
import { marksOf } from "meetings/room/seats/marks";
import { markWords, signOf } from "meetings/room/seats/part";
import { say } from "meetings/room/texts";
import { toast } from "ui/toast";

/** @import { Context } from "meetings/room/parts" */
/** @import { Person } from "meetings/room/types" */

/** @type {{ id: string, context: Context } | null} */
let open = null;
let watching = false;

/** The dialog, asked for when it is needed. */
const dialog = () => /** @type {HTMLDialogElement} */ (document.getElementById("person-card"));

/**
 * @param {string} id
 * @param {Context} context
 */
export function openCard(id, context) {
  open = { id, context };
  if (!watching) {
    watching = true;
    context.store.watch(draw);
    dialog().addEventListener("close", () => {
      open = null;
    });
  }
  draw();
  if (!dialog().open) dialog().showModal();
}

function draw() {
  if (!open) return;
  const { id, context } = open;
  const person = context.store.room.people[id];
  const body = /** @type {HTMLElement} */ (document.getElementById("person-card-body"));
  const title = /** @type {HTMLElement} */ (document.getElementById("person-card-title"));
  if (!person || person.removed) {
    dialog().close();
    return;
  }
  title.textContent = person.name;
  fill(body, facts(id, person, context), actions(id, person, context));
}

/**
 * After the opening, and never before the time on the invitation: late.
 * @param {Context["store"]} store
 * @param {string} came
 */
function isLate({ room }, came) {
  const { opened_at: opened, starts_at: starts } = room.meeting;
  return opened !== undefined && Date.parse(came) > Math.max(Date.parse(opened), Date.parse(starts));
}

/** What a person is called in this kind of meeting. @param {Person} person */
export const roleOf = ({ role }) => say(`role${role.charAt(0).toUpperCase()}${role.slice(1)}`);

/**
 * @param {string} id
 * @param {Person} person
 * @param {Context} context
 */
function facts(id, person, { store }) {
  const mark = marksOf(store.room, isHere).get(id) ?? "absent";
  const came = person.checked_in_at && say("cardCame", { time: timeOf(person.checked_in_at) });
  const late = person.checked_in_at && isLate(store, person.checked_in_at) && say("cardLate");
  const by = person.by && say(`arrival${person.by.charAt(0).toUpperCase()}${person.by.slice(1)}`);
  const left = !person.present && person.left_at && say("cardLeft", { time: timeOf(person.left_at) });
  return el(
    "div",
    { class: "card-facts" },
    el("p", { class: `card-mark seat-${mark}` }, signOf(mark), el("b", {}, markWords(mark))),
    el("p", {}, [roleOf(person), person.title, person.unit].filter(Boolean).join(" · ")),
    el(
      "p",
      { class: "soft" },
      [person.seat && say("cardSeat", { seat: person.seat }), placeName(store, person)].filter(Boolean).join(" · "),
    ),
    packWords(id) && el("p", { class: "soft" }, packWords(id)),
    (came || left) && el("p", { class: "soft" }, [came, late, by, left].filter(Boolean).join(" · ")),
  );
}

/**
 * @param {string} id
 * @param {Person} person
 * @param {Context} context
 */
function actions(id, person, { store, act }) {
  if (!store.leads || !["published", "open"].includes(store.room.meeting.state)) return null;
  const undo = async () => {
    if (await act("undo_check_in", { person: id })) toast(say("undone"), "success");
  };
  const speech = Object.entries(store.room.speeches ?? {}).find(
    ([, one]) => one.person === id && one.state === "waiting",
  );
  return el(
    "div",
    { class: "card-actions" },
    !person.present &&
      button("card-in", person.left_at ? "cardBack" : "checkInOther", () => act("check_in", { person: id }), {
        kind: "button-primary",
        why: store.isEarly ? tooEarly(store) : "",
      }),
    person.present && button("card-leave", "cardLeave", () => act("leave", { person: id })),
    person.checked_in_at && button("card-undo", "cardUndo", undo),
    speech &&
      store.room.meeting.state === "open" &&
      button("card-call", "cardCall", () => act("call_speaker", { speech: speech[0] })),
    placesOf(store).length > 1 && whereSelect(id, person, { store, act }),
  );
}

/**
 * @param {string} id
 * @param {Person} person
 * @param {Pick<Context, "store" | "act">} context
 */
function whereSelect(id, person, { store, act }) {
  const move = (/** @type {Event} */ event) => {
    const value = /** @type {HTMLSelectElement} */ (event.target).value;
    void act("set_site", { people: [id], ...whereData(value) });
  };
  const now = person.attends === "site" ? person.site : (person.attends ?? "room");
  return el(
    "label",
    { class: "field" },
    el("span", { class: "field-label" }, say("cardWhere")),
    el(
      "select",
      { class: "input", "data-key": "card-where", onchange: move },
      placesOf(store).map(([key, name]) => el("option", { value: key, selected: key === now }, name)),
    ),
  );
}

/** What a choice of place says in a command. @param {string} value */
export function whereData(value) {
  return value === "room" || value === "online" ? { attends: value } : { attends: "site", site: value };
}

/**
 * @param {string} key
 * @param {string} words
 * @param {() => unknown} act
 * @param {{ kind?: string, why?: string }} [how] `why` it cannot be pressed now
 */
function button(key, words, act, { kind = "", why = "" } = {}) {
  const attributes = { type: "button", class: `button ${kind}`, "data-key": key, title: why, disabled: why !== "" };
  return el("button", { ...attributes, onclick: () => act() }, say(words));
}
