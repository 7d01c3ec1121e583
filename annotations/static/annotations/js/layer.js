// @ts-check
/** The annotations over the pages: one SVG for each page that is near, redrawn note by note. */

import { touches } from "annotations/geometry";
import { drawing, frame, svg } from "annotations/shapes";

/** @import { Sheet } from "documents/viewer/sheet" */
/** @import { Note } from "annotations/types" */
/** @import { NoteStore } from "annotations/store" */
/** @import { Tools } from "annotations/tools" */
/** @typedef {[string, Note]} Entry */

/** One page that is near. */
class PageNotes {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
    const [width, height] = sheet.size;
    const view = { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none" };
    this.marks = svg("svg", { ...view, class: "notes-marks" });
    this.lines = svg("svg", { ...view, class: "notes-lines" });
    this.live = svg("svg", { ...view, class: "notes-live" });
    this.element = document.createElement("div");
    this.element.className = "viewer-layer notes-layer";
    this.element.append(this.marks, this.lines, this.live);
    sheet.element.append(this.element);
    /** @type {Map<string, { look: string, element: Element }>} */
    this.drawn = new Map();
    /** @type {Element | undefined} */
    this.frame = undefined;
  }

  /** @param {Entry[]} entries in the order they lie over one another */
  draw(entries) {
    const wanted = new Set(entries.map(([id]) => id));
    for (const [id, { element }] of this.drawn)
      if (!wanted.has(id)) {
        element.remove();
        this.drawn.delete(id);
      }
    const places = new Map([this.marks, this.lines].map((home) => [home, home.firstElementChild]));
    for (const [id, note] of entries) {
      const home = note.kind === "highlight" ? this.marks : this.lines;
      const here = places.get(home) ?? null;
      const element = this.put(id, note);
      const anew = here !== null && here.parentNode !== home; // it stood here, and was drawn anew
      // what was noted offline may come later than what lies over it
      if (element !== here && !anew) home.insertBefore(element, here);
      places.set(home, element.nextElementSibling);
    }
  }

  /** @param {string} id @param {Note} note @returns {Element} */
  put(id, note) {
    const look = JSON.stringify([note.stamps, Object.keys(note.replies).length]);
    const had = this.drawn.get(id);
    if (had?.look === look) return had.element;
    const element = drawing(id, note);
    had?.element.replaceWith(element);
    this.drawn.set(id, { look, element });
    return element;
  }

  /** @param {Note | undefined} note */
  point(note) {
    this.frame?.remove();
    this.frame = note && frame(note);
    if (this.frame) this.lines.append(this.frame);
  }
}

export class NotesLayer {
  /**
   * @param {NoteStore} store
   * @param {Tools} tools
   * @param {string} version what is drawn over; notes of other versions lie elsewhere
   */
  constructor(store, tools, version) {
    this.store = store;
    this.tools = tools;
    this.version = version;
    /** @type {Map<number, PageNotes>} */
    this.pages = new Map();
    /** @type {Set<string>} under the eraser, and not let go yet */
    this.hidden = new Set();
    this.selected = "";
    /** @type {(sheet: Sheet) => () => void} */
    this.onShow = () => () => {};
    /** @type {Map<number, () => void>} */
    this.leaving = new Map();
    this.scheduled = 0;
  }

  /** @param {Sheet} sheet */
  show(sheet) {
    this.pages.set(sheet.page, new PageNotes(sheet));
    this.leaving.set(sheet.page, this.onShow(sheet));
    this.drawPage(sheet.page);
  }

  /** @param {Sheet} sheet */
  hide(sheet) {
    this.pages.get(sheet.page)?.element.remove();
    this.pages.delete(sheet.page);
    this.leaving.get(sheet.page)?.();
    this.leaving.delete(sheet.page);
  }

  /** Draws once a frame, however much has changed. */
  draw() {
    this.scheduled ||= requestAnimationFrame(() => {
      this.scheduled = 0;
      this.drawAll();
    });
  }

  /** Draws every page that is near. */
  drawAll() {
    const visible = this.visible();
    for (const page of this.pages.keys()) this.drawPage(page, visible);
  }

  /** @param {number} page @param {Entry[]} [visible] */
  drawPage(page, visible = this.visible()) {
    const notes = this.pages.get(page);
    if (!notes) return;
    const entries = visible.filter(([id, note]) => note.page === page && !this.hidden.has(id));
    notes.draw(entries);
    notes.point(entries.find(([id]) => id === this.selected)?.[1]);
  }

  /** What lies on this version and is to be seen, the newest last. @returns {Entry[]} */
  visible() {
    const { othersHidden } = this.tools;
    return this.store
      .shown()
      .filter(([id, note]) => note.version === this.version && (!othersHidden || this.store.isMine(id)));
  }

  /** @param {number} page @returns {Entry[]} */
  on(page) {
    return this.visible().filter(([, note]) => note.page === page);
  }

  /**
   * What lies under a place, the uppermost first.
   * @param {number} page
   * @param {[number, number]} place
   * @param {number} reach
   * @returns {Entry[]}
   */
  under(page, place, reach) {
    return this.on(page)
      .filter(([id, note]) => !this.hidden.has(id) && touches(note, place, note.kind === "text" ? reach * 1.5 : reach))
      .reverse();
  }

  /** Frames one annotation. @param {string} id */
  select(id) {
    this.selected = id;
    this.draw();
  }

  /** Where strokes being drawn go. @param {number} page @returns {Element | undefined} */
  live(page) {
    return this.pages.get(page)?.live;
  }

  /** Where an annotation is on screen, if its page is near. @param {string} id @returns {DOMRect | undefined} */
  placeOf(id) {
    for (const { drawn } of this.pages.values()) {
      const { element } = drawn.get(id) ?? {};
      if (element) return element.getBoundingClientRect();
    }
    return undefined;
  }

  destroy() {
    cancelAnimationFrame(this.scheduled);
  }
}
