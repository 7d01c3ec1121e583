// @ts-check
/** The outline the author of a PDF gave it: chapters, each leading to its place. */

/** @import { PDFDocumentProxy } from "pdfjs" */
/** @import { Engine } from "documents/viewer/engine" */
/** @import { Rect } from "documents/viewer/turning" */

import { words } from "documents/viewer/texts";

const MOST = 1000;
const DEEPEST = 6;

/** @typedef {{ title: string, dest: string | unknown[] | null, items: Entry[] }} Entry */

export class Outline {
  /**
   * @param {Engine} engine
   * @param {(page: number, area?: Rect) => void} goTo
   */
  constructor(engine, goTo) {
    this.engine = engine;
    this.goTo = goTo;
    this.left = MOST;
    this.element = document.createElement("div");
    this.element.className = "viewer-outline";
    this.read = false;
  }

  /** Reads the outline, once it is looked at. */
  async show() {
    if (this.read) return;
    this.read = true;
    this.say(words("outlineReading"));
    try {
      const file = await this.engine.file();
      const entries = /** @type {Entry[] | null} */ (await file.getOutline());
      if (entries?.length) this.element.replaceChildren(this.list(entries, 1));
      else this.say(words("outlineNone"));
    } catch {
      this.read = false;
      this.say(words("failed"));
    }
  }

  /** @param {string} sentence */
  say(sentence) {
    const said = document.createElement("p");
    said.className = "viewer-outline-none";
    said.textContent = sentence;
    this.element.replaceChildren(said);
  }

  /**
   * @param {Entry[]} entries
   * @param {number} depth
   * @returns {HTMLElement}
   */
  list(entries, depth) {
    const list = document.createElement("ul");
    for (const entry of entries) {
      this.left -= 1;
      if (this.left < 0) break;
      const line = document.createElement("li");
      line.append(this.button(entry));
      if (entry.items?.length && depth < DEEPEST) line.append(this.list(entry.items, depth + 1));
      list.append(line);
    }
    return list;
  }

  /** @param {Entry} entry */
  button(entry) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = entry.title.trim() || "…";
    button.disabled = !entry.dest;
    button.addEventListener("click", () => this.follow(entry));
    return button;
  }

  /** @param {Entry} entry */
  async follow(entry) {
    const file = await this.engine.file();
    const place = await placeOf(file, entry.dest).catch(() => undefined);
    if (place) this.goTo(place.page, place.area);
  }
}

/**
 * @param {PDFDocumentProxy} file
 * @param {string | unknown[] | null} dest
 * @returns {Promise<{ page: number, area?: Rect } | undefined>}
 */
async function placeOf(file, dest) {
  const explicit = typeof dest === "string" ? await file.getDestination(dest) : dest;
  const [target, kind, x, y] = /** @type {any[]} */ (explicit ?? []);
  if (target === undefined) return undefined;
  const page = (typeof target === "number" ? target : await file.getPageIndex(target)) + 1;
  const top = kind?.name === "XYZ" ? y : kind?.name === "FitH" ? x : undefined;
  if (typeof top !== "number") return { page };
  const viewport = (await file.getPage(page)).getViewport({ scale: 1 });
  const [, down] = viewport.convertToViewportPoint(0, top);
  return { page, area: [viewport.width / 2, Math.max(0, down), 0, 0] };
}
