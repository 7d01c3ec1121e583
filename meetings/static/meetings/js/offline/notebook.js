// @ts-check
/**
 * The notebook without a network: what was written waits in the database `nghisu-<user>-notebook`, table `unsent`.
 *
 * A note that another device changed meanwhile comes back with the other text: it stays here with both until its author
 * chooses. Sending twice makes one note: its id is drawn here.
 */

import { openDB } from "idb";
import { read } from "ui/cookies";

/** @typedef {{ id: string, meeting: string, text: string, revision: number, at: string, other?: { text: string, revision: number }, refused?: string }} Waiting */

const TABLE = "unsent";

/** @param {string} user */
const database = (user) =>
  openDB(`nghisu-${user}-notebook`, 1, {
    upgrade: (/** @type {any} */ made) => {
      made.createObjectStore(TABLE, { keyPath: "id" });
    },
    blocking: (/** @type {any} */ _now, /** @type {any} */ _next, /** @type {any} */ event) => event.target.close(),
  });

export class NotebookQueue {
  /** @param {string} user */
  constructor(user) {
    this.user = user;
    /** @type {Promise<void>} one after another */
    this.sending = Promise.resolve();
  }

  /** @param {string} [meeting] @returns {Promise<Waiting[]>} */
  async waiting(meeting) {
    const found = /** @type {Waiting[]} */ (await (await database(this.user)).getAll(TABLE));
    return found.filter((one) => !meeting || one.meeting === meeting);
  }

  /** @param {Waiting} note */
  async put(note) {
    await (await database(this.user)).put(TABLE, note);
  }

  /** @param {string} id */
  async drop(id) {
    await (await database(this.user)).delete(TABLE, id);
  }

  /**
   * Sends what waits, in the order it was written; ends quietly without a network.
   * @param {(note: Waiting, revision: number) => void} [onKept]
   */
  flush(onKept) {
    this.sending = this.sending.then(() => this.run(onKept)).catch(() => undefined);
    return this.sending;
  }

  /** @param {((note: Waiting, revision: number) => void) | undefined} onKept */
  async run(onKept) {
    const notes = (await this.waiting()).filter((one) => !one.other && !one.refused);
    for (const note of notes.sort((a, b) => (a.at < b.at ? -1 : 1))) {
      const answer = await this.send(note);
      if (answer.status === 403 && (await answer.clone().json()).code === "another_person") return;
      if (answer.status >= 500 || [401, 408, 429].includes(answer.status)) return;
      await this.settle(note, answer, onKept);
    }
  }

  /** @param {Waiting} note */
  send(note) {
    const body = new URLSearchParams({ text: note.text, revision: String(note.revision), as: this.user });
    const headers = { Accept: "application/json", "X-CSRFToken": read("csrftoken") };
    return fetch(`/meetings/${note.meeting}/notebook/${note.id}/`, { method: "POST", body, headers });
  }

  /**
   * What was written while the answer was on its way stays, as the next revision.
   * @param {Waiting} note as it was sent
   * @param {Response} answer
   * @param {((note: Waiting, revision: number) => void) | undefined} onKept
   */
  async settle(note, answer, onKept) {
    const told = await answer.json().catch(() => ({}));
    const now = (await this.waiting()).find((one) => one.id === note.id);
    if (answer.ok) {
      onKept?.(note, told.revision);
      if (now && now.text !== note.text) await this.put({ ...now, revision: told.revision });
      else await this.drop(note.id);
    } else if (now && answer.status === 409) {
      await this.put({ ...now, other: { text: String(told.text), revision: Number(told.revision) } });
    } else if (now) {
      await this.put({ ...now, refused: String(told.detail ?? answer.status) });
    }
  }
}
