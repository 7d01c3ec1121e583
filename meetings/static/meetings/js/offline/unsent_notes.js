// @ts-check
/** On the page of the notebook: what could not be sent outlives the page, where the meeting lies on this device. */

import { Kept } from "meetings/offline/kept";
import { NotebookQueue } from "meetings/offline/notebook";
import { supported } from "ui/device";

const NOTE = /\/meetings\/([0-9a-f-]{36})\/notebook\/([0-9a-f-]{36})\/$/;

/** @param {Event} event */
const noteOf = (event) => NOTE.exec(/** @type {HTMLFormElement} */ (event.target).action) ?? [];

/** @param {NotebookQueue} queue @param {CustomEvent<{ text: string }>} event */
async function stash(queue, event) {
  const [, meeting = "", id = ""] = noteOf(event);
  if (!id || !(await new Kept(queue.user, meeting).exists())) return; // nowhere to come back to
  const field = /** @type {HTMLFormElement} */ (event.target).elements.namedItem("revision");
  const revision = Number(/** @type {HTMLInputElement} */ (field).value);
  await queue.put({ id, meeting, text: event.detail.text, revision, at: new Date().toISOString() });
}

/** What waited from before is sent first, and the page then shows it. @param {NotebookQueue} queue */
async function sendFirst(queue) {
  const before = (await queue.waiting()).length;
  if (before === 0) return;
  await queue.flush();
  if ((await queue.waiting()).length < before) location.reload();
}

export function keepUnsent() {
  const { user } = document.body.dataset;
  if (!user || !supported()) return;
  const queue = new NotebookQueue(user);
  document.addEventListener("autosave:waiting", (event) => void stash(queue, /** @type {CustomEvent} */ (event)));
  document.addEventListener("autosave:kept", (event) => void queue.drop(noteOf(event)[2] ?? ""));
  void sendFirst(queue);
}
