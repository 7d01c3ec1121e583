// @ts-check
/**
 * Lays annotations over a viewer.
 *
 *     const notes = mountNotes(viewer, { document, version, user, name, line, circles: [] });
 *     notes.tools.choose("ink"); notes.go(id); notes.destroy();
 *
 * The page needs `annotations/css/notes.css`, `threads.css` and `{% include "annotations/texts.html" %}`.
 */

import { Notes } from "annotations/notes";
import { Queue } from "annotations/queue";
import { post } from "annotations/sender";

/** @import { MountedViewer } from "documents/viewer/types" */
/** @import { Person } from "annotations/sharing" */
/** @typedef {import("annotations/notes").NotesOptions} NotesOptions */
/** @typedef {Pick<NotesOptions, "document" | "version" | "user" | "name"> & Partial<NotesOptions>} MountOptions */

/** @type {Map<string, Queue>} one for each person: everything on the page shares it */
const queues = new Map();

/** @param {string} user @returns {Queue} */
export function queueOf(user) {
  const queue = queues.get(user) ?? new Queue(user);
  queues.set(user, queue);
  return queue;
}

/** Whom one can share with by name. @param {string} document @returns {(text: string) => Promise<Person[]>} */
function peopleOf(document) {
  return async (text) => {
    const response = await fetch(`/documents/${document}/annotations/people/?q=${encodeURIComponent(text)}`, {
      headers: { Accept: "application/json" },
    });
    if (!response.ok) throw new Error(String(response.status));
    return (await response.json()).people;
  };
}

/**
 * @param {MountedViewer} viewer
 * @param {MountOptions} options
 * @returns {Notes}
 */
export function mountNotes(viewer, options) {
  const queue = options.queue ?? queueOf(options.user);
  const findPeople = peopleOf(options.document);
  const notes = new Notes(viewer, { findPeople, readOnly: false, circles: [], home: "", ...options, queue });
  notes.start();
  sendTheRest(queue, options.document);
  return notes;
}

/** Sends what was noted on other papers and never got through. @param {Queue} queue @param {string} but */
export async function sendTheRest(queue, but = "") {
  try {
    await queue.flush((document, operations) => post(document, operations, queue.user), { but });
  } catch {
    // when those papers are opened, or the next time any is
  }
}
