// @ts-check
/** Annotations as SVG, in points of the page. */

import { arrowHead, bounds, ICON } from "annotations/geometry";
import { strokePath } from "annotations/ink";

/** @import { Kind, Note, Rect, Shape, Style } from "annotations/types" */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {...Element} children
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** @param {Style} style */
function line({ colour, width }) {
  return { fill: "none", stroke: colour, "stroke-width": width, "stroke-linecap": "round", "stroke-linejoin": "round" };
}

/** @type {Record<Kind, (shape: Shape, style: Style) => Element[]>} */
const DRAWN = {
  ink: ({ points = [] }, { colour, width }) => [svg("path", { d: strokePath(points, width), fill: colour })],
  highlight: ({ rects = [] }, { colour }) =>
    rects.map(([x, y, width, height]) => svg("rect", { x, y, width, height, fill: colour, rx: 1 })),
  underline: ({ rects = [] }, style) => rects.map(([x, y, w, h]) => across(x, w, y + h - 0.5, style)),
  strike: ({ rects = [] }, style) => rects.map(([x, y, w, h]) => across(x, w, y + h * 0.56, style)),
  text: ({ at = [0, 0] }, { colour }) => [bubble(at[0], at[1], ICON, colour)],
  arrow: ({ line: ends = [0, 0, 0, 0] }, style) => [svg("path", { d: arrow(ends, style.width), ...line(style) })],
  box: ({ rect: [x, y, width, height] = [0, 0, 0, 0] }, style) => [
    svg("rect", { x, y, width, height, rx: 1, ...line(style) }),
  ],
  ellipse: ({ rect: [x, y, w, h] = [0, 0, 0, 0] }, style) => [
    svg("ellipse", { cx: x + w / 2, cy: y + h / 2, rx: w / 2, ry: h / 2, ...line(style) }),
  ],
};

/** @param {number} x @param {number} w @param {number} y @param {Style} style */
function across(x, w, y, style) {
  return svg("line", { x1: x, x2: x + w, y1: y, y2: y, ...line(style), "stroke-linecap": "butt" });
}

/** @param {Rect} ends @param {number} width */
function arrow(ends, width) {
  const head = arrowHead(ends, width);
  const [from, to] = [`M${ends[0]} ${ends[1]}L${ends[2]} ${ends[3]}`, head.map((place) => place.join(" ")).join("L")];
  return `${from}M${to}`;
}

/** The sign that something is written here. @param {number} x @param {number} y @param {number} side @param {string} colour */
function bubble(x, y, side, colour) {
  const [s, r] = [side / 24, side / 8];
  const outline = `M${x + 2 * s + r} ${y + 2 * s}h${20 * s - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${14 * s - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}h${-9 * s}l${-5 * s} ${5 * s}v${-5 * s}h${-6 * s + 2 * r}a${r} ${r} 0 0 1 ${-r} ${-r}v${-14 * s + 2 * r}a${r} ${r} 0 0 1 ${r} ${-r}z`;
  const lines = `M${x + 7 * s} ${y + 7 * s}h${10 * s}M${x + 7 * s} ${y + 11 * s}h${7 * s}`;
  return svg(
    "g",
    {},
    svg("path", { d: outline, fill: colour, stroke: "#ffffff", "stroke-width": 1.2 * s }),
    svg("path", { d: lines, fill: "none", stroke: "#ffffff", "stroke-width": 1.6 * s, "stroke-linecap": "round" }),
  );
}

/**
 * One annotation; where words or replies belong to something drawn, a small sign says so.
 * @param {string} id
 * @param {Note} note
 */
export function drawing(id, note) {
  const { kind, shape, style } = note;
  const group = svg("g", { "data-note": id, "data-kind": kind, opacity: style.opacity }, ...DRAWN[kind](shape, style));
  if (kind === "text" || (!note.body && Object.keys(note.replies).length === 0)) return group;
  const [x, y, w] = bounds(kind, shape);
  return svg("g", { "data-note": id, "data-kind": kind }, group, bubble(x + w, Math.max(0, y - 10), 12, style.colour));
}

/** A shape that is being drawn. @param {Kind} kind @param {Shape} shape @param {Style} style */
export function preview(kind, shape, style) {
  return svg("g", { opacity: style.opacity }, ...DRAWN[kind](shape, style));
}

/** The frame around what is looked at. @param {Note} note */
export function frame({ kind, shape }) {
  const [x, y, w, h] = bounds(kind, shape);
  return svg("rect", { class: "notes-frame", x: x - 4, y: y - 4, width: w + 8, height: h + 8, rx: 3 });
}
