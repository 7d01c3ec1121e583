// @ts-check
/** Mounts a viewer into every `[data-viewer]` of a page, described by the JSON script it names. */

/** @import { ViewerDocument } from "documents/viewer/types" */

import { announce } from "documents/viewer/mounted";
import { mountViewer } from "documents/viewer/viewer";

for (const host of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-viewer]"))) {
  const script = document.getElementById(host.dataset.viewer ?? "");
  const description = /** @type {ViewerDocument} */ (JSON.parse(script?.textContent ?? "null"));
  const page = Number(new URLSearchParams(location.hash.slice(1)).get("page")) || 1;
  const viewer = mountViewer(host, { document: description, page });
  viewer.onPage((now) => history.replaceState(history.state, "", `#page=${now}`));
  announce(viewer);
}
