// @ts-check
/** The bare elements of the viewer. */

/** @import { Slots } from "documents/viewer/types" */

/** @param {string} title */
export function scrollerOf(title) {
  const scroller = box("viewer-scroll");
  scroller.tabIndex = 0;
  scroller.setAttribute("role", "document");
  scroller.setAttribute("aria-label", title);
  return scroller;
}

/** @returns {Slots} */
export function slotsOf() {
  return { tools: box("viewer-slot"), side: box("viewer-side"), over: box("viewer-over"), menu: box("viewer-more") };
}

export function noticeOf() {
  const notice = document.createElement("p");
  notice.className = "viewer-notice";
  notice.hidden = true;
  notice.setAttribute("role", "status");
  return notice;
}

/**
 * @param {HTMLElement[]} above
 * @param {HTMLElement[]} panes
 */
export function frameOf(above, panes) {
  const [element, body] = [box("viewer"), box("viewer-body")];
  body.append(...panes);
  element.append(...above, body);
  return element;
}

/** @param {string} css */
function box(css) {
  const element = document.createElement("div");
  element.className = css;
  return element;
}
