// @ts-check
/** Arithmetic of zooming: a scale is CSS pixels per PDF point. Pure. */

export const MIN = 0.25;
export const MAX = 6;
export const ACTUAL = 96 / 72;
const STEP = 1.25;
const MARGIN = 24;
const BETWEEN = 12;

/** @typedef {"width" | "page" | "free"} Fit */

/**
 * The scale at which the widest page fills the width, or one page fills the window.
 * @param {Fit} fit
 * @param {[number, number][]} sizes
 * @param {number} page
 * @param {{ width: number, height: number }} room
 * @param {number} [columns] pages beside each other
 * @returns {number}
 */
export function fitted(fit, sizes, page, room, columns = 1) {
  const own = sizes[page - 1] ?? [595, 842];
  const widest = Math.max(...sizes.slice(0, 200).map(([width]) => width), own[0]);
  const width = (room.width - MARGIN - BETWEEN * (columns - 1)) / columns;
  if (fit === "width") return bounded(width / widest);
  return bounded(Math.min(width / own[0], (room.height - MARGIN) / own[1]));
}

/**
 * The next scale in or out, on a fixed ladder so that in and out come back to the same place.
 * @param {number} scale
 * @param {1 | -1} direction
 * @returns {number}
 */
export function stepped(scale, direction) {
  const rung = Math.log(scale / ACTUAL) / Math.log(STEP);
  const next = direction > 0 ? Math.floor(rung + 0.01) + 1 : Math.ceil(rung - 0.01) - 1;
  return bounded(ACTUAL * STEP ** next);
}

/** @param {number} scale */
export function bounded(scale) {
  return Math.min(MAX, Math.max(MIN, scale));
}

/** @param {number} scale */
export function percent(scale) {
  return Math.round((scale / ACTUAL) * 100);
}

/**
 * How many device pixels a CSS pixel gets: at most two, and never more than a tablet's memory allows for one page.
 * @param {number} device
 * @param {number} width
 * @param {number} height
 * @returns {number}
 */
export function density(device, width, height) {
  const MOST_PIXELS = 12_000_000;
  return Math.min(device || 1, 2, Math.sqrt(MOST_PIXELS / Math.max(1, width * height)));
}

/**
 * A page there is.
 * @param {number} page
 * @param {number} pages
 */
export function clamp(page, pages) {
  return Math.min(pages, Math.max(1, Math.round(page) || 1));
}
