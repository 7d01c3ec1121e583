// @ts-check
/** Mounts a viewer into every `[data-viewer]` of a page, described by the JSON script it names; follows `#page=4&find=words`. */

/** @import { MountedViewer, ViewerDocument } from "documents/viewer/types" */

import { announce } from "documents/viewer/mounted";
import { mountViewer } from "documents/viewer/viewer";

/** @param {string} name */
function named(name) {
  return new URLSearchParams(location.hash.slice(1)).get(name);
}

/**
 * Goes where the address leads: to a page; to a note whoever lays notes over the pages brings the reader.
 * @param {MountedViewer} viewer
 */
function follow(viewer) {
  const [page, note, sought] = [Number(named("page")), named("note"), named("find")];
  if (page) viewer.goTo(page);
  if (sought) viewer.mark(sought);
  if (!note) return;
  viewer.element.dataset.note = note;
  viewer.element.dispatchEvent(new CustomEvent("viewer:note", { bubbles: true, detail: { note } }));
}

for (const host of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-viewer]"))) {
  const script = document.getElementById(host.dataset.viewer ?? "");
  const description = /** @type {ViewerDocument} */ (JSON.parse(script?.textContent ?? "null"));
  const sought = named("find"); // the viewer rewrites the address as one leafs
  const viewer = mountViewer(host, { document: description, page: Number(named("page")) || undefined });
  viewer.onPage((now) => history.replaceState(history.state, "", `#page=${now}`));
  announce(viewer);
  if (named("note")) follow(viewer);
  else if (sought) viewer.mark(sought);
  window.addEventListener("hashchange", () => follow(viewer));
}
