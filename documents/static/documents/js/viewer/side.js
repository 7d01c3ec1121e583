// @ts-check
/** The pane at the left: the pages in small, and the outline. */

/** @import { Engine } from "documents/viewer/engine" */
/** @import { ViewerDocument } from "documents/viewer/types" */
/** @import { Rect } from "documents/viewer/turning" */

import { Outline } from "documents/viewer/outline";
import { words } from "documents/viewer/texts";
import { Thumbs } from "documents/viewer/thumbs";

/** @typedef {"thumbs" | "outline"} Tab */

export class Side {
  /**
   * @param {ViewerDocument} source
   * @param {Engine} engine
   * @param {(page: number, area?: Rect) => void} goTo
   */
  constructor(source, engine, goTo) {
    this.thumbs = new Thumbs(source, goTo);
    this.outline = new Outline(engine, goTo);
    this.element = document.createElement("div");
    this.element.className = "viewer-left";
    this.element.hidden = true;
    /** @type {Tab} */
    this.tab = "thumbs";
    this.buttons = { thumbs: this.tabButton("thumbs"), outline: this.tabButton("outline") };
    const tabs = document.createElement("div");
    tabs.className = "viewer-tabs segments";
    tabs.append(this.buttons.thumbs, this.buttons.outline);
    this.element.append(...(source.file ? [tabs] : []), this.thumbs.element, this.outline.element);
    this.page = 1;
  }

  get open() {
    return !this.element.hidden;
  }

  /** @param {Tab} tab */
  tabButton(tab) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-quiet";
    button.textContent = words(tab === "thumbs" ? "pages" : "outline");
    button.addEventListener("click", () => this.choose(tab));
    return button;
  }

  /** @param {Tab} tab */
  choose(tab) {
    this.tab = tab;
    for (const [name, button] of Object.entries(this.buttons))
      button.setAttribute("aria-pressed", String(name === tab));
    this.thumbs.show(this.open && tab === "thumbs", this.page);
    this.outline.element.hidden = tab !== "outline";
    if (this.open && tab === "outline") this.outline.show();
  }

  /** @param {boolean} open */
  show(open) {
    this.element.hidden = !open;
    this.choose(this.tab);
  }

  /** @param {number} page */
  mark(page) {
    this.page = page;
    this.thumbs.mark(page);
  }
}
