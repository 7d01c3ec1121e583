// @ts-check
/** Keys of annotations: undo and redo, and a way out of what is open and of every tool. The tools' own are listed with "?". */

/** @import { Notes } from "annotations/notes" */

/**
 * @param {KeyboardEvent} event
 * @param {Notes} notes
 * @returns {void}
 */
export function onNoteKey(event, notes) {
  const target = /** @type {Element | null} */ (event.target instanceof Element ? event.target : null);
  if (target?.closest("input, textarea, select, dialog, .notes-thread")) return;
  if (event.key === "Escape" && notes.thread.floating.open) return notes.thread.close({ back: true });
  if (notes.options.readOnly) return;
  const key = event.key.toLowerCase();
  const held = event.ctrlKey || event.metaKey;
  if (held && key === "z") undo(event, notes, event.shiftKey);
  else if (held && key === "y") undo(event, notes, true);
  else if (event.key === "Escape" && notes.tools.tool !== "read") notes.tools.choose("read");
}

/** @param {KeyboardEvent} event @param {Notes} notes @param {boolean} again */
function undo(event, notes, again) {
  event.preventDefault();
  if (again) notes.store.redo();
  else notes.store.undo();
}
