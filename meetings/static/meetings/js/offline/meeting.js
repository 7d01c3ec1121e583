// @ts-check
/** Reads a meeting from the device: agenda, papers, notebook; with a network what was written goes to the server. */

import { mountNotes } from "annotations/mount";
import { mountViewer } from "documents/viewer/viewer";
import { drawAgenda } from "meetings/offline/agenda";
import { Card } from "meetings/offline/card";
import { carryOver } from "meetings/offline/carrying";
import { Contact } from "meetings/offline/contact";
import { Kept, mayTake, packsHere } from "meetings/offline/kept";
import { drawLamp } from "meetings/offline/lamp";
import { NotebookQueue } from "meetings/offline/notebook";
import { NotesPane } from "meetings/offline/notes_pane";
import { readHere } from "meetings/offline/openings";
import { say } from "meetings/offline/texts";
import { holder, supported, unsent } from "ui/device";
import { el, fill } from "ui/el";
import { show } from "ui/stage";

/** @import { Pack, PackPaper } from "meetings/offline/types" */
/** @import { MountedViewer } from "documents/viewer/types" */
/** @import { Notes } from "annotations/notes" */

const LAMP_EVERY = 3_000;

/** @param {string} id */
const place = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** What the address names: a meeting, or a document of one. */
function asked() {
  const meeting = /^\/meetings\/([0-9a-f-]{36})\//.exec(location.pathname)?.[1] ?? "";
  const path = /^\/documents\/([0-9a-f-]{36})\//.exec(location.pathname)?.[1] ?? "";
  const hash = new URLSearchParams(location.hash.slice(1));
  return { meeting, document: hash.get("paper") ?? path, page: Number(hash.get("page")) || 1 };
}

/** @returns {Promise<{ kept: Kept, pack: Pack } | undefined>} */
async function found() {
  const { meeting, document } = asked();
  for (const kept of await packsHere()) {
    const pack = await kept.pack();
    const meant = meeting ? kept.meeting === meeting : pack?.papers.some((paper) => paper.document === document);
    if (pack && meant) return { kept, pack };
  }
  return undefined;
}

/** @param {string} title @param {string} text @param {string} href @param {string} words */
function instead(title, text, href, words) {
  const parts = [el("h2", {}, title), text && el("p", {}, text), el("a", { class: "button", href }, words)];
  fill(place("offline-paper"), el("div", { class: "offline-message" }, parts));
}

class Desk {
  /** @param {Kept} kept @param {Pack} pack */
  constructor(kept, pack) {
    this.kept = kept;
    this.pack = pack;
    /** @type {Set<string>} */
    this.have = new Set();
    this.current = "";
    /** @type {MountedViewer | undefined} */
    this.viewer = undefined;
    /** @type {Notes | undefined} */
    this.marks = undefined;
    /** @type {Map<string, number>} */
    this.pages = new Map();
    this.queue = new NotebookQueue(kept.user);
    this.notes = new NotesPane(place("offline-notes"), {
      meeting: kept.meeting,
      queue: this.queue,
      onChange: () => this.send(),
    });
    this.card = new Card(place("offline-pack"), {
      user: kept.user,
      meeting: kept.meeting,
      onState: (state) => this.onPack(state),
    });
    this.contact = new Contact(
      () => this.ask(),
      (online) => this.onContact(online),
    );
  }

  async start() {
    place("offline-title").textContent = this.pack.meeting.title;
    document.title = this.pack.meeting.title;
    this.have = await this.kept.have(this.pack);
    await this.notes.show(this.pack.notebook);
    this.draw();
    const { document: wanted, page } = asked();
    const first = this.pack.papers.find((paper) => paper.document === wanted) ?? this.pack.papers.find(mayTake);
    if (first) await this.open(first.document, first.document === wanted ? page : 1);
    else fill(place("offline-paper"), el("p", { class: "room-no-paper" }, say("noPapers")));
    await this.card.taking.look();
    await this.contact.start();
    setInterval(() => this.tell(), LAMP_EVERY);
  }

  draw() {
    const open = (/** @type {string} */ id) => void this.open(id, this.pages.get(id) ?? 1);
    drawAgenda(place("offline-agenda"), { pack: this.pack, have: this.have, current: this.current, open });
  }

  /** @param {string} id @param {number} page */
  async open(id, page) {
    const paper = this.pack.papers.find((one) => one.document === id);
    if (!paper) return;
    if (this.viewer) this.pages.set(this.current, this.viewer.page());
    this.clear();
    this.current = id;
    this.draw();
    show(/** @type {HTMLElement} */ (document.querySelector("[data-stage]")), "main");
    if (!mayTake(paper) || !(await this.kept.file(paper))) {
      const words = say(mayTake(paper) ? "paperMissing" : "paperOnlyOnline");
      return fill(place("offline-paper"), el("p", { class: "room-no-paper" }, words));
    }
    const description = { ...paper.description, waiting: false };
    this.viewer = mountViewer(place("offline-paper"), { document: description, page, download: false });
    this.viewer.onPage((now) => this.remember(now));
    void readHere(this.kept.user, paper.version).catch(() => undefined); // a private window keeps nothing
    return this.mark(paper);
  }

  /** Notes on the page: what was there when it was taken along, and what is written since. @param {PackPaper} paper */
  async mark({ document, version }) {
    const snapshot = await this.kept.notes({ document });
    if (!this.viewer || this.current !== document) return;
    const { user, name } = this.pack;
    const circles = snapshot?.circles ?? [];
    this.marks = mountNotes(this.viewer, { document, version, user, name, circles, ...(snapshot && { snapshot }) });
  }

  clear() {
    this.marks?.destroy();
    this.marks = undefined;
    this.viewer?.destroy();
    this.viewer = undefined;
  }

  /** A reload comes back to the same page. @param {number} page */
  remember(page) {
    history.replaceState(history.state, "", `#paper=${this.current}&page=${page}`);
  }

  /** @param {import("meetings/offline/fetching").State} state */
  onPack({ pack, have, phase }) {
    if (phase === "gone" || phase === "locked" || phase === "none") return this.end(phase);
    if (!pack) return;
    this.pack = pack;
    this.have = have;
    this.draw();
    if (this.current && !pack.papers.some((paper) => paper.document === this.current)) this.leave();
  }

  /** The paper one was reading was withdrawn. */
  leave() {
    this.clear();
    this.current = "";
    fill(place("offline-paper"), el("p", { class: "room-no-paper" }, say("pick")));
  }

  /** Nothing may be shown any more. @param {string} phase */
  end(phase) {
    this.leave();
    fill(place("offline-agenda"));
    fill(place("offline-notes"));
    const words = { gone: "packGone", locked: "packLocked", none: "noPack" }[phase] ?? "noPack";
    if (phase === "locked") instead(say(words), "", "/", say("signIn"));
    else instead(say(words), "", "/offline/", say("toList"));
  }

  /** The first question to the server is whether all this may still be read. */
  async ask() {
    await this.card.taking.ask();
  }

  /** @param {boolean} online */
  async onContact(online) {
    const back = /** @type {HTMLAnchorElement} */ (place("go-online"));
    back.href = `/meetings/${this.kept.meeting}/`;
    back.hidden = !online;
    await this.tell();
    if (!online) return;
    await this.send();
    this.card.taking.fresh = true;
    await this.card.renew();
    const fresh = this.marks && (await this.kept.notes({ document: this.current }));
    if (fresh) this.marks?.store.replace(`notes:${this.current}`, fresh);
    if (this.card.taking.state.pack) await this.notes.show(this.card.taking.state.pack.notebook);
  }

  async send() {
    await this.tell();
    if (!this.contact.online) return;
    await this.queue.flush((note, revision) => this.notes.kept(note, revision));
    await carryOver(this.kept.user, this.current);
    await this.notes.refresh();
    await this.tell();
  }

  async tell() {
    const stuck = (await this.queue.waiting()).filter((note) => note.other || note.refused).length;
    drawLamp(place("offline-lamp"), this.contact.online ?? navigator.onLine, await unsent(this.kept.user), stuck);
  }
}

async function start() {
  if (!supported()) return instead(say("noPack"), say("packInsecure"), "/", say("goOnline"));
  if ((await holder())?.locked) return instead(say("packLocked"), "", "/", say("signIn"));
  const here = await found();
  if (here) return new Desk(here.kept, here.pack).start();
  drawLamp(place("offline-lamp"), navigator.onLine, 0);
  return instead(say("noPack"), say("noPackText"), "/offline/", say("toList"));
}

void start();
