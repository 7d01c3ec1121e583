// @ts-check
/** Who reads and when, over every page of a document that carries it: picture, canvas and print. */

/** @import { Layer } from "documents/viewer/types" */
/** @import { Sheet } from "documents/viewer/sheet" */

const SVG = "http://www.w3.org/2000/svg";
let count = 0;

/**
 * @param {string} words
 * @returns {Layer}
 */
export function watermark(words) {
  /** @type {Map<Sheet, Element>} */
  const shown = new Map();
  return {
    show(sheet) {
      const drawn = draw(words, sheet.size);
      shown.set(sheet, drawn);
      sheet.element.append(drawn);
    },
    hide(sheet) {
      shown.get(sheet)?.remove();
      shown.delete(sheet);
    },
  };
}

/**
 * @param {string} words
 * @param {[number, number]} size
 */
function draw(words, [width, height]) {
  const letter = Math.min(width, height) * 0.021;
  const long = words.length * letter * 0.62 + 2 * letter;
  count += 1;
  const root = element("svg", { viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  root.setAttribute("class", "viewer-layer viewer-watermark");
  const pattern = element("pattern", {
    id: `viewer-watermark-${count}`,
    width: long,
    height: letter * 9,
    patternUnits: "userSpaceOnUse",
    patternTransform: "rotate(-30)",
  });
  for (const [x, y] of [
    [0, letter * 3],
    [-long / 2, letter * 7.5],
    [long / 2, letter * 7.5],
  ]) {
    const text = element("text", { x: x ?? 0, y: y ?? 0, "font-size": letter });
    text.textContent = words;
    pattern.append(text);
  }
  root.append(pattern, element("rect", { width, height, fill: `url(#viewer-watermark-${count})` }));
  return root;
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
