// @ts-check
/** One page on screen: its picture at once, then the sharp canvas and the text one can select. */

/** @import { PDFPageProxy, RenderTask, TextLayer } from "pdfjs" */
/** @import { Engine } from "documents/viewer/engine" */

/** @import { PageText } from "documents/viewer/words" */
/** @import { Pair, Rect, Rotation } from "documents/viewer/turning" */

import { words } from "documents/viewer/texts";
import { TRANSFORMS, toTurned, toUpright, turned } from "documents/viewer/turning";
import { density } from "documents/viewer/zoom";

export class Sheet {
  /**
   * @param {number} page
   * @param {[number, number]} size
   */
  constructor(page, size) {
    this.page = page;
    this.size = size;
    this.scale = 1;
    /** @type {Rotation} */
    this.rotation = 0;
    /** the scale the canvas was drawn at; 0 while there is none */
    this.drawn = 0;
    /** counts up whenever the sheet is forgotten: what was being drawn then is not wanted any more */
    this.turn = 0;
    this.element = document.createElement("div");
    this.element.className = "viewer-page";
    this.element.dataset.page = String(page);
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", words("page", { page }));
    /** @type {HTMLImageElement | null} */
    this.picture = null;
    /** @type {HTMLCanvasElement | null} */
    this.canvas = null;
    /** @type {HTMLElement | null} */
    this.textElement = null;
    /** @type {TextLayer | null} */
    this.text = null;
    /** @type {TextLayer | null} the text while it is being laid out, before it is shown */
    this.writing = null;
    /** @type {PageText | null} the text of the page while it can be selected */
    this.words = null;
    /** @type {RenderTask | null} */
    this.task = null;
  }

  /**
   * @param {number} scale
   * @param {Rotation} [rotation]
   */
  resize(scale, rotation = this.rotation) {
    this.scale = scale;
    this.rotation = rotation;
    const { style } = this.element;
    const [width, height] = turned(this.size, rotation);
    style.width = `${Math.round(width * scale)}px`;
    style.height = `${Math.round(height * scale)}px`;
    style.setProperty("--total-scale-factor", String(scale));
    style.setProperty("--page-width", `${this.size[0] * scale}px`);
    style.setProperty("--page-height", `${this.size[1] * scale}px`);
    style.setProperty("--page-transform", this.transform);
  }

  /** CSS that lays an upright layer into the turned page. */
  get transform() {
    return TRANSFORMS[this.rotation];
  }

  /**
   * @param {number} clientX
   * @param {number} clientY
   * @returns {Pair} the place in points of the upright page, from its top left corner
   */
  toPage(clientX, clientY) {
    const { left, top, width, height } = this.element.getBoundingClientRect();
    return toUpright([(clientX - left) / width, (clientY - top) / height], this.size, this.rotation);
  }

  /**
   * @param {number} x in points of the upright page
   * @param {number} y
   * @returns {Pair} pixels inside the element
   */
  toScreen(x, y) {
    const [u, v] = toTurned([x, y], this.size, this.rotation);
    return [u * this.element.clientWidth, v * this.element.clientHeight];
  }

  /**
   * @param {{ left: number, top: number, right: number, bottom: number }} box on screen
   * @returns {Rect} in points of the upright page
   */
  rectOf(box) {
    const [one, two] = [this.toPage(box.left, box.top), this.toPage(box.right, box.bottom)];
    const [x, y] = [Math.min(one[0], two[0]), Math.min(one[1], two[1])];
    return [x, y, Math.max(one[0], two[0]) - x, Math.max(one[1], two[1]) - y];
  }

  /**
   * @param {string} address
   * @param {boolean} [first] before everything else
   */
  showPicture(address, first = false) {
    if (this.picture || !address) return;
    const picture = document.createElement("img");
    picture.fetchPriority = first ? "high" : "auto";
    picture.decoding = first ? "sync" : "async";
    picture.src = address;
    this.adopt(picture);
  }

  /**
   * Takes a picture as its own, also one the page brought along.
   * @param {HTMLImageElement} picture
   */
  adopt(picture) {
    picture.className = "viewer-layer viewer-picture";
    picture.alt = "";
    picture.draggable = false;
    picture.addEventListener("error", () => picture.remove());
    this.picture = picture;
    this.element.prepend(picture);
  }

  hidePicture() {
    this.picture?.remove();
    this.picture = null;
  }

  /** Is the canvas sharp at the present size? */
  get sharp() {
    return this.drawn === this.scale;
  }

  /**
   * Draws the canvas, then the text over it; the old canvas stays, stretched, until the new one is done.
   * @param {Engine} engine
   */
  async draw(engine) {
    const { scale, turn } = this;
    const page = await engine.page(this.page);
    if (turn !== this.turn) return;
    const viewport = page.getViewport({ scale: scale * this.unit(page) });
    const canvas = blank(viewport.width, viewport.height);
    const ratio = canvas.width / viewport.width;
    this.task?.cancel();
    const transform = ratio === 1 ? undefined : [ratio, 0, 0, ratio, 0, 0];
    this.task = page.render({ canvas, viewport, transform });
    await this.task.promise;
    if (turn !== this.turn) return;
    this.task = null;
    this.replace(canvas, scale);
    if (!this.textElement) await this.write(engine);
  }

  /**
   * A page may say that its unit is larger than a point; what the server measured is what is shown.
   * @param {PDFPageProxy} page
   */
  unit(page) {
    return this.size[0] / (page.getViewport({ scale: 1 }).width || this.size[0]);
  }

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {number} scale
   */
  replace(canvas, scale) {
    release(this.canvas);
    this.canvas = canvas;
    this.drawn = scale;
    if (this.picture) this.picture.after(canvas);
    else this.element.prepend(canvas);
  }

  /**
   * Laid out before it stands in the page: measured in it, every piece would lay out the whole page again.
   * @param {Engine} engine
   */
  async write(engine) {
    const { turn } = this;
    const [pdfjs, page, [content, text]] = await Promise.all([
      engine.library(),
      engine.page(this.page),
      engine.text(this.page),
    ]);
    if (turn !== this.turn) return;
    const holder = document.createElement("div");
    holder.className = "viewer-layer viewer-words";
    const inner = document.createElement("div");
    inner.className = "viewer-text";
    holder.append(inner);
    const viewport = page.getViewport({ scale: this.scale });
    const layer = new pdfjs.TextLayer({ textContentSource: content, container: inner, viewport });
    this.writing = layer;
    await layer.render();
    if (turn !== this.turn) return;
    this.writing = null;
    this.textElement = holder;
    this.text = layer;
    this.words = text;
    if (this.canvas) this.canvas.after(holder);
    else this.element.append(holder);
    this.element.dispatchEvent(new CustomEvent("viewer:text", { bubbles: true, detail: { page: this.page } }));
  }

  /** Gives the memory of the canvas back. */
  forget() {
    this.turn += 1;
    this.task?.cancel();
    this.task = null;
    release(this.canvas);
    this.canvas = null;
    this.drawn = 0;
    this.writing?.cancel();
    this.writing = null;
    this.text = null;
    this.words = null;
    this.textElement?.remove();
    this.textElement = null;
  }
}

/**
 * @param {number} width
 * @param {number} height
 */
function blank(width, height) {
  const ratio = density(window.devicePixelRatio, width, height);
  const canvas = document.createElement("canvas");
  canvas.className = "viewer-layer viewer-canvas";
  canvas.width = Math.max(1, Math.floor(width * ratio));
  canvas.height = Math.max(1, Math.floor(height * ratio));
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}

/** @param {HTMLCanvasElement | null} canvas */
function release(canvas) {
  if (!canvas) return;
  // Safari keeps the bitmap until the canvas is collected, unless it has no size.
  canvas.width = 0;
  canvas.height = 0;
  canvas.remove();
}
