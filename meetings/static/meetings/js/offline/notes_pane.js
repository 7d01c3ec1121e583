// @ts-check
/** The notebook of a pack: what the server has, over it what was written here since; two texts are both shown. */

import { say, timed } from "meetings/offline/texts";
import { el, fill } from "ui/el";
import { icon } from "ui/icons";

/** @import { NotebookQueue, Waiting } from "meetings/offline/notebook" */
/** @import { PackNote } from "meetings/offline/types" */

const PAUSE = 400;

export class NotesPane {
  /**
   * @param {HTMLElement} host
   * @param {{ meeting: string, queue: NotebookQueue, onChange: () => void }} about
   */
  constructor(host, { meeting, queue, onChange }) {
    this.host = host;
    this.meeting = meeting;
    this.queue = queue;
    this.onChange = onChange;
    /** @type {Map<string, PackNote>} as the server has them */
    this.known = new Map();
    /** @type {Map<string, Waiting>} */
    this.waiting = new Map();
    /** @type {string[]} ids in the order they are shown */
    this.order = [];
    /** @type {Map<string, ReturnType<typeof setTimeout>>} */
    this.timers = new Map();
  }

  /** @param {PackNote[]} notes */
  async show(notes) {
    this.known = new Map(notes.map((note) => [note.id, note]));
    await this.refresh();
  }

  async refresh() {
    const found = await this.queue.waiting(this.meeting);
    this.waiting = new Map(found.map((note) => [note.id, note]));
    const all = [...found.map(({ id }) => id), ...this.known.keys()];
    this.order = [...this.order.filter((id) => all.includes(id) || this.timers.has(id)), ...all].filter(
      (id, place, ids) => ids.indexOf(id) === place,
    );
    this.draw();
  }

  draw() {
    const fresh = () => {
      this.order.unshift(crypto.randomUUID());
      this.draw();
      this.host.querySelector("textarea")?.focus();
    };
    fill(
      this.host,
      el(
        "div",
        { class: "row", "data-key": "notes-head" },
        el("h2", { class: "room-pane-title" }, say("notebook")),
        el("button", { type: "button", class: "button", onclick: fresh }, icon("plus"), say("newNote")),
      ),
      el("p", { class: "faint", "data-key": "notes-mine" }, icon("lock"), " ", say("onlyYou")),
      this.order.map((id) => this.note(id)),
    );
  }

  /** @param {string} id */
  note(id) {
    const [known, waiting] = [this.known.get(id), this.waiting.get(id)];
    const at = waiting?.at ?? known?.changed_at;
    const label = at ? say("noteOf", { at: timed(at) }) : say("newNote");
    const area = /** @type {HTMLTextAreaElement} */ (
      el("textarea", {
        class: "input",
        rows: 4,
        maxlength: Number(this.host.dataset.most) || 20_000,
        placeholder: say("notePlaceholder"),
        "aria-label": label,
        "data-key": `text-${id}`,
        "data-own": true,
        oninput: (event) => this.write(id, /** @type {HTMLTextAreaElement} */ (event.target).value),
      })
    );
    area.value = waiting?.text ?? known?.text ?? "";
    return el(
      "section",
      { class: "offline-note", "data-key": `note-${id}`, "data-note": id },
      el("span", { class: "list-note" }, label),
      area,
      this.state(waiting, known),
      waiting?.other ? this.two(waiting, waiting.other) : null,
    );
  }

  /** @param {Waiting | undefined} waiting @param {PackNote | undefined} known */
  state(waiting, known) {
    const [words, tone] = waiting?.refused
      ? [say("noteRefused", { why: waiting.refused }), "danger"]
      : waiting?.other
        ? ["", "warning"]
        : waiting
          ? [say("noteWaiting"), "warning"]
          : [known ? say("noteKept") : "", "success"];
    return el("p", { class: `note-state tone-${tone}`, role: "status" }, words);
  }

  /** @param {Waiting} mine @param {{ text: string, revision: number }} other */
  two(mine, other) {
    const choose = (/** @type {string} */ words, /** @type {() => Promise<void>} */ act) => {
      const onclick = async () => {
        await act();
        this.redrawText(mine.id);
        await this.refresh();
        this.onChange();
      };
      return el("button", { type: "button", class: "button", onclick }, say(words));
    };
    const { other: _, ...bare } = mine;
    return el(
      "div",
      { class: "offline-other" },
      el("p", {}, say("noteTwo")),
      el("blockquote", {}, other.text),
      el(
        "div",
        { class: "row" },
        choose("noteMine", () => this.queue.put({ ...bare, revision: other.revision })),
        choose("noteTheirs", () => this.giveWay(mine, other)),
        choose("noteBoth", async () => {
          await this.queue.put({ ...bare, id: crypto.randomUUID(), revision: 0 });
          await this.giveWay(mine, other);
        }),
      ),
    );
  }

  /** The other text holds. @param {Waiting} mine @param {{ text: string, revision: number }} other */
  async giveWay(mine, other) {
    const at = new Date().toISOString();
    this.known.set(mine.id, { id: mine.id, ...other, created_at: at, changed_at: at });
    await this.queue.drop(mine.id);
  }

  /** A field keeps what is typed in it; this one is to be built anew. @param {string} id */
  redrawText(id) {
    this.host.querySelector(`[data-note="${id}"]`)?.remove();
  }

  /** @param {string} id @param {string} text */
  write(id, text) {
    clearTimeout(this.timers.get(id));
    this.timers.set(
      id,
      setTimeout(() => this.keep(id, text), PAUSE),
    );
  }

  /** @param {string} id @param {string} text */
  async keep(id, text) {
    this.timers.delete(id);
    const [known, waiting] = [this.known.get(id), this.waiting.get(id)];
    if (!waiting && (text === (known?.text ?? "") || (!known && !text.trim()))) return;
    const revision = waiting?.revision ?? known?.revision ?? 0;
    const { refused: _, ...before } = waiting ?? { id, meeting: this.meeting };
    await this.queue.put({ ...before, id, meeting: this.meeting, text, revision, at: new Date().toISOString() });
    await this.refresh();
    this.onChange();
  }

  /** The server has it now. @param {Waiting} note @param {number} revision */
  kept(note, revision) {
    if (note.meeting !== this.meeting) return;
    const { id, text, at } = note;
    const created = this.known.get(id)?.created_at ?? at;
    this.known.set(id, { id, text, revision, created_at: created, changed_at: at });
  }
}
