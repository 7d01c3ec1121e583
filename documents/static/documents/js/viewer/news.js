// @ts-check
/** What the server has to say while somebody reads: pictures that were made, a newer version and what it changed. */

/** @import { Viewer } from "documents/viewer/viewer" */
/** @import { Newer, ViewerDocument } from "documents/viewer/types" */

import { newerBar } from "documents/viewer/newer";
import { words } from "documents/viewer/texts";

const AGAIN_MS = 1500;
const MOST_QUESTIONS = 100;

export class News {
  /** @param {Viewer} viewer */
  constructor(viewer) {
    this.viewer = viewer;
    this.questions = 0;
    this.stays = 0;
    /** @type {HTMLElement | undefined} */
    this.bar = undefined;
    this.progress = document.createElement("p");
    this.progress.className = "viewer-progress";
    this.progress.setAttribute("role", "status");
    viewer.bar.element.after(this.progress);
    const { waiting, newer } = viewer.source;
    this.showProgress();
    if (waiting) this.later();
    if (newer) this.tell(newer);
  }

  /** How far the pictures of the pages are, while they are being made. */
  showProgress() {
    const { waiting, prepared, pages } = this.viewer.source;
    this.progress.hidden = !waiting;
    this.progress.textContent = waiting ? words("preparing", { done: prepared ?? 0, pages }) : "";
  }

  /** Asks again in a while. */
  later() {
    window.clearTimeout(this.timer);
    this.questions += 1;
    if (this.questions <= MOST_QUESTIONS) this.timer = window.setTimeout(() => this.ask(), AGAIN_MS);
  }

  async ask() {
    const { source, ending, near, side } = this.viewer;
    try {
      const answer = await fetch(source.self, { signal: ending.signal, headers: { Accept: "application/json" } });
      const news = /** @type {ViewerDocument} */ (answer.ok ? await answer.json() : source);
      const { widths, waiting, prepared, newer } = news;
      Object.assign(source, { widths, waiting, prepared });
      this.showProgress();
      if (newer) this.tell(newer);
    } catch {
      // The line may be down for a moment; the next question comes anyway.
    }
    if (ending.signal.aborted) return;
    if (source.waiting) this.later();
    for (const sheet of near) this.viewer.showPicture(sheet);
    side.thumbs.fill();
  }

  /** @param {Newer} newer */
  tell(newer) {
    this.bar?.remove();
    if (this.stays === newer.number) return;
    if (!newer.changed) this.later();
    const { options, bar } = this.viewer;
    const open = options.openNewer ?? ((page) => location.assign(page ? `${newer.url}#page=${page}` : newer.url));
    this.bar = newerBar(newer, { open, stay: () => this.stay(newer) });
    bar.element.after(this.bar);
  }

  /** @param {Newer} newer */
  stay(newer) {
    this.stays = newer.number;
    this.bar?.remove();
  }

  destroy() {
    window.clearTimeout(this.timer);
  }
}
