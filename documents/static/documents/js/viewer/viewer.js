// @ts-check
/**
 * Reads one version of a document anywhere on a page.
 *
 *     import { mountViewer } from "documents/viewer/viewer";
 *     const viewer = mountViewer(element, { document: description, page: 3 });
 *     viewer.onPage((page) => …); viewer.goTo(5); viewer.layers.add(layer); viewer.destroy();
 *
 * The page needs `documents/css/viewer.css`, `viewer_left.css` and `{% include "documents/viewer_texts.html" %}`.
 */

/** @import { MountedViewer, ViewerOptions } from "documents/viewer/types" */
/** @import { Rect } from "documents/viewer/turning" */
/** @import { Sheet } from "documents/viewer/sheet" */
/** @import { Spread } from "documents/viewer/pages" */

import { Bar } from "documents/viewer/bar";
import { Engine } from "documents/viewer/engine";
import { painted } from "documents/viewer/first";
import { frameOf, noticeOf, scrollerOf, slotsOf } from "documents/viewer/frame";
import { onKey } from "documents/viewer/keys";
import { Layers } from "documents/viewer/layers";
import { Leading } from "documents/viewer/leading";
import { Looking } from "documents/viewer/looking";
import { Memory } from "documents/viewer/memory";
import { News } from "documents/viewer/news";
import { Pages } from "documents/viewer/pages";
import { Painter } from "documents/viewer/painter";
import { Pinch } from "documents/viewer/pinch";
import { selections } from "documents/viewer/selection";
import { Side } from "documents/viewer/side";
import { words } from "documents/viewer/texts";
import { pictureOf } from "documents/viewer/thumbs";
import { quarter } from "documents/viewer/turning";
import { watermark } from "documents/viewer/watermark";
import { bounded, clamp, stepped } from "documents/viewer/zoom";

const SETTLED_MS = 120;

export class Viewer {
  /**
   * @param {HTMLElement} host
   * @param {ViewerOptions} options
   */
  constructor(host, options) {
    this.options = options;
    this.source = options.document;
    this.memory = new Memory(this.source);
    const place = this.memory.recall();
    this.page = clamp(options.page ?? place?.page ?? 1, this.source.pages);
    /** @type {Set<(page: number) => void>} */
    this.listeners = new Set();
    /** @type {Set<Sheet>} */
    this.near = new Set();
    this.ending = new AbortController();
    this.layers = new Layers();
    this.slots = slotsOf();
    this.engine = new Engine(this.source);
    this.scroller = scrollerOf(this.source.title);
    this.pages = new Pages(this.source, this.scroller);
    this.sheets = this.pages.sheets;
    this.painter = new Painter(this.engine, () => this.say(words("failed")));
    this.looking = new Looking(this);
    this.side = new Side(this.source, this.engine, (page, area) => this.goTo(page, { area }));
    this.bar = new Bar(this.acts(), this.source, options.download !== false);
    this.notice = noticeOf();
    this.element = frameOf(
      [this.bar.element, this.bar.finding.form, this.notice],
      [this.side.element, this.scroller, this.slots.side],
    );
    this.bar.tools.append(this.slots.tools);
    this.element.append(this.slots.over);
    this.bar.menu.element.querySelector(".menu-sheet")?.append(this.slots.menu);
    this.gesture = "read";
    this.begin(host, place);
  }

  /**
   * @param {HTMLElement} host
   * @param {import("documents/viewer/places").Place | undefined} place
   */
  begin(host, place) {
    const given = /** @type {HTMLImageElement | null} */ (host.querySelector("img[data-first-page]"));
    if (given && this.source.widths.length) this.sheets[Number(given.dataset.firstPage) - 1]?.adopt(given);
    host.replaceChildren(this.element);
    this.resizes = new ResizeObserver(() => this.layout());
    this.nearness = new IntersectionObserver((entries) => this.onNear(entries), {
      root: this.scroller,
      rootMargin: "120% 0px",
    });
    this.watch();
    this.pinch = new Pinch(this);
    this.leading = new Leading(this);
    if (this.source.watermark && this.source.file) this.layers.add(watermark(this.source.watermark));
    this.arrange(place);
    this.ready = this.firstPicture();
    this.ready.then(() => this.begun());
    if (this.options.thumbnails) this.toggleSide();
    this.news = new News(this);
  }

  /** @param {import("documents/viewer/places").Place | undefined} place */
  arrange(place) {
    this.pages.rotation = quarter(place?.rotation ?? 0);
    this.pages.fit = place?.fit ?? "width";
    this.setSpread(place?.spread ?? "one");
    this.rescale(place?.fit === "free" ? bounded(place.scale) : this.pages.fitting(this.page));
    const share = this.options.page ? 0 : (place?.share ?? 0);
    this.scroller.scrollTop =
      this.topOf(this.page - 1) + share * (this.sheets[this.page - 1]?.element.offsetHeight ?? 0);
    this.setPage(this.page);
  }

  /** The page one begins at is painted before anything else is fetched. */
  firstPicture() {
    const sheet = this.sheets[this.page - 1];
    if (!sheet) return Promise.resolve();
    this.showPicture(sheet, true);
    return painted(sheet.picture);
  }

  begun() {
    if (this.ending.signal.aborted) return;
    this.begunAt = performance.now();
    for (const sheet of this.near) this.showPicture(sheet);
    this.settle();
  }

  get scale() {
    return this.pages.scale;
  }

  get fit() {
    return this.pages.fit;
  }

  get gesture() {
    return this.scroller.dataset.gesture ?? "read";
  }

  set gesture(gesture) {
    this.scroller.dataset.gesture = gesture;
  }

  /** @returns {import("documents/viewer/bar").Acts} */
  acts() {
    return {
      side: () => this.toggleSide(),
      turn: (by) => this.turn(by),
      goTo: (page) => this.goTo(page),
      zoom: (direction) => this.zoomTo(stepped(this.scale, direction)),
      find: (query) => this.looking.find(query),
      step: (direction) => this.looking.step(direction),
      stopFinding: () => this.looking.finder.stop(),
      fit: (fit) => this.fitTo(fit),
      rotate: (by) => this.rotate(by),
      spread: (spread) => this.spreadTo(spread),
      fullScreen: () => this.fullScreen(),
    };
  }

  watch() {
    const { signal } = this.ending;
    this.scroller.addEventListener("scroll", () => this.onScroll(), { signal, passive: true });
    this.scroller.addEventListener("viewer:text", () => this.looking.finder.paint(), { signal });
    this.element.addEventListener("keydown", (event) => onKey(event, this), { signal });
    this.scroller.addEventListener("wheel", (event) => this.onWheel(event), { signal, passive: false });
    this.resizes?.observe(this.scroller);
    for (const sheet of this.sheets) this.nearness?.observe(sheet.element);
  }

  /** @param {IntersectionObserverEntry[]} entries */
  onNear(entries) {
    for (const entry of entries) {
      const sheet = this.sheets[Number(/** @type {HTMLElement} */ (entry.target).dataset.page) - 1];
      if (!sheet) continue;
      if (entry.isIntersecting) this.show(sheet);
      else this.hide(sheet);
    }
    this.settle();
  }

  /** @param {Sheet} sheet */
  show(sheet) {
    this.near.add(sheet);
    if (this.begunAt) this.showPicture(sheet);
    this.layers.show(sheet);
  }

  /** @param {Sheet} sheet */
  hide(sheet) {
    this.near.delete(sheet);
    sheet.hidePicture();
    this.layers.hide(sheet);
  }

  /**
   * @param {Sheet} sheet
   * @param {boolean} [first]
   */
  showPicture(sheet, first = false) {
    const width = this.source.widths.at(-1);
    if (width) sheet.showPicture(pictureOf(this.source, sheet.page, width), first);
  }

  onScroll() {
    const page = this.pages.atTop();
    const beside = this.topOf(page - 1) === this.topOf(this.page - 1);
    if (page !== this.page && !beside) this.setPage(page);
    this.settle();
  }

  /** @param {WheelEvent} event */
  onWheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const scale = bounded(this.scale * Math.exp(-event.deltaY / 300));
    this.zoomTo(scale, this.pages.hold(event.clientX, event.clientY));
  }

  /** @param {number} index from 0 */
  topOf(index) {
    return this.pages.topOf(index + 1);
  }

  /** @param {number} page */
  setPage(page) {
    this.page = page;
    this.bar.setPage(page);
    this.side.mark(page);
    for (const listener of this.listeners) listener(page);
  }

  /** Draws what is looked at, once the scrolling rests, and keeps the place. */
  settle() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      if (this.begunAt) this.painter.want(this.pages.inSight(this.near));
      this.memory.keep(this);
    }, SETTLED_MS);
  }

  /** The window has another size. */
  layout() {
    const scale = this.pages.fitting(this.page);
    if (!this.scroller.clientWidth) return;
    if (Math.abs(scale - this.scale) < 0.001) this.settle();
    else this.rescale(scale, this.holdTop());
  }

  /** Keeps what stands at the top of the window there. */
  holdTop() {
    const frame = this.scroller.getBoundingClientRect();
    return this.pages.hold(frame.left + this.scroller.clientWidth / 2, frame.top + 1);
  }

  /**
   * @param {number} scale
   * @param {() => void} [putBack] brings what was held back to its place
   */
  rescale(scale, putBack) {
    this.pages.resize(scale);
    putBack?.();
    this.bar.setScale(scale);
    this.layers.resized();
    this.settle();
  }

  /**
   * @param {number} scale
   * @param {() => void} [putBack]
   */
  zoomTo(scale, putBack = this.holdTop()) {
    this.pages.fit = "free";
    this.rescale(scale, putBack);
  }

  /**
   * @param {"width" | "page"} fit
   * @param {() => void} [putBack]
   */
  fitTo(fit, putBack = this.holdTop()) {
    this.pages.fit = fit;
    this.rescale(this.pages.fitting(this.page), putBack);
    if (fit === "page") this.goTo(this.page);
  }

  /** @param {90 | -90} by */
  rotate(by) {
    this.pages.rotation = quarter(this.pages.rotation + by);
    this.rearranged();
  }

  /** @param {Spread} spread */
  spreadTo(spread) {
    this.setSpread(spread);
    this.rearranged();
  }

  /** @param {Spread} spread */
  setSpread(spread) {
    this.pages.setSpread(spread);
    this.bar.menu.setSpread(spread);
  }

  rearranged() {
    this.rescale(this.pages.fitting(this.page));
    this.goTo(this.page);
  }

  fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.element.requestFullscreen?.().catch(() => {});
  }

  /**
   * On to the next page, or the next two.
   * @param {1 | -1} by
   */
  turn(by) {
    let page = this.page + by;
    while (this.sheets[page - 1] && this.topOf(page - 1) === this.topOf(this.page - 1)) page += by;
    this.goTo(page);
  }

  /**
   * @param {number} page
   * @param {{ smooth?: boolean, area?: Rect }} [options]
   */
  goTo(page, { smooth = false, area } = {}) {
    const target = clamp(page, this.source.pages);
    const behavior = smooth && Math.abs(target - this.page) < 4 ? "smooth" : "instant";
    const [left, top] = area ? this.pages.corner(target, area) : [undefined, this.topOf(target - 1)];
    this.scroller.scrollTo({ top, left, behavior });
    if (target !== this.page) this.setPage(target);
    else this.bar.setPage(target);
    this.settle();
  }

  toggleSide() {
    this.side.show(!this.side.open);
    this.bar.setSide(this.side.open);
  }

  /** @param {string} sentence */
  say(sentence) {
    this.notice.textContent = sentence;
    this.notice.hidden = !sentence;
  }

  destroy() {
    this.ending.abort();
    window.clearTimeout(this.timer);
    this.news?.destroy();
    this.memory.keep(this);
    this.resizes?.disconnect();
    this.nearness?.disconnect();
    this.looking.finder.stop();
    this.layers.destroy();
    this.painter.destroy();
    this.engine.destroy();
    this.listeners.clear();
    this.element.remove();
  }
}

/**
 * Mounts a viewer into an element that has a height, replacing what it held.
 * @param {HTMLElement} host
 * @param {ViewerOptions} options
 * @returns {MountedViewer}
 */
export function mountViewer(host, options) {
  const viewer = new Viewer(host, options);
  return {
    element: viewer.element,
    source: viewer.source,
    layers: viewer.layers,
    slots: viewer.slots,
    leading: /** @type {Leading} */ (viewer.leading),
    get gesture() {
      return viewer.gesture;
    },
    set gesture(gesture) {
      viewer.gesture = gesture;
    },
    goTo: (page, how) => viewer.goTo(page, how),
    page: () => viewer.page,
    sheet: (page) => viewer.sheets[page - 1],
    mark: (query) => viewer.looking.mark(query),
    textSelection: () => selections(viewer.sheets)[0] ?? null,
    textSelections: () => selections(viewer.sheets),
    askNewer: async () => viewer.news?.ask(),
    onPage: (listener) => {
      viewer.listeners.add(listener);
      return () => viewer.listeners.delete(listener);
    },
    destroy: () => viewer.destroy(),
  };
}
