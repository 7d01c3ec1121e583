// @ts-check
/** One page on screen: its picture at once, then the sharp canvas and the text one can select. */

/** @import { RenderTask, TextLayer } from "pdfjs" */
/** @import { Engine } from "documents/viewer/engine" */

import { words } from "documents/viewer/texts";
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
    /** @type {RenderTask | null} */
    this.task = null;
  }

  /** @param {number} scale */
  resize(scale) {
    this.scale = scale;
    const { style } = this.element;
    style.width = `${Math.round(this.size[0] * scale)}px`;
    style.height = `${Math.round(this.size[1] * scale)}px`;
    style.setProperty("--total-scale-factor", String(scale));
  }

  /** @param {string} address */
  showPicture(address) {
    if (this.picture || !address) return;
    const picture = document.createElement("img");
    picture.className = "viewer-picture";
    picture.alt = "";
    picture.decoding = "async";
    picture.draggable = false;
    picture.addEventListener("error", () => picture.remove());
    picture.src = address;
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
    const viewport = page.getViewport({ scale });
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
   * @param {HTMLCanvasElement} canvas
   * @param {number} scale
   */
  replace(canvas, scale) {
    release(this.canvas);
    this.canvas = canvas;
    this.drawn = scale;
    if (this.textElement) this.textElement.before(canvas);
    else this.element.append(canvas);
  }

  /** @param {Engine} engine */
  async write(engine) {
    const { turn } = this;
    const [pdfjs, page] = await Promise.all([engine.library(), engine.page(this.page)]);
    if (turn !== this.turn) return;
    const holder = document.createElement("div");
    holder.className = "viewer-text";
    const viewport = page.getViewport({ scale: this.scale });
    const source = page.streamTextContent({ includeMarkedContent: true, disableNormalization: true });
    const layer = new pdfjs.TextLayer({ textContentSource: source, container: holder, viewport });
    this.textElement = holder;
    this.text = layer;
    this.element.append(holder);
    await layer.render();
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
    this.text?.cancel();
    this.text = null;
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
  canvas.className = "viewer-canvas";
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
