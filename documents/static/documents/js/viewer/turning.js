// @ts-check
/** Arithmetic of a page that is turned: points of the upright page to shares of the box on screen, and back. Pure. */

/** How a page is turned, clockwise. @typedef {0 | 90 | 180 | 270} Rotation */
/** @typedef {[number, number]} Pair */
/** @typedef {[number, number, number, number]} Rect left, top, width, height */

/**
 * CSS that lays an upright box of the page into the turned one, whatever its size; its origin is the top left corner.
 * @type {Record<Rotation, string>}
 */
export const TRANSFORMS = {
  0: "none",
  90: "rotate(90deg) translateY(-100%)",
  180: "rotate(180deg) translate(-100%, -100%)",
  270: "rotate(270deg) translateX(-100%)",
};

/**
 * @param {number} degrees any number of them
 * @returns {Rotation} the nearest quarter turn
 */
export function quarter(degrees) {
  const turns = Math.round((degrees || 0) / 90);
  return /** @type {Rotation} */ ((((turns % 4) + 4) % 4) * 90);
}

/**
 * @param {Pair} size
 * @param {Rotation} rotation
 * @returns {Pair} width and height of the turned page
 */
export function turned([width, height], rotation) {
  return rotation % 180 ? [height, width] : [width, height];
}

/**
 * @param {Pair} share of the box on screen, from its left and its top
 * @param {Pair} size of the upright page
 * @param {Rotation} rotation
 * @returns {Pair} the place on the upright page
 */
export function toUpright([u, v], [width, height], rotation) {
  if (rotation === 90) return [v * width, (1 - u) * height];
  if (rotation === 180) return [(1 - u) * width, (1 - v) * height];
  if (rotation === 270) return [(1 - v) * width, u * height];
  return [u * width, v * height];
}

/**
 * @param {Pair} place on the upright page
 * @param {Pair} size of the upright page
 * @param {Rotation} rotation
 * @returns {Pair} the share of the box on screen
 */
export function toTurned([x, y], [width, height], rotation) {
  const [u, v] = [x / width, y / height];
  if (rotation === 90) return [1 - v, u];
  if (rotation === 180) return [1 - u, 1 - v];
  if (rotation === 270) return [v, 1 - u];
  return [u, v];
}

/**
 * Rectangles of pieces of text, joined where they stand side by side on one line; two decimals.
 * @param {Rect[]} rects
 * @returns {Rect[]}
 */
export function joined(rects) {
  /** @type {Rect[]} */
  const lines = [];
  for (const [x, y, w, h] of rects) {
    if (w < 0.2 || h < 0.2) continue;
    const last = lines.at(-1);
    if (last && besides(last, [x, y, w, h])) {
      const [left, top] = [Math.min(last[0], x), Math.min(last[1], y)];
      const [right, bottom] = [Math.max(last[0] + last[2], x + w), Math.max(last[1] + last[3], y + h)];
      lines[lines.length - 1] = [left, top, right - left, bottom - top];
    } else lines.push([x, y, w, h]);
  }
  return lines.map((rect) => /** @type {Rect} */ (rect.map((value) => Math.round(value * 100) / 100)));
}

/**
 * @param {Rect} one
 * @param {Rect} two
 */
function besides(one, two) {
  const common = Math.min(one[1] + one[3], two[1] + two[3]) - Math.max(one[1], two[1]);
  const gap = Math.max(one[0], two[0]) - Math.min(one[0] + one[2], two[0] + two[2]);
  return common > 0.6 * Math.min(one[3], two[3]) && gap < Math.max(one[3], two[3]);
}

/**
 * A part of the page in shares of the box on screen, as shares of the upright page; and the other way round.
 * @param {Rect} area left, top, width, height
 * @param {Rotation} rotation
 * @returns {Rect}
 */
export function uprightArea(area, rotation) {
  return spanned(area, (corner) => toUpright(corner, [1, 1], rotation));
}

/**
 * @param {Rect} area
 * @param {Rotation} rotation
 * @returns {Rect}
 */
export function turnedArea(area, rotation) {
  return spanned(area, (corner) => toTurned(corner, [1, 1], rotation));
}

/**
 * @param {Rect} area
 * @param {(corner: Pair) => Pair} moved
 * @returns {Rect}
 */
function spanned([x, y, w, h], moved) {
  const [one, two] = [moved([x, y]), moved([x + w, y + h])];
  const [left, top] = [Math.min(one[0], two[0]), Math.min(one[1], two[1])];
  return [left, top, Math.abs(one[0] - two[0]), Math.abs(one[1] - two[1])];
}
