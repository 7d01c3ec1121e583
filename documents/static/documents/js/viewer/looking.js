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
   * Marks the words of a search over all documents on the page one was led to, as the search read them; the other pages
   * are read when the next place is asked for. Nobody is typing, so nothing takes the focus.
   * @param {string} query
   */
  async mark(query) {
    await this.viewer.ready;
    if (!this.viewer.source.file) return;
    this.viewer.bar.offer(query.replaceAll('"', " ").replace(/\s+/g, " ").trim());
    await this.find(query, { within: soughtIn, most: 1 });
  }

  /**
   * @param {string} query
   * @param {{ within?: typeof soughtIn, most?: number }} [options]
   */
  async find(query, options) {
    let first = true;
    const tell = this.teller((found) => {
      if (found && first) this.show();
      first = first && !found;
    });
    await this.told(this.finder.find(query, this.viewer.page, tell, options));
  }

  /** @param {1 | -1} direction @returns {Promise<void> | void} */
  step(direction) {
    const { finder } = this;
    const next = finder.current + direction;
    if (finder.paused && (next < 0 || next >= finder.matches.length)) return this.beyond(direction);
    finder.step(direction);
    this.viewer.bar.setFound(finder.current + 1, finder.matches.length, !finder.paused);
    this.show();
    return undefined;
  }

  /** On to a place on a page nobody has looked through yet: the next one at once, the one before when all are known. @param {1 | -1} direction */
  async beyond(direction) {
    const { finder } = this;
    const before = finder.matches.length;
    let there = false;
    const tell = this.teller((found, done) => {
      if (there || found === before || (direction < 0 && !done)) return;
      there = true;
      if (before) finder.step(direction);
      this.viewer.bar.setFound(finder.current + 1, found, done);
      this.show();
    });
    await this.told(finder.goOn(tell));
    if (!there && before && !finder.paused) this.step(direction);
  }

  /** @param {(found: number, done: boolean) => void} then @returns {import("documents/viewer/finder").Tell} */
  teller(then) {
    return ({ found, done }) => {
      this.viewer.bar.setFound(this.finder.current + 1, found, done);
      then(found, done);
    };
  }

  /** @param {Promise<void>} looking */
  async told(looking) {
    await looking.catch(() => this.viewer.say(words("failed")));
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
