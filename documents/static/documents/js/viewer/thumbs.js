// @ts-check
/** The list of pages at the left. */

/** @import { ViewerDocument } from "documents/viewer/types" */

import { words } from "documents/viewer/texts";

export class Thumbs {
  /**
   * @param {ViewerDocument} source
   * @param {(page: number) => void} goTo
   */
  constructor(source, goTo) {
    this.element = document.createElement("nav");
    this.element.className = "viewer-thumbs";
    this.element.hidden = true; // until it is looked at
    this.element.setAttribute("aria-label", words("thumbnails"));
    this.source = source;
    this.goTo = goTo;
    /** @type {HTMLButtonElement[]} */
    this.buttons = [];
  }

  get open() {
    return !this.element.hidden;
  }

  /**
   * @param {boolean} open
   * @param {number} page
   */
  show(open, page) {
    if (open && !this.buttons.length) this.build();
    this.element.hidden = !open;
    if (open) this.mark(page);
  }

  build() {
    this.buttons = this.source.sizes.map((size, index) => this.button(index + 1, size));
    this.element.replaceChildren(...this.buttons);
    this.fill();
  }

  /**
   * @param {number} page
   * @param {[number, number]} size
   */
  button(page, size) {
    const button = document.createElement("button");
    const frame = document.createElement("span");
    const number = document.createElement("span");
    button.type = "button";
    button.className = "viewer-thumb";
    button.setAttribute("aria-label", words("page", { page }));
    frame.className = "viewer-thumb-frame";
    frame.style.aspectRatio = `${size[0]} / ${size[1]}`;
    number.textContent = String(page);
    button.append(frame, number);
    button.addEventListener("click", () => this.goTo(page));
    return button;
  }

  /** Puts the pictures in, as soon as there are some. */
  fill() {
    const [width] = this.source.widths;
    if (!width) return;
    this.buttons.forEach((button, index) => {
      const frame = /** @type {HTMLElement} */ (button.firstElementChild);
      if (frame.firstElementChild) return;
      const picture = document.createElement("img");
      picture.alt = "";
      picture.loading = "lazy";
      picture.decoding = "async";
      picture.addEventListener("error", () => picture.remove());
      picture.src = pictureOf(this.source, index + 1, width);
      frame.append(picture);
    });
  }

  /** @param {number} page */
  mark(page) {
    this.buttons.forEach((button, index) => {
      if (index + 1 === page) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    });
    const now = this.buttons[page - 1];
    if (this.open && now) reveal(this.element, now);
  }
}

/**
 * @param {ViewerDocument} source
 * @param {number} page
 * @param {number} width
 */
export function pictureOf(source, page, width) {
  return source.preview.replace("{page}", String(page)).replace("{width}", String(width));
}

/**
 * Scrolls the list only; `scrollIntoView` would move the whole page as well.
 * @param {HTMLElement} list
 * @param {HTMLElement} item
 */
function reveal(list, item) {
  const top = item.offsetTop - list.offsetTop;
  if (top < list.scrollTop || top + item.offsetHeight > list.scrollTop + list.clientHeight) {
    list.scrollTop = top - list.clientHeight / 2 + item.offsetHeight / 2;
  }
}
