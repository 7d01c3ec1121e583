// @ts-check
/** The paper in the middle: one viewer, changed when another paper or version is laid on the desk. */

import { mountViewer } from "documents/viewer/viewer";
import { el, fill } from "meetings/room/el";
import { say } from "meetings/room/texts";

/** @import { Store } from "meetings/room/store" */
/** @import { Desk } from "meetings/room/desk" */
/** @import { Notes } from "annotations/notes" */
/** @import { MountedViewer, ViewerDocument } from "documents/viewer/types" */

export class PaperPane {
  /**
   * @param {HTMLElement} host
   * @param {string} address where a document's description is, with `{document}` and `{version}`
   */
  constructor(host, address) {
    this.host = host;
    this.address = address;
    this.shown = "nothing yet"; // an item without papers is said too
    /** @type {MountedViewer | undefined} */
    this.viewer = undefined;
    /** @type {((viewer: MountedViewer) => Notes) | undefined} lays annotations over a viewer */
    this.layNotes = undefined;
    /** @type {Notes | undefined} */
    this.notes = undefined;
    /** @type {() => void} called when a viewer has been mounted */
    this.onMount = () => {};
    /** @type {Map<string, number>} the page a newer version is begun at; else the viewer knows where its reader was */
    this.pages = new Map();
    this.held = false; // something waits until the pen is lifted
    this.told = ""; // the newer version its reader has been told of
    this.protection = "";
    /** @type {(page?: number) => void} lays the newer version of what is read */
    this.takeNewer = () => {};
  }

  /**
   * Shows what lies on the desk; nothing happens while it is the same version.
   * @param {Store} store
   * @param {Desk} desk
   */
  async draw(store, desk) {
    const paper = store.papers[desk.paper];
    const key = paper ? `${paper.document}/${paper.version}` : "";
    const protection = paper?.protection ?? "";
    if (key === this.shown && protection === this.protection) return;
    if (this.holds()) return;
    this.takeNewer = (page) => this.take(store, desk, page);
    if (paper && this.isNewer(paper.document, paper.version)) return this.tell(key);
    this.clear();
    this.shown = key;
    this.protection = protection;
    if (!paper) return fill(this.host, el("p", { class: "room-no-paper" }, say("noPaper")));
    if (!store.opened.has(key)) {
      store.opened.add(key);
      store.changed();
    }
    await this.open(
      key,
      this.address.replace("{document}", paper.document).replace("{version}", String(paper.version)),
    );
  }

  /** Does somebody draw just now? What would move the paper under the pen is done when it is lifted. */
  holds() {
    const busy = this.notes?.hand.busy ?? false;
    this.held ||= busy;
    return busy;
  }

  /**
   * Is it a newer version of what is being read?
   * @param {string} document
   * @param {number} version
   */
  isNewer(document, version) {
    const [read, number] = this.shown.split("/");
    return this.viewer !== undefined && document === read && version > Number(number);
  }

  /**
   * Whoever reads is told of the newer version, and stays or goes on to it.
   * @param {string} key
   */
  tell(key) {
    if (this.told === key) return;
    this.told = key;
    this.viewer?.askNewer();
  }

  /**
   * @param {Store} store
   * @param {Desk} desk
   * @param {number} [page]
   */
  take(store, desk, page = this.viewer?.page()) {
    const paper = store.papers[desk.paper];
    if (!paper || !this.isNewer(paper.document, paper.version)) return;
    this.clear();
    if (page) this.pages.set(`${paper.document}/${paper.version}`, page);
    this.draw(store, desk);
  }

  clear() {
    this.notes?.destroy();
    this.viewer?.destroy();
    this.notes = this.viewer = undefined;
    fill(this.host);
  }

  /**
   * @param {string} key
   * @param {string} address
   */
  async open(key, address) {
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => undefined);
    if (this.shown !== key) return; // another paper was opened meanwhile
    if (!answer?.ok) {
      this.shown = "";
      return fill(this.host, el("p", { class: "room-no-paper" }, say("paperFailed")));
    }
    const description = /** @type {ViewerDocument} */ (await answer.json());
    if (this.shown !== key) return;
    const page = this.pages.get(key);
    this.pages.delete(key); // the next time it is opened where it was left
    this.viewer = mountViewer(this.host, {
      document: description,
      ...(page && { page }),
      openNewer: this.takeNewer,
    });
    this.notes = this.layNotes?.(this.viewer);
    this.onMount();
  }
}
