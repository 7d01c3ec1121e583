// @ts-check
/** All annotations of the paper in a list, page by page: filtered, jumped to, and what could not be saved. */

import { capital, moment, words } from "annotations/texts";
import { quiet, swatch } from "annotations/thread";
import { COLOURS } from "annotations/tools";
import { el, fill, keep } from "ui/el";
import { icon } from "ui/icons";

/** @import { Note } from "annotations/types" */
/** @import { Row } from "annotations/queue" */
/** @import { NoteStore } from "annotations/store" */
/** @import { Sharing } from "annotations/sharing" */
/** @import { Tools } from "annotations/tools" */
/** @typedef {[string, Note]} Entry */

/** @type {Record<string, string>} */
export const KIND_ICONS = {
  ink: "pen-line",
  highlight: "highlighter",
  underline: "underline",
  strike: "strikethrough",
  text: "message-square-text",
  arrow: "move-up-right",
  box: "square",
  ellipse: "circle",
};

export class Panel {
  /**
   * @param {{ store: NoteStore, tools: Tools, sharing: Sharing, version: string, go: (id: string) => void, forget: (ids: string[]) => void,
   *   carrying?: import("annotations/carrying").Carrying }} about
   */
  constructor({ store, tools, sharing, version, go, forget, carrying }) {
    this.store = store;
    this.tools = tools;
    this.sharing = sharing;
    this.version = version;
    this.go = go;
    this.forget = forget;
    this.carrying = carrying;
    this.element = document.createElement("aside");
    this.element.className = "notes-panel";
    this.element.setAttribute("aria-label", words("notes"));
    this.element.hidden = true;
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    this.whose = "all";
    this.colour = "";
    /** @type {Row[]} */
    this.refused = [];
    /** @type {() => void} */
    this.onTurn = () => {};
  }

  get open() {
    return !this.element.hidden;
  }

  /** @param {boolean} open */
  show(open) {
    this.element.hidden = !open;
    if (open) this.carrying?.opened();
    this.draw();
    if (open) this.element.querySelector("button")?.focus({ preventScroll: true });
    this.onTurn();
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    event.stopPropagation();
    if (event.key === "Escape") this.show(false);
  }

  draw() {
    if (this.element.hidden) return;
    this.carrying?.look();
    const here = this.store.shown().filter(([, note]) => note.version === this.version);
    const entries = here.filter((entry) => this.fits(entry));
    const elsewhere = this.store.shown().length - here.length;
    const held = this.element.contains(document.activeElement);
    fill(
      this.element,
      el(
        "header",
        { class: "notes-panel-head" },
        el("h2", {}, words("notes")),
        quiet("x", words("close"), () => this.show(false)),
      ),
      this.troubles(),
      this.carrying?.line() ?? null,
      this.filters(here),
      entries.length > 0 ? pages(entries).map(([page, some]) => this.page(page, some)) : this.nothing(here.length > 0),
      elsewhere > 0 ? el("p", { class: "faint notes-elsewhere" }, words("elsewhere", { count: elsewhere })) : null,
    );
    if (held && !this.element.contains(document.activeElement))
      // what was pressed is gone
      this.element
        .querySelector(/** @type {"button"} */ (".notes-carrying button, button"))
        ?.focus({ preventScroll: true });
  }

  /** @param {Entry} entry */
  fits([id, note]) {
    const mine = this.store.isMine(id);
    if (this.whose !== "all" && mine !== (this.whose === "mine")) return false;
    return !this.colour || note.style.colour === this.colour;
  }

  /** @param {Entry[]} here */
  filters(here) {
    const others = here.some(([id]) => !this.store.isMine(id));
    const whose = ["all", "mine", "others"].map((name) => this.segment(name));
    const colours = COLOURS.filter((colour) => here.some(([, note]) => note.style.colour === colour));
    const turn = () => this.tools.hideOthers(!this.tools.othersHidden);
    const hidden = this.tools.othersHidden;
    return el(
      "div",
      { class: "notes-filters" },
      el("div", { class: "segments", role: "group", "aria-label": words("whose") }, whose),
      colours.length > 1
        ? el(
            "div",
            { class: "notes-colours" },
            colours.map((colour) => this.swatch(colour)),
          )
        : null,
      others || hidden
        ? el(
            "button",
            { type: "button", class: "button", "aria-pressed": String(hidden), "data-key": "hide", onclick: turn },
            icon(hidden ? "eye" : "eye-off"),
            el("span", {}, words(hidden ? "showOthers" : "hideOthers")),
          )
        : null,
    );
  }

  /** @param {string} name */
  segment(name) {
    const choose = () => {
      this.whose = name;
      this.draw();
    };
    const attributes = {
      type: "button",
      class: "segment",
      "aria-pressed": String(this.whose === name),
      "data-key": name,
    };
    return el("button", { ...attributes, onclick: choose }, words(`whose${capital(name)}`));
  }

  /** @param {string} colour */
  swatch(colour) {
    return swatch(colour, this.colour === colour, () => {
      this.colour = this.colour === colour ? "" : colour;
      this.draw();
    });
  }

  /** @param {number} page @param {Entry[]} entries */
  page(page, entries) {
    return el(
      "section",
      { "data-key": `page-${page}` },
      el("h3", {}, words("page", { page })),
      el(
        "ul",
        { class: "notes-list" },
        entries.map((entry) => this.row(entry)),
      ),
    );
  }

  /** @param {Entry} entry */
  row([id, note]) {
    const replies = Object.values(note.replies).filter(({ gone }) => !gone).length;
    const seen = this.sharing.label(note.to);
    return keep(id, [note.body, note.style.colour, note.changed_at, replies, seen], () =>
      el(
        "li",
        {},
        el(
          "button",
          { type: "button", class: "notes-item", onclick: () => this.go(id) },
          el(
            "span",
            { class: "notes-kind", "data-colour": note.style.colour },
            icon(KIND_ICONS[note.kind] ?? "pen-line"),
          ),
          el(
            "span",
            { class: "notes-said" },
            el("span", { class: "notes-excerpt" }, excerpt(note)),
            el(
              "span",
              { class: "faint" },
              [note.name, moment(note.at), replies ? words("replies", { count: replies }) : ""]
                .filter(Boolean)
                .join(" · "),
            ),
          ),
          el("span", { class: "notes-to", title: seen }, this.sharing.picture(note.to)),
        ),
      ),
    );
  }

  /** @param {boolean} filtered */
  nothing(filtered) {
    return el("p", { class: "notes-empty" }, words(filtered ? "noneHere" : "noneYet"));
  }

  /** What could not be saved, with the server's sentence; it stays until it was seen. */
  troubles() {
    const { refused } = this;
    if (refused.length === 0) return null;
    const sentences = new Set(refused.map((row) => row.refused?.text || words("notSaved")));
    const texts = refused.flatMap((row) => row.operation.body || []);
    const seen = () => this.forget(refused.map((row) => row.id));
    return el(
      "div",
      { class: "alert tone-danger notes-refused", role: "alert" },
      el("p", {}, el("strong", {}, words("refusedCount", { count: refused.length }))),
      [...sentences].map((sentence) => el("p", {}, sentence)),
      texts.map((text) => el("blockquote", { class: "notes-quote" }, text)),
      el("button", { type: "button", class: "button", onclick: seen }, words("understood")),
    );
  }
}

/** What a row says of a note: its words, the words it marks, or what it is. @param {Note} note */
export function excerpt(note) {
  return note.body || note.quote?.exact || words(`kind${capital(note.kind)}`);
}

/** @param {Entry[]} entries @returns {Array<[number, Entry[]]>} */
function pages(entries) {
  /** @type {Map<number, Entry[]>} */
  const found = new Map();
  for (const entry of entries) found.set(entry[1].page, [...(found.get(entry[1].page) ?? []), entry]);
  return [...found].sort(([one], [two]) => one - two);
}
