// @ts-check
/** The words of the viewer, written by the server (`documents/viewer_texts.html`). */

/**
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function words(name, values = {}) {
  const holder = /** @type {HTMLTemplateElement | null} */ (document.getElementById("viewer-texts"));
  const sentence = holder?.dataset[name] ?? "";
  return sentence.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}
