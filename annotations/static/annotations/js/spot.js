// @ts-check
/** A place on a page somebody was led to: brought into view and framed for a moment. */

import { svg } from "annotations/shapes";

/** @import { Rect } from "annotations/types" */
/** @import { Layer, MountedViewer } from "documents/viewer/types" */
/** @import { Sheet } from "documents/viewer/sheet" */
/** @typedef {{ page: number, area: Rect }} Spot */

const STAYS_MS = 9000;
const EDGE = 4;
const atFirst = spotIn(location.hash); // the viewer rewrites the address as one leafs

/** @param {string} hash @returns {Spot | undefined} */
export function spotIn(hash) {
  const asked = new URLSearchParams(hash.slice(1));
  const numbers = (asked.get("area") ?? "").split(",").map(Number);
  const page = Number(asked.get("page"));
  const usable = numbers.length === 4 && numbers.every((one) => Number.isFinite(one)) && page >= 1;
  return usable ? { page, area: /** @type {Rect} */ (numbers) } : undefined;
}

/** Shows the place the address names, if it names one. @param {MountedViewer} viewer */
export function showAddressed(viewer) {
  if (atFirst) spotlight(viewer, atFirst);
}

/** @param {MountedViewer} viewer @param {Spot} spot */
export function spotlight(viewer, { page, area }) {
  viewer.goTo(page, { area });
  const remove = viewer.layers.add(framing(page, area));
  setTimeout(remove, STAYS_MS);
}

/** @param {number} page @param {Rect} area @returns {Layer} */
function framing(page, [x, y, width, height]) {
  /** @type {Map<Sheet, Element>} */
  const drawn = new Map();
  return {
    show(sheet) {
      if (sheet.page !== page) return;
      const box = { x: x - EDGE, y: y - EDGE, width: width + 2 * EDGE, height: height + 2 * EDGE, rx: EDGE };
      const look = { fill: "#f9c80e", "fill-opacity": 0.18, stroke: "#c2410c", "stroke-width": 2 };
      const [w, h] = sheet.size;
      const frame = svg("svg", { viewBox: `0 0 ${w} ${h}`, "aria-hidden": "true", "data-spot": "" });
      frame.setAttribute("class", "viewer-layer");
      frame.append(svg("rect", { ...box, ...look }));
      drawn.set(sheet, frame);
      sheet.element.append(frame);
    },
    hide(sheet) {
      drawn.get(sheet)?.remove();
      drawn.delete(sheet);
    },
  };
}
