// @ts-check
/** On a paper's own page: a note of one's own is handed to the chair of its meeting. */

import { registerNoteAct } from "annotations/acts";
import { ask } from "ui/dialogs";
import { toast } from "ui/toast";

const panel = /** @type {HTMLElement | null} */ (document.querySelector("[data-remarks]"));
const words = panel?.dataset ?? {};
/** @type {Set<string>} handed in since the page was opened */
const given = new Set();

registerNoteAct({
  key: "remark",
  icon: "send",
  label: words.handIn ?? "",
  offered: (id, note) => panel !== null && note.owner === words.user && note.body.trim() !== "" && !given.has(id),
  act: handIn,
});

/** @param {string} note */
async function handIn(note) {
  if (!(await ask(words.sure ?? "", { yes: words.handIn }))) return;
  const token = panel?.querySelector("[name=csrfmiddlewaretoken]");
  const body = new FormData();
  body.set("note", note);
  body.set("csrfmiddlewaretoken", /** @type {HTMLInputElement} */ (token).value);
  const headers = { Accept: "application/json" };
  const answer = await fetch(words.remarks ?? "", { method: "POST", body, headers }).catch(() => undefined);
  const said = await answer?.json().catch(() => undefined);
  if (answer?.ok) given.add(note);
  toast(said?.text ?? said?.detail ?? words.failed ?? "", answer?.ok ? "success" : "danger");
}
