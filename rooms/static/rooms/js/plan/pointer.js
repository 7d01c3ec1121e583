// @ts-check
/** Drawing with mouse, pen and finger: choose, drag, draw a frame around several. */

import { shape } from "rooms/plan/el";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./model.js").Piece} Piece */
/** @typedef {import("./draw.js").Drawing} Drawing */
/** @typedef {import("./view.js").View} View */

const GRID = 5;
const STILL = 4;

/** @typedef {{ id: number, x: number, y: number, from: Map<Piece, { x: number, y: number }> | null, moved: boolean }} Hold */

export class Pointer {
  /**
   * @param {Model} model
   * @param {Drawing} drawing
   * @param {View} view
   * @param {{ chosen: () => void, changed: () => void, pressed: (piece: Piece) => boolean }} tell
   */
  constructor(model, drawing, view, tell) {
    this.model = model;
    this.drawing = drawing;
    this.view = view;
    this.tell = tell;
    /** @type {Hold | null} */
    this.hold = null;
    this.planned = 0;
    this.dx = 0;
    this.dy = 0;
    this.frame = shape("rect", { class: "plan-frame" });
    const { svg } = drawing;
    svg.addEventListener("pointerdown", (event) => this.down(event));
    svg.addEventListener("pointermove", (event) => this.move(event));
    svg.addEventListener("pointerup", (event) => this.up(event));
    svg.addEventListener("pointercancel", () => this.stop());
  }

  /** @param {PointerEvent} event */
  down(event) {
    if (event.button !== 0 || this.view.pinching) return this.stop();
    const piece = this.drawing.piece(event.target);
    if (piece && this.tell.pressed(piece)) return;
    this.choose(piece, event.shiftKey || event.ctrlKey || event.metaKey);
    const at = this.view.at(event.clientX, event.clientY);
    this.hold = { id: event.pointerId, ...at, from: piece ? this.model.places() : null, moved: false };
    this.drawing.svg.setPointerCapture(event.pointerId);
  }

  /**
   * @param {Piece | null} piece
   * @param {boolean} further
   */
  choose(piece, further) {
    const { chosen } = this.model;
    if (!piece) {
      if (!further) chosen.clear();
    } else if (further && chosen.has(piece)) chosen.delete(piece);
    else if (!chosen.has(piece)) {
      if (!further) chosen.clear();
      chosen.add(piece);
    }
    this.drawing.mark();
    this.tell.chosen();
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { hold } = this;
    if (!hold || hold.id !== event.pointerId) return;
    if (this.view.pinching) return this.stop();
    const at = this.view.at(event.clientX, event.clientY);
    [this.dx, this.dy] = [at.x - hold.x, at.y - hold.y];
    if (!hold.moved && Math.hypot(this.dx, this.dy) < STILL) return;
    if (!hold.moved && hold.from) this.model.remember();
    hold.moved = true;
    this.planned ||= requestAnimationFrame(() => this.paint());
  }

  /** One step of a drag: only what is dragged is touched. */
  paint() {
    this.planned = 0;
    const { hold } = this;
    if (!hold?.moved) return;
    if (!hold.from) return this.draw(hold);
    this.model.shift(snap(this.dx), snap(this.dy), hold.from);
    this.drawing.moved();
  }

  /** @param {Hold} hold */
  draw(hold) {
    const [x, y] = [Math.min(hold.x, hold.x + this.dx), Math.min(hold.y, hold.y + this.dy)];
    const box = { x, y, width: Math.abs(this.dx), height: Math.abs(this.dy) };
    for (const [name, value] of Object.entries(box)) this.frame.setAttribute(name, String(value));
    if (!this.frame.isConnected) this.drawing.svg.append(this.frame);
  }

  /** @param {PointerEvent} event */
  up(event) {
    const { hold } = this;
    if (!hold || hold.id !== event.pointerId) return;
    this.paint();
    if (hold.moved && hold.from) this.tell.changed();
    if (hold.moved && !hold.from) this.within(hold, event.shiftKey);
    this.stop();
  }

  /**
   * Chooses what stands inside the frame.
   * @param {Hold} hold
   * @param {boolean} further
   */
  within(hold, further) {
    const [left, right] = [Math.min(hold.x, hold.x + this.dx), Math.max(hold.x, hold.x + this.dx)];
    const [top, bottom] = [Math.min(hold.y, hold.y + this.dy), Math.max(hold.y, hold.y + this.dy)];
    if (!further) this.model.chosen.clear();
    for (const piece of this.model.pieces()) {
      if (piece.x >= left && piece.x <= right && piece.y >= top && piece.y <= bottom) this.model.chosen.add(piece);
    }
    this.drawing.mark();
    this.tell.chosen();
  }

  stop() {
    if (this.hold?.moved && this.hold.from && this.view.pinching) this.tell.changed();
    this.hold = null;
    this.frame.remove();
  }
}

/** @param {number} value */
const snap = (value) => Math.round(value / GRID) * GRID;
