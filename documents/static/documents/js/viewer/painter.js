// @ts-check
/** Which pages have a sharp canvas: at most three, one drawn at a time, what is looked at first. */

/** @import { Engine } from "documents/viewer/engine" */
/** @import { Sheet } from "documents/viewer/sheet" */

export const MOST = 3;

export class Painter {
  /**
   * @param {Engine} engine
   * @param {(error: unknown) => void} onFailure
   */
  constructor(engine, onFailure) {
    this.engine = engine;
    this.onFailure = onFailure;
    /** @type {Sheet[]} */
    this.wanted = [];
    /** @type {Set<Sheet>} */
    this.live = new Set();
    this.busy = false;
    this.ended = false;
  }

  /**
   * The pages on screen, the most visible first.
   * @param {Sheet[]} sheets
   */
  want(sheets) {
    if (!this.engine.source.file) return; // pictures are all there is
    this.wanted = sheets.slice(0, MOST);
    for (const sheet of [...this.live]) {
      if (this.wanted.includes(sheet)) continue;
      if (this.live.size + this.missing() > MOST) this.drop(sheet);
      else sheet.task?.cancel();
    }
    this.work();
  }

  missing() {
    return this.wanted.filter((sheet) => !this.live.has(sheet)).length;
  }

  /** @param {Sheet} sheet */
  drop(sheet) {
    sheet.forget();
    this.live.delete(sheet);
  }

  async work() {
    if (this.busy) return;
    this.busy = true;
    try {
      for (let sheet = this.next(); sheet && !this.ended; sheet = this.next()) await this.paint(sheet);
    } finally {
      this.busy = false;
    }
  }

  next() {
    return this.wanted.find((sheet) => !sheet.sharp);
  }

  /** @param {Sheet} sheet */
  async paint(sheet) {
    this.live.add(sheet);
    try {
      await sheet.draw(this.engine);
    } catch (error) {
      if (isCancelled(error)) return;
      this.wanted = this.wanted.filter((other) => other !== sheet);
      if (!this.ended) this.onFailure(error);
    }
  }

  destroy() {
    this.ended = true;
    for (const sheet of this.live) sheet.forget();
    this.live.clear();
  }
}

/** @param {unknown} error */
function isCancelled(error) {
  const name = error instanceof Error ? error.name : "";
  return name === "RenderingCancelledException" || name === "AbortException";
}
