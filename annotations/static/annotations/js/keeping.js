// @ts-check
/** Between the store and the device: what waits is found again after a reload, and what the server said last is kept. */

import { isOf } from "annotations/line";

/** @import { Place } from "live/socket" */
/** @import { Answer, Circle, Operation } from "annotations/types" */
/** @import { Queue, Row } from "annotations/queue" */
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
    this.ended = false;
    this.leave = () => globalThis.document.visibilityState === "hidden" && this.keep();
    globalThis.document.addEventListener("visibilitychange", this.leave);
  }

  /** Brings back what is on the device; returns where its streams stood. @returns {Promise<Record<string, Place>>} */
  async restore() {
    const [streams, answered, waiting] = await Promise.all([
      this.queue.streams(this.document),
      this.queue.answered(this.document),
      this.queue.waiting(this.document),
    ]);
    for (const { label, notes, circles } of streams) {
      this.store.replace(label, { notes });
      this.circles = circles ?? this.circles;
    }
    for (const { id, operation, at } of answered) this.store.answered.set(id, { operation, at });
    for (const { operation, at } of waiting) this.store.take(operation, at);
    this.store.learn([]);
    return Object.fromEntries(
      streams.filter(({ seq }) => seq >= 0).map(({ label, seq, epoch }) => [label, { seq, epoch }]),
    );
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

  soon() {
    this.timer ||= window.setTimeout(() => this.keep(), Math.max(RESTS_MS, this.took * SHARE));
  }

  keep() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.ended) return undefined;
    const begun = performance.now();
    const places = this.places();
    const kept = [...this.store.streams].map(([label, notes]) => {
      const { seq, epoch } = places[label] ?? { seq: -1, epoch: "" };
      return { label, document: this.document, seq, epoch, notes, circles: this.circles };
    });
    const done = this.queue.keep(
      this.document,
      kept.filter(({ label }) => isOf(this.document, label)),
      (operation) => this.store.says(operation),
    );
    return done.then(() => {
      this.took = performance.now() - begun;
    });
  }

  stop() {
    const last = this.keep();
    this.ended = true;
    globalThis.document.removeEventListener("visibilitychange", this.leave);
    return last;
  }
}
