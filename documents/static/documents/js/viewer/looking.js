// @ts-check
/** Finding in the document: the bar's field and buttons, the finder, and going to the place. */

/** @import { Viewer } from "documents/viewer/viewer" */

import { Finder } from "documents/viewer/finder";
import { soughtIn } from "documents/viewer/sought";
import { words } from "documents/viewer/texts";

export class Looking {
  /** @param {Viewer} viewer */
  constructor(viewer) {
    this.viewer = viewer;
    this.finder = new Finder(viewer.engine, (page) => viewer.sheets[page - 1]);
  }

  /**
   * Marks the words of a search over all documents, as it read them; nobody is typing, so nothing takes the focus.
   * @param {string} query
   */
  async mark(query) {
    await this.viewer.ready;
    if (!this.viewer.source.file) return;
    this.viewer.bar.offer(query);
    await this.find(query, soughtIn);
  }

  /**
   * @param {string} query
   * @param {typeof soughtIn} [within]
   */
  async find(query, within) {
    const { bar, page } = this.viewer;
    let first = true;
    try {
      await this.finder.find(
        query,
        page,
        ({ found, done }) => {
          bar.setFound(this.finder.current + 1, found, done);
          if (found && first) this.show();
          first = first && !found;
        },
        within,
      );
    } catch {
      this.viewer.say(words("failed"));
    }
  }

  /** @param {1 | -1} direction */
  step(direction) {
    this.finder.step(direction);
    this.viewer.bar.setFound(this.finder.current + 1, this.finder.matches.length, true);
    this.show();
  }

  show() {
    const match = this.finder.match();
    if (!match) return;
    const place = this.finder.place();
    if (!place) return this.viewer.goTo(match.page);
    const { scroller } = this.viewer;
    const frame = scroller.getBoundingClientRect();
    if (place.top < frame.top || place.bottom > frame.bottom) {
      scroller.scrollTop += place.top - frame.top - frame.height / 3;
    }
    return undefined;
  }
}
