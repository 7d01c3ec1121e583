// @ts-check
/** The tools at the lower edge of the pages, where a thumb reaches them, and their button in the viewer's bar. */

import { capital, words } from "annotations/texts";
import { swatch } from "annotations/thread";
import { COLOURS, WIDTHS } from "annotations/tools";
import { el, fill } from "ui/el";
import { icon } from "ui/icons";

/** @import { NoteStore } from "annotations/store" */
/** @import { Sharing } from "annotations/sharing" */
/** @import { Tool, Tools } from "annotations/tools" */

/** @typedef {{ tool: Tool, icon: string, keys: string }} HandTool */
/** @type {HandTool} */
const TEXT = { tool: "text", icon: "message-square-text", keys: "n t" };
/** @type {HandTool[]} */
const HANDS = [
  { tool: "read", icon: "hand", keys: "n d" },
  { tool: "ink", icon: "pen-line", keys: "n b" },
  { tool: "erase", icon: "eraser", keys: "n x" },
  TEXT,
];
/** @type {HandTool[]} */
const SHAPES = [
  { tool: "arrow", icon: "move-up-right", keys: "n m" },
  { tool: "box", icon: "square", keys: "n v" },
  { tool: "ellipse", icon: "circle", keys: "n e" },
];

export class Toolbar {
  /**
   * @param {{ tools: HTMLElement, over: HTMLElement }} slots
   * @param {{ tools: Tools, store: NoteStore, sharing: Sharing, list: () => void, listOpen: () => boolean, readOnly: boolean,
   *   pageNote: () => void, chooseWords: () => void, behind: () => boolean }} about
   */
  constructor(slots, { tools, store, sharing, list, listOpen, readOnly, pageNote, chooseWords, behind }) {
    this.tools = tools;
    this.store = store;
    this.sharing = sharing;
    this.list = list;
    this.listOpen = listOpen;
    this.readOnly = readOnly;
    this.pageNote = pageNote;
    this.chooseWords = chooseWords;
    this.behind = behind;
    this.unfolded = ""; // "shapes", "style", "to"
    this.drawn = ""; // what the bar said when it was drawn last
    /** @type {{ state: "saved" | "saving" | "waiting", waiting: number, refused: number }} */
    this.saving = { state: "saved", waiting: 0, refused: 0 };
    this.opener = document.createElement("div");
    this.opener.className = "viewer-group notes-opener";
    this.bar = document.createElement("div");
    this.bar.className = "notes-bar";
    this.bar.setAttribute("role", "toolbar");
    this.bar.setAttribute("aria-label", words("tools"));
    slots.tools.append(this.opener);
    slots.over.append(this.bar);
    this.bar.addEventListener("pointerdown", (event) => event.stopPropagation());
  }

  draw() {
    const { tools } = this;
    fill(
      this.opener,
      this.saving.waiting || this.saving.refused
        ? this.lamp()
        : button("list", "list-tree", this.list, {
            pressed: this.listOpen(),
            keys: "n l",
            css: this.behind() ? "notes-news" : "",
          }),
      this.readOnly
        ? null
        : button("write", "pen-line", () => tools.show(!tools.open), { pressed: tools.open, keys: "n n" }),
    );
    this.bar.hidden = !tools.open || this.readOnly;
    if (!this.readOnly) this.drawBar(); // keys reach a closed bar too
  }

  /** A closed bar, drawn with every news, is left alone while it would say the same. */
  drawBar() {
    const { tools, sharing, store } = this;
    const { canUndo, canRedo } = store.history;
    const said = [tools.open, tools.tool, tools.kept, tools.to, sharing.label(tools.to), sharing.circles];
    const drawn = JSON.stringify([...said, this.unfolded, canUndo, canRedo]);
    if (!tools.open && drawn === this.drawn) return;
    this.drawn = drawn;
    fill(this.bar, this.unfolding(), this.rarer(), el("div", { class: "notes-tools" }, this.row()));
  }

  row() {
    const { history } = this.store;
    return [
      ...HANDS.map((hand) => this.hand(hand, hand === TEXT ? "notes-roomy" : "")),
      this.more(),
      this.styleButton(),
      button("undo", "undo-2", () => this.store.undo(), { off: !history.canUndo }),
      button("redo", "redo-2", () => this.store.redo(), { off: !history.canRedo, css: "notes-wide" }),
      this.toButton(),
    ];
  }

  /** @param {HandTool} hand @param {string} [css] */
  hand({ tool, icon: picture, keys }, css = "") {
    const choose = () => {
      this.unfolded = "";
      this.tools.choose(tool);
    };
    return button(tool, picture, choose, { pressed: this.tools.tool === tool, keys, css });
  }

  /** What is rarer behind one button, which shows the shape in the hand. */
  more() {
    const held = SHAPES.find(({ tool }) => tool === this.tools.tool);
    const options = { pressed: held !== undefined, expanded: this.unfolded === "shapes" };
    return button("shapes", held?.icon ?? "shapes", () => this.unfold("shapes"), options);
  }

  /** Arrow, box, ellipse, and what the keyboard does without a pen; there even while folded, so that its keys are known. */
  rarer() {
    const folded = (/** @type {() => void} */ act) => () => {
      this.unfolded = "";
      act();
    };
    const { history } = this.store;
    return el(
      "div",
      { class: "notes-unfolded", "data-key": "shapes-all", hidden: this.unfolded !== "shapes" },
      SHAPES.map((hand) => this.hand(hand)),
      el("span", { class: "notes-tight", "data-key": "text-tight" }, this.hand({ ...TEXT, keys: "" })), // its key is known already
      button("pageNote", "sticky-note", folded(this.pageNote), { keys: "n p" }),
      button("words", "text-cursor", folded(this.chooseWords), { keys: "n w" }),
      el(
        "span",
        { class: "notes-narrow", "data-key": "redo-narrow" },
        button("redo", "redo-2", () => this.store.redo(), { off: !history.canRedo }),
      ),
    );
  }

  styleButton() {
    const unfold = () => this.unfold("style");
    const options = { expanded: this.unfolded === "style" };
    const one = button("style", "", unfold, options);
    one.append(
      el("span", {
        class: "notes-dot notes-width",
        "data-colour": this.tools.kept.colour,
        "data-width": this.tools.kept.width,
      }),
    );
    return one;
  }

  toButton() {
    const { to } = this.tools;
    const attributes = {
      type: "button",
      class: `button notes-mode${to ? " tone-warning" : ""}`,
      "aria-expanded": String(this.unfolded === "to"),
      "data-key": "to",
      title: words("whoSeesNext"),
      "aria-label": `${words("whoSeesNext")}: ${this.sharing.label(to)}`,
      onclick: () => this.unfold("to"),
    };
    return el("button", attributes, this.sharing.picture(to), el("span", {}, this.sharing.label(to)));
  }

  /** @param {string} part */
  unfold(part) {
    this.unfolded = this.unfolded === part ? "" : part;
    this.draw();
  }

  unfolding() {
    if (this.unfolded === "style")
      return el(
        "div",
        { class: "notes-unfolded notes-style", "data-key": "style" },
        this.colours(),
        this.widths(),
        this.penOnly(),
      );
    if (this.unfolded !== "to") return null;
    const choose = (/** @type {import("annotations/types").To} */ to) => {
      this.unfolded = "";
      this.tools.shareNext(to);
    };
    const hint = el("p", { class: "faint" }, words("whoSeesNext"));
    return el("div", { class: "notes-unfolded", "data-key": "to" }, hint, this.sharing.menu(this.tools.to, choose));
  }

  colours() {
    const { tools } = this;
    const each = COLOURS.map((colour) => swatch(colour, tools.kept.colour === colour, () => tools.keep({ colour })));
    return el("div", { class: "notes-colours", role: "group", "aria-label": words("colour") }, each);
  }

  widths() {
    const { tools } = this;
    const each = WIDTHS.map((width, place) => {
      const label = words(["thin", "middle", "thick"][place] ?? "");
      const attributes = {
        type: "button",
        class: "button button-quiet button-icon",
        title: label,
        "aria-label": label,
        "data-key": `width-${width}`,
      };
      const line = el("span", { class: "notes-line", "data-width": width });
      return el(
        "button",
        { ...attributes, "aria-pressed": String(tools.kept.width === width), onclick: () => tools.keep({ width }) },
        line,
      );
    });
    return el("div", { class: "notes-widths", role: "group", "aria-label": words("width") }, each);
  }

  penOnly() {
    const { tools } = this;
    const on = tools.kept.penOnly === true;
    const turn = () => tools.keep({ penOnly: !on });
    const attributes = {
      type: "button",
      class: "button notes-pen-only",
      role: "switch",
      "aria-checked": String(on),
      "data-key": "pen-only",
    };
    return el(
      "button",
      { ...attributes, title: words("penOnlyHint"), onclick: turn },
      icon(on ? "square-check" : "square"),
      el("span", {}, words("penOnly")),
    );
  }

  /** How many notes are on this device alone, or could not be saved; it stands for the list, which tells more. */
  lamp() {
    const { state, waiting, refused } = this.saving;
    const [name, tone, picture] = refused
      ? ["refusedCount", "danger", "triangle-alert"]
      : ["unsaved", state === "waiting" ? "warning" : "info", "cloud-upload"];
    const label = words(name, { count: refused || waiting });
    const attributes = {
      type: "button",
      class: `notes-lamp tone-${tone}`,
      "data-key": "lamp",
      "data-waiting": refused || waiting,
      "data-shortcut": "n l",
      "aria-pressed": String(this.listOpen()),
      title: label,
      onclick: this.list,
    };
    return el("button", attributes, icon(picture), el("span", { role: "status" }, label));
  }

  destroy() {
    this.opener.remove();
    this.bar.remove();
  }
}

/**
 * @param {string} name its words are `tool…`
 * @param {string} picture
 * @param {() => unknown} act
 * @param {{ pressed?: boolean, expanded?: boolean, off?: boolean, keys?: string, css?: string }} [options]
 */
function button(name, picture, act, { pressed, expanded, off, keys, css = "" } = {}) {
  const label = words(`tool${capital(name)}`);
  const attributes = {
    type: "button",
    class: `button button-quiet button-icon ${css}`.trim(),
    title: label,
    "aria-label": label,
    "aria-pressed": pressed === undefined ? undefined : String(pressed),
    "aria-expanded": expanded === undefined ? undefined : String(expanded),
    "data-key": name,
    "data-shortcut": keys || undefined,
    disabled: off ?? false,
    onclick: () => void act(),
  };
  return el("button", attributes, picture ? icon(picture) : null);
}
