// @ts-check
/** The words of annotations, written by the server (`annotations/texts.html`). */

/**
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function words(name, values = {}) {
  const holder = /** @type {HTMLTemplateElement | null} */ (document.getElementById("notes-texts"));
  const sentence = holder?.dataset[name] ?? "";
  return sentence.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}

/** @param {string} name */
export const capital = (name) => name.charAt(0).toUpperCase() + name.slice(1);

/** When something was noted, as short as it can be said. @param {string} at */
export function moment(at) {
  const zone = { timeZone: "Asia/Ho_Chi_Minh" };
  const day = new Intl.DateTimeFormat("vi-VN", { ...zone, day: "2-digit", month: "2-digit", year: "numeric" });
  const clock = new Intl.DateTimeFormat("vi-VN", { ...zone, hour: "2-digit", minute: "2-digit" });
  const when = new Date(at);
  const today = day.format(when) === day.format(Date.now());
  return today ? clock.format(when) : `${clock.format(when)}, ${day.format(when)}`;
}
