// @ts-check
/** Remembers where its reader is, and says where they were. */

/** @import { Viewer } from "documents/viewer/viewer" */
/** @import { ViewerDocument } from "documents/viewer/types" */
/** @import { Place } from "documents/viewer/places" */

import { keyOf, recall, remember } from "documents/viewer/places";

export class Memory {
  /** @param {ViewerDocument} source */
  constructor(source) {
    this.key = keyOf(source.reader || document.body.dataset.user || "", source.id, source.version);
  }

  /** @returns {Place | undefined} */
  recall() {
    const kept = storage();
    return kept && recall(kept, this.key);
  }

  /** @param {Viewer} viewer */
  keep(viewer) {
    const height = viewer.sheets[viewer.page - 1]?.element.offsetHeight;
    const kept = storage();
    if (!height || !kept) return;
    const down = viewer.scroller.scrollTop - viewer.topOf(viewer.page - 1);
    const share = Math.min(1, Math.max(0, down / height));
    const { fit, scale, rotation, spread } = viewer.pages;
    try {
      remember(kept, this.key, { page: viewer.page, share, fit, scale, rotation, spread, at: Date.now() });
    } catch {
      // A full storage forgets places; reading goes on.
    }
  }
}

/** The device's storage; none where the browser forbids it. @returns {Storage | undefined} */
function storage() {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
