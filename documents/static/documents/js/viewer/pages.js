// @ts-check
/** The pages under each other, or two beside each other: how large, how turned, which one stands where. */

/** @import { ViewerDocument } from "documents/viewer/types" */
/** @import { Fit } from "documents/viewer/zoom" */
/** @import { Pair, Rect, Rotation } from "documents/viewer/turning" */

import { Sheet } from "documents/viewer/sheet";
import { turned } from "documents/viewer/turning";
import { fitted } from "documents/viewer/zoom";

/** One page in a row, two, or two after a cover that stands alone. @typedef {"one" | "two" | "cover"} Spread */

export class Pages {
  /**
   * @param {ViewerDocument} source
   * @param {HTMLElement} scroller
   */
  constructor(source, scroller) {
    this.source = source;
    this.scroller = scroller;
    /** @type {Fit} */
    this.fit = "width";
    this.scale = 1;
    /** @type {Rotation} */
    this.rotation = 0;
    /** @type {Spread} */
    this.spread = "one";
    this.sheets = source.sizes.map((size, index) => new Sheet(index + 1, size));
    this.element = document.createElement("div");
    this.element.className = "viewer-pages";
    this.element.append(...this.sheets.map((sheet) => sheet.element));
    scroller.append(this.element);
  }

  /** @param {Spread} spread */
  setSpread(spread) {
    this.spread = spread;
    this.element.dataset.spread = spread;
  }

  /**
   * Where a page begins, from the top of the first one.
   * @param {number} page
   */
  topOf(page) {
    return (this.sheets[page - 1]?.element.offsetTop ?? 0) - (this.sheets[0]?.element.offsetTop ?? 0);
  }

  /**
   * The page at a height; the first of two that stand beside each other.
   * @param {number} line from the top of the first page
   */
  at(line) {
    let [low, high] = [1, this.sheets.length];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.topOf(middle) <= line) low = middle;
      else high = middle - 1;
    }
    return low > 1 && this.topOf(low - 1) === this.topOf(low) ? low - 1 : low;
  }

  /**
   * Those of these pages that are on screen, the most visible first.
   * @param {Iterable<Sheet>} near
   */
  inSight(near) {
    const { scrollTop, clientHeight } = this.scroller;
    const shown = [...near].map((sheet) => {
      const top = this.topOf(sheet.page);
      const bottom = top + sheet.element.offsetHeight;
      return { sheet, height: Math.min(bottom, scrollTop + clientHeight) - Math.max(top, scrollTop) };
    });
    return shown
      .filter((one) => one.height > 0)
      .sort((one, two) => two.height - one.height)
      .map((one) => one.sheet);
  }

  /** The page that takes the upper part of the window. */
  atTop() {
    return this.at(this.scroller.scrollTop + this.scroller.clientHeight / 3);
  }

  /**
   * The scale that fits the window.
   * @param {number} page
   */
  fitting(page) {
    const room = { width: this.scroller.clientWidth, height: this.scroller.clientHeight };
    if (!room.width || this.fit === "free") return this.scale;
    const sizes = this.source.sizes.map((size) => turned(size, this.rotation));
    return fitted(this.fit, sizes, page, room, this.spread === "one" ? 1 : 2);
  }

  /** @param {number} scale */
  resize(scale) {
    this.scale = scale;
    for (const sheet of this.sheets) sheet.resize(scale, this.rotation);
  }

  /**
   * Remembers what stands at a place of the window; the answer puts it there, or elsewhere, again.
   * @param {number} x in the window
   * @param {number} y
   * @returns {(x?: number, y?: number) => void}
   */
  hold(x, y) {
    const sheet = this.under(x, y);
    const place = sheet?.toPage(x, y);
    return (toX = x, toY = y) => {
      if (!sheet || !place) return;
      const box = sheet.element.getBoundingClientRect();
      const [left, top] = sheet.toScreen(...place);
      this.scroller.scrollLeft += box.left + left - toX;
      this.scroller.scrollTop += box.top + top - toY;
    };
  }

  /**
   * The page at a place of the window, or the nearest in its row.
   * @param {number} x
   * @param {number} y
   */
  under(x, y) {
    const frame = this.scroller.getBoundingClientRect();
    const first = this.sheets[this.at(this.scroller.scrollTop + y - frame.top) - 1];
    const second = first && this.sheets[first.page];
    const beside = second && this.topOf(second.page) === this.topOf(first.page);
    return beside && x >= second.element.getBoundingClientRect().left ? second : first;
  }

  /**
   * How far to scroll so that a part of a page stands in the upper third.
   * @param {number} page
   * @param {Rect} area points of the upright page
   * @returns {Pair} left, top
   */
  corner(page, [x, y, w, h]) {
    const sheet = this.sheets[page - 1];
    const [left, top] = sheet?.toScreen(x + w / 2, y + h / 2) ?? [0, 0];
    const { clientWidth, clientHeight } = this.scroller;
    return [
      (sheet?.element.offsetLeft ?? 0) + left - clientWidth / 2,
      this.topOf(page) + Math.max(0, top - clientHeight / 3),
    ];
  }
}
