// @ts-check
/** Showing somebody else's place in a document: which part they see, the same part here, and where they point. */

/** @import { Viewer } from "documents/viewer/viewer" */
/** @import { Area, Point } from "documents/viewer/types" */

import { toTurned, turned, turnedArea, uprightArea } from "documents/viewer/turning";
import { bounded } from "documents/viewer/zoom";

const BY_HAND_MS = 1200; // a flick of the finger scrolls on for a while
const WHOLE = 0.97;
const GESTURES = ["wheel", "touchmove", "pointerdown", "keydown"];

export class Leading {
  /** @param {Viewer} viewer */
  constructor(viewer) {
    this.viewer = viewer;
    this.touched = Number.NEGATIVE_INFINITY;
    /** @type {import("documents/viewer/zoom").Fit | ""} how the reader had it before being led into a zoom */
    this.before = "";
    /** @type {Set<(byHand: boolean) => void>} */
    this.listeners = new Set();
    /** @type {((place: Point | null) => void) | undefined} */
    this.pointing = undefined;
    this.dot = document.createElement("span");
    this.dot.className = "viewer-pointer";
    this.dot.setAttribute("aria-hidden", "true");
    this.watch();
  }

  watch() {
    const { element, scroller, ending } = this.viewer;
    const { signal } = ending;
    for (const kind of GESTURES) element.addEventListener(kind, () => this.touch(), { signal, passive: true });
    scroller.addEventListener("scroll", () => this.moved(), { signal, passive: true });
    scroller.addEventListener("pointermove", (event) => this.onPointer(event), { signal });
    scroller.addEventListener("pointerdown", (event) => this.onPointer(event), { signal });
    scroller.addEventListener("pointerleave", () => this.pointing?.(null), { signal });
  }

  touch() {
    this.touched = performance.now();
  }

  /** Something is shown elsewhere than before: by the reader's own hand, or because the page was told to. */
  moved() {
    const byHand = performance.now() - this.touched < BY_HAND_MS;
    for (const listener of this.listeners) listener(byHand);
  }

  /** The part of the current page that is on screen, in shares of the page. @returns {Area} */
  area() {
    const frame = this.viewer.scroller.getBoundingClientRect();
    const page = this.viewer.sheets[this.viewer.page - 1]?.element.getBoundingClientRect();
    if (!page?.width || !page.height) return [0, 0, 1, 1];
    const left = share(frame.left - page.left, page.width);
    const top = share(frame.top - page.top, page.height);
    const right = share(frame.left + this.viewer.scroller.clientWidth - page.left, page.width);
    const bottom = share(frame.top + this.viewer.scroller.clientHeight - page.top, page.height);
    const area = [left, top, Math.max(0, right - left), Math.max(0, bottom - top)];
    const upright = uprightArea(/** @type {Area} */ (area), this.viewer.pages.rotation);
    return /** @type {Area} */ (upright.map(round));
  }

  /**
   * Turns to a part of a page: zooms in where the other one has, and otherwise keeps the reader's own size.
   * @param {number} page
   * @param {Area} [area]
   */
  show(page, area) {
    this.touched = Number.NEGATIVE_INFINITY;
    const { viewer } = this;
    const sheet = viewer.sheets[page - 1];
    if (!sheet) return;
    const { rotation } = viewer.pages;
    const [x, y, w, h] = turnedArea(area ?? [0, 0, 1, 0], area ? rotation : 0);
    if (area && w > 0 && w < WHOLE) this.zoomInto(turned(sheet.size, rotation), w, h);
    else this.release();
    const { scroller } = viewer;
    const { offsetWidth: width, offsetHeight: height } = sheet.element;
    const spare = Math.max(0, scroller.clientHeight - h * height) / 2;
    const top = viewer.topOf(page - 1) + y * height - (w < WHOLE ? spare : 0);
    const left = x * width - Math.max(0, scroller.clientWidth - w * width) / 2;
    scroller.scrollTo({ top: Math.max(0, top), left: Math.max(0, left), behavior: "instant" });
    if (viewer.page !== page) viewer.setPage(page);
    viewer.settle();
  }

  /**
   * @param {[number, number]} size of the page in points
   * @param {number} w
   * @param {number} h
   */
  zoomInto(size, w, h) {
    const { viewer } = this;
    const room = { width: viewer.scroller.clientWidth, height: viewer.scroller.clientHeight };
    const scale = bounded(Math.min(room.width / (w * size[0]), room.height / (Math.max(h, 0.05) * size[1])));
    if (!this.before) this.before = viewer.fit;
    if (Math.abs(scale - viewer.scale) > 0.01) viewer.zoomTo(scale);
  }

  /** Gives the reader back the size they had before they were led into a zoom. */
  release() {
    if (this.before && this.before !== "free") this.viewer.fitTo(this.before);
    this.before = "";
  }

  /**
   * Shows where the other one points; null: nowhere.
   * @param {number} page
   * @param {Point | null} place
   */
  point(page, place) {
    const sheet = this.viewer.sheets[page - 1];
    if (!place || !sheet) return this.dot.remove();
    const [x, y] = toTurned(place, [1, 1], this.viewer.pages.rotation);
    this.dot.style.left = `${x * 100}%`;
    this.dot.style.top = `${y * 100}%`;
    if (this.dot.parentElement !== sheet.element) sheet.element.append(this.dot);
    return undefined;
  }

  /**
   * From now on a finger or the mouse points instead of scrolling; without a listener it scrolls again.
   * @param {((place: Point | null) => void) | undefined} listener
   */
  setPointing(listener) {
    this.pointing = listener;
    this.viewer.scroller.classList.toggle("viewer-pointing", listener !== undefined);
  }

  /** @param {PointerEvent} event */
  onPointer(event) {
    if (!this.pointing) return;
    const sheet = this.viewer.sheets[this.viewer.page - 1];
    if (!sheet?.element.clientWidth) return;
    const place = sheet.toPage(event.clientX, event.clientY);
    const [x, y] = [place[0] / sheet.size[0], place[1] / sheet.size[1]];
    this.pointing(x < 0 || y < 0 || x > 1 || y > 1 ? null : [round(x), round(y)]);
  }
}

/**
 * @param {number} distance
 * @param {number} whole
 */
function share(distance, whole) {
  return round(Math.min(1, Math.max(0, distance / whole)));
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10_000) / 10_000;
}
