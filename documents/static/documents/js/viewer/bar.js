// @ts-check
/** The tool bar of the viewer and its find bar. */

/** @import { ViewerDocument } from "documents/viewer/types" */
/** @import { Views } from "documents/viewer/menu" */

import { Menu } from "documents/viewer/menu";
import { words } from "documents/viewer/texts";
import { percent } from "documents/viewer/zoom";
import { icon } from "ui/icons";

/**
 * @typedef {Views & Turns} Acts what the bar asks of the viewer
 *
 * @typedef {object} Turns
 * @property {() => void} side
 * @property {(by: 1 | -1) => void} turn
 * @property {(page: number) => void} goTo
 * @property {(direction: 1 | -1) => void} zoom
 * @property {(query: string) => void} find
 * @property {(direction: 1 | -1) => void} step
 * @property {() => void} stopFinding
 */

export class Bar {
  /**
   * @param {Acts} acts
   * @param {ViewerDocument} about
   * @param {boolean} download offer the file
   */
  constructor(acts, about, download) {
    this.acts = acts;
    this.element = document.createElement("div");
    this.element.className = "viewer-bar";
    this.element.setAttribute("role", "toolbar");
    this.element.setAttribute("aria-label", words("tools"));
    this.field = this.pageField(about.pages);
    this.zoomText = document.createElement("span");
    this.zoomText.className = "viewer-zoom";
    this.side = tool("panel-left", words("thumbnails"), acts.side);
    this.side.setAttribute("aria-pressed", "false");
    this.findButton = tool("search", words("find"), () => this.showFind(true));
    this.menu = new Menu(acts);
    this.tools = group();
    this.element.append(
      group(this.side),
      group(
        tool("chevron-up", words("previous"), () => acts.turn(-1), "viewer-turn", "k"),
        this.field.holder,
        tool("chevron-down", words("next"), () => acts.turn(1), "viewer-turn", "j"),
      ),
      group(
        tool("zoom-out", words("zoomOut"), () => acts.zoom(-1), "", "-"),
        this.zoomText,
        tool("zoom-in", words("zoomIn"), () => acts.zoom(1), "", "+"),
        tool("move-horizontal", words("fitWidth"), () => acts.fit("width"), "viewer-wide", "0"),
      ),
      this.tools,
      group(
        ...(about.file ? [this.findButton] : []),
        this.menu.element,
        ...(download && about.download ? [link(about.download)] : []),
      ),
    );
    this.finding = this.findBar();
  }

  /** @param {number} pages */
  pageField(pages) {
    const holder = document.createElement("label");
    const input = document.createElement("input");
    const total = document.createElement("span");
    holder.className = "viewer-where";
    input.inputMode = "numeric";
    input.size = Math.max(2, String(pages).length);
    input.value = "1";
    input.setAttribute("aria-label", words("goTo"));
    total.textContent = `/ ${pages}`;
    input.addEventListener("focus", () => input.select());
    input.addEventListener("change", () => this.acts.goTo(Number.parseInt(input.value, 10) || 1));
    holder.append(input, total);
    return { holder, input };
  }

  findBar() {
    const form = document.createElement("form");
    const input = document.createElement("input");
    const count = document.createElement("output");
    form.className = "viewer-find";
    form.hidden = true;
    form.setAttribute("role", "search");
    input.type = "search";
    input.placeholder = words("findWhat");
    input.setAttribute("aria-label", words("findWhat"));
    count.className = "viewer-count";
    form.append(
      input,
      count,
      tool("chevron-up", words("findPrevious"), () => this.acts.step(-1)),
      tool("chevron-down", words("findNext"), () => this.acts.step(1)),
      tool("x", words("findClose"), () => this.showFind(false)),
    );
    let timer = 0;
    input.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => this.acts.find(input.value), 250);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.acts.step(1);
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.showFind(false);
      else if (event.key === "Enter" && event.shiftKey) this.acts.step(-1);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    return { form, input, count };
  }

  /** @param {boolean} on */
  showFind(on) {
    this.finding.form.hidden = !on;
    if (on) {
      this.finding.input.focus();
      this.finding.input.select();
    } else {
      this.finding.input.value = "";
      this.finding.count.textContent = "";
      this.acts.stopFinding();
      this.findButton.focus();
    }
  }

  /** Opens the find bar with these words, the focus stays. @param {string} query */
  offer(query) {
    this.finding.form.hidden = false;
    this.finding.input.value = query;
  }

  /** @param {number} page */
  setPage(page) {
    if (document.activeElement !== this.field.input) this.field.input.value = String(page);
  }

  /** @param {number} scale */
  setScale(scale) {
    this.zoomText.textContent = `${percent(scale)}%`;
  }

  /** @param {boolean} open */
  setSide(open) {
    this.side.setAttribute("aria-pressed", String(open));
  }

  /**
   * @param {number} place
   * @param {number} found
   * @param {boolean} done
   */
  setFound(place, found, done) {
    const none = done && !found && this.finding.input.value.trim();
    this.finding.count.textContent = found ? `${place} / ${found}` : none ? words("findNone") : "";
  }
}

/**
 * @param {string} picture
 * @param {string} label
 * @param {() => void} act
 * @param {string} [css]
 * @param {string} [key] presses it
 */
function tool(picture, label, act, css = "", key = "") {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `button button-quiet button-icon ${css}`.trim();
  button.title = label;
  button.setAttribute("aria-label", label);
  if (key) button.dataset.shortcut = key;
  button.append(icon(picture));
  button.addEventListener("click", act);
  return button;
}

/** @param {string} address */
function link(address) {
  const anchor = document.createElement("a");
  anchor.className = "button button-quiet button-icon";
  anchor.href = address;
  anchor.title = words("download");
  anchor.setAttribute("aria-label", words("download"));
  anchor.append(icon("download"));
  return anchor;
}

/** @param {HTMLElement[]} parts */
function group(...parts) {
  const element = document.createElement("div");
  element.className = "viewer-group";
  element.append(...parts);
  return element;
}
