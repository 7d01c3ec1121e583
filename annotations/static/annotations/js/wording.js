// @ts-check
/** Selecting words by keyboard: arrows go from word to word and line to line, with Shift the selection grows. */

import { words } from "annotations/texts";
import { el } from "ui/el";

/** @import { MountedViewer } from "documents/viewer/types" */
/** @typedef {{ node: Text, start: number, end: number }} Word */

const WAITS_MS = 4_000; // for the text of a page that was far away
const AGAIN_MS = 80;
const HELD = new Set(["Shift", "Control", "Alt", "Meta"]);

export class Wording {
  /**
   * @param {MountedViewer} viewer
   * @param {{ chosen: () => void, nothing: () => void }} acts `chosen`: something is to be done with the selected words
   */
  constructor(viewer, { chosen, nothing }) {
    this.viewer = viewer;
    this.chosen = chosen;
    this.nothing = nothing;
    /** @type {Word[]} of the page one is on */
    this.words = [];
    this.page = 0;
    this.from = this.at = 0;
    this.waiting = 0;
    this.heard = el("span", { class: "visually-hidden", role: "status" });
    this.element = el(
      "div",
      { class: "notes-wording", tabindex: -1, role: "application", "aria-label": words("toolWords"), hidden: true },
      el("span", {}, words("wordsHint")),
      this.heard,
    );
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    this.element.addEventListener("blur", () => this.left());
    this.ending = new AbortController();
    const capture = { capture: true, signal: this.ending.signal };
    document.addEventListener("keydown", (event) => event.repeat || HELD.has(event.key) || this.giveUp(), capture);
    document.addEventListener("focusin", (event) => event.target === this.element || this.giveUp(), capture);
    viewer.slots.over.append(this.element);
  }

  /** Begins at the first word of the current page that is on screen. */
  begin() {
    this.turn(this.viewer.page(), () => this.firstOnScreen());
  }

  /** Somebody does something else: a page that comes late takes nobody's focus. */
  giveUp() {
    clearTimeout(this.waiting);
  }

  end() {
    this.giveUp();
    this.element.hidden = true;
    document.getSelection()?.removeAllRanges();
    focusPages(this.viewer);
  }

  /** Somebody went elsewhere: what is selected stays, its bar may be what they went to. */
  left() {
    if (!document.hasFocus()) return; // another window is in front; one comes back to the same word
    this.element.hidden = true;
    this.giveUp();
  }

  /**
   * Goes to a page as soon as its text is there.
   * @param {number} page
   * @param {() => number} place which of its words is taken first
   * @returns {void}
   */
  turn(page, place, since = performance.now()) {
    this.giveUp();
    const found = wordsOf(this.viewer, page);
    if (found.length > 0) {
      Object.assign(this, { words: found, page });
      this.element.hidden = false;
      this.element.focus({ preventScroll: true });
      this.from = this.at = place();
      return this.show();
    }
    if (performance.now() - since > WAITS_MS || !this.viewer.source.file) return this.nothing();
    this.waiting = window.setTimeout(() => this.turn(page, place, since), AGAIN_MS);
    return undefined;
  }

  firstOnScreen() {
    const top = this.viewer.element.querySelector(".viewer-scroll")?.getBoundingClientRect().top ?? 0;
    return Math.max(
      0,
      this.words.findIndex((word) => boxOf(word).top >= top),
    );
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    event.stopPropagation();
    if (event.key === "Tab" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (event.key === "Escape") this.end();
    else if (event.key === "Enter" || event.key === " ") this.chosen();
    else if (event.key === "PageDown" || event.key === "PageUp") this.overleaf(event.key === "PageDown" ? 1 : -1);
    else this.move(this.next(event.key), event.shiftKey);
  }

  /** Where a key leads, perhaps beyond the page. @param {string} key */
  next(key) {
    if (key === "ArrowRight") return this.at + 1;
    if (key === "ArrowLeft") return this.at - 1;
    if (key === "ArrowDown") return this.beside(1);
    if (key === "ArrowUp") return this.beside(-1);
    if (key === "Home") return 0;
    if (key === "End") return this.words.length - 1;
    return this.at;
  }

  /** The word above or below this one. @param {1 | -1} by */
  beside(by) {
    const here = boxOf(/** @type {Word} */ (this.words[this.at]));
    const middle = (here.left + here.right) / 2;
    /** @type {{ place: number, far: number, line: number } | undefined} */
    let best;
    for (let place = this.at + by; this.words[place]; place += by) {
      const box = boxOf(/** @type {Word} */ (this.words[place]));
      if (Math.abs(box.top - here.top) < here.height / 2) continue;
      if (best && Math.abs(box.top - best.line) > here.height / 2) break;
      const far = Math.abs((box.left + box.right) / 2 - middle);
      if (!best || far < best.far) best = { place, far, line: box.top };
    }
    return best?.place ?? (by > 0 ? this.words.length : -1);
  }

  /** @param {number} place @param {boolean} grow */
  move(place, grow) {
    const beyond = place < 0 || place >= this.words.length;
    if (beyond && !grow) return this.overleaf(place < 0 ? -1 : 1);
    this.at = Math.min(Math.max(0, place), this.words.length - 1);
    if (!grow) this.from = this.at;
    return this.show();
  }

  /** @param {1 | -1} by */
  overleaf(by) {
    const page = this.page + by;
    if (page < 1 || page > this.viewer.source.pages) return;
    this.viewer.goTo(page);
    this.turn(page, () => (by > 0 ? 0 : this.words.length - 1));
  }

  /** @returns {void} */
  show() {
    const [first, last] = this.from <= this.at ? [this.from, this.at] : [this.at, this.from];
    const [begin, end] = [this.words[first], this.words[last]];
    if (!begin?.node.isConnected || !end) return this.turn(this.page, () => Math.min(this.at, this.words.length - 1));
    document.getSelection()?.setBaseAndExtent(begin.node, begin.start, end.node, end.end);
    this.words[this.at]?.node.parentElement?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.heard.textContent = document.getSelection()?.toString() ?? "";
    return undefined;
  }

  destroy() {
    this.giveUp();
    this.ending.abort();
    this.element.remove();
  }
}

/** The focus goes to the pages, so that the next key is theirs. @param {MountedViewer} viewer */
export function focusPages(viewer) {
  const scroller = viewer.element.querySelector(".viewer-scroll");
  if (scroller instanceof HTMLElement) scroller.focus({ preventScroll: true });
}

/** @param {MountedViewer} viewer @param {number} page @returns {Word[]} */
function wordsOf(viewer, page) {
  return (viewer.sheet(page)?.text?.textDivs ?? []).flatMap((piece) => {
    const node = piece.firstChild;
    if (!(node instanceof Text)) return [];
    return [...node.data.matchAll(/\S+/g)].map(({ 0: word, index }) => ({
      node,
      start: index,
      end: index + word.length,
    }));
  });
}

/** @param {Word} word */
function boxOf({ node, start, end }) {
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  return range.getBoundingClientRect();
}
