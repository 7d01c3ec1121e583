// @ts-check
/** What is in the hand: the tool, its colour and width, and who will see what is drawn next. */

/** @import { Style, To } from "annotations/types" */
/** @typedef {"read" | "ink" | "erase" | "text" | "arrow" | "box" | "ellipse"} Tool */
/** @typedef {{ colour: string, width: number, markColour: string, penOnly: boolean | undefined }} Remembered */

/** Ink first; the last one is the marker's. The server takes no others (annotations/shapes.py). */
/** @type {Record<string, string>} */
export const COLOUR_NAMES = {
  "#212121": "Black",
  "#1565c0": "Blue",
  "#c62828": "Red",
  "#2e7d32": "Green",
  "#6a1b9a": "Purple",
  "#f9c80e": "Yellow",
};
export const COLOURS = Object.keys(COLOUR_NAMES);
export const WIDTHS = [1.2, 2.4, 5];
const KEPT = "nghisu:notes";
/** @type {Remembered} */
const BEGINNING = { colour: "#1565c0", width: 2.4, markColour: "#f9c80e", penOnly: undefined };

export class Tools {
  /** @param {Pick<Storage, "getItem" | "setItem">} [storage] */
  constructor(storage) {
    this.storage = storage;
    /** @type {Tool} */
    this.tool = "read";
    /** @type {Remembered} */
    this.kept = { ...BEGINNING, ...this.remembered() };
    /** @type {To} private until somebody says otherwise, on every paper anew */
    this.to = null;
    this.open = false;
    this.othersHidden = false;
    /** @type {Set<() => void>} */
    this.watchers = new Set();
  }

  /** @returns {Partial<Remembered>} */
  remembered() {
    try {
      const said = JSON.parse(this.storage?.getItem(KEPT) ?? "{}");
      return COLOURS.includes(said.colour) && COLOURS.includes(said.markColour) && WIDTHS.includes(said.width)
        ? said
        : {};
    } catch {
      return {};
    }
  }

  /** @param {() => void} watcher */
  watch(watcher) {
    this.watchers.add(watcher);
  }

  changed() {
    for (const watcher of this.watchers) watcher();
  }

  /** @param {Tool} tool */
  choose(tool) {
    this.tool = tool;
    if (tool !== "read") this.open = true;
    this.changed();
  }

  /** Opens or closes the bar; a closed bar leaves nothing in the hand. @param {boolean} open */
  show(open) {
    this.open = open;
    this.tool = open ? "ink" : "read";
    this.changed();
  }

  /** The bar comes up, with its undo. */
  offerUndo() {
    this.open = true;
    this.changed();
  }

  /** @param {Partial<Remembered>} changes */
  keep(changes) {
    this.kept = { ...this.kept, ...changes };
    try {
      this.storage?.setItem(KEPT, JSON.stringify(this.kept));
    } catch {
      // a private window remembers nothing
    }
    this.changed();
  }

  /** @param {To} to */
  shareNext(to) {
    this.to = to;
    this.changed();
  }

  /** @param {boolean} hidden */
  hideOthers(hidden) {
    this.othersHidden = hidden;
    this.changed();
  }

  /** A pen has touched the screen: from now on fingers scroll, unless somebody wants otherwise. */
  sawPen() {
    if (this.kept.penOnly === undefined) this.keep({ penOnly: true });
  }

  /** Does this kind of pointer draw, or does it scroll? @param {string} pointerType */
  draws(pointerType) {
    return pointerType !== "touch" || !this.kept.penOnly;
  }

  /** @returns {Style} */
  get style() {
    return { colour: this.kept.colour, width: this.kept.width, opacity: 1 };
  }

  /** Of marks on text: a highlight lets the words through. @param {"highlight" | "underline" | "strike"} kind @returns {Style} */
  markStyle(kind) {
    const highlight = kind === "highlight";
    return { colour: this.kept.markColour, width: highlight ? 1 : 1.4, opacity: highlight ? 0.45 : 1 };
  }
}
