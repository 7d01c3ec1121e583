// @ts-check
/** Two fingers make the pages larger or smaller: stretched while they move, drawn anew when they rest. A double tap. */

/** @import { Viewer } from "documents/viewer/viewer" */

import { bounded } from "documents/viewer/zoom";

const TWICE_MS = 320;
const NEAR = 28;
const CLOSER = 2;

/** @typedef {{ distance: number, x: number, y: number }} Grip */

export class Pinch {
  /** @param {Viewer} viewer */
  constructor(viewer) {
    this.viewer = viewer;
    /** @type {Grip | undefined} how the fingers began */
    this.began = undefined;
    /** @type {Grip | undefined} how they are now */
    this.now = undefined;
    this.tapped = { at: 0, x: 0, y: 0 };
    const { scroller, ending } = viewer;
    const { signal } = ending;
    const options = { signal, passive: false };
    scroller.addEventListener("touchstart", (event) => this.onStart(event), options);
    scroller.addEventListener("touchmove", (event) => this.onMove(event), options);
    for (const kind of ["touchend", "touchcancel"]) scroller.addEventListener(kind, () => this.onEnd(), { signal });
    scroller.addEventListener("pointerup", (event) => this.onTap(event), { signal });
    scroller.addEventListener("gesturestart", (event) => event.preventDefault(), options);
  }

  /** @param {TouchEvent} event */
  onStart(event) {
    const grip = gripOf(event);
    if (!grip) return;
    event.preventDefault();
    this.began = this.now = grip;
    const { pages, scroller, element } = this.viewer;
    const box = pages.element.getBoundingClientRect();
    pages.element.style.transformOrigin = `${grip.x - box.left}px ${grip.y - box.top}px`;
    this.putBack = pages.hold(grip.x, grip.y);
    element.classList.add("viewer-pinching");
    scroller.dispatchEvent(new CustomEvent("viewer:pinch", { bubbles: true }));
  }

  /** @param {TouchEvent} event */
  onMove(event) {
    const grip = gripOf(event);
    if (!this.began || !grip) return;
    event.preventDefault();
    this.now = grip;
    const { style } = this.viewer.pages.element;
    const moved = `translate(${grip.x - this.began.x}px, ${grip.y - this.began.y}px)`;
    style.transform = `${moved} scale(${this.scale(this.began, grip) / this.viewer.scale})`;
  }

  onEnd() {
    const { began, now } = this;
    if (!began || !now) return;
    this.began = this.now = undefined;
    this.viewer.element.classList.remove("viewer-pinching");
    this.viewer.pages.element.style.transform = "";
    const scale = this.scale(began, now);
    this.viewer.zoomTo(scale, () => this.putBack?.(now.x, now.y));
  }

  /**
   * @param {Grip} began
   * @param {Grip} now
   */
  scale(began, now) {
    return bounded((this.viewer.scale * now.distance) / Math.max(1, began.distance));
  }

  /** @param {PointerEvent} event */
  onTap(event) {
    if (event.pointerType !== "touch" || !event.isPrimary || this.viewer.gesture !== "read") return;
    const { clientX: x, clientY: y, timeStamp: at } = event;
    const { tapped } = this;
    const again = at - tapped.at < TWICE_MS && Math.hypot(x - tapped.x, y - tapped.y) < NEAR;
    this.tapped = again ? { at: 0, x: 0, y: 0 } : { at, x, y };
    if (again) this.onDoubleTap(x, y);
  }

  /**
   * Closer, and back to the width.
   * @param {number} x
   * @param {number} y
   */
  onDoubleTap(x, y) {
    const { viewer } = this;
    const putBack = viewer.pages.hold(x, y);
    if (viewer.pages.fit === "free") viewer.fitTo("width", putBack);
    else viewer.zoomTo(bounded(viewer.scale * CLOSER), putBack);
  }
}

/**
 * @param {TouchEvent} event
 * @returns {Grip | undefined}
 */
function gripOf({ touches }) {
  const [one, two] = touches;
  if (touches.length !== 2 || !one || !two) return undefined;
  return {
    distance: Math.hypot(two.clientX - one.clientX, two.clientY - one.clientY),
    x: (one.clientX + two.clientX) / 2,
    y: (one.clientY + two.clientY) / 2,
  };
}
