// @ts-check
/** Notes of an older version: offered for carrying over where the list of notes is, taken back there too. */

import { words } from "annotations/texts";
import { token } from "live/ways";
import { el } from "ui/el";
import { icon } from "ui/icons";

/** @import { NoteStore } from "annotations/store" */

export class Carrying {
  /**
   * @param {NoteStore} store
   * @param {{ document: string, version: string, number: number, user: string }} paper the version that is shown, to whom
   * @param {() => void} changed what is to be drawn has changed
   */
  constructor(store, { document, version, number, user }, changed) {
    this.store = store;
    this.version = version;
    this.number = number;
    this.user = user;
    this.address = `/documents/${document}/versions/${number}/notes/`;
    this.changed = changed;
    /** @type {"" | "asking" | "unknown" | "offered" | "working" | "done" | "failed"} */
    this.state = "";
    this.matching = 0;
    /** @type {string[]} the copies */
    this.copies = [];
  }

  /** Own notes on older versions of which there is no copy here, as far as the device knows. */
  get behind() {
    if (this.number === 1) return 0;
    const all = [...this.store.all()];
    const copied = new Set(all.flatMap(([, note]) => (note.version === this.version && note.origin) || []));
    return this.store
      .shown()
      .filter(([id, note]) => this.store.isMine(id) && (note.number ?? this.number) < this.number && !copied.has(id))
      .length;
  }

  /** Is there something to be offered in the list that has not been looked at? */
  get waits() {
    return (this.state === "" || this.state === "unknown") && this.behind > 0;
  }

  /** The list is opened: what could not be learned the last time is asked again. */
  opened() {
    if (this.state === "unknown") this.state = "";
  }

  /** The list is looked at: how many of them match is asked once, for finding that out takes reading both versions. */
  async look() {
    if (this.state || this.behind === 0) return;
    this.turn("asking");
    try {
      this.matching = (await this.ask("GET")).matching;
      this.turn(this.matching > 0 ? "offered" : "done");
    } catch {
      this.state = "unknown"; // offline, most likely: asked again when the list is opened again
    }
  }

  async carry() {
    if (this.state === "working") return;
    this.turn("working");
    try {
      this.copies = (await this.ask("POST")).notes;
      this.store.history.did(this.steps());
      this.turn("done");
    } catch {
      this.turn("failed");
    }
  }

  steps() {
    return this.copies.map((note) => ({
      forth: { do: /** @type {const} */ ("restore"), note },
      back: { do: /** @type {const} */ ("erase"), note },
    }));
  }

  /** Takes the copies away again, or brings them back; the older version keeps its notes. @param {"erase" | "restore"} act */
  again(act) {
    this.store.act(...this.copies.map((note) => ({ do: act, note })));
    this.changed();
  }

  /** @param {"GET" | "POST"} method */
  async ask(method) {
    const headers = { Accept: "application/json", "X-CSRFToken": token() };
    const answer = await fetch(`${this.address}?as=${this.user}`, { method, headers });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    return answer.json();
  }

  /** @param {Carrying["state"]} state */
  turn(state) {
    this.state = state;
    this.changed();
  }

  /** One line for the list, while there is something to say. */
  line() {
    const said = this.said();
    return said && el("div", { class: "alert tone-info notes-carrying", "data-key": "carrying" }, ...said);
  }

  /** @returns {HTMLElement[] | null} */
  said() {
    const { state, matching: count, copies } = this;
    if (state === "offered" || state === "working")
      return [
        el("p", { role: "status" }, words("carryOffered", { count })),
        this.button("carry", "file-input", () => this.carry()),
        el("a", { class: "button button-quiet", href: this.address }, words("carryEach")),
      ];
    if (state === "failed")
      return [
        el("p", { role: "status" }, words("carryFailed")),
        this.button("carry", "file-input", () => this.carry()),
      ];
    if (state !== "done" || copies.length === 0) return null;
    const there = copies.some((id) => !this.store.all().get(id)?.erased);
    return [
      el("p", { role: "status" }, words(there ? "carried" : "carriedBack", { count: copies.length })),
      there
        ? this.button("carryUndo", "undo-2", () => this.again("erase"))
        : this.button("carry", "file-input", () => this.again("restore")),
    ];
  }

  /** @param {string} name @param {string} picture @param {() => void} act */
  button(name, picture, act) {
    const busy = this.state === "working" ? "true" : undefined;
    const attributes = { type: "button", class: "button", "data-key": name, "aria-busy": busy, onclick: act };
    return el("button", attributes, icon(picture), el("span", {}, words(name)));
  }
}
