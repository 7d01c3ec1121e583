// @ts-check
/** Finding Vietnamese text: without marks when the query has none, exactly when it has some. Pure. */

/**
 * @typedef {object} Folded
 * @property {string} text without marks, in lower case
 * @property {number[]} places where each of its letters stands in the original
 */

/**
 * @param {string} original
 * @returns {Folded}
 */
export function fold(original) {
  let text = "";
  /** @type {number[]} */
  const places = [];
  for (let place = 0; place < original.length; place += 1) {
    for (const letter of bare(original.charAt(place))) {
      text += letter;
      places.push(place);
    }
  }
  return { text, places };
}

/**
 * Where the query stands in the text: half-open ranges of the original.
 * @param {string} original
 * @param {string} query
 * @returns {[number, number][]}
 */
export function occurrences(original, query) {
  const wanted = tidy(query);
  const pattern = wanted
    .split(" ")
    .map((word) => escaped(fold(word).text))
    .join("\\s+");
  if (!wanted || !pattern) return [];
  const { text, places } = fold(original);
  const exact = hasMarks(wanted);
  /** @type {[number, number][]} */
  const found = [];
  for (const match of text.matchAll(new RegExp(pattern, "g"))) {
    const start = places[match.index] ?? 0;
    const end = places[match.index + match[0].length] ?? original.length;
    if (!exact || tidy(original.slice(start, end)) === wanted) found.push([start, end]);
  }
  return found;
}

/** @param {string} letter */
function bare(letter) {
  return letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace("đ", "d");
}

/** @param {string} text */
function tidy(text) {
  return text.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean).join(" ");
}

/** @param {string} text */
function hasMarks(text) {
  return fold(text).text !== text;
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
