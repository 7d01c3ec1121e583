// @ts-check
/**
 * Reads one version of a document anywhere on a page.
 *
 *     import { mountViewer } from "documents/viewer/viewer";
 *     const viewer = mountViewer(element, { document: description, page: 3 });
 *     viewer.onPage((page) => …); viewer.goTo(5); viewer.destroy();
 *
 * The page needs `documents/css/viewer.css` and `{% include "documents/viewer_texts.html" %}`.
 */

/** @import { MountedViewer, Slots, ViewerDocument, ViewerOptions } from "documents/viewer/types" */
/** @import { Rect } from "documents/viewer/turning" */
/** @import { Fit } from "documents/viewer/zoom" */

import { Bar } from "documents/viewer/bar";
import { Engine } from "documents/viewer/engine";
import { Finder } from "documents/viewer/finder";
import { onKey } from "documents/viewer/keys";
import { Layers } from "documents/viewer/layers";
import { Leading } from "documents/viewer/leading";
import { Painter } from "documents/viewer/painter";
import { selections } from "documents/viewer/selection";
import { Sheet } from "documents/viewer/sheet";
import { words } from "documents/viewer/texts";
import { pictureOf, Thumbs } from "documents/viewer/thumbs";
import { bounded, fitted, stepped } from "documents/viewer/zoom";

const SETTLED_MS = 120;
const ASK_AGAIN_MS = 2500;
const MOST_QUESTIONS = 60;

export class Viewer {
  /**
   * @param {HTMLElement} host
   * @param {ViewerOptions} options
   */
  constructor(host, options) {
    this.source = options.document;
    this.page = clamp(options.page ?? 1, this.source.pages);
    /** @type {Fit} */
    this.fit = "width";
    this.scale = 1;
    this.questions = 0;
    /** @type {Set<(page: number) => void>} */
    this.listeners = new Set();
    /** @type {Set<Sheet>} */
    this.near = new Set();
    this.layers = new Layers();
    this.slots = slots();
    this.ending = new AbortController();
    this.engine = new Engine(this.source);
    this.sheets = this.source.sizes.map((size, index) => new Sheet(index + 1, size));
    this.painter = new Painter(this.engine, () => this.say(words("failed")));
    this.finder = new Finder(this.engine, (page) => this.sheets[page - 1]);
    this.thumbs = new Thumbs(this.source, (page) => this.goTo(page));
    const download = options.download === false ? "" : this.source.download;
    this.bar = new Bar(this.acts(), { pages: this.source.pages, download });
    this.scroller = scrollerOf(this.source.title, this.sheets);
    this.notice = noticeOf();
    this.element = frameOf(
      [this.bar.element, this.bar.finding.form, this.notice],
      [this.thumbs.element, this.scroller, this.slots.side],
    );
    this.bar.element.append(this.slots.tools);
    this.element.append(this.slots.over);
    this.gesture = "read";
    host.replaceChildren(this.element);
    this.resizes = new ResizeObserver(() => this.layout(false));
    this.nearness = new IntersectionObserver((entries) => this.onNear(entries), {
      root: this.scroller,
      rootMargin: "120% 0px",
    });
    this.watch();
    this.leading = new Leading(this);
    this.layout(true);
    if (options.thumbnails) this.toggleThumbs();
    if (this.source.waiting) this.askAgain();
  }

  /** @returns {import("documents/viewer/bar").Acts} */
  acts() {
    return {
      thumbnails: () => this.toggleThumbs(),
      turn: (by) => this.goTo(this.page + by),
      goTo: (page) => this.goTo(page),
      zoom: (direction) => this.zoomTo(stepped(this.scale, direction)),
      fit: (fit) => this.fitTo(fit),
      find: (query) => this.find(query),
      step: (direction) => this.stepFound(direction),
      stopFinding: () => this.finder.stop(),
    };
  }

  get gesture() {
    return this.scroller.dataset.gesture ?? "read";
  }

  set gesture(gesture) {
    this.scroller.dataset.gesture = gesture;
  }

  watch() {
    const { signal } = this.ending;
    this.scroller.addEventListener("scroll", () => this.onScroll(), { signal, passive: true });
    this.scroller.addEventListener("viewer:text", () => this.finder.paint(), { signal });
    this.element.addEventListener("keydown", (event) => onKey(event, this), { signal });
    this.scroller.addEventListener("wheel", (event) => this.onWheel(event), { signal, passive: false });
    this.resizes.observe(this.scroller);
    for (const sheet of this.sheets) this.nearness.observe(sheet.element);
  }

  /** @param {IntersectionObserverEntry[]} entries */
  onNear(entries) {
    for (const entry of entries) {
      const sheet = this.sheets[Number(/** @type {HTMLElement} */ (entry.target).dataset.page) - 1];
      if (!sheet) continue;
      if (entry.isIntersecting) this.near.add(sheet);
      else this.near.delete(sheet);
      if (entry.isIntersecting) this.show(sheet);
      else this.hide(sheet);
    }
    this.settle();
  }

  /** @param {Sheet} sheet */
  show(sheet) {
    this.showPicture(sheet);
    this.layers.show(sheet);
  }

  /** @param {Sheet} sheet */
  hide(sheet) {
    sheet.hidePicture();
    this.layers.hide(sheet);
  }

  /** @param {Sheet} sheet */
  showPicture(sheet) {
    const width = this.source.widths.at(-1);
    if (width) sheet.showPicture(pictureOf(this.source, sheet.page, width));
  }

  onScroll() {
    const page = this.pageAtTop();
    if (page !== this.page) this.setPage(page);
    this.settle();
  }

  /** @param {WheelEvent} event */
  onWheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.zoomTo(bounded(this.scale * Math.exp(-event.deltaY / 300)));
  }

  /** The page that takes the upper part of the window. */
  pageAtTop() {
    const line = this.scroller.scrollTop + this.scroller.clientHeight / 3;
    let [low, high] = [0, this.sheets.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.topOf(middle) <= line) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** @param {number} index */
  topOf(index) {
    return (this.sheets[index]?.element.offsetTop ?? 0) - (this.sheets[0]?.element.offsetTop ?? 0);
  }

  /** @param {number} page */
  setPage(page) {
    this.page = page;
    this.bar.setPage(page);
    this.thumbs.mark(page);
    for (const listener of this.listeners) listener(page);
  }

  /** Draws what is looked at, once the scrolling rests. */
  settle() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.painter.want(this.inSight()), SETTLED_MS);
  }

  /** The pages on screen, the most visible first. */
  inSight() {
    const { scrollTop, clientHeight } = this.scroller;
    const shown = [...this.near].map((sheet) => {
      const top = this.topOf(sheet.page - 1);
      const bottom = top + sheet.element.offsetHeight;
      return { sheet, height: Math.min(bottom, scrollTop + clientHeight) - Math.max(top, scrollTop) };
    });
    return shown
      .filter((one) => one.height > 0)
      .sort((one, two) => two.height - one.height)
      .map((one) => one.sheet);
  }

  /**
   * Gives every page its size, keeping the place one reads.
   * @param {boolean} first
   */
  layout(first) {
    const room = { width: this.scroller.clientWidth, height: this.scroller.clientHeight };
    if (!room.width) return;
    const scale = this.fit === "free" ? this.scale : fitted(this.fit, this.source.sizes, this.page, room);
    if (!first && Math.abs(scale - this.scale) < 0.001) return this.settle();
    this.rescale(scale);
    return undefined;
  }

  /** @param {number} scale */
  rescale(scale) {
    const before = this.sheets[this.page - 1];
    const share = before?.element.offsetHeight
      ? (this.scroller.scrollTop - this.topOf(this.page - 1)) / before.element.offsetHeight
      : 0;
    this.scale = scale;
    for (const sheet of this.sheets) sheet.resize(scale);
    this.scroller.scrollTop = this.topOf(this.page - 1) + share * (before?.element.offsetHeight ?? 0);
    this.bar.setScale(scale);
    this.layers.resized();
    this.settle();
  }

  /** @param {number} scale */
  zoomTo(scale) {
    this.fit = "free";
    this.rescale(scale);
  }

  /** @param {"width" | "page"} fit */
  fitTo(fit) {
    this.fit = fit;
    this.layout(true);
    if (fit === "page") this.goTo(this.page);
  }

  /**
   * @param {number} page
   * @param {{ smooth?: boolean, area?: Rect }} [options]
   */
  goTo(page, options = {}) {
    const target = clamp(page, this.source.pages);
    const behavior = options.smooth && Math.abs(target - this.page) < 4 ? "smooth" : "instant";
    const [left, above] = options.area ? this.corner(target, options.area) : [undefined, 0];
    this.scroller.scrollTo({ top: this.topOf(target - 1) + above, left, behavior });
    if (target !== this.page) this.setPage(target);
    else this.bar.setPage(target);
    this.settle();
  }

  /**
   * How far to scroll beyond the top of a page so that a part of it stands in the upper third.
   * @param {number} page
   * @param {Rect} area
   */
  corner(page, [x, y, w, h]) {
    const sheet = this.sheets[page - 1];
    const [left, top] = sheet?.toScreen(x + w / 2, y + h / 2) ?? [0, 0];
    const { clientWidth, clientHeight } = this.scroller;
    return [(sheet?.element.offsetLeft ?? 0) + left - clientWidth / 2, Math.max(0, top - clientHeight / 3)];
  }

  toggleThumbs() {
    this.thumbs.show(!this.thumbs.open, this.page);
    this.bar.setThumbnails(this.thumbs.open);
  }

  /** @param {string} query */
  async find(query) {
    let first = true;
    try {
      await this.finder.find(query, this.page, ({ found, done }) => {
        this.bar.setFound(this.finder.current + 1, found, done);
        if (found && first) this.showFound();
        first = first && !found;
      });
    } catch {
      this.say(words("failed"));
    }
  }

  /** @param {1 | -1} direction */
  stepFound(direction) {
    this.finder.step(direction);
    this.bar.setFound(this.finder.current + 1, this.finder.matches.length, true);
    this.showFound();
  }

  showFound() {
    const match = this.finder.match();
    if (!match) return;
    const place = this.finder.place();
    if (!place) return this.goTo(match.page);
    const frame = this.scroller.getBoundingClientRect();
    if (place.top < frame.top || place.bottom > frame.bottom) {
      this.scroller.scrollTop += place.top - frame.top - frame.height / 3;
    }
    return undefined;
  }

  /** Asks the server for the pictures while they are being made. */
  askAgain() {
    this.questions += 1;
    if (this.questions > MOST_QUESTIONS) return;
    this.asking = window.setTimeout(() => this.ask(), ASK_AGAIN_MS);
  }

  async ask() {
    try {
      const answer = await fetch(this.source.self, {
        signal: this.ending.signal,
        headers: { Accept: "application/json" },
      });
      const news = /** @type {ViewerDocument} */ (answer.ok ? await answer.json() : this.source);
      this.source.widths = news.widths;
      this.source.waiting = news.waiting;
    } catch {
      // The line may be down for a moment; the next question comes anyway.
    }
    if (this.ending.signal.aborted) return;
    if (this.source.waiting) this.askAgain();
    for (const sheet of this.near) this.showPicture(sheet);
    this.thumbs.fill();
  }

  /** @param {string} sentence */
  say(sentence) {
    this.notice.textContent = sentence;
    this.notice.hidden = !sentence;
  }

  destroy() {
    this.ending.abort();
    window.clearTimeout(this.timer);
    window.clearTimeout(this.asking);
    this.resizes.disconnect();
    this.nearness.disconnect();
    this.finder.stop();
    this.layers.destroy();
    this.painter.destroy();
    this.engine.destroy();
    this.listeners.clear();
    this.element.remove();
  }
}

/**
 * @param {string} title
 * @param {Sheet[]} sheets
 */
function scrollerOf(title, sheets) {
  const scroller = document.createElement("div");
  scroller.className = "viewer-scroll";
  scroller.tabIndex = 0;
  scroller.setAttribute("role", "document");
  scroller.setAttribute("aria-label", title);
  scroller.append(...sheets.map((sheet) => sheet.element));
  return scroller;
}

/** @returns {Slots} */
function slots() {
  const places = { tools: "viewer-slot", side: "viewer-side", over: "viewer-over" };
  const elements = Object.entries(places).map(([name, css]) => {
    const element = document.createElement("div");
    element.className = css;
    return [name, element];
  });
  return Object.fromEntries(elements);
}

function noticeOf() {
  const notice = document.createElement("p");
  notice.className = "viewer-notice";
  notice.hidden = true;
  notice.setAttribute("role", "status");
  return notice;
}

/**
 * @param {HTMLElement[]} above
 * @param {HTMLElement[]} panes
 */
function frameOf(above, panes) {
  const element = document.createElement("div");
  const body = document.createElement("div");
  element.className = "viewer";
  body.className = "viewer-body";
  body.append(...panes);
  element.append(...above, body);
  return element;
}

/**
 * Mounts a viewer into an element that has a height, replacing what it held.
 * @param {HTMLElement} host
 * @param {ViewerOptions} options
 * @returns {MountedViewer}
 */
export function mountViewer(host, options) {
  const viewer = new Viewer(host, options);
  if (options.page && options.page > 1) viewer.goTo(options.page);
  return {
    element: viewer.element,
    source: viewer.source,
    layers: viewer.layers,
    slots: viewer.slots,
    leading: viewer.leading,
    get gesture() {
      return viewer.gesture;
    },
    set gesture(gesture) {
      viewer.gesture = gesture;
    },
    goTo: (page, how) => viewer.goTo(page, how),
    page: () => viewer.page,
    sheet: (page) => viewer.sheets[page - 1],
    textSelection: () => selections(viewer.sheets)[0] ?? null,
    textSelections: () => selections(viewer.sheets),
    onPage: (listener) => {
      viewer.listeners.add(listener);
      return () => viewer.listeners.delete(listener);
    },
    destroy: () => viewer.destroy(),
  };
}

/**
 * @param {number} page
 * @param {number} pages
 */
function clamp(page, pages) {
  return Math.min(pages, Math.max(1, Math.round(page) || 1));
}
