// @ts-check
/** Glue to htmx: failed requests are told, never swallowed. */

import { sentence } from "ui/problem";
import { toast } from "ui/toast";

/** @param {Event} event */
function onFailure(event) {
  const { xhr } = /** @type {CustomEvent<{ xhr: XMLHttpRequest }>} */ (event).detail;
  toast(sentence(xhr.status, xhr.responseText), "danger");
}

export function start() {
  document.addEventListener("htmx:responseError", onFailure);
  document.addEventListener("htmx:sendError", onFailure);
  document.addEventListener("htmx:timeout", onFailure);
}
