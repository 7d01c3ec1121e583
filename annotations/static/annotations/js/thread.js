// @ts-check
/** One annotation looked at: who wrote it and when, who sees it, what was answered; its owner changes it here. */

import { actsFor } from "annotations/acts";
import { Floating } from "annotations/floating";
import { repliesOf } from "annotations/merging";
import { moment, words } from "annotations/texts";
import { COLOUR_NAMES, COLOURS } from "annotations/tools";
import { el, fill } from "ui/el";
import { icon } from "ui/icons";
import { toast } from "ui/toast";

/** @import { Note, Reply, Shape } from "annotations/types" */
/** @import { NoteStore } from "annotations/store" */
/** @import { Sharing } from "annotations/sharing" */
/** A text note that is not written yet. @typedef {{ page: number, shape: Shape }} Draft */

const LONGEST = 4000;
const WRITES = "input, textarea, [contenteditable]";

export class Thread {
  /**
   * @param {HTMLElement} frame
   * @param {{ store: NoteStore, sharing: Sharing, linkTo: (id: string) => string, write: (draft: Draft, body: string) => void,
   *   selected: (id: string) => void, erased: () => void, readOnly: boolean }} about
   */
  constructor(frame, { store, sharing, linkTo, write, selected, erased, readOnly }) {
    this.floating = new Floating(frame, "notes-thread", words("note"));
    this.store = store;
    this.sharing = sharing;
    this.linkTo = linkTo;
    this.write = write;
    this.selected = selected;
    this.erased = erased;
    this.readOnly = readOnly;
    this.id = "";
    /** @type {Draft | undefined} */
    this.draft = undefined;
    this.part = ""; // what is unfolded: "edit", "share"
    /** @type {Element | null} where the focus was before */
    this.cameFrom = null;
    this.floating.element.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** @param {string} id @param {DOMRect | undefined} place */
  open(id, place) {
    this.close({ back: true });
    this.remember();
    this.id = id;
    const note = this.store.note(id);
    if (note?.kind === "text" && !note.body && this.store.isMine(id)) this.part = "edit";
    this.draw();
    this.floating.show(place);
    this.selected(id);
    if (this.part === "edit") this.focusText();
  }

  /** Asks for the words of a new text note. @param {Draft} draft @param {DOMRect | undefined} place */
  begin(draft, place) {
    this.close({ back: true });
    this.remember();
    this.draft = draft;
    fill(
      this.floating.element,
      this.editor("", (body) => this.write(draft, body)),
    );
    this.floating.show(place);
    this.focusText();
  }

  /** Who came by keyboard goes back there, or to the pages where what they pressed is gone. */
  remember() {
    const { activeElement } = document;
    this.cameFrom =
      activeElement === document.body || this.floating.element.contains(activeElement) ? null : activeElement;
  }

  goBack() {
    const there = this.cameFrom instanceof HTMLElement && this.cameFrom.getClientRects().length > 0;
    // on a touch screen a field of text would bring up the keyboard nobody asked for
    const keyboard = this.cameFrom?.matches(WRITES) && matchMedia("(pointer: coarse)").matches;
    const back = there && !keyboard ? /** @type {HTMLElement} */ (this.cameFrom) : undefined;
    const pages = this.floating.frame.querySelector(".viewer-scroll");
    (back ?? /** @type {HTMLElement | null} */ (pages))?.focus({ preventScroll: true });
    this.cameFrom = null;
  }

  focusText() {
    this.floating.element.querySelector("textarea")?.focus();
  }

  /**
   * What was typed and not saved is saved: closing loses nothing.
   * @param {{ back?: boolean }} [how] `back`: closed by a key or a button, so that the focus goes where it came from
   */
  close({ back = false } = {}) {
    if (!this.floating.open) return;
    const text = this.floating.element.querySelector(".notes-editor textarea");
    const body = text instanceof HTMLTextAreaElement ? text.value.trim() : "";
    const { id, draft, part } = this;
    const focused = this.floating.element.contains(document.activeElement);
    this.id = this.part = "";
    this.draft = undefined;
    this.floating.hide();
    if (focused && back) this.goBack();
    fill(this.floating.element);
    this.selected("");
    if (draft && body) this.write(draft, body);
    else if (part === "edit" && id && this.store.note(id)?.body !== body) this.store.act({ do: "say", note: id, body });
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    event.stopPropagation(); // the viewer's keys are for its pages
    if (event.key === "Escape") this.close({ back: true });
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) target.closest("form")?.requestSubmit();
  }

  /** Draws what is open anew; a note that has gone closes it. */
  draw() {
    if (!this.id) return;
    const note = this.store.note(this.id);
    if (!note) {
      this.part = "";
      return this.close({ back: true });
    }
    fill(this.floating.element, this.head(note), this.part === "share" ? this.shareMenu(note) : this.content(note));
  }

  /** @param {Note} note */
  head(note) {
    const mine = this.mayChange;
    const label = this.sharing.label(note.to);
    const who = el(
      "div",
      { class: "notes-who" },
      el("strong", {}, note.name),
      el("span", { class: "faint" }, moment(note.at)),
    );
    const turn = () => this.turn(this.part === "share" ? "" : "share");
    const seen = mine
      ? el(
          "button",
          { type: "button", class: "button notes-seen", "aria-expanded": String(this.part === "share"), onclick: turn },
          this.sharing.picture(note.to),
          el("span", {}, label),
        )
      : el("span", { class: "notes-seen faint" }, this.sharing.picture(note.to), label);
    const dot = el("span", { class: "notes-dot", "data-colour": note.style.colour });
    return el(
      "header",
      { class: "notes-head" },
      dot,
      who,
      quiet("x", words("close"), () => this.close({ back: true })),
      seen,
    );
  }

  get mayChange() {
    return !this.readOnly && this.store.isMine(this.id);
  }

  /** @param {string} part */
  turn(part) {
    this.part = part;
    this.draw();
    if (part === "edit") this.focusText();
    else if (document.activeElement === document.body) this.floating.element.focus({ preventScroll: true });
  }

  /** @param {Note} note */
  shareMenu(note) {
    const choose = (/** @type {import("annotations/types").To} */ to) => {
      this.store.act({ do: "share", note: this.id, to });
      this.turn("");
    };
    const count = Object.values(note.replies).filter((reply) => !("gone" in reply)).length;
    const along = count > 0 && el("p", { class: "faint notes-along" }, words("repliesAlong", { count }));
    return [this.sharing.menu(note.to, choose), along || null];
  }

  /** @param {Note} note */
  content(note) {
    const save = (/** @type {string} */ body) => {
      if (body !== note.body) this.store.act({ do: "say", note: this.id, body });
      this.turn("");
    };
    const exact = note.quote?.exact;
    return el(
      "div",
      { class: "notes-content", "data-key": this.id },
      exact ? el("blockquote", { class: "notes-quote" }, exact) : null,
      this.part === "edit"
        ? this.editor(note.body, save)
        : note.body
          ? el("p", { class: "notes-body" }, note.body)
          : null,
      el(
        "ul",
        { class: "notes-replies" },
        repliesOf(note).map(([id, reply]) => this.reply(id, reply)),
      ),
      this.readOnly ? null : this.answering(),
      this.foot(note),
    );
  }

  /** @param {string} body @param {(body: string) => void} save */
  editor(body, save) {
    const text = el(
      "textarea",
      { class: "input", rows: 4, maxlength: LONGEST, "data-key": "body", "aria-label": words("noteText") },
      body,
    );
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      const typed = /** @type {HTMLTextAreaElement} */ (
        text.isConnected ? text : this.floating.element.querySelector("textarea")
      ).value.trim();
      this.part = "";
      const draft = this.draft;
      this.draft = undefined;
      if (draft) this.close({ back: true });
      if (!draft || typed) save(typed);
    };
    const drop = () => {
      this.draft = undefined;
      this.turn("");
      if (!this.id) this.close({ back: true });
    };
    return el(
      "form",
      { class: "notes-editor", "data-key": "editor", onsubmit: submit },
      text,
      el(
        "div",
        { class: "notes-row" },
        el("button", { type: "button", class: "button", onclick: drop }, words("cancel")),
        el("button", { class: "button button-primary" }, words("save")),
      ),
    );
  }

  /** @param {string} id @param {Reply} reply */
  reply(id, reply) {
    const erase = () => this.store.act({ do: "erase_reply", note: this.id, reply: id });
    const mine = !this.readOnly && reply.owner === this.store.author.owner;
    return el(
      "li",
      { "data-key": id },
      el("p", { class: "notes-by" }, el("strong", {}, reply.name), el("span", { class: "faint" }, moment(reply.at))),
      el("p", { class: "notes-body" }, reply.body),
      mine ? quiet("trash-2", words("eraseReply"), erase) : null,
    );
  }

  answering() {
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      const form = /** @type {HTMLFormElement} */ (event.currentTarget);
      const body = String(new FormData(form).get("reply") ?? "").trim();
      if (!body) return;
      form.reset();
      this.store.act({ do: "reply", note: this.id, reply: this.store.newId(), body });
    };
    const input = el("input", {
      class: "input",
      name: "reply",
      maxlength: LONGEST,
      autocomplete: "off",
      "data-key": "reply",
      "aria-label": words("reply"),
      placeholder: words("reply"),
    });
    return el(
      "form",
      { class: "notes-answer", "data-key": "answer", onsubmit: submit },
      input,
      quiet("send", words("sendReply"), undefined),
    );
  }

  /** @param {Note} note */
  foot(note) {
    const mine = this.mayChange;
    const more = actsFor(this.id, note).map((one) => quiet(one.icon, one.label, () => one.act(this.id, note)));
    const owners = [
      quiet("pencil", words("editText"), () => this.turn("edit")),
      quiet("trash-2", words("erase"), () => this.erase()),
    ];
    const dots = COLOURS.map((colour) => this.colour(note, colour));
    return el(
      "footer",
      { class: "notes-foot" },
      mine ? el("div", { class: "notes-colours" }, dots) : null,
      el(
        "div",
        { class: "notes-acts" },
        mine ? owners : null,
        quiet("link", words("copyLink"), () => this.copy()),
        more,
      ),
    );
  }

  /** @param {Note} note @param {string} colour */
  colour(note, colour) {
    const change = () => this.store.act({ do: "restyle", note: this.id, style: { ...note.style, colour } });
    return swatch(colour, note.style.colour === colour, change);
  }

  erase() {
    const { id } = this;
    this.part = "";
    this.close({ back: true });
    this.store.act({ do: "erase", note: id });
    this.erased();
    toast(words("erased"));
  }

  async copy() {
    const address = this.linkTo(this.id);
    try {
      await navigator.clipboard.writeText(address);
      toast(words("copied"), "success");
    } catch {
      toast(address);
    }
  }

  destroy() {
    this.close();
    this.floating.destroy();
  }
}

/**
 * @param {string} picture
 * @param {string} label
 * @param {(() => unknown) | undefined} act without one it sends its form
 */
export function quiet(picture, label, act) {
  const attributes = {
    class: "button button-quiet button-icon",
    title: label,
    "aria-label": label,
    "data-key": picture,
  };
  return act
    ? el("button", { ...attributes, type: "button", onclick: () => void act() }, icon(picture))
    : el("button", attributes, icon(picture));
}

/** @param {string} colour @param {boolean} chosen @param {() => void} act */
export function swatch(colour, chosen, act) {
  const name = words(`colour${COLOUR_NAMES[colour] ?? ""}`);
  const attributes = {
    type: "button",
    class: "notes-swatch",
    "data-colour": colour,
    "aria-pressed": String(chosen),
  };
  return el("button", { ...attributes, title: name, "aria-label": name, "data-key": colour, onclick: act });
}
