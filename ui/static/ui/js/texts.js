// @ts-check
/** The sentences modules say, written by the server in the page's language. */

/**
 * A sentence of the page, its {placeholders} filled in.
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function text(name, values = {}) {
  const holder = /** @type {HTMLTemplateElement | null} */ (document.getElementById("texts"));
  const sentence = holder?.dataset[name] ?? "";
  return sentence.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}
