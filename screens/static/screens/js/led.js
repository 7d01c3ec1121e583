// @ts-check
/** The page that is led: a picture, the part of it the presenter sees, and where they point. */

import { el } from "meetings/room/el";
import { say } from "meetings/room/texts";

/** @typedef {{ document: string, version: number, page: number, area?: [number, number, number, number], pointer?: [number, number], by?: string }} Look */

export class LedPage {
  /** @param {string} address with `{document}`, `{version}` and `{page}` */
  constructor(address) {
    this.address = address;
    this.picture = /** @type {HTMLImageElement} */ (el("img", { class: "wall-picture", alt: "" }));
    this.dot = el("span", { class: "wall-pointer", hidden: true });
    this.sheet = el("div", { class: "wall-sheet" }, this.picture, this.dot);
    this.words = el("p", { class: "wall-nopage" });
    this.element = el("div", { class: "wall-page" }, this.sheet, this.words);
    /** @type {Look | undefined} */
    this.look = undefined;
    this.open = false;
    this.source = "";
    this.retry = 0;
    this.picture.addEventListener("load", () => this.arrived());
    this.picture.addEventListener("error", () => this.missing());
    new ResizeObserver(() => this.place()).observe(this.element);
  }

  /**
   * @param {Look | undefined} look
   * @param {{ document: string, version: number } | undefined} led
   * @param {boolean} open may this screen have its pictures?
   */
  show(look, led, open) {
    this.open = open;
    const same = look && led && look.document === led.document && look.version === led.version;
    this.look = same ? look : led && { ...led, page: 1 };
    if (!this.look) return;
    const { document, version, page } = this.look;
    const source = this.address
      .replace("{document}", document)
      .replace("{version}", `${version}`)
      .replace("{page}", `${page}`);
    if (source !== this.source) this.ask(source);
    this.place();
  }

  /** @param {string} source */
  ask(source) {
    this.source = source;
    clearTimeout(this.retry);
    this.element.dataset.page = String(this.look?.page ?? "");
    this.picture.src = source;
  }

  arrived() {
    this.sheet.hidden = false;
    this.words.textContent = "";
    this.place();
  }

  /** No picture: the paper is not open to everybody, or its pictures are still being made. */
  missing() {
    this.sheet.hidden = true;
    this.words.textContent = say(this.open ? "wallPageWaiting" : "wallPageClosed");
    const { source } = this;
    this.retry = window.setTimeout(() => {
      if (this.source === source) this.picture.src = `${source}?again=${Date.now()}`;
    }, 4_000);
  }

  /** Fits the part the presenter sees into the frame. */
  place() {
    const { naturalWidth: width, naturalHeight: height } = this.picture;
    const frame = this.element.getBoundingClientRect();
    if (!width || !height || !frame.width || !this.look) return;
    const [x, y, w, h] = partOf(this.look.area);
    const scale = Math.min(frame.width / (w * width), frame.height / (h * height));
    const left = (frame.width - w * width * scale) / 2 - x * width * scale;
    const top = (frame.height - h * height * scale) / 2 - y * height * scale;
    Object.assign(this.sheet.style, {
      width: `${width * scale}px`,
      height: `${height * scale}px`,
      translate: `${left}px ${top}px`,
    });
    const { pointer } = this.look;
    this.dot.hidden = !pointer;
    if (pointer) Object.assign(this.dot.style, { left: `${pointer[0] * 100}%`, top: `${pointer[1] * 100}%` });
  }
}

/** A sliver is no part to show: then it is the whole page. @param {[number, number, number, number] | undefined} area @returns {[number, number, number, number]} */
function partOf(area) {
  if (!area || area[2] < 0.05 || area[3] < 0.05) return [0, 0, 1, 1];
  return area;
}
