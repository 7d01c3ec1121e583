// @ts-check
/** The notebook: notes keep themselves; one thrown away leaves a line that takes it back. */

import "meetings/autosave";
import { keepUnsent } from "meetings/offline/unsent_notes";
import { sentence } from "ui/problem";
import { toast } from "ui/toast";

const token = () => /** @type {HTMLInputElement} */ (document.querySelector("[name=csrfmiddlewaretoken]")).value;

/** @param {string} url */
function post(url) {
  const headers = { Accept: "application/json", "X-CSRFToken": token() };
  return fetch(url, { method: "POST", headers });
}

/** @param {HTMLButtonElement} button */
async function throwAway(button) {
  const card = /** @type {HTMLElement} */ (button.closest(".note"));
  const answer = await post(button.formAction).catch(() => null);
  if (!answer?.ok) return toast(sentence(answer?.status ?? 0, (await answer?.text()) ?? ""), "danger");
  const { restore } = await answer.json();
  const line = document.createElement("p");
  line.className = "note-gone";
  line.setAttribute("role", "status");
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "button";
  undo.textContent = button.dataset.wordUndo ?? "";
  undo.addEventListener("click", async () => {
    if ((await post(restore).catch(() => null))?.ok) line.replaceWith(card);
  });
  line.append(`${button.dataset.wordGone} `, undo);
  card.replaceWith(line);
  undo.focus();
}

document.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest?.("[data-delete]");
  if (!(button instanceof HTMLButtonElement)) return;
  event.preventDefault();
  throwAway(button);
});

document.addEventListener("autosave:kept", (event) => {
  const next = /** @type {HTMLElement} */ (event.target).querySelector("[data-next]");
  next?.removeAttribute("hidden");
});

keepUnsent();
