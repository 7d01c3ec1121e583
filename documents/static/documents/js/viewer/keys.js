// @ts-check
/** The keys of the viewer, while it or something in it has the focus. */

/** @import { Viewer } from "documents/viewer/viewer" */

import { stepped } from "documents/viewer/zoom";

/** @type {Record<string, (viewer: Viewer) => void>} */
const KEYS = {
  ArrowLeft: (viewer) => viewer.turn(-1),
  ArrowRight: (viewer) => viewer.turn(1),
  PageUp: (viewer) => viewer.turn(-1),
  PageDown: (viewer) => viewer.turn(1),
  Home: (viewer) => viewer.goTo(1),
  End: (viewer) => viewer.goTo(viewer.source.pages),
  "+": (viewer) => viewer.zoomTo(stepped(viewer.scale, 1)),
  "=": (viewer) => viewer.zoomTo(stepped(viewer.scale, 1)),
  "-": (viewer) => viewer.zoomTo(stepped(viewer.scale, -1)),
  0: (viewer) => viewer.fitTo("width"),
};

/**
 * @param {KeyboardEvent} event
 * @param {Viewer} viewer
 */
export function onKey(event, viewer) {
  const finds = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "f";
  const typing = /** @type {Element} */ (event.target).matches("input, textarea, select");
  const act = event.ctrlKey || event.metaKey || event.altKey || typing ? undefined : KEYS[event.key];
  if (finds && !viewer.source.file) return;
  if (finds) viewer.bar.showFind(true);
  else if (act) act(viewer);
  else return;
  event.preventDefault();
  event.stopPropagation();
}
