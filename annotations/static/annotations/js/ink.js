// @ts-check
/** Ink: points with pressure become the outline of a stroke. */

import { rounded } from "annotations/geometry";
import { getStroke } from "perfect-freehand";

/** How far two points must lie apart to be kept, in points. */
const APART = 0.35;
/** What a mouse or a finger presses: nothing is known. */
export const UNKNOWN = 0.5;

/**
 * The outline of a stroke.
 * @param {number[]} points flat triples x, y, pressure
 * @param {number} width in points
 * @param {{ done?: boolean }} [options]
 * @returns {[number, number][]}
 */
export function outline(points, width, { done = true } = {}) {
  const triples = [];
  let presses = false;
  for (let place = 0; place + 2 < points.length; place += 3) {
    const pressure = points[place + 2] ?? UNKNOWN;
    presses ||= Math.abs(pressure - UNKNOWN) > 0.001;
    triples.push([points[place] ?? 0, points[place + 1] ?? 0, pressure]);
  }
  const options = { size: width * 1.35, thinning: 0.55, smoothing: 0.5, streamline: 0.35 };
  return /** @type {[number, number][]} */ (getStroke(triples, { ...options, simulatePressure: !presses, last: done }));
}

/** An outline as the `d` of an SVG path: curves through the middles. @param {[number, number][]} corners */
export function path(corners) {
  const [first] = corners;
  if (!first) return "";
  const parts = [`M${rounded(first[0])} ${rounded(first[1])}Q`];
  corners.forEach(([x, y], place) => {
    const [nx, ny] = corners[(place + 1) % corners.length] ?? first;
    parts.push(`${rounded(x)} ${rounded(y)} ${rounded((x + nx) / 2)} ${rounded((y + ny) / 2)}`);
  });
  return `${parts[0]}${parts.slice(1).join(" ")}Z`;
}

/** The `d` of a stroke. @param {number[]} points @param {number} width @param {{ done?: boolean }} [options] */
export function strokePath(points, width, options) {
  return path(outline(points, width, options));
}

/**
 * Adds a point to a stroke, unless it lies on the last one.
 * @param {number[]} points
 * @param {[number, number]} place
 * @param {number} pressure
 */
export function added(points, [x, y], pressure) {
  const end = points.length;
  const far = end < 3 || Math.hypot(x - (points[end - 3] ?? 0), y - (points[end - 2] ?? 0)) >= APART;
  if (far) points.push(rounded(x), rounded(y), rounded(Math.min(1, Math.max(0, pressure))));
  return far;
}
