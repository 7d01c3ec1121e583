// @ts-check
/** The menu of how the pages are shown: fitted, turned, two beside each other, over the whole screen. */

/** @import { Spread } from "documents/viewer/pages" */

import { words } from "documents/viewer/texts";
import { icon } from "ui/icons";

/**
 * @typedef {object} Views
 * @property {(fit: "width" | "page") => void} fit
 * @property {(by: 90 | -90) => void} rotate
 * @property {(spread: Spread) => void} spread
 * @property {() => void} fullScreen
 */

export class Menu {
  /** @param {Views} views */
  constructor(views) {
    this.views = views;
    /** @type {Spread} */
    this.shown = "one";
    this.element = document.createElement("details");
    this.element.className = "menu viewer-menu";
    this.element.dataset.menu = "";
    const summary = document.createElement("summary");
    summary.className = "button button-quiet button-icon";
    summary.title = words("views");
    summary.setAttribute("aria-label", words("views"));
    summary.append(icon("settings-2"));
    this.two = this.item("columns-2", words("twoPages"), () => this.views.spread(this.turned("two")), "d");
    this.cover = this.item("book-open", words("cover"), () => this.views.spread(this.turned("cover")));
    const sheet = document.createElement("div");
    sheet.className = "menu-sheet";
    sheet.append(
      this.item("move-horizontal", words("fitWidth"), () => views.fit("width")),
      this.item("expand", words("fitPage"), () => views.fit("page")),
      rule(),
      this.item("rotate-cw", words("rotateRight"), () => views.rotate(90), "r"),
      this.item("rotate-ccw", words("rotateLeft"), () => views.rotate(-90)),
      rule(),
      this.two,
      this.cover,
      ...(document.fullscreenEnabled
        ? [rule(), this.item("fullscreen", words("fullScreen"), views.fullScreen, "f")]
        : []),
    );
    this.element.append(summary, sheet);
  }

  /**
   * What a press on one of the two means now.
   * @param {Spread} pressed
   * @returns {Spread}
   */
  turned(pressed) {
    if (pressed === "two") return this.shown === "one" ? "two" : "one";
    return this.shown === "cover" ? "two" : "cover";
  }

  /** @param {Spread} spread */
  setSpread(spread) {
    this.shown = spread;
    this.two.setAttribute("aria-pressed", String(spread !== "one"));
    this.cover.setAttribute("aria-pressed", String(spread === "cover"));
  }

  /**
   * @param {string} picture
   * @param {string} label
   * @param {() => void} act
   * @param {string} [key]
   */
  item(picture, label, act, key) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "menu-item";
    if (key) button.dataset.shortcut = key;
    const tick = icon("check");
    tick.classList.add("menu-tick");
    button.append(icon(picture), label, tick);
    button.addEventListener("click", () => {
      this.element.open = false;
      act();
    });
    return button;
  }
}

function rule() {
  const line = document.createElement("div");
  line.className = "menu-rule";
  return line;
}
