// @ts-check
/** The viewers of a page, for modules of upper packages that lay something over them: they need not know who mounts them. */

/** @import { MountedViewer } from "documents/viewer/types" */

/** @type {MountedViewer[]} */
const viewers = [];
/** @type {Array<(viewer: MountedViewer) => void>} */
const listeners = [];

/** A viewer has been mounted. @param {MountedViewer} viewer */
export function announce(viewer) {
  viewers.push(viewer);
  for (const listener of listeners) listener(viewer);
}

/** Calls back for every viewer of the page, those there already first. @param {(viewer: MountedViewer) => void} listener */
export function onViewer(listener) {
  listeners.push(listener);
  for (const viewer of viewers) listener(viewer);
}
