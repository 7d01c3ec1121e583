// @ts-check
/** A small bar over selected text: highlight, underline, strike through, or write something about it. */

import { Floating } from "annotations/floating";
import { rounded } from "annotations/geometry";
import { words } from "annotations/texts";
import { quiet, swatch } from "annotations/thread";
import { COLOURS } from "annotations/tools";
import { focusPages } from "annotations/wording";
import { el, fill } from "ui/el";

/** @import { MountedViewer, Selected } from "documents/viewer/types" */
/** @import { Rect } from "annotations/types" */
/** @import { NoteStore } from "annotations/store" */
/** @import { Tools } from "annotations/tools" */
/** @typedef {"highlight" | "underline" | "strike"} Mark */

const RESTS_MS = 220;
const LONGEST = { exact: 4000, beside: 300 };

export class Selecting {
  /**
   * @param {MountedViewer} viewer
   * @param {{ store: NoteStore, tools: Tools, version: string, marked: (id: string, write: boolean) => void }} about
   */
  constructor(viewer, { store, tools, version, marked }) {
    this.viewer = viewer;
    this.store = store;
    this.tools = tools;
    this.version = version;
    this.marked = marked;
    this.floating = new Floating(viewer.element, "notes-selection", words("selection"));
    this.floating.element.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    this.floating.element.addEventListener("keydown", (event) => this.onKey(event));
    this.timer = 0;
    this.ending = new AbortController();
    const { signal } = this.ending;
    document.addEventListener("selectionchange", () => this.soon(), { signal });
    viewer.element.addEventListener("scroll", () => this.floating.hide(), { signal, capture: true, passive: true });
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.look(), RESTS_MS);
  }

  look() {
    const selection = document.getSelection();
    const within = selection?.anchorNode && this.viewer.element.contains(selection.anchorNode);
    if (!within || selection.isCollapsed || this.tools.tool !== "read" || this.viewer.textSelections().length === 0)
      return this.floating.hide();
    this.draw();
    // a finger's own menu of the device stands above the words
    this.floating.show(selection.getRangeAt(0).getBoundingClientRect(), {
      above: matchMedia("(pointer: fine)").matches,
    });
    return undefined;
  }

  /** Something is to be done with the words selected by keyboard: the bar has the focus. */
  take() {
    clearTimeout(this.timer);
    this.look();
    if (this.floating.open) this.floating.element.querySelector("button")?.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    document.getSelection()?.removeAllRanges();
    this.floating.hide();
    focusPages(this.viewer);
  }

  draw() {
    const { tools } = this;
    const colours = COLOURS.map((colour) =>
      swatch(colour, tools.kept.markColour === colour, () => {
        tools.keep({ markColour: colour });
        this.draw();
      }),
    );
    fill(
      this.floating.element,
      el(
        "div",
        { class: "notes-row" },
        quiet("highlighter", words("toolHighlight"), () => this.mark("highlight")),
        quiet("underline", words("toolUnderline"), () => this.mark("underline")),
        quiet("strikethrough", words("toolStrike"), () => this.mark("strike")),
        quiet("message-square-text", words("toolComment"), () => this.mark("highlight", true)),
      ),
      el("div", { class: "notes-colours" }, colours),
    );
  }

  /** @param {Mark} kind @param {boolean} [write] */
  mark(kind, write = false) {
    const style = this.tools.markStyle(kind);
    const keyed = this.floating.element.contains(document.activeElement);
    const wishes = this.viewer.textSelections().map((selected) => ({
      do: /** @type {const} */ ("put"),
      note: this.store.newId(),
      version: this.version,
      page: selected.page,
      kind,
      shape: { rects: selected.rects.map((rect) => /** @type {Rect} */ (rect.map(rounded))) },
      quote: quoteOf(selected),
      style,
      body: "",
      to: this.tools.to,
    }));
    this.floating.hide();
    document.getSelection()?.removeAllRanges();
    if (keyed) focusPages(this.viewer);
    const [first] = wishes;
    if (!first) return;
    this.store.act(...wishes);
    this.marked(first.note, write);
  }

  destroy() {
    clearTimeout(this.timer);
    this.ending.abort();
    this.floating.destroy();
  }
}

/** @param {Selected} selected */
function quoteOf({ exact, prefix, suffix }) {
  return {
    exact: exact.slice(0, LONGEST.exact),
    prefix: prefix.slice(-LONGEST.beside),
    suffix: suffix.slice(0, LONGEST.beside),
  };
}
