// @ts-check
/** What somebody else changes meanwhile: asked for every few seconds, shown at once unless something is being written. */

const EVERY_MS = 4000;

/** Is something being written, dragged, uploaded or sent in the agenda? */
function busy(/** @type {HTMLElement} */ agenda) {
  if (agenda.querySelector("[data-dragged], .htmx-request, .upload, [data-uploading]")) return true;
  if (agenda.querySelector(".item-conflict") || agenda.matches(".htmx-request")) return true;
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
  agenda.dispatchEvent(new CustomEvent("agenda:refresh"));
}

async function look() {
  const agenda = document.getElementById("agenda");
  const address = agenda?.dataset.agenda;
  if (!agenda || !address || document.hidden) return;
  const answer = await fetch(`${address}?only=news&seen=${agenda.dataset.seen ?? ""}`, { credentials: "same-origin" });
  const news = agenda.querySelector("[data-news]");
  if ((await answer.text()) !== "changed" || agenda !== document.getElementById("agenda")) return;
  if (!busy(agenda)) show(agenda);
  else if (news instanceof HTMLElement) news.hidden = false;
}

export function follow() {
  document.addEventListener("click", (event) => {
    const agenda = document.getElementById("agenda");
    if (agenda && event.target instanceof Element && event.target.closest("[data-news-show]")) show(agenda);
  });
  setInterval(() => look().catch(() => {}), EVERY_MS);
}
