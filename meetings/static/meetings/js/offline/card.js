// @ts-check
/** "Tải về cho cuộc họp": what lies on this device of a meeting, paper by paper, and what one can do about it. */

import { Taking } from "meetings/offline/fetching";
import { mayTake, toTake } from "meetings/offline/kept";
import { say, sized, timed } from "meetings/offline/texts";
import { supported } from "ui/device";
import { ask } from "ui/dialogs";
import { el, fill } from "ui/el";
import { icon } from "ui/icons";

/** @import { State } from "meetings/offline/fetching" */
/** @import { Pack, PackPaper } from "meetings/offline/types" */
/** @typedef {{ user: string, meeting: string, onState?: (state: State) => void }} About */

const LIST = "/offline/";

export class Card {
  /** @param {HTMLElement} host @param {About} about */
  constructor(host, { user, meeting, onState }) {
    this.host = host;
    this.meeting = meeting;
    this.onState = onState;
    /** @type {Pack | undefined} what would be fetched, once its size was asked for */
    this.offered = undefined;
    this.free = 0;
    this.trouble = "";
    this.taking = new Taking(user, meeting, (state) => this.changed(state));
  }

  /** @param {number} [pause] before the server is asked: not everybody in a room at once */
  async start(pause = 0) {
    if (!supported()) return this.draw();
    await this.taking.look();
    if (this.taking.state.phase === "none" || !navigator.onLine) return undefined;
    await new Promise((resolve) => setTimeout(resolve, pause));
    return this.renew();
  }

  /** What the server has now is fetched; without a network what lies here stays. */
  async renew() {
    await this.taking.renew();
  }

  /** @param {State} state */
  changed(state) {
    this.draw();
    this.onState?.(state);
  }

  draw() {
    fill(this.host, el("div", { class: "pack", "data-phase": this.taking.state.phase }, this.parts()));
  }

  /** @returns {Array<HTMLElement | null>} */
  parts() {
    if (!supported()) return [line("shield-alert", say(window.isSecureContext ? "packNoWorker" : "packInsecure"))];
    const { phase, pack, have } = this.taking.state;
    if (phase === "none" || phase === "gone") return this.offer(phase === "gone" ? say("packGone") : "");
    if (phase === "locked") return [line("lock", say("packLocked"))];
    if (!pack) return [line("loader-circle", say("packReading"))];
    return [this.count(pack, have), this.list(pack), this.buttons()];
  }

  /** @param {string} before */
  offer(before) {
    const words = before || this.trouble;
    if (!this.offered)
      return [
        line(words ? "info" : "tablet", words || say("packWhat")),
        row(button("pack-weigh", "download", say("packTake"), () => this.weigh(), "button-primary")),
      ];
    const papers = toTake(this.offered);
    const bytes = papers.reduce((sum, { size }) => sum + size, 0);
    const free = this.free ? say("packFree", { free: sized(this.free) }) : "";
    return [
      el("p", {}, el("strong", {}, say("packSize", { count: papers.length, size: sized(bytes) })), " ", free),
      this.online(this.offered),
      this.free && this.free < bytes ? line("triangle-alert", say("packTooLarge")) : null,
      row(
        button("pack-take", "download", say("packBegin"), () => this.taking.take(), "button-primary"),
        button("pack-not", "x", say("packNot"), () => this.forgetOffer()),
      ),
    ];
  }

  /** @param {Pack} pack */
  online(pack) {
    const count = pack.papers.filter((paper) => !mayTake(paper)).length;
    return count ? line("eye", say("packOnline", { count })) : null;
  }

  async weigh() {
    this.trouble = "";
    const space = await navigator.storage?.estimate?.();
    this.free = space?.quota ? space.quota - (space.usage ?? 0) : 0;
    this.offered = await this.taking.weigh().catch(() => {
      this.trouble = say("packNoNetwork");
      return undefined;
    });
    this.draw();
  }

  forgetOffer() {
    this.offered = undefined;
    this.draw();
  }

  /** @param {Pack} pack @param {Set<string>} have */
  count(pack, have) {
    const { phase, failed } = this.taking.state;
    const of = toTake(pack).length;
    const figures = { have: have.size, of };
    const until = say("packUntil", { at: timed(pack.until) });
    if (phase === "kept") return el("div", {}, line("circle-check", say("packHave", figures), "success"), note(until));
    if (phase === "full") return line("triangle-alert", say("packFull"), "danger");
    if (phase === "partly")
      return line("triangle-alert", say(failed.size ? "packFailed" : "packPartly", figures), "warning");
    return el(
      "div",
      { role: "status" },
      line(
        "loader-circle",
        say(phase === "checking" ? "packChecking" : phase === "reading" ? "packReading" : "packLoading", figures),
      ),
      el("progress", { class: "pack-all", max: of || 1, value: have.size }),
    );
  }

  /** @param {Pack} pack */
  list(pack) {
    const { phase } = this.taking.state;
    return el(
      "details",
      { class: "pack-list", open: phase === "loading" || phase === "partly" },
      el("summary", { class: "target" }, say("packPapers")),
      el(
        "ul",
        { class: "list" },
        pack.papers.map((paper) => this.paper(paper)),
      ),
    );
  }

  /** @param {PackPaper} paper */
  paper(paper) {
    const { have, failed, now, bytes } = this.taking.state;
    const here = have.has(paper.document);
    const loading = now === paper.document;
    const state = !mayTake(paper)
      ? say("paperOnline")
      : here
        ? say("paperHere")
        : failed.has(paper.document)
          ? say("paperFailed2")
          : say("paperNotYet");
    return el(
      "li",
      { class: "pack-paper", "data-key": `pack-${paper.document}`, "data-here": String(here) },
      icon(here ? "circle-check" : "circle-dashed"),
      el("span", { class: "list-title" }, paper.title),
      loading
        ? el("progress", { max: paper.size, value: Math.min(bytes, paper.size), "aria-label": paper.title })
        : el("span", { class: "list-note" }, `${state} · ${sized(paper.size)}`),
    );
  }

  buttons() {
    const { phase } = this.taking.state;
    if (["loading", "checking", "reading"].includes(phase))
      return row(phase !== "checking" && button("pack-stop", "x", say("packStop"), () => this.taking.cancel()));
    return row(
      phase === "kept"
        ? link("pack-open", "book-open", say("packOpen"), `/meetings/${this.meeting}/offline/`, "")
        : button("pack-more", "download", say("packMore"), () => this.taking.take(), "button-primary"),
      phase === "kept" && button("pack-check", "shield-check", say("packCheck"), () => this.taking.recheck()),
      location.pathname !== LIST && link("pack-list", "tablet", say("packAll"), LIST),
      button("pack-drop", "trash-2", say("packDrop"), () => this.drop(), "button-quiet"),
    );
  }

  async drop() {
    if (!(await ask(say("packDropAsk"), { yes: say("packDrop"), danger: true }))) return;
    this.offered = undefined;
    await this.taking.drop();
  }
}

/** @param {string} name @param {string} words @param {string} [tone] */
function line(name, words, tone = "") {
  return el("p", { class: `pack-line ${tone && `tone-${tone}`}`, role: "status" }, icon(name), el("span", {}, words));
}

/** @param {string} words */
const note = (words) => el("p", { class: "faint" }, words);

/** @param {Array<HTMLElement | false>} children */
const row = (...children) => el("div", { class: "row" }, children);

/**
 * @param {string} key
 * @param {string} name
 * @param {string} words
 * @param {() => unknown} act
 * @param {string} [kind]
 */
function button(key, name, words, act, kind = "") {
  const attributes = { type: "button", class: `button ${kind}`, "data-key": key, onclick: () => void act() };
  return el("button", attributes, icon(name), words);
}

/**
 * @param {string} key
 * @param {string} name
 * @param {string} words
 * @param {string} href
 * @param {string} [kind]
 */
function link(key, name, words, href, kind = "button-quiet") {
  return el("a", { class: `button ${kind}`, href, "data-key": key }, icon(name), words);
}
