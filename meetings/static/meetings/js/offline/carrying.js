// @ts-check
/** What was written without a network goes to the server, on whichever page one comes back; twice is once there. */

import { databaseOf, Queue } from "annotations/queue";
import { post } from "annotations/sender";
import { NotebookQueue } from "meetings/offline/notebook";
import { openingsOf, tellOpenings } from "meetings/offline/openings";
import { supported } from "ui/device";

/**
 * @param {string} user
 * @param {string} [but] a document whose notes are being sent by the page itself
 */
export async function carryOver(user, but = "") {
  if (!supported() || !navigator.onLine) return;
  const listed = await indexedDB.databases?.(); // Firefox before 126 lists none: all three are looked into
  const known = (/** @type {string} */ wanted) => !listed || listed.some(({ name }) => name === wanted);
  if (known(`nghisu-${user}-notebook`)) await new NotebookQueue(user).flush();
  if (known(databaseOf(user))) await sendNotes(user, but);
  if (known(openingsOf(user))) await tellOpenings(user).catch(() => undefined);
}

/** @param {string} user @param {string} but */
async function sendNotes(user, but) {
  const queue = new Queue(user);
  try {
    await queue.flush((document, operations) => post(document, operations, user), { but });
  } catch {
    // they wait on; the next page tries again
  } finally {
    await queue.close();
  }
}
