// @ts-check
/** Raised hands and paper ballots, entered by name: find, press the choice, next; a second person confirms. */

import { pressed, shapeOf, toneOf } from "meetings/room/ballot";
import { codesOf } from "meetings/room/ballots";
import { el, fill } from "meetings/room/el";
import { folded } from "meetings/room/folding";
import { votersOf } from "meetings/room/roll";
import { say } from "meetings/room/texts";
import { open as openDialog } from "ui/dialogs";
import { icon } from "ui/icons";

/** @import { Context } from "meetings/room/parts" */
/** @import { Entry, Person, Vote } from "meetings/room/types" */

const SHOWN = 40;

/** @type {{ vote: string, manner: string, person: string, codes: string[], busy: boolean }} what this dialog is at */
const at = { vote: "", manner: "hands", person: "", codes: [], busy: false };
/** @type {Context | undefined} */
let context;

const finder = () => /** @type {HTMLInputElement} */ (document.getElementById("entry-find"));

/**
 * @param {string} vote
 * @param {Context} given
 * @param {string} [person] the one to begin with
 */
export function openEntries(vote, given, person = "") {
  if (!context) given.store.watch(draw);
  context = given;
  Object.assign(at, { vote, person, codes: [], busy: false });
  finder().value = "";
  finder().oninput = () => {
    Object.assign(at, { person: "", codes: [] });
    draw();
  };
  draw();
  openDialog("entry-dialog");
}

function draw() {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("entry-dialog"));
  const vote = context?.store.room.votes[at.vote];
  if (!context || (!dialog.open && at.vote === "")) return;
  if (vote?.state !== "open") {
    if (dialog.open) dialog.close();
    at.vote = "";
    return;
  }
  fill(/** @type {Element} */ (document.getElementById("entry-people")), manners(), list(vote, context));
  fill(/** @type {Element} */ (document.getElementById("entry-waiting")), waiting(vote, context));
}

function manners() {
  const shapes = { hands: "hand", paper: "file-text" };
  return el(
    "div",
    { class: "segments", role: "group", "aria-label": say("entryManner") },
    Object.entries(shapes).map(([manner, shape]) => {
      const choose = () => {
        at.manner = manner;
        draw();
      };
      const attributes = { type: "button", class: "segment", "data-key": `manner-${manner}`, onclick: choose };
      const words = say(manner === "hands" ? "byHandTitle" : "onPaperTitle");
      return el("button", { ...attributes, "aria-pressed": String(at.manner === manner) }, icon(shape), words);
    }),
  );
}

/** Those who have neither voted nor been entered. @param {Vote} vote @param {Context} given */
function list(vote, { store }) {
  const taken = new Set(
    Object.values(vote.entries ?? {})
      .filter(({ state }) => state !== "taken_back")
      .map(({ person }) => person),
  );
  const wanted = folded(finder().value);
  const left = votersOf(store).list.filter(([id]) => !vote.voted?.[id] && !taken.has(id));
  const found = left.filter(
    ([, { name, seat }]) => folded(name).includes(wanted) || folded(seat).startsWith(wanted || "\0"),
  );
  const chosen = found.some(([id]) => id === at.person) ? at.person : (found[0]?.[0] ?? "");
  if (left.length === 0) return el("p", { class: "soft" }, say("entryNobodyLeft"));
  if (found.length === 0) return el("p", { class: "soft" }, say("nobodyFound"));
  return [
    el(
      "ul",
      { class: "room-entry-list" },
      found.slice(0, SHOWN).map(([id, person]) => row(id, person, id === chosen, vote)),
    ),
    found.length > SHOWN && el("p", { class: "faint" }, say("entryMore", { count: found.length - SHOWN })),
  ];
}

/**
 * @param {string} id
 * @param {Person} person
 * @param {boolean} isChosen
 * @param {Vote} vote
 */
function row(id, person, isChosen, vote) {
  const choose = () => {
    Object.assign(at, { person: id, codes: [] });
    draw();
  };
  const attributes = { type: "button", class: "room-entry-person", "data-key": `entry-${id}`, onclick: choose };
  return el(
    "li",
    { "data-key": id, "data-chosen": isChosen },
    el(
      "button",
      { ...attributes, "aria-expanded": String(isChosen) },
      el("span", {}, person.name),
      el(
        "span",
        { class: "person-note" },
        [person.seat, person.present ? "" : say("readyNotIn")].filter(Boolean).join(" · "),
      ),
    ),
    isChosen && el("div", { class: "room-entry-choices" }, choices(id, vote)),
  );
}

/** @param {string} person @param {Vote} vote */
function choices(person, vote) {
  const several = vote.form === "several";
  const buttons = vote.options.map((option, place) => {
    const press = () => {
      if (!several) return enter(person, { choice: option.code });
      at.codes = pressed(vote, at.codes, option);
      return draw();
    };
    const attributes = {
      type: "button",
      "data-key": `enter-${option.code}`,
      "data-choice": option.code,
      disabled: at.busy,
    };
    const kind = `vote-choice room-entry-choice tone-${toneOf(option.code)}`;
    const isPicked = at.codes.includes(option.code);
    return el(
      "button",
      { ...attributes, class: kind, "aria-pressed": String(isPicked), onclick: press },
      shapeOf(option.code, place),
      option.label,
    );
  });
  const send = () => enter(person, { choices: at.codes });
  const attributes = { type: "button", class: "button button-primary", "data-key": "enter-codes", onclick: send };
  return [
    ...buttons,
    vote.options.some((option) => option.remark) &&
      el("input", {
        class: "input",
        type: "text",
        id: "entry-remark",
        maxlength: 1000,
        placeholder: say("entryRemark"),
        "aria-label": say("entryRemark"),
      }),
    several &&
      el(
        "button",
        { ...attributes, disabled: at.busy || at.codes.length === 0 },
        say("enterChoices", { count: at.codes.length }),
      ),
  ];
}

/**
 * Enters one ballot and goes on to the next person.
 * @param {string} person
 * @param {{ choice?: string, choices?: string[] }} chosen
 */
async function enter(person, chosen) {
  if (!context || at.busy) return;
  at.busy = true;
  draw();
  const remark = /** @type {HTMLInputElement | null} */ (document.getElementById("entry-remark"))?.value.trim();
  const words = remark ? { remark } : {};
  const done = await context.act("enter_ballot", { vote: at.vote, person, manner: at.manner, ...chosen, ...words });
  at.busy = false;
  if (done) {
    Object.assign(at, { person: "", codes: [] });
    finder().value = "";
    finder().focus();
  }
  draw();
}

/** What a second person has to confirm. @param {Vote} vote @param {Context} given */
function waiting(vote, given) {
  const lines = Object.entries(vote.entries ?? {}).filter(([, { state }]) => state === "entered");
  const me = given.store.mine.me?.person;
  const others = lines.filter(([, { by }]) => by !== me);
  const confirmAll = async () => {
    for (const [entry] of others) await given.act("confirm_ballot", { entry });
  };
  const attributes = { type: "button", class: "button", "data-key": "confirm-all", onclick: confirmAll };
  return [
    el("h3", {}, say("entriesWaiting", { count: lines.length })),
    lines.length === 0 && el("p", { class: "soft" }, say("entriesNone")),
    lines.length > others.length && el("p", { class: "room-entry-why" }, icon("info"), el("span", {}, say("entryOwn"))),
    el(
      "ul",
      { class: "room-entry-waiting" },
      lines.map(([id, entry]) => waitingRow(id, entry, vote, given)),
    ),
    others.length > 1 && el("button", attributes, say("confirmAll", { count: others.length })),
  ];
}

/**
 * @param {string} id
 * @param {Entry} entry
 * @param {Vote} vote
 * @param {Context} given
 */
function waitingRow(id, entry, vote, { store, act }) {
  const own = entry.by === store.mine.me?.person;
  const labels = vote.options.filter(({ code }) => codesOf(entry).includes(code)).map(({ label }) => label);
  const by = store.room.people[entry.by ?? ""]?.name ?? "";
  const note = [say(entry.manner === "paper" ? "onPaper" : "byHand"), say("enteredBy", { name: by })].join(" · ");
  const button = { type: "button", class: "button button-small" };
  const confirm = { ...button, "data-key": `confirm-${id}`, disabled: own, title: own ? say("entryOwn") : "" };
  return el(
    "li",
    { "data-key": id },
    el(
      "div",
      {},
      el("strong", {}, store.room.people[entry.person]?.name ?? ""),
      el("p", {}, [labels.join(", "), entry.remark].filter(Boolean).join(": ")),
      el("p", { class: "person-note" }, note),
    ),
    el("button", { ...confirm, onclick: () => act("confirm_ballot", { entry: id }) }, say("confirmEntry")),
    el(
      "button",
      { ...button, "data-key": `withdraw-${id}`, onclick: () => act("withdraw_ballot", { entry: id }) },
      say("withdrawEntry"),
    ),
  );
}
