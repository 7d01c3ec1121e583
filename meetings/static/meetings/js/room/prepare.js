// @ts-check
/** Preparing a question: what is asked, in which form, by which rule, with which options and how long. */

import { el, fill } from "meetings/room/el";
import { say } from "meetings/room/texts";
import { open as openDialog } from "ui/dialogs";
import { icon } from "ui/icons";

/** @import { Context } from "meetings/room/parts" */
/** @import { Vote } from "meetings/room/types" */
/** @typedef {{ code: string, name: string, basis: string, certainty: string, forms: string[], seconds: number | null, who: string, change: boolean }} RuleChoice */
/** @typedef {{ rules: RuleChoice[], options: Array<{ label: string }> }} Kind */

const FEWEST = 2;

/** @type {{ id: string, revision: number }} the vote being changed, none: a new one */
const editing = { id: "", revision: 0 };

const dialog = () => /** @type {HTMLDialogElement} */ (document.getElementById("vote-dialog"));
const form = () => /** @type {HTMLFormElement} */ (dialog().querySelector("form"));
/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string} name */
const field = (name) => /** @type {HTMLInputElement} */ (form().elements.namedItem(name));
/** @param {string} name */
const shown = (name) => form().querySelector(`[data-for="${name}"]`);

/** Opens the dialog for a new question. */
export function prepareVote() {
  Object.assign(editing, { id: "", revision: 0 });
  openDialog("vote-dialog");
}

/**
 * Opens the dialog for a question that was never opened.
 * @param {string} id
 * @param {Vote} vote
 */
export function editVote(id, vote) {
  openDialog("vote-dialog");
  Object.assign(editing, { id, revision: vote.revision ?? 0 });
  field("question").value = vote.question;
  field("item").value = vote.item;
  field("item").disabled = true;
  field("rule").value = vote.rule.code ?? "";
  field("least").value = String(vote.rule.min ?? 1);
  field("most").value = String(vote.rule.max ?? 1);
  field("seconds").value = vote.seconds ? String(vote.seconds) : "0";
  const radio = /** @type {HTMLInputElement | null} */ (
    form().querySelector(`[name=form][value="${vote.form ?? "approve"}"]`)
  );
  if (radio) radio.checked = true;
  drawOptions(vote.options.filter(({ aside }) => !aside).map(({ label }) => label));
  part("vote-dialog-title").textContent = say("editVoteTitle");
}

/**
 * @param {Context} context
 * @param {Kind | undefined} kind what may be asked in this meeting; nobody but chair and secretary is told
 */
export function wirePreparing({ store, desk, act }, kind) {
  if (!kind) return;
  fill(
    part("vote-rule"),
    kind.rules.map(({ code, name }) => el("option", { value: code }, name)),
  );
  const adapt = () => adaptTo(kind);
  form().addEventListener("change", adapt);
  part("vote-add-option").addEventListener("click", () => {
    drawOptions([...optionsNow(), ""]);
    /** @type {HTMLElement | undefined} */ ([...part("vote-options").querySelectorAll("input")].at(-1))?.focus();
  });
  dialog().addEventListener("dialog:open", () => {
    Object.assign(editing, { id: "", revision: 0 });
    const lines = store.items().map(([id, item]) => el("option", { value: id }, `${item.label}. ${item.title}`));
    form().reset();
    fill(part("vote-item"), lines);
    field("item").disabled = false;
    field("item").value = store.room.meeting.current_item ?? desk.item;
    part("vote-dialog-title").textContent = say("prepareVoteTitle");
    drawOptions(["", ""]);
    adapt();
  });
  form().addEventListener("submit", (event) => void submitted(event, act));
}

/** @param {Event} event @param {Context["act"]} act */
async function submitted(event, act) {
  event.preventDefault();
  const button = /** @type {HTMLButtonElement} */ (form().querySelector("[type=submit]"));
  button.disabled = true;
  const done = editing.id
    ? await act("edit_vote", { vote: editing.id, revision: editing.revision, ...asked() })
    : await act("prepare_vote", { item: field("item").value, ...asked() });
  button.disabled = false;
  if (done) dialog().close();
}

/** What the form asks. */
function asked() {
  const data = new FormData(form());
  const kind = String(data.get("form") ?? "approve");
  const options =
    kind === "approve"
      ? []
      : optionsNow()
          .map((line) => line.trim())
          .filter(Boolean);
  const several = kind === "several";
  return {
    question: String(data.get("question")),
    form: kind,
    rule: String(data.get("rule")),
    options,
    least: several ? Number(data.get("least") || 1) : 1,
    most: several ? Number(data.get("most") || 1) : 1,
    seconds: Number(data.get("seconds") || 0),
  };
}

/** Shows what the chosen form and rule need. @param {Kind} kind */
function adaptTo(kind) {
  const asks = String(new FormData(form()).get("form") ?? "approve");
  const rules = kind.rules.filter(({ forms }) => forms.includes(asks));
  const offered = rules.length > 0 ? rules : kind.rules;
  const chosen = offered.find(({ code }) => code === field("rule").value) ?? offered[0];
  fill(
    part("vote-rule"),
    offered.map(({ code, name }) => el("option", { value: code }, name)),
  );
  field("rule").value = chosen?.code ?? "";
  if (chosen && form().dataset.rule !== chosen.code && !editing.id)
    field("seconds").value = String(chosen.seconds ?? 0);
  form().dataset.rule = chosen?.code ?? "";
  fill(part("vote-rule-words"), chosen ? ruleWords(chosen) : []);
  shown("options")?.toggleAttribute("hidden", asks === "approve");
  shown("bounds")?.toggleAttribute("hidden", asks !== "several");
  shown("labels")?.toggleAttribute("hidden", asks !== "approve");
  fill(
    part("vote-labels"),
    kind.options.map(({ label }) => el("li", { class: "chip tone-neutral" }, label)),
  );
}

/** Who votes, whether it may be changed, on what it rests. @param {RuleChoice} rule */
function ruleWords(rule) {
  const words = [
    say(rule.who === "members" ? "whoMembers" : "whoVoters"),
    say(rule.change ? "mayChange" : "oneChance"),
  ];
  return [
    el("p", {}, words.join(" ")),
    rule.basis && el("p", { class: "faint" }, rule.basis, rule.certainty && ` · ${rule.certainty}`),
  ];
}

/** The lines as they stand in the editor. */
function optionsNow() {
  const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (part("vote-options").querySelectorAll("input"));
  return [...inputs].map(({ value }) => value);
}

/** @param {string[]} lines */
function drawOptions(lines) {
  const all = [...lines, ...Array(Math.max(0, FEWEST - lines.length)).fill("")];
  part("vote-options").replaceChildren(...all.map((line, place) => optionRow(line, place, all.length)));
}

/**
 * @param {string} line
 * @param {number} place
 * @param {number} count
 */
function optionRow(line, place, count) {
  const label = say("optionNumber", { number: place + 1 });
  const input = /** @type {HTMLInputElement} */ (
    el("input", { class: "input", type: "text", maxlength: 200, "aria-label": label, placeholder: label })
  );
  input.value = line;
  const swap = (/** @type {number} */ by) => () => {
    const now = optionsNow();
    [now[place], now[place + by]] = [now[place + by] ?? "", now[place] ?? ""];
    drawOptions(now);
  };
  const remove = () => drawOptions(optionsNow().filter((_, at) => at !== place));
  return el(
    "li",
    { class: "vote-option-row" },
    input,
    tool("arrow-up", say("optionUp"), swap(-1), place === 0),
    tool("arrow-down", say("optionDown"), swap(1), place === count - 1),
    tool("trash-2", say("optionRemove"), remove, count <= FEWEST),
  );
}

/**
 * @param {string} shape
 * @param {string} words
 * @param {() => void} press
 * @param {boolean} disabled
 */
function tool(shape, words, press, disabled) {
  const attributes = {
    type: "button",
    class: "button button-quiet button-icon",
    "aria-label": words,
    title: words,
    disabled,
  };
  return el("button", { ...attributes, onclick: press }, icon(shape));
}
