// @ts-check
/** Arithmetic of shapes on a page, in PDF points. Pure. */

/** @import { Kind, Note, Rect, Shape } from "annotations/types" */
/** @typedef {[number, number]} Point */

export const ICON = 24; // points: the side of the sign of a text note

/** Two decimals are a hundredth of a point: finer than any pen. @param {number} value */
export function rounded(value) {
  return Math.round(value * 100) / 100;
}

/** @param {Point} point @param {Point} from @param {Point} to */
export function distance([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/** The corners of a flat list of x, y and something. @param {number[]} points @param {number} [step] @returns {Point[]} */
export function pairs(points, step = 3) {
  const found = /** @type {Point[]} */ ([]);
  for (let place = 0; place + 1 < points.length; place += step)
    found.push([points[place] ?? 0, points[place + 1] ?? 0]);
  return found;
}

/** What frames a shape. @param {Kind} kind @param {Shape} shape @returns {Rect} */
export function bounds(kind, shape) {
  const corners = cornersOf(kind, shape);
  if (corners.length === 0) return [0, 0, 0, 0];
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of corners) {
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x), Math.max(bottom, y)];
  }
  return [left, top, right - left, bottom - top];
}

/** @param {Kind} kind @param {Shape} shape @returns {Point[]} */
function cornersOf(kind, { points = [], rects = [], at, line, rect }) {
  if (kind === "ink") return pairs(points);
  if (kind === "text" && at) return [at, [at[0] + ICON, at[1] + ICON]];
  if (kind === "arrow" && line) return pairs(line, 2);
  return [...rects, ...(rect ? [rect] : [])].flatMap(([x, y, w, h]) => [
    [x, y],
    [x + w, y + h],
  ]);
}

/**
 * Does something round, such as a finger or the eraser, touch the annotation?
 * @param {Pick<Note, "kind" | "shape" | "style">} note
 * @param {Point} point
 * @param {number} reach
 */
export function touches(note, point, reach) {
  const { kind, shape, style } = note;
  const far = reach + style.width / 2;
  const [x, y, w, h] = bounds(kind, shape);
  if (point[0] < x - far || point[1] < y - far || point[0] > x + w + far || point[1] > y + h + far) return false;
  if (kind === "ink") return nearLine(pairs(shape.points ?? []), point, far);
  if (kind === "arrow" && shape.line) return nearLine(pairs(shape.line, 2), point, far);
  if (kind === "box") return nearLine(around([x, y, w, h]), point, far);
  if (kind === "ellipse") return nearEllipse([x, y, w, h], point, far);
  return kind === "text" || (shape.rects ?? []).some((rect) => inside(rect, point, reach));
}

/** @param {Point[]} corners @param {Point} point @param {number} far */
function nearLine(corners, point, far) {
  const [first] = corners;
  if (corners.length === 1 && first) return distance(point, first, first) <= far;
  return corners.some(
    (corner, place) => place > 0 && distance(point, /** @type {Point} */ (corners[place - 1]), corner) <= far,
  );
}

/** @param {Rect} rect @returns {Point[]} */
function around([x, y, w, h]) {
  return [
    [x, y],
    [x + w, y],
    [x + w, y + h],
    [x, y + h],
    [x, y],
  ];
}

/** @param {Rect} rect @param {Point} point @param {number} far */
function nearEllipse([x, y, w, h], [px, py], far) {
  const [rx, ry] = [w / 2, h / 2];
  const [dx, dy] = [px - x - rx, py - y - ry];
  const within = (/** @type {number} */ a, /** @type {number} */ b) =>
    a <= 0 || b <= 0 ? 2 : (dx / a) ** 2 + (dy / b) ** 2;
  return within(rx + far, ry + far) <= 1 && within(rx - far, ry - far) >= 1;
}

/** @param {Rect} rect @param {Point} point @param {number} reach */
function inside([x, y, w, h], [px, py], reach) {
  return px >= x - reach && py >= y - reach && px <= x + w + reach && py <= y + h + reach;
}

/** A rectangle between two corners, whichever way it was drawn. @param {Point} from @param {Point} to @returns {Rect} */
export function spanned([ax, ay], [bx, by]) {
  const [x, y] = [Math.min(ax, bx), Math.min(ay, by)];
  return [rounded(x), rounded(y), rounded(Math.abs(bx - ax)), rounded(Math.abs(by - ay))];
}

/** Keeps a point on the page. @param {Point} point @param {[number, number]} size @returns {Point} */
export function kept([x, y], [w, h]) {
  return [rounded(Math.min(w, Math.max(0, x))), rounded(Math.min(h, Math.max(0, y)))];
}

/** The two strokes of an arrow's head. @param {Rect} line @param {number} width @returns {[Point, Point, Point]} */
export function arrowHead([ax, ay, bx, by], width) {
  const [length, angle] = [Math.hypot(bx - ax, by - ay), Math.atan2(by - ay, bx - ax)];
  const side = Math.min(length * 0.6, 8 + width * 2.5);
  const wing = (/** @type {number} */ turn) =>
    /** @type {Point} */ ([rounded(bx - side * Math.cos(angle + turn)), rounded(by - side * Math.sin(angle + turn))]);
  return [wing(0.45), [bx, by], wing(-0.45)];
}
