// @ts-check
/** The token that shows the server that its own page asks. */

/** @returns {string} */
export function csrf() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.getAttribute("value") ?? "";
}
