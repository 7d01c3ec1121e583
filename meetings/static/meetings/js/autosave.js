// @ts-check
/**
 * Keeps what is being written: `<form data-autosave>` with `text`, `revision` and a place `[data-saved]`.
 *
 * A lost connection loses nothing: the text stays in the field and is sent again. When another device was faster,
 * both texts are shown and the person chooses.
 */

import { sentence } from "ui/problem";

const PAUSE_MS = 900;
const AGAIN_MS = [3000, 8000, 20000, 60000];

/** @typedef {{ form: HTMLFormElement, field: HTMLTextAreaElement, kept: string, timer: number, failed: number, busy: Promise<boolean> | null }} Desk */

/** @type {Set<Desk>} */
const desks = new Set();

/** @param {HTMLFormElement} form */
export function attach(form) {
  const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
  /** @type {Desk} */
  const desk = { form, field, kept: field.value, timer: 0, failed: 0, busy: null };
  desks.add(desk);
  for (const plain of form.querySelectorAll("[data-plain]")) plain.setAttribute("hidden", "");
  field.addEventListener("input", () => soon(desk, PAUSE_MS));
  field.addEventListener("blur", () => save(desk));
  form.addEventListener("submit", (event) => leave(desk, /** @type {SubmitEvent} */ (event)));
  window.addEventListener("online", () => save(desk));
}

/** @param {Desk} desk */
const changed = (desk) => desk.field.value !== desk.kept;

/**
 * @param {Desk} desk
 * @param {number} pause
 */
function soon(desk, pause) {
  window.clearTimeout(desk.timer);
  desk.timer = window.setTimeout(() => save(desk), pause);
}

/**
 * @param {Desk} desk
 * @param {string} words
 * @param {string} [tone]
 */
function say(desk, words, tone = "") {
  const place = /** @type {HTMLElement} */ (desk.form.querySelector("[data-saved]"));
  place.textContent = words;
  place.dataset.tone = tone;
}

/**
 * @param {Desk} desk
 * @returns {Promise<boolean>} whether nothing is left to keep
 */
async function save(desk) {
  window.clearTimeout(desk.timer);
  if (desk.busy) await desk.busy;
  if (!changed(desk)) return true;
  desk.busy = send(desk).finally(() => {
    desk.busy = null;
  });
  return desk.busy;
}

/** @param {Desk} desk */
async function send(desk) {
  const { form, field } = desk;
  const text = field.value;
  say(desk, form.dataset.wordSaving ?? "");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
    });
    const body = await answer.text();
    if (answer.ok) return done(desk, text, JSON.parse(body));
    if (answer.status === 409) return choose(desk, JSON.parse(body));
    if (answer.status < 500) return refuse(desk, sentence(answer.status, body));
  } catch {
    // the connection is gone; what follows says so
  }
  say(desk, form.dataset.wordWaiting ?? "", "warning");
  form.dispatchEvent(new CustomEvent("autosave:waiting", { bubbles: true, detail: { text } }));
  soon(desk, AGAIN_MS[desk.failed++] ?? AGAIN_MS.at(-1) ?? 0);
  return false;
}

/**
 * @param {Desk} desk
 * @param {string} words
 */
function refuse(desk, words) {
  say(desk, words, "danger");
  return false;
}

/**
 * @param {Desk} desk
 * @param {number} revision
 */
function number(desk, revision) {
  const held = /** @type {HTMLInputElement} */ (desk.form.elements.namedItem("revision"));
  held.value = String(revision);
}

/**
 * @param {Desk} desk
 * @param {string} text
 * @param {{ revision: number }} answer
 */
function done(desk, text, { revision }) {
  desk.kept = text;
  desk.failed = 0;
  number(desk, revision);
  const time = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  say(desk, `${desk.form.dataset.wordSaved} ${time}`, "success");
  desk.form.dispatchEvent(new CustomEvent("autosave:kept", { bubbles: true }));
  if (changed(desk)) soon(desk, PAUSE_MS);
  return true;
}

/**
 * @param {Desk} desk
 * @param {{ text: string, revision: number, detail: string }} other
 */
function choose(desk, other) {
  desk.form.querySelector(".both-texts")?.remove();
  const box = document.createElement("div");
  box.className = "both-texts";
  const words = document.createElement("p");
  words.textContent = desk.form.dataset.wordOther ?? "";
  const text = document.createElement("blockquote");
  text.className = "kept-text";
  text.textContent = other.text;
  const buttons = document.createElement("div");
  buttons.className = "row";
  buttons.append(
    button(desk.form.dataset.wordMine ?? "", () => settle(desk, other, desk.field.value)),
    button(desk.form.dataset.wordTheirs ?? "", () => settle(desk, other, other.text)),
  );
  box.append(words, text, buttons);
  desk.form.append(box);
  say(desk, "", "");
  return false;
}

/**
 * @param {Desk} desk
 * @param {{ text: string, revision: number }} other
 * @param {string} text
 */
function settle(desk, other, text) {
  desk.form.querySelector(".both-texts")?.remove();
  desk.kept = other.text;
  desk.field.value = text;
  number(desk, other.revision);
  save(desk);
}

/**
 * @param {string} words
 * @param {() => void} act
 */
function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

/**
 * A button that leaves the page waits until the text is kept.
 * @param {Desk} desk
 * @param {SubmitEvent} event
 */
async function leave(desk, event) {
  if (!changed(desk) && !desk.busy) return;
  event.preventDefault();
  const by = event.submitter;
  if (await save(desk)) desk.form.requestSubmit(by);
}

window.addEventListener("beforeunload", (event) => {
  if ([...desks].some((desk) => desk.form.isConnected && changed(desk))) event.preventDefault();
});

for (const form of document.querySelectorAll("form[data-autosave]")) attach(/** @type {HTMLFormElement} */ (form));
