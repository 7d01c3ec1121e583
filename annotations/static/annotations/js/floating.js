// @ts-check
/** Something small that floats over the pages beside what it is about; on a narrow window it lies at the lower edge. */

const GAP = 10;
const LEAST = 220; // lower than that it covers what it is about

export class Floating {
  /**
   * @param {HTMLElement} frame the viewer's element
   * @param {string} css
   * @param {string} label
   */
  constructor(frame, css, label) {
    this.frame = frame;
    this.element = document.createElement("div");
    this.element.className = `notes-floating ${css}`;
    this.element.setAttribute("role", "dialog");
    this.element.setAttribute("aria-label", label);
    this.element.tabIndex = -1;
    this.element.hidden = true;
    frame.append(this.element);
  }

  get open() {
    return !this.element.hidden;
  }

  /**
   * Beside a place on screen, wholly inside the viewer.
   * @param {{ left: number, top: number, right: number, bottom: number } | undefined} place
   * @param {{ above?: boolean }} [options]
   */
  show(place, { above = false } = {}) {
    const { element, frame } = this;
    element.hidden = false;
    element.style.removeProperty("--most");
    const room = frame.getBoundingClientRect();
    const at = place ?? {
      left: room.left + room.width / 2,
      right: room.left + room.width / 2,
      top: room.top,
      bottom: room.top,
    };
    const under = at.bottom - room.top + GAP;
    const spare = Math.max(at.top - room.top, room.height - under) - 2 * GAP;
    if (spare > LEAST) element.style.setProperty("--most", `${Math.round(spare)}px`);
    const box = element.getBoundingClientRect();
    const over = at.top - room.top - box.height - GAP;
    const fits = under + box.height <= room.height;
    const top = above ? (over >= 0 ? over : under) : fits ? under : over;
    const left = (at.left + at.right) / 2 - room.left - box.width / 2;
    element.style.setProperty("--left", `${bounded(left, room.width - box.width)}px`);
    element.style.setProperty("--top", `${bounded(top, room.height - box.height)}px`);
  }

  hide() {
    this.element.hidden = true;
  }

  destroy() {
    this.element.remove();
  }
}

/** @param {number} value @param {number} most */
function bounded(value, most) {
  return Math.round(Math.min(Math.max(8, value), Math.max(8, most - 8)));
}
