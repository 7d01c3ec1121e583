// @ts-check
/** Looking at a plan: zoom with wheel, buttons and two fingers, move about, print. */

const STEP = 1.25;
const CLOSEST = 12;
const SEAT = 68;
const FINGER = 44;

/** @typedef {{ x: number, y: number, w: number, h: number }} Box */

/** The part of a plan that is shown. */
export class View {
  /** @param {SVGSVGElement} svg */
  constructor(svg) {
    this.svg = svg;
    const { x, y, width, height } = svg.viewBox.baseVal;
    /** @type {Box} */
    this.whole = { x, y, w: width, h: height };
    this.box = { ...this.whole };
    /** @type {Map<number, { x: number, y: number }>} */
    this.fingers = new Map();
    this.planned = 0;
    this.listen();
  }

  listen() {
    this.svg.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.svg.addEventListener("pointerdown", (event) => this.down(event), { capture: true });
    this.svg.addEventListener("pointermove", (event) => this.moved(event), { capture: true });
    for (const name of /** @type {const} */ (["pointerup", "pointercancel", "pointerleave"])) {
      this.svg.addEventListener(name, (event) => this.fingers.delete(event.pointerId), { capture: true });
    }
  }

  /** Are two fingers on the plan, which then move it and nothing in it? */
  get pinching() {
    return this.fingers.size > 1;
  }

  /**
   * Where on the plan a point of the screen lies, in centimetres.
   * @param {number} x
   * @param {number} y
   */
  at(x, y) {
    const matrix = this.svg.getScreenCTM();
    if (!matrix) return { x: 0, y: 0 };
    const point = new DOMPoint(x, y).matrixTransform(matrix.inverse());
    return { x: point.x, y: point.y };
  }

  show() {
    if (this.planned) return;
    this.planned = requestAnimationFrame(() => {
      this.planned = 0;
      const { x, y, w, h } = this.box;
      this.svg.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
    });
  }

  /**
   * On a small screen begins so close that a finger hits one seat, around the one that matters.
   * @param {Element | null} seat
   */
  closeUp(seat) {
    const scale = this.svg.getScreenCTM()?.a ?? 1;
    if (!seat || !matchMedia("(max-width: 63.99rem)").matches || scale * SEAT >= FINGER) return;
    const frame = seat.getBoundingClientRect();
    const at = this.at(frame.x + frame.width / 2, frame.y + frame.height / 2);
    const closer = SEAT / FINGER;
    this.box.w = this.svg.clientWidth * closer;
    this.box.h = this.svg.clientHeight * closer;
    this.box.x = within(at.x - this.box.w / 2, this.whole.x, this.whole.w - this.box.w);
    this.box.y = within(at.y - this.box.h / 2, this.whole.y, this.whole.h - this.box.h);
    this.show();
  }

  fit() {
    this.box = { ...this.whole };
    this.show();
  }

  /**
   * @param {number} width
   * @param {number} height
   */
  resize(width, height) {
    if (this.whole.w === width && this.whole.h === height) return;
    this.whole = { x: 0, y: 0, w: width, h: height };
    this.fit();
  }

  /**
   * Shows the plan so many times larger, keeping one point where it is.
   * @param {number} factor
   * @param {{ x: number, y: number }} [around]
   */
  zoom(factor, around = { x: this.box.x + this.box.w / 2, y: this.box.y + this.box.h / 2 }) {
    const w = Math.min(this.whole.w * 1.5, Math.max(this.whole.w / CLOSEST, this.box.w / factor));
    const scale = w / this.box.w;
    this.box = {
      x: around.x - (around.x - this.box.x) * scale,
      y: around.y - (around.y - this.box.y) * scale,
      w,
      h: this.box.h * scale,
    };
    this.show();
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  shift(x, y) {
    this.box.x += x;
    this.box.y += y;
    this.show();
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    const zoomed = this.box.w < this.whole.w * 0.99;
    if (event.ctrlKey || event.metaKey)
      this.zoom(event.deltaY < 0 ? STEP : 1 / STEP, this.at(event.clientX, event.clientY));
    else if (zoomed) this.shift((event.deltaX * this.box.w) / 1000, (event.deltaY * this.box.w) / 1000);
    else return;
    event.preventDefault();
  }

  /** @param {PointerEvent} event */
  down(event) {
    if (event.pointerType === "touch") this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }

  /** @param {PointerEvent} event */
  moved(event) {
    const before = [...this.fingers.values()];
    if (!this.fingers.has(event.pointerId)) return;
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const after = [...this.fingers.values()];
    if (before.length !== 2) return;
    const [from, to] = [middle(before), middle(after)];
    const [start, end] = [this.at(from.x, from.y), this.at(to.x, to.y)];
    this.shift(start.x - end.x, start.y - end.y);
    this.zoom(apart(after) / Math.max(1, apart(before)), end);
  }
}

/**
 * @param {number} wanted
 * @param {number} least
 * @param {number} room
 */
function within(wanted, least, room) {
  return Math.min(least + Math.max(0, room), Math.max(least, wanted));
}

/** @param {{ x: number, y: number }[]} points */
function middle(points) {
  const [one, two] = /** @type {[{x: number, y: number}, {x: number, y: number}]} */ (points);
  return { x: (one.x + two.x) / 2, y: (one.y + two.y) / 2 };
}

/** @param {{ x: number, y: number }[]} points */
function apart(points) {
  const [one, two] = /** @type {[{x: number, y: number}, {x: number, y: number}]} */ (points);
  return Math.hypot(one.x - two.x, one.y - two.y);
}

/**
 * Lets a plan be looked at; returns its view.
 * @param {HTMLElement} page
 * @returns {View | null}
 */
export function open(page) {
  const svg = /** @type {SVGSVGElement | null} */ (page.querySelector("[data-plan-drawing]"));
  if (!svg) return null;
  const view = new View(svg);
  const buttons = /** @type {HTMLElement | null} */ (page.querySelector("[data-plan-zoom]"));
  if (buttons) buttons.hidden = false;
  buttons?.addEventListener("click", (event) => {
    const wanted = /** @type {Element} */ (event.target).closest("[data-zoom]")?.getAttribute("data-zoom");
    if (wanted === "fit") view.fit();
    else if (wanted) view.zoom(wanted === "in" ? STEP : 1 / STEP);
  });
  if (page.matches("[data-plan-editor], [data-seating]"))
    view.closeUp(
      svg.querySelector(".plan-mine") ?? svg.querySelector(".plan-chair") ?? svg.querySelector(".plan-seat"),
    );
  addEventListener("beforeprint", () => {
    const { x, y, w, h } = view.whole;
    svg.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
  });
  addEventListener("afterprint", () => view.show());
  return view;
}

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
const page = /** @type {HTMLElement | null} */ (document.querySelector("[data-plan-view]"));
/** The view of this page's plan, one for all modules. */
export const shown = page ? open(page) : null;
