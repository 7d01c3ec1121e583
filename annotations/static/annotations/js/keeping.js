// @ts-check
/** Between the store and the device: what waits is found again after a reload, and what the server said last is kept. */

import { isOf, PREFIX } from "annotations/line";

/** @import { Place } from "live/socket" */
/** @import { Answer, Circle, Note, Operation } from "annotations/types" */
/** @import { Answered, Kept, Queue, Row } from "annotations/queue" */
/** @import { NoteStore } from "annotations/store" */

const RESTS_MS = 300;
const SHARE = 20; // keeping takes no more than a twentieth of the time

export class Keeping {
  /**
   * @param {{ store: NoteStore, queue: Queue, document: string, places: () => Record<string, Place> }} about `places`: where the line stands
   */
  constructor({ store, queue, document, places }) {
    this.store = store;
    this.queue = queue;
    this.document = document;
    this.places = places;
    /** @type {Circle[]} */
    this.circles = [];
    this.adding = Promise.resolve();
    this.timer = this.took = 0;
    this.ended = this.restored = false;
    /** @type {Map<string, Kept>} as it was found on the device */
    this.found = new Map();
    /** @type {Map<string, string>} when which stream was last heard */
    this.said = new Map();
    /** @type {Set<string>} answered operations the streams are beyond */
    this.over = new Set();
    this.leave = () => globalThis.document.visibilityState === "hidden" && this.keep();
    globalThis.document.addEventListener("visibilitychange", this.leave);
  }

  /**
   * Brings back what is on the device; returns where its streams stood.
   * @param {{ notes: Record<string, Note> }} [pack] what was taken along, for a device that has nothing newer
   * @returns {Promise<Record<string, Place>>}
   */
  async restore(pack) {
    const [streams, answered, waiting] = await Promise.all([
      this.queue.streams(this.document),
      this.queue.answered(this.document),
      this.queue.waiting(this.document),
    ]);
    if (pack && isNewer(pack, streams)) this.store.replace(PREFIX + this.document, pack);
    else this.lay(streams);
    for (const { id, operation, at } of answered) this.store.answered.set(id, { operation, at });
    for (const { operation, at } of waiting) this.store.take(operation, at);
    this.store.learn([]);
    this.restored = true;
    return Object.fromEntries(
      [...this.found].filter(([, { seq }]) => seq >= 0).map(([label, { seq, epoch }]) => [label, { seq, epoch }]),
    );
  }

  /** @param {Kept[]} streams */
  lay(streams) {
    for (const one of streams) {
      this.found.set(one.label, one);
      this.store.replace(one.label, { notes: one.notes });
      this.circles = one.circles ?? this.circles;
    }
  }

  /** @param {Operation} operation */
  add(operation) {
    const one = this.queue.add(this.document, operation, this.store.now());
    this.adding = Promise.all([this.adding, one]).then(() => {});
  }

  /** @param {Answer[]} answers @returns {Promise<Row[]>} what was refused until now */
  async settle(answers) {
    this.store.settle(answers);
    await this.adding;
    await this.queue.settle(answers);
    return this.queue.refused(this.document);
  }

  /** @param {string} stream */
  heard(stream) {
    this.said.set(stream, new Date().toISOString());
    this.soon();
  }

  /** The streams stand beyond these answered operations. @param {string[]} ids */
  past(ids) {
    for (const id of ids) this.over.add(id);
    this.store.past(ids);
    this.soon();
  }

  /** One's own stream is not heard any more: what it would have brought never comes. @param {string} stream */
  gone(stream) {
    this.past(stream === PREFIX + this.document ? [...this.store.answered.keys()] : []);
  }

  soon() {
    this.timer ||= window.setTimeout(() => this.keep(), Math.max(RESTS_MS, this.took * SHARE));
  }

  keep() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.ended || !this.restored) return undefined;
    const begun = performance.now();
    const kept = this.standing();
    const gone = [...this.found.keys(), ...this.said.keys()].filter((label) => !this.store.streams.has(label));
    const isSaid = (/** @type {Answered} */ { id, operation }) =>
      this.over.has(id) || (kept.length > 0 && this.store.says(operation));
    return this.queue.keep(this.document, kept, gone, isSaid).then(() => {
      this.took = performance.now() - begun;
    });
  }

  /** The streams, each with where it stands; one of which nobody knows that, such as a pack's, is not kept. @returns {Kept[]} */
  standing() {
    const places = this.places();
    return [...this.store.streams].flatMap(([label, notes]) => {
      const found = this.found.get(label);
      const place = places[label] ?? (found?.notes === notes ? found : undefined);
      if (!place || place.seq < 0 || !isOf(this.document, label)) return [];
      const { seq, epoch } = place;
      const said = this.said.get(label) ?? found?.said ?? "";
      return { label, document: this.document, seq, epoch, said, notes, circles: this.circles };
    });
  }

  stop() {
    const last = this.keep();
    this.ended = true;
    globalThis.document.removeEventListener("visibilitychange", this.leave);
    return last;
  }
}

/**
 * Does a pack tell of something later than what is kept?
 * @param {{ notes: Record<string, Note> }} pack
 * @param {Kept[]} streams
 */
function isNewer(pack, streams) {
  if (!streams.some(({ seq }) => seq >= 0)) return true;
  return latest([pack]) > latest(streams);
}

/** When something was last done to these notes. @param {Array<{ notes: Record<string, Note> }>} all */
function latest(all) {
  const times = all
    .flatMap(({ notes }) => Object.values(notes))
    .flatMap((note) => [note.changed_at ?? note.at, ...Object.values(note.replies).map(({ at }) => at)]);
  return times.sort().at(-1) ?? "";
}
