// @ts-check
/** Who sees an annotation: oneself alone, a circle of the document, or people chosen by name. */

import { words } from "annotations/texts";
import { el, fill } from "ui/el";
import { icon } from "ui/icons";

/** @import { Circle, To } from "annotations/types" */
/** @typedef {{ id: string, name: string, title?: string }} Person */
/** @typedef {(text: string) => Promise<Person[]>} FindPeople */

const PAUSE_MS = 250;

export class Sharing {
  /**
   * @param {Circle[]} circles
   * @param {FindPeople} findPeople
   */
  constructor(circles, findPeople) {
    this.circles = circles;
    this.findPeople = findPeople;
    this.home = ""; // the circle of the room one sits in: it needs no title
    /** @type {Map<string, string>} names of people chosen here */
    this.names = new Map();
  }

  /** @param {To | undefined} to */
  label(to) {
    if (!to) return words("onlyMe");
    if ("circle" in to) return this.circleLabel(to.circle);
    const known = to.people.flatMap((id) => this.names.get(id) ?? []);
    return known.length === to.people.length && known.length < 3
      ? known.join(", ")
      : words("somePeople", { count: to.people.length });
  }

  /** @param {string} circle */
  circleLabel(circle) {
    if (circle === this.home) return words("wholeRoom");
    return this.circles.find(({ name }) => name === circle)?.label ?? words("aCircle");
  }

  /** @param {To | undefined} to */
  picture(to) {
    return icon(to ? "users" : "lock");
  }

  /**
   * The choices as a menu.
   * @param {To | undefined} to who sees it now
   * @param {(to: To) => void} choose
   */
  menu(to, choose) {
    const circles = this.circles.map(({ name }) =>
      choice("users", this.circleLabel(name), Boolean(to && "circle" in to && to.circle === name), () =>
        choose({ circle: name }),
      ),
    );
    const named = Boolean(to && "people" in to);
    return el(
      "div",
      { class: "notes-menu", role: "menu", "aria-label": words("whoSees") },
      choice("lock", words("onlyMe"), !to, () => choose(null)),
      circles,
      choice("user-plus", named ? this.label(to) : words("choosePeople"), named, () => this.choosePeople(to, choose)),
    );
  }

  /**
   * Asks for names in a dialog.
   * @param {To | undefined} to
   * @param {(to: To) => void} choose
   */
  choosePeople(to, choose) {
    const chosen = new Set(to && "people" in to ? to.people : []);
    const list = el("div", { class: "notes-people" });
    const input = /** @type {HTMLInputElement} */ (
      el("input", {
        class: "input",
        type: "search",
        "aria-label": words("findPeople"),
        placeholder: words("findPeople"),
      })
    );
    const done = () => {
      dialog.close();
      choose(chosen.size > 0 ? { people: [...chosen] } : null);
    };
    const dialog = dialogOf(words("choosePeople"), [input, list], done);
    let timer = 0;
    const find = async () => fill(list, this.rows(await this.findPeople(input.value).catch(() => undefined), chosen));
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = window.setTimeout(find, PAUSE_MS);
    });
    find();
  }

  /** @param {Person[] | undefined} people @param {Set<string>} chosen */
  rows(people, chosen) {
    if (!people) return el("p", { class: "faint" }, words("peopleFailed"));
    if (people.length === 0) return el("p", { class: "faint" }, words("nobodyFound"));
    return people.map(({ id, name, title }) => {
      this.names.set(id, name);
      const turn = (/** @type {Event} */ event) =>
        /** @type {HTMLInputElement} */ (event.currentTarget).checked ? chosen.add(id) : chosen.delete(id);
      const box = el("input", { type: "checkbox", checked: chosen.has(id), onchange: turn });
      return el(
        "label",
        { class: "notes-person", "data-key": id },
        box,
        el("span", {}, name, title ? el("small", {}, title) : null),
      );
    });
  }
}

/**
 * @param {string} picture
 * @param {string} label
 * @param {boolean} checked
 * @param {() => void} act
 */
function choice(picture, label, checked, act) {
  const attributes = { type: "button", class: "notes-choice", role: "menuitemradio", "aria-checked": String(checked) };
  return el(
    "button",
    { ...attributes, onclick: act },
    icon(picture),
    el("span", {}, label),
    checked ? icon("check") : null,
  );
}

/**
 * @param {string} title
 * @param {HTMLElement[]} body
 * @param {() => void} done
 */
function dialogOf(title, body, done) {
  const dialog = /** @type {HTMLDialogElement} */ (
    el(
      "dialog",
      { class: "notes-dialog", "aria-label": title },
      el("div", { class: "dialog-head" }, el("h2", {}, title)),
      el("div", { class: "dialog-body stack" }, body),
      el(
        "div",
        { class: "dialog-foot" },
        el("button", { type: "button", class: "button", "data-dialog-close": true }, words("cancel")),
        el("button", { type: "button", class: "button button-primary", onclick: done }, words("choose")),
      ),
    )
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
