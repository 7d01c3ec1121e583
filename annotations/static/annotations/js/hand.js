// @ts-check
/** Pen, mouse and finger on the pages: a pen writes, a mouse draws, a finger draws until a pen has been seen. */

import { GESTURES } from "annotations/gestures";

/** @import { Sheet } from "documents/viewer/sheet" */
/** @import { Gesture } from "annotations/gestures" */
/** @import { Drawing } from "annotations/drawing" */
/** @import { NotesLayer } from "annotations/layer" */
/** @import { NoteStore } from "annotations/store" */
/** @import { Tools } from "annotations/tools" */
/** @import { Kind, Shape, Style } from "annotations/types" */

const ERASER = 32; // the other end of the pen
const PALM_MS = 600;
const FINGER = 14; // pixels around a tap
const RESTS_MS = 5_000; // a pen of which nothing was heard for that long holds up nothing

export class Hand {
  /**
   * @param {{ store: NoteStore, tools: Tools, layer: NotesLayer, drawing: Drawing, version: string }} parts
   * @param {{ tapped: (id: string) => void, write: (page: number, at: [number, number]) => void }} acts
   */
  constructor({ store, tools, layer, drawing, version }, { tapped, write }) {
    this.store = store;
    this.tools = tools;
    this.layer = layer;
    this.drawing = drawing;
    this.version = version;
    this.tapped = tapped;
    this.write = write;
    /** @type {Gesture | undefined} */
    this.gesture = undefined;
    /** @type {Sheet | undefined} where it was begun */
    this.sheet = undefined;
    /** @type {() => void} called when nothing is being drawn any more */
    this.onRest = () => {};
    this.heardAt = Number.NEGATIVE_INFINITY;
    this.pointer = -1;
    this.pointerType = "";
    this.penAt = Number.NEGATIVE_INFINITY;
  }

  /** Is something being drawn? Then the page stays where it is. */
  get busy() {
    return this.gesture !== undefined && performance.now() - this.heardAt < RESTS_MS;
  }

  /** Listens on one page; returns what stops it. @param {Sheet} sheet */
  attach(sheet) {
    const ending = new AbortController();
    const { signal } = ending;
    const { element } = sheet;
    element.addEventListener("pointerdown", (event) => this.down(event, sheet), { signal });
    element.addEventListener("pointermove", (event) => this.move(event), { signal });
    element.addEventListener("pointerup", (event) => this.up(event), { signal });
    element.addEventListener("pointercancel", (event) => this.cancelled(event), { signal });
    element.addEventListener("mousedown", (event) => this.pressed(event), { signal });
    element.addEventListener("touchstart", (event) => this.touched(event), { signal, passive: false });
    element.addEventListener("click", (event) => this.clicked(event, sheet), { signal });
    return () => {
      if (this.sheet === sheet) this.finish();
      ending.abort();
    };
  }

  /** @param {PointerEvent} event @param {Sheet} sheet */
  down(event, sheet) {
    if (event.pointerType === "pen") this.pen();
    if (event.pointerId === this.pointer) this.finish(); // its end was not told
    if (this.gesture) {
      if (event.pointerType === "touch" && this.pointerType === "touch") this.drop(); // a second finger: both pinch
      return;
    }
    const begin = this.beginning(event);
    if (!begin) return;
    sheet.element.setPointerCapture(event.pointerId);
    this.pointer = event.pointerId;
    this.pointerType = event.pointerType;
    this.sheet = sheet;
    this.heardAt = performance.now();
    this.gesture = begin(this, sheet, event);
  }

  pen() {
    this.penAt = performance.now();
    if (this.tools.tool !== "read") this.tools.sawPen();
  }

  /** @param {PointerEvent} event */
  beginning(event) {
    const { tool } = this.tools;
    if (tool === "read" || !this.tools.draws(event.pointerType)) return undefined;
    const palm = event.pointerType === "touch" && performance.now() - this.penAt < PALM_MS;
    const turned = event.pointerType === "pen" && (event.buttons & ERASER) !== 0;
    if (palm || (event.button !== 0 && !turned)) return undefined;
    return GESTURES[turned ? "erase" : tool];
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (event.pointerId !== this.pointer || !this.gesture) return;
    this.heardAt = performance.now();
    const all = event.getCoalescedEvents?.() ?? [];
    this.gesture.move(all.length > 0 ? all : [event], event.getPredictedEvents?.() ?? []);
  }

  /** @param {PointerEvent} event */
  up(event) {
    if (event.pointerId !== this.pointer || !this.gesture) return;
    if (event.pointerType === "pen") this.penAt = performance.now();
    this.finish();
  }

  /** What has been drawn so far stays. */
  finish() {
    const { gesture } = this;
    this.gesture = undefined;
    gesture?.end();
    if (gesture) this.onRest();
  }

  /** The system took a finger for its own; what a pen has written stays. @param {PointerEvent} event */
  cancelled(event) {
    if (event.pointerType === "touch" && event.pointerId === this.pointer) this.drop();
    else this.up(event);
  }

  /** Gives up what was being drawn. */
  drop() {
    const { gesture } = this;
    this.gesture = undefined;
    gesture?.cancel();
    if (gesture) this.onRest();
  }

  /**
   * What draws selects nothing. Not said on `pointerdown`: WebKit then tells nothing more of a pen.
   * @param {MouseEvent} event
   */
  pressed(event) {
    if (this.gesture) event.preventDefault();
  }

  /** What draws does not scroll; `pointerdown` came before this. @param {TouchEvent} event */
  touched(event) {
    if (this.gesture && event.cancelable && event.touches.length === 1) event.preventDefault();
  }

  /** @param {MouseEvent} event @param {Sheet} sheet */
  clicked(event, sheet) {
    const { tool } = this.tools;
    const place = sheet.toPage(event.clientX, event.clientY);
    if (tool === "text") return this.write(sheet.page, place);
    if (tool !== "read" || !document.getSelection()?.isCollapsed) return undefined;
    const [hit] = this.layer.under(sheet.page, place, FINGER / sheet.scale);
    if (hit) this.tapped(hit[0]);
    return undefined;
  }

  /**
   * @param {string} note
   * @param {number} page
   * @param {Kind} kind
   * @param {Shape} shape
   * @param {Style} style
   */
  put(note, page, kind, shape, style) {
    this.store.act({ do: "put", note, version: this.version, page, kind, shape, style, body: "", to: this.tools.to });
    this.layer.drawPage(page); // at once: what was drawn meanwhile goes away now
  }
}
