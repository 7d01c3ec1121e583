// @ts-check
/** Find in the document: page after page, marked where the page is drawn. */

/** @import { Engine } from "documents/viewer/engine" */
/** @import { Sheet } from "documents/viewer/sheet" */
/** @import { PageText } from "documents/viewer/words" */

import { occurrences } from "documents/viewer/fold";

const ALL = "viewer-found";
const ONE = "viewer-found-now";
const MOST = 1000;

/** @typedef {{ page: number, start: number, end: number }} Match */
/** `looked`: through how many pages. @typedef {{ query: string, from: number, within: typeof occurrences, looked: number }} Sought */
/** @typedef {(state: { found: number, done: boolean }) => void} Tell */

export class Finder {
  /**
   * @param {Engine} engine
   * @param {(page: number) => Sheet | undefined} sheetOf
   */
  constructor(engine, sheetOf) {
    this.engine = engine;
    this.sheetOf = sheetOf;
    /** @type {Map<number, PageText>} */
    this.texts = new Map();
    /** @type {Match[]} */
    this.matches = [];
    this.current = -1;
    this.run = 0;
    /** @type {Sought | undefined} what is looked for, while pages are left and nobody is looking */
    this.paused = undefined;
  }

  /**
   * Looks through the pages, beginning with `from`; tells after every page how far it is.
   * @param {string} query
   * @param {number} from
   * @param {Tell} tell
   * @param {{ within?: typeof occurrences, most?: number }} [options] `within`: how a page's text is looked through,
   *   `most`: how many pages are, before `goOn` is asked for
   */
  async find(query, from, tell, { within = occurrences, most } = {}) {
    this.stop();
    if (!query.trim()) return tell({ found: 0, done: true });
    return this.look({ query, from, within, looked: 0 }, tell, most);
  }

  /** Looks through the pages that are left. @param {Tell} tell */
  async goOn(tell) {
    if (this.paused) await this.look(this.paused, tell);
  }

  /**
   * @param {Sought} sought
   * @param {Tell} tell
   * @param {number} [most]
   */
  async look(sought, tell, most = Number.POSITIVE_INFINITY) {
    const { run } = this;
    const { pages } = this.engine.source;
    const end = Math.min(pages, sought.looked + most);
    const over = () => sought.looked >= pages || this.matches.length >= MOST;
    this.paused = undefined;
    try {
      while (sought.looked < end && !over()) {
        const page = ((sought.from - 1 + sought.looked) % pages) + 1;
        const text = await this.textOf(page);
        if (run !== this.run) return;
        sought.looked += 1;
        this.add(page, sought.within(text.joined, sought.query));
        tell({ found: this.matches.length, done: false });
      }
    } finally {
      if (run === this.run && !over()) this.paused = sought;
    }
    tell({ found: this.matches.length, done: over() });
  }

  /**
   * @param {number} page
   * @param {[number, number][]} ranges
   */
  add(page, ranges) {
    const before = this.match();
    const found = ranges.map(([start, end]) => ({ page, start, end }));
    if (!found.length) return;
    this.matches = [...this.matches, ...found].sort((one, two) => one.page - two.page || one.start - two.start);
    this.current = before ? this.matches.indexOf(before) : this.matches.indexOf(/** @type {Match} */ (found[0]));
    this.paint();
  }

  /** @returns {Match | undefined} */
  match() {
    return this.matches[this.current];
  }

  /** @param {1 | -1} direction */
  step(direction) {
    const count = this.matches.length;
    if (!count) return;
    this.current = (this.current + direction + count) % count;
    this.paint();
  }

  stop() {
    this.run += 1;
    this.paused = undefined;
    this.matches = [];
    this.current = -1;
    this.paint();
  }

  /**
   * @param {number} page
   * @returns {Promise<PageText>}
   */
  async textOf(page) {
    const known = this.texts.get(page);
    if (known) return known;
    const [, text] = await this.engine.text(page);
    this.texts.set(page, text);
    return text;
  }

  /** Marks what is drawn; browsers without the highlight registry only go to the page. */
  paint() {
    if (!("highlights" in CSS)) return;
    const now = this.match();
    const ranges = this.matches.flatMap((match) => (match === now ? [] : this.rangesOf(match)));
    CSS.highlights.set(ALL, new Highlight(...ranges));
    CSS.highlights.set(ONE, new Highlight(...(now ? this.rangesOf(now) : [])));
  }

  /**
   * @param {Match} match
   * @returns {Range[]}
   */
  rangesOf(match) {
    const pieces = this.sheetOf(match.page)?.text?.textDivs;
    const text = this.texts.get(match.page);
    if (!pieces || !text) return [];
    return pieces.flatMap((piece, index) => {
      const start = text.starts[index] ?? Number.POSITIVE_INFINITY;
      const node = piece.firstChild;
      const length = node?.textContent?.length ?? 0;
      if (!node || start >= match.end || start + length <= match.start) return [];
      return [rangeIn(node, Math.max(0, match.start - start), Math.min(length, match.end - start))];
    });
  }

  /** The place of the present match on screen, once its page has text. */
  place() {
    const match = this.match();
    return match ? this.rangesOf(match)[0]?.getBoundingClientRect() : undefined;
  }
}

/**
 * @param {Node} node
 * @param {number} start
 * @param {number} end
 */
function rangeIn(node, start, end) {
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  return range;
}
