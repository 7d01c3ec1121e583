// @ts-check
/** Dialogs of speaking: ask with a subject, give the floor to somebody who did not ask, say no with a word. */

import { wireDialog } from "meetings/room/dialog";
import { el } from "meetings/room/el";
import { lanesOf } from "meetings/room/speaking/state";
import { say } from "meetings/room/texts";
import { open } from "ui/dialogs";

/** @import { Context } from "meetings/room/parts" */

/** @param {string} id @param {string} name */
function field(id, name) {
  return /** @type {HTMLInputElement & HTMLSelectElement} */ (document.querySelector(`#${id} [name="${name}"]`));
}

/**
 * @param {HTMLSelectElement} select
 * @param {Array<[string, string]>} options
 * @param {string} [first] what stands for nothing chosen
 */
function offer(select, options, first) {
  const made = options.map(([value, label]) => el("option", { value }, label));
  select.replaceChildren(...(first === undefined ? made : [el("option", { value: "" }, first), ...made]));
}

/** @param {Context} context @param {(person: import("meetings/room/types").Person, id: string) => boolean} wanted @returns {Array<[string, string]>} */
function people({ store }, wanted) {
  return store
    .people()
    .filter(([id, person]) => wanted(person, id))
    .map(([id, person]) => [id, person.title ? `${person.name} – ${person.title}` : person.name]);
}

/** Only a question is put to somebody. @param {string} id */
function showAsked(id) {
  const question = field(id, "lane").value === "question";
  const asked = field(id, "asked");
  asked.required = question;
  /** @type {HTMLElement} */ (asked.closest(".field")).hidden = !question;
}

/**
 * Asks with a subject, about a page of the paper on the desk, or puts a question to somebody.
 * @param {Context} context
 * @param {string} lane
 */
export function openAsking(context, lane) {
  const { store, desk } = context;
  const me = store.mine.me?.person;
  const lanes = lanesOf(store).map(({ code, label }) => /** @type {[string, string]} */ ([code, label]));
  offer(field("speech-dialog", "lane"), lanes);
  field("speech-dialog", "lane").value = lane;
  const title = (/** @type {string} */ text) => text.replace(/\s+/g, " ").slice(0, 80);
  const papers = store
    .papersOf(desk.item)
    .map(([id, paper]) => /** @type {[string, string]} */ ([id, title(paper.title)]));
  offer(field("speech-dialog", "paper"), papers, say("noPaperChosen"));
  offer(
    field("speech-dialog", "asked"),
    people(context, (_, id) => id !== me),
    say("choosePerson"),
  );
  /** @type {HTMLElement} */ (field("speech-dialog", "paper").closest(".speech-paper")).hidden = papers.length === 0;
  showAsked("speech-dialog");
  open("speech-dialog");
}

/** @param {Context} context */
export function openGiving(context) {
  const { store } = context;
  offer(
    field("floor-dialog", "lane"),
    lanesOf(store).map(({ code, label }) => [code, label]),
  );
  offer(
    field("floor-dialog", "person"),
    people(context, (person) => person.present),
    say("choosePerson"),
  );
  offer(
    field("floor-dialog", "asked"),
    people(context, (person) => person.present),
    say("choosePerson"),
  );
  showAsked("floor-dialog");
  open("floor-dialog");
}

let refusing = "";

/** @param {Context} context @param {string} speech */
export function openRefusing({ store }, speech) {
  refusing = speech;
  const name = store.room.people[store.room.speeches?.[speech]?.person ?? ""]?.name ?? "";
  const title = document.getElementById("refuse-dialog-title");
  if (title) title.textContent = say("refuseTitle", { name });
  open("refuse-dialog");
}

/** @param {FormData} form */
function wish(form) {
  const lane = String(form.get("lane"));
  const [paper, page] = [String(form.get("paper") ?? ""), Number(form.get("page"))];
  const asked = lane === "question" ? String(form.get("asked") ?? "") : "";
  return {
    lane,
    subject: String(form.get("subject") ?? ""),
    ...(asked ? { asked } : {}),
    ...(paper ? { paper } : {}),
    ...(paper && page ? { page } : {}),
  };
}

/**
 * @param {Context} context
 * @param {() => number} openPage the page of the paper that lies open, 0 for none
 */
export function wireSpeaking({ act, desk }, openPage) {
  document.getElementById("speech-this-page")?.addEventListener("click", () => {
    field("speech-dialog", "paper").value = desk.paper;
    field("speech-dialog", "page").value = String(openPage() || "");
  });
  for (const id of ["speech-dialog", "floor-dialog"])
    document.getElementById(id)?.addEventListener("change", () => showAsked(id));
  wireDialog("speech-dialog", "ask_to_speak", (form) => ({ item: desk.item, ...wish(form) }), act);
  const floor = (/** @type {FormData} */ form) => ({
    item: desk.item,
    person: String(form.get("person")),
    ...wish(form),
  });
  wireDialog("floor-dialog", "give_floor", floor, act);
  wireDialog(
    "refuse-dialog",
    "refuse_speech",
    (form) => ({ speech: refusing, reason: String(form.get("reason")) }),
    act,
  );
}
