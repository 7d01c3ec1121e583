// @ts-check
/** What a pointer that is down does on a page: it writes, draws a shape, or erases. */

import { kept, rounded, spanned } from "annotations/geometry";
import { added, strokePath, UNKNOWN } from "annotations/ink";
import { preview, svg } from "annotations/shapes";

/** @import { Sheet } from "documents/viewer/sheet" */
/** @import { Shape } from "annotations/types" */
/** @import { Hand } from "annotations/hand" */
/**
 * @typedef {object} Gesture
 * @property {(events: PointerEvent[], predicted: PointerEvent[]) => void} move
 * @property {() => void} end
 * @property {() => void} cancel
 */

const MOST_NUMBERS = 18_000; // the server takes 20,000 for one shape
const LIVING = 192; // numbers of a stroke that are drawn anew with every frame; what is older stands still
const OVERLAP = 24;

/** Writing. The stroke that is being drawn has a path of its own; nothing else is drawn anew. @implements {Gesture} */
export class Inking {
  /** @param {Hand} hand @param {Sheet} sheet @param {PointerEvent} event */
  constructor(hand, sheet, event) {
    this.hand = hand;
    this.sheet = sheet;
    this.style = hand.tools.style;
    this.id = "";
    /** @type {number[]} */
    this.points = [];
    /** @type {number[]} where the pen will be in a moment, as the browser foresees it */
    this.ahead = [];
    this.still = 0;
    this.scheduled = 0;
    this.path = svg("path");
    this.element = svg("g", { fill: this.style.colour, opacity: this.style.opacity });
    this.begin();
    this.move([event], []);
  }

  begin() {
    this.id = this.hand.store.newId();
    this.points = [];
    this.still = this.scheduled = 0;
    this.path = svg("path");
    this.element = svg("g", { fill: this.style.colour, opacity: this.style.opacity }, this.path);
    this.hand.layer.live(this.sheet.page)?.append(this.element);
  }

  /** @param {PointerEvent} event @returns {[[number, number], number]} */
  place(event) {
    const pressure = event.pointerType === "pen" && event.pressure > 0 ? event.pressure : UNKNOWN;
    return [kept(this.sheet.toPage(event.clientX, event.clientY), this.sheet.size), pressure];
  }

  /** @param {PointerEvent[]} events @param {PointerEvent[]} predicted */
  move(events, predicted) {
    for (const event of events) added(this.points, ...this.place(event));
    this.ahead = [];
    for (const event of predicted) added(this.ahead, ...this.place(event));
    this.hand.drawing.say(this.id, this.sheet.page, this.style, this.points);
    this.scheduled ||= requestAnimationFrame(() => this.draw());
    if (this.points.length >= MOST_NUMBERS) this.goOn();
  }

  draw() {
    this.scheduled = 0;
    const { points, path, style } = this;
    if (points.length - this.still > LIVING * 2) {
      const done = points.length - LIVING;
      const part = points.slice(Math.max(0, this.still - OVERLAP), done);
      path.before(svg("path", { d: strokePath(part, style.width, { done: false }) }));
      this.still = done;
    }
    const living = points.slice(Math.max(0, this.still - OVERLAP));
    path.setAttribute("d", strokePath([...living, ...this.ahead], style.width, { done: false }));
  }

  /** A stroke without end becomes several. */
  goOn() {
    const end = this.points.slice(-3);
    this.end();
    this.begin();
    this.points.push(...end);
  }

  end() {
    cancelAnimationFrame(this.scheduled);
    this.hand.put(this.id, this.sheet.page, "ink", { points: this.points }, this.style);
    this.hand.drawing.end(this.id, this.sheet.page, this.style, this.points);
    this.element.remove();
  }

  cancel() {
    cancelAnimationFrame(this.scheduled);
    this.hand.drawing.end(this.id, this.sheet.page, this.style, []);
    this.element.remove();
  }
}

/** Drawing an arrow, a box or an ellipse from corner to corner. @implements {Gesture} */
export class Shaping {
  /** @param {Hand} hand @param {Sheet} sheet @param {PointerEvent} event @param {"arrow" | "box" | "ellipse"} kind */
  constructor(hand, sheet, event, kind) {
    this.hand = hand;
    this.sheet = sheet;
    this.kind = kind;
    this.style = hand.tools.style;
    this.from = this.to = this.place(event);
    this.element = svg("g");
    hand.layer.live(sheet.page)?.append(this.element);
  }

  /** @param {PointerEvent} event */
  place(event) {
    return kept(this.sheet.toPage(event.clientX, event.clientY), this.sheet.size);
  }

  /** @returns {Shape} */
  get shape() {
    if (this.kind === "arrow") return { line: [...this.from, ...this.to] };
    return { rect: spanned(this.from, this.to) };
  }

  /** @param {PointerEvent[]} events */
  move(events) {
    const last = events.at(-1);
    if (last) this.to = this.place(last);
    this.element.replaceChildren(preview(this.kind, this.shape, this.style));
  }

  end() {
    this.element.remove();
    const far = Math.hypot(this.to[0] - this.from[0], this.to[1] - this.from[1]);
    if (far * this.sheet.scale > 6)
      this.hand.put(this.hand.store.newId(), this.sheet.page, this.kind, this.shape, this.style);
  }

  cancel() {
    this.element.remove();
  }
}

/** Erasing whole annotations of one's own, all that were touched in one go; what others replied to stays. @implements {Gesture} */
export class Erasing {
  /** @param {Hand} hand @param {Sheet} sheet @param {PointerEvent} event */
  constructor(hand, sheet, event) {
    this.hand = hand;
    this.sheet = sheet;
    /** @type {Set<string>} */
    this.erased = new Set();
    this.reach = 9 / sheet.scale;
    this.ring = svg("circle", { class: "notes-eraser", r: rounded(this.reach) });
    hand.layer.live(sheet.page)?.append(this.ring);
    this.move([event]);
  }

  /** @param {PointerEvent[]} events */
  move(events) {
    const { layer, store } = this.hand;
    const before = this.erased.size;
    for (const event of events) {
      const place = this.sheet.toPage(event.clientX, event.clientY);
      this.ring.setAttribute("cx", String(rounded(place[0])));
      this.ring.setAttribute("cy", String(rounded(place[1])));
      for (const [id, note] of layer.under(this.sheet.page, place, this.reach))
        if (store.isMine(id) && !store.isRepliedTo(note)) this.take(id);
    }
    if (this.erased.size > before) layer.drawPage(this.sheet.page);
  }

  /** @param {string} id */
  take(id) {
    this.erased.add(id);
    this.hand.layer.hidden.add(id);
  }

  end() {
    const ids = [...this.erased];
    if (ids.length > 0) this.hand.store.act(...ids.map((note) => ({ do: /** @type {const} */ ("erase"), note })));
    this.cancel();
  }

  cancel() {
    for (const id of this.erased) this.hand.layer.hidden.delete(id);
    this.ring.remove();
    this.hand.layer.drawPage(this.sheet.page);
  }
}

/** @typedef {(hand: Hand, sheet: Sheet, event: PointerEvent) => Gesture} Beginning */
/** @type {Partial<Record<string, Beginning>>} */
export const GESTURES = {
  ink: (hand, sheet, event) => new Inking(hand, sheet, event),
  erase: (hand, sheet, event) => new Erasing(hand, sheet, event),
  arrow: (hand, sheet, event) => new Shaping(hand, sheet, event, "arrow"),
  box: (hand, sheet, event) => new Shaping(hand, sheet, event, "box"),
  ellipse: (hand, sheet, event) => new Shaping(hand, sheet, event, "ellipse"),
};
