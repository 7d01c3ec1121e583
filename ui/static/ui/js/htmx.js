// @ts-check
/** Glue to htmx: failed requests are told, unless what asked is `data-quiet`. */

import { sentence } from "ui/problem";
import { toast } from "ui/toast";

/** @param {Event} event */
function onFailure(event) {
  if (/** @type {Element} */ (event.target).matches?.("[data-quiet]")) return;
  const { xhr } = /** @type {CustomEvent<{ xhr: XMLHttpRequest }>} */ (event).detail;
  toast(sentence(xhr.status, xhr.responseText), "danger");
}

export function start() {
  document.addEventListener("htmx:responseError", onFailure);
  document.addEventListener("htmx:sendError", onFailure);
  document.addEventListener("htmx:timeout", onFailure);
}
