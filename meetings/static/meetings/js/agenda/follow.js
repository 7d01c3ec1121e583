// @ts-check
/** What somebody else changes meanwhile: asked for every few seconds and when one comes back to the page, shown at once unless something is being written. */

import { remember } from "meetings/agenda/keys";

const EVERY_MS = 4000;
const READERS_MS = 20_000; // they arrange nothing, and they are many

let quiet = false; // the answer under way was not asked for by the person

/** Is something being sent? */
function sending(/** @type {HTMLElement} */ agenda) {
  return agenda.matches(".htmx-request") || agenda.querySelector(".htmx-request, .upload, [data-uploading]") !== null;
}

/** Is something being written or dragged in the agenda, or a place chosen for a new item? */
function busy(/** @type {HTMLElement} */ agenda) {
  if (agenda.querySelector("[data-dragged], .item-conflict, #new-item input[name=after]")) return true;
  const fields = [...agenda.querySelectorAll("input, textarea, select")];
  return fields.some(changed) || agenda.querySelector("details.tools[open]") !== null;
}

/** @param {Element} field */
function changed(field) {
  if (field instanceof HTMLInputElement && field.type !== "hidden" && field.type !== "file") {
    return field.value !== field.defaultValue;
  }
  return field instanceof HTMLTextAreaElement && field.value !== field.defaultValue;
}

/** @param {HTMLElement} agenda */
function show(agenda) {
  const here = document.activeElement;
  const row = here?.matches(".agenda-item") ? here.closest("li") : null;
  if (row) remember(row);
  agenda.dispatchEvent(new CustomEvent("agenda:refresh"));
}

async function look() {
  const agenda = document.getElementById("agenda");
  const address = agenda?.dataset.agenda;
  if (!agenda || !address || document.hidden) return;
  const answer = await fetch(`${address}?only=news&seen=${agenda.dataset.seen ?? ""}`, { credentials: "same-origin" });
  const news = agenda.querySelector("[data-news]");
  if ((await answer.text()) !== "changed" || agenda !== document.getElementById("agenda")) return;
  if (sending(agenda)) return;
  if (!busy(agenda)) {
    quiet = true;
    show(agenda);
  } else if (news instanceof HTMLElement) news.hidden = false;
}

/** Somebody began to write while the answer was under way: it waits until it is asked for. */
function hold(/** @type {Event} */ event) {
  const { detail } = /** @type {CustomEvent} */ (event);
  const agenda = document.getElementById("agenda");
  if (!quiet || !agenda || detail.target !== agenda || detail.requestConfig.elt !== agenda) return;
  quiet = false;
  if (!busy(agenda)) return;
  detail.shouldSwap = false;
  const news = agenda.querySelector("[data-news]");
  if (news instanceof HTMLElement) news.hidden = false;
}

export function follow() {
  document.addEventListener("htmx:beforeSwap", hold);
  document.addEventListener("click", (event) => {
    const agenda = document.getElementById("agenda");
    if (agenda && event.target instanceof Element && event.target.closest("[data-news-show]")) show(agenda);
  });
  const again = () => look().catch(() => {});
  const arranges = document.getElementById("agenda")?.dataset.arrange !== undefined;
  setInterval(again, arranges ? EVERY_MS : READERS_MS);
  document.addEventListener("visibilitychange", again);
}
