// @ts-check
/** The seats of a room as a drawing that is made once; afterwards only the seats that changed are touched. */

import { marksOf, SIGNS, shortName, sitters } from "meetings/room/seats/marks";

/** @import { Mark, Scene } from "meetings/room/seats/marks" */
/** @typedef {{ id: string, x: number, y: number, kind: string, turn: number }} Seat */
/** @typedef {{ kind: string, x: number, y: number, w: number, h: number, turn: number, label: string }} Thing */
/** @typedef {{ width: number, height: number, seats: Seat[], things: Thing[] }} Plan */
/** @typedef {{ node: SVGElement, sign: SVGElement, name: SVGElement, number: SVGElement, title: SVGElement, shown: string }} Drawn */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {Array<Node | string>} [children]
 * @returns {SVGElement}
 */
function shape(tag, attributes, children = []) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** @param {Thing} thing */
function furniture({ kind, x, y, w, h, turn, label }) {
  const body =
    kind === "round"
      ? shape("ellipse", { rx: w / 2, ry: h / 2 })
      : shape("rect", { x: -w / 2, y: -h / 2, width: w, height: h, rx: 4 });
  const words = label ? [shape("text", { dy: "0.35em" }, [label])] : [];
  const place = { class: `plan-thing plan-${kind}`, transform: `translate(${x} ${y}) rotate(${turn})` };
  return shape("g", place, [body, ...words]);
}

export class SeatMap {
  /**
   * @param {Plan} plan
   * @param {{ label: string, words: (mark: Mark) => string, free: string }} texts
   */
  constructor(plan, texts) {
    this.texts = texts;
    /** @type {Map<string, Drawn>} */
    this.seats = new Map();
    const floor = shape("rect", { class: "plan-floor", width: plan.width, height: plan.height, rx: 6 });
    const things = shape("g", { class: "plan-things" }, plan.things.map(furniture));
    const ordered = [...plan.seats].sort((a, b) => (Math.abs(a.y - b.y) < 40 ? a.x - b.x : a.y - b.y));
    const seats = shape(
      "g",
      { class: "plan-seats" },
      ordered.map((seat) => this.seat(seat)),
    );
    this.svg = /** @type {SVGSVGElement} */ (
      shape("svg", { class: "plan seat-map", viewBox: `0 0 ${plan.width} ${plan.height}`, role: "group" }, [
        floor,
        things,
        seats,
      ])
    );
    this.svg.setAttribute("aria-label", texts.label);
  }

  /** @param {Seat} seat */
  seat({ id, x, y, turn }) {
    const title = shape("title", {}, [id]);
    const sign = shape("path", { class: "seat-sign", d: "", transform: "translate(0 14)" });
    const name = shape("text", { class: "plan-name", y: -1, dy: "0.35em" });
    const number = shape("text", { class: "plan-number", dy: "0.35em" }, [id]);
    const chair = shape("g", { transform: `rotate(${turn})` }, [
      shape("rect", { x: -30, y: -30, width: 60, height: 60, rx: 12 }),
      shape("path", { class: "seat-back", d: "M-22 31 Q0 38 22 31" }),
    ]);
    const node = shape("g", { class: "plan-seat seat-free", "data-seat": id, transform: `translate(${x} ${y})` }, [
      title,
      shape("circle", { class: "plan-touch", r: 34 }),
      chair,
      number,
      name,
      sign,
    ]);
    this.seats.set(id, { node, sign, name, number, title, shown: "" });
    return node;
  }

  /**
   * Shows who sits where and what they do; returns how many seats changed.
   * @param {Scene} scene
   * @param {(person: string) => boolean} [isHere]
   * @param {string} [mine] this person
   * @param {(person: string) => string} [more] what else is known of somebody
   */
  draw(scene, isHere, mine = "", more = () => "") {
    const marks = marksOf(scene, isHere);
    const taken = sitters(scene);
    let changed = 0;
    for (const [number, drawn] of this.seats) {
      const id = taken.get(number) ?? "";
      const mark = id ? (marks.get(id) ?? "absent") : "free";
      const name = scene.people[id]?.name ?? "";
      const known = id && more(id);
      const shown = `${id}|${mark}|${name}|${known}`;
      if (shown === drawn.shown) continue;
      drawn.shown = shown;
      changed += 1;
      this.write(number, drawn, { id, mark, name, known, mine: id !== "" && id === mine });
    }
    return changed;
  }

  /**
   * @param {string} number
   * @param {Drawn} drawn
   * @param {{ id: string, mark: Mark | "free", name: string, known: string, mine: boolean }} now
   */
  write(number, { node, sign, name, number: over, title }, { id, mark, name: full, known, mine }) {
    const label = id
      ? [number, full, this.texts.words(/** @type {Mark} */ (mark)), known].filter(Boolean).join(" · ")
      : `${number} · ${this.texts.free}`;
    node.setAttribute("class", `plan-seat seat-${mark}${mine ? " seat-mine" : ""}`);
    node.setAttribute("data-mark", mark);
    node.setAttribute("aria-label", label);
    title.textContent = label;
    name.textContent = shortName(full);
    over.setAttribute("y", id ? "-18" : "0");
    sign.setAttribute("d", mark === "free" ? "" : SIGNS[mark]);
    if (id) {
      node.setAttribute("data-person", id);
      node.setAttribute("role", "button");
      node.setAttribute("tabindex", "0");
    } else {
      for (const name of ["data-person", "role", "tabindex"]) node.removeAttribute(name);
    }
  }
}
