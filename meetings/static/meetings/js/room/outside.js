// @ts-check
/** A vote that was held outside the program: its counts, and how and where it was held. */

import { el, fill } from "meetings/room/el";
import { say } from "meetings/room/texts";
import { open as openDialog } from "ui/dialogs";

/** @import { Vote } from "meetings/room/types" */

const dialog = () => /** @type {HTMLDialogElement} */ (document.getElementById("outside-dialog"));

/**
 * @param {string} id
 * @param {Vote} vote
 */
export function openOutside(id, vote) {
  dialog().dataset.vote = id;
  dialog().dataset.form = vote.form ?? "approve";
  const question = /** @type {HTMLElement} */ (document.getElementById("outside-question"));
  question.textContent = vote.question;
  const fields = vote.options.map(({ code, label }) => figure(`count-${code}`, label));
  const cast = vote.form === "several" ? [figure("cast", say("outsideCast"))] : [];
  fill(
    /** @type {Element} */ (document.getElementById("outside-counts")),
    figure("present", say("outsidePresent")),
    cast,
    fields,
  );
  openDialog("outside-dialog");
}

/** @param {string} name @param {string} label */
function figure(name, label) {
  const attributes = { class: "input", type: "number", name, min: 0, max: 9999, inputmode: "numeric", required: true };
  return el(
    "label",
    { class: "field", "data-key": name },
    el("span", { class: "field-label" }, label),
    el("input", attributes),
  );
}

/** @param {FormData} form */
export function outsideData(form) {
  const counts = Object.fromEntries(
    [...form]
      .filter(([name]) => name.startsWith("count-"))
      .map(([name, value]) => [name.slice("count-".length), Number(value)]),
  );
  const cast = form.has("cast") ? { cast: Number(form.get("cast")) } : {};
  return {
    vote: dialog().dataset.vote,
    counts,
    present: Number(form.get("present")),
    note: String(form.get("note")),
    ...cast,
  };
}
