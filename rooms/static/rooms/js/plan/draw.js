// @ts-check
/** Draws the pieces of a plan, as rooms/templates/rooms/plan_svg.html does; one node for each, moved by its transform. */

import { must, shape, words } from "rooms/plan/el";
import { isSeat } from "rooms/plan/model";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./model.js").Piece} Piece */
/** @typedef {import("./types.js").Seat} Seat */
/** @typedef {import("./types.js").Thing} Thing */

const NAMED = new Set(["lectern", "screen", "door", "stage"]);
const ROW = 40;

export class Drawing {
  /**
   * @param {SVGSVGElement} svg
   * @param {Model} model
   */
  constructor(svg, model) {
    this.svg = svg;
    this.model = model;
    this.floor = /** @type {SVGElement} */ (must(svg, ".plan-floor"));
    this.things = /** @type {SVGElement} */ (must(svg, ".plan-things"));
    this.seats = /** @type {SVGElement} */ (must(svg, ".plan-seats"));
    /** @type {Map<Piece, SVGElement>} */
    this.nodes = new Map();
    /** @type {WeakMap<Element, Piece>} */
    this.pieces = new WeakMap();
  }

  /** Draws everything anew. */
  all() {
    const { plan } = this.model;
    this.floor.setAttribute("width", String(plan.width));
    this.floor.setAttribute("height", String(plan.height));
    this.nodes.clear();
    this.things.replaceChildren(...plan.things.map((thing) => this.node(thing, furniture(thing))));
    const ordered = [...plan.seats].sort((one, two) => (Math.abs(one.y - two.y) < ROW ? one.x - two.x : one.y - two.y));
    this.seats.replaceChildren(...ordered.map((seat) => this.node(seat, chair(seat))));
    this.mark();
  }

  /**
   * @param {Piece} piece
   * @param {SVGElement} node
   */
  node(piece, node) {
    node.setAttribute("tabindex", "0");
    this.nodes.set(piece, node);
    this.pieces.set(node, piece);
    return node;
  }

  /** Puts the chosen pieces where they stand now. */
  moved() {
    for (const piece of this.model.chosen) this.nodes.get(piece)?.setAttribute("transform", place(piece));
  }

  /** Shows what is chosen. */
  mark() {
    for (const [piece, node] of this.nodes) node.classList.toggle("plan-chosen", this.model.chosen.has(piece));
  }

  /**
   * The piece an event is about.
   * @param {EventTarget | null} target
   */
  piece(target) {
    const node = target instanceof Element ? target.closest(".plan-seat, .plan-thing") : null;
    return node ? (this.pieces.get(node) ?? null) : null;
  }
}

/** @param {Piece} piece */
function place(piece) {
  const at = `translate(${piece.x} ${piece.y})`;
  return isSeat(piece) ? at : `${at} rotate(${piece.turn})`;
}

/** @param {Seat} seat */
function chair(seat) {
  const label = `${words("plan-texts", "seat")} ${seat.id}, ${words("plan-texts", `seat${capital(seat.kind)}`)}`;
  return shape(
    "g",
    {
      class: `plan-seat plan-${seat.kind}`,
      "data-seat": seat.id,
      transform: place(seat),
      role: "button",
      "aria-label": label,
    },
    [
      shape("title", {}, [label]),
      shape("circle", { class: "plan-touch", r: 34 }),
      shape("g", { transform: `rotate(${seat.turn})` }, [
        shape("rect", { x: -26, y: -26, width: 52, height: 52, rx: 12 }),
        shape("path", { d: "M-20 27 Q0 34 20 27" }),
      ]),
      shape("text", { class: "plan-number", dy: "0.35em" }, [seat.id]),
    ],
  );
}

/** @param {Thing} thing */
function furniture(thing) {
  const kind = words("plan-texts", `kind${capital(thing.kind)}`);
  const label = thing.label || (NAMED.has(thing.kind) ? kind : "");
  const { w, h } = thing;
  const body =
    thing.kind === "round"
      ? shape("ellipse", { rx: w / 2, ry: h / 2 })
      : shape("rect", { x: -w / 2, y: -h / 2, width: w, height: h, rx: 4 });
  const text = label ? [shape("text", { dy: "0.35em" }, [label])] : [];
  const attributes = {
    class: `plan-thing plan-${thing.kind}`,
    transform: place(thing),
    role: "button",
    "aria-label": label || kind,
  };
  return shape("g", attributes, [body, ...text]);
}

/** @param {string} word */
export const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);
