// @ts-check
/**
 * Glue to htmx: failed requests are told, unless what asked is `data-quiet`; a whole page, such as the sign-in page of
 * who was signed out meanwhile, is never put into a part of this one.
 */

import { sentence } from "ui/problem";
import { toast } from "ui/toast";

const WHOLE_PAGE = /^\s*<!doctype html/i;

/** @param {Event} event */
function onFailure(event) {
  if (/** @type {Element} */ (event.target).matches?.("[data-quiet]")) return;
  const { xhr } = /** @type {CustomEvent<{ xhr: XMLHttpRequest }>} */ (event).detail;
  toast(sentence(xhr.status, xhr.responseText), "danger");
}

/** @typedef {{ xhr: XMLHttpRequest, target: Element, shouldSwap: boolean, requestConfig: { elt: Element } }} Swap */

/** @param {Event} event */
function onSwap(event) {
  const { detail } = /** @type {CustomEvent<Swap>} */ (event);
  const asked = detail.requestConfig.elt;
  const isWhole = WHOLE_PAGE.test(detail.xhr.responseText);
  if (!isWhole || detail.target === document.body || asked.closest("[hx-select]")) return;
  detail.shouldSwap = false;
  if (!asked.matches("[data-quiet]")) location.reload();
}

export function start() {
  document.addEventListener("htmx:beforeSwap", onSwap);
  document.addEventListener("htmx:responseError", onFailure);
  document.addEventListener("htmx:sendError", onFailure);
  document.addEventListener("htmx:timeout", onFailure);
}
