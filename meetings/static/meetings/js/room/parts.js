// @ts-check
/**
 * What stands in the right pane, in order: one line per part. A part is drawn from the context alone, again after every
 * event; those under a tab that is not shown are not drawn. How to add one: docs/ui.md, "The room".
 */

import { callsBadge, callsPart } from "meetings/room/calls/queue";
import { servicePart } from "meetings/room/calls/service";
import { conclusionsPart } from "meetings/room/conclusions";
import { el, fill } from "meetings/room/el";
import { opinionsPart } from "meetings/room/opinions";
import { orderPart } from "meetings/room/order/part";
import { peoplePart } from "meetings/room/people";
import { presencePart } from "meetings/room/presence";
import { readyPart } from "meetings/room/ready";
import { askPart } from "meetings/room/speaking/ask";
import { floorPart } from "meetings/room/speaking/floor";
import { queuePart, speakingBadge } from "meetings/room/speaking/line";
import { spokenPart } from "meetings/room/speaking/spoken";
import { say } from "meetings/room/texts";
import { votesBadge, votesPart } from "meetings/room/votes";
import { nowPart } from "meetings/room/voting";
import { icon } from "ui/icons";

/** @import { Ballots } from "meetings/room/ballots" */
/** @import { Child } from "meetings/room/el" */
/** @import { Desk } from "meetings/room/desk" */
/** @import { Store } from "meetings/room/store" */

/** Sends a command and waits for its answer; a refusal is shown, and the answer is then `undefined`. @typedef {(verb: string, data: object) => Promise<unknown>} Act */
/** Sends what is never stored and never answered. @typedef {(verb: string, data: Record<string, unknown>) => void} Pass */
/** Listens for passing frames of a kind. @typedef {(kind: string, listener: (data: any) => void) => void} Hear */

/**
 * @typedef {object} Context
 * @property {Store} store the room and what is mine, as of now
 * @property {Desk} desk the item and paper this person looks at (`desk.item`)
 * @property {Act} act
 * @property {Pass} pass
 * @property {Hear} hear
 * @property {typeof say} say
 * @property {Ballots} ballots mine: being chosen, on their way, counted
 * @property {{ socket: string, commands: string, state: string, page: string, paper: string, document: string }} urls
 * @property {Tabs} tabs
 * @property {(opinion: import("meetings/room/types").Opinion) => void} openPlace where a remark was made
 */

/** `in`: the tab it stands under, or "now" (always on top), or "top" (under every tab, first). @typedef {{ key: string, in: string, draw: (context: Context) => Child | Child[] }} Part */
/** `badge`: a figure beside the word, none for 0. @typedef {{ key: string, label: string, icon: string, badge?: (context: Context) => number, shown?: (context: Context) => boolean }} Tab */

/** @type {Tab[]} labels are names of sentences */
const TABS = [
  { key: "votes", label: "tabVotes", icon: "vote", badge: votesBadge },
  { key: "speaking", label: "tabSpeaking", icon: "mic", badge: speakingBadge },
  { key: "item", label: "tabItem", icon: "message-square-text" },
  { key: "people", label: "tabPeople", icon: "users" },
  { key: "calls", label: "tabCalls", icon: "concierge-bell", badge: callsBadge },
];

/** @type {Part[]} each is drawn into `#<key>-pane` */
const PARTS = [
  { key: "now", in: "now", draw: nowPart },
  { key: "floor", in: "now", draw: floorPart },
  { key: "order", in: "now", draw: orderPart },
  { key: "presence", in: "top", draw: presencePart },
  { key: "vote", in: "votes", draw: votesPart },
  { key: "ready", in: "votes", draw: readyPart },
  { key: "ask", in: "speaking", draw: askPart },
  { key: "queue", in: "speaking", draw: queuePart },
  { key: "spoken", in: "speaking", draw: spokenPart },
  { key: "opinions", in: "item", draw: opinionsPart },
  { key: "conclusions", in: "item", draw: conclusionsPart },
  { key: "people", in: "people", draw: peoplePart },
  { key: "calls", in: "calls", draw: callsPart },
  { key: "service", in: "calls", draw: servicePart },
];

/** The tabs of the right pane and what stands under each. */
export class Tabs {
  /**
   * @param {HTMLElement} host the pane below the vote
   * @param {HTMLElement} now where the open vote stands
   */
  constructor(host, now) {
    this.host = host;
    this.current = TABS[0]?.key ?? "";
    this.row = el("div", { class: "room-tabs", role: "tablist", "aria-label": say("tabs") });
    /** @type {Map<string, HTMLElement>} */
    this.panes = new Map(PARTS.map(({ key }) => [key, el("div", { id: `${key}-pane` })]));
    this.sheet = el("div", { class: "room-sheet", role: "tabpanel", id: "room-sheet" });
    const scroller = el("div", { class: "room-scroll" });
    for (const { key, in: place } of PARTS) {
      const pane = /** @type {HTMLElement} */ (this.panes.get(key));
      if (place === "now") now.append(pane);
      else (place === "top" ? scroller : this.sheet).append(pane);
    }
    scroller.append(this.sheet);
    host.append(this.row, scroller);
    /** @type {Context | undefined} */
    this.context = undefined;
  }

  /** Brings a tab forward. @param {string} key */
  show(key) {
    this.current = key;
    if (this.context) this.draw(this.context);
  }

  /** @param {Context} context */
  draw(context) {
    this.context = context;
    const tabs = TABS.filter((tab) => !tab.shown || tab.shown(context));
    if (!tabs.some(({ key }) => key === this.current)) this.current = tabs[0]?.key ?? "";
    fill(
      this.row,
      tabs.map((tab) => this.button(tab, context)),
    );
    this.sheet.setAttribute("aria-label", say(TABS.find(({ key }) => key === this.current)?.label ?? ""));
    for (const part of PARTS) this.drawPart(part, context);
  }

  /**
   * @param {Part} part
   * @param {Context} context
   */
  drawPart(part, context) {
    const pane = /** @type {HTMLElement} */ (this.panes.get(part.key));
    pane.hidden = !["now", "top", this.current].includes(part.in);
    if (!pane.hidden) fill(pane, part.draw(context));
  }

  /**
   * @param {Tab} tab
   * @param {Context} context
   */
  button(tab, context) {
    const count = tab.badge?.(context) ?? 0;
    const attributes = {
      type: "button",
      role: "tab",
      class: "room-tab",
      "data-key": `tab-${tab.key}`,
      "aria-selected": String(tab.key === this.current),
      "aria-controls": "room-sheet",
      onclick: () => this.show(tab.key),
    };
    const badge = count > 0 && el("span", { class: "room-badge" }, count);
    return el("button", attributes, icon(tab.icon), el("span", {}, say(tab.label)), badge);
  }
}
