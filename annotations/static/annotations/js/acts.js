// @ts-check
/** What upper packages offer to do with one annotation, such as making it an opinion; shown when it is looked at. */

/** @import { Note } from "annotations/types" */
/** @typedef {{ key: string, icon: string, label: string, offered: (id: string, note: Note) => boolean, act: (id: string, note: Note) => unknown }} NoteAct */

/** @type {Map<string, NoteAct>} */
const acts = new Map();

/** @param {NoteAct} act */
export function registerNoteAct(act) {
  acts.set(act.key, act);
}

/** @param {string} id @param {Note} note */
export function actsFor(id, note) {
  return [...acts.values()].filter((act) => act.offered(id, note));
}
