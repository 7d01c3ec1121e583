// @ts-check
/** What others lay over the pages: told which pages come near and which go. */

/** @import { Layer } from "documents/viewer/types" */
/** @import { Sheet } from "documents/viewer/sheet" */

export class Layers {
  constructor() {
    /** @type {Set<Layer>} */
    this.layers = new Set();
    /** @type {Set<Sheet>} */
    this.near = new Set();
  }

  /**
   * Adds a layer; it is shown at once on the pages that are near.
   * @param {Layer} layer
   * @returns {() => void} takes it away again
   */
  add(layer) {
    this.layers.add(layer);
    for (const sheet of this.near) layer.show(sheet);
    return () => this.remove(layer);
  }

  /** @param {Layer} layer */
  remove(layer) {
    if (!this.layers.delete(layer)) return;
    for (const sheet of this.near) layer.hide(sheet);
  }

  /** @param {Sheet} sheet */
  show(sheet) {
    if (this.near.has(sheet)) return;
    this.near.add(sheet);
    for (const layer of this.layers) layer.show(sheet);
  }

  /** @param {Sheet} sheet */
  hide(sheet) {
    if (!this.near.delete(sheet)) return;
    for (const layer of this.layers) layer.hide(sheet);
  }

  /** Sizes or rotation have changed. */
  resized() {
    for (const sheet of this.near) for (const layer of this.layers) layer.resized?.(sheet);
  }

  destroy() {
    for (const layer of [...this.layers]) this.remove(layer);
    this.near.clear();
  }
}
