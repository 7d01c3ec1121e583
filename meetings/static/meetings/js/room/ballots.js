// @ts-check
/** My ballots: what I am choosing, what is on its way, what has been counted. */

import { randomId } from "live/socket";

/** @import { Refusal } from "live/socket" */
/** @import { Store } from "meetings/room/store" */
/** @import { Unsent, Waiting } from "meetings/room/unsent" */
/** @typedef {{ choice?: string, choices?: string[], remark?: string }} Chosen */
/** What is pressed and not sent. @typedef {{ codes: string[], remark: string }} Draft */
/** @typedef {Waiting & { acknowledged?: number }} Way */
/** `unsent`: no connection, or no answer for long. @typedef {"none" | "sending" | "unsent" | "counted"} State */
/** @typedef {{ state: State, chosen?: Chosen, at?: string, refused?: string }} Mine */
/** @typedef {(verb: string, data: Record<string, unknown>, id: string) => Promise<unknown>} Send */

const PATIENCE = 4_000;

/** The codes of a choice. @param {Chosen | undefined} chosen */
export function codesOf(chosen) {
  return chosen?.choices?.length ? chosen.choices : chosen?.choice ? [chosen.choice] : [];
}

/** @param {Chosen | undefined} a @param {Chosen | undefined} b */
function same(a, b) {
  return (
    JSON.stringify([...codesOf(a)].sort()) === JSON.stringify([...codesOf(b)].sort()) &&
    (a?.remark ?? "") === (b?.remark ?? "")
  );
}

export class Ballots {
  /**
   * @param {Store} store
   * @param {Unsent} unsent
   * @param {Send} send
   */
  constructor(store, unsent, send) {
    this.store = store;
    this.unsent = unsent;
    this.send = send;
    /** @type {Map<string, Draft>} */
    this.drafts = new Map();
    /** @type {Map<string, Way>} */
    this.ways = new Map();
    /** @type {Map<string, string>} why the last try was not counted */
    this.refused = new Map();
    /** @type {Set<string>} votes in which I am about to change my ballot */
    this.changing = new Set();
  }

  /** Sends again what a page before this one could not; under the same id, so it counts once. */
  resume() {
    for (const vote of Object.keys(this.store.room.votes)) {
      const waiting = this.unsent.of(vote, Date.now());
      if (waiting && same(waiting.chosen, this.store.mine.ballots?.[vote])) this.unsent.drop(vote);
      else if (waiting) this.onItsWay(vote, waiting);
    }
  }

  /** @param {string} vote @param {Chosen} chosen */
  cast(vote, chosen) {
    const revision = this.store.room.votes[vote]?.revision;
    const way = { id: randomId(), chosen, at: Date.now(), revision };
    this.unsent.put(vote, way);
    this.drafts.delete(vote);
    this.changing.delete(vote);
    return this.onItsWay(vote, way);
  }

  /** @param {string} vote @param {Way} way */
  async onItsWay(vote, way) {
    this.ways.set(vote, way);
    this.refused.delete(vote);
    this.store.changed();
    setTimeout(() => this.store.changed(), PATIENCE);
    try {
      await this.send("cast", { vote, ...way.chosen, revision: way.revision }, way.id);
      this.unsent.drop(vote, way.id);
      way.acknowledged = this.store.now();
    } catch (error) {
      const { code, message } = /** @type {Refusal} */ (error);
      if (code.startsWith("closed_")) return; // nobody has answered: it goes out when this person is back
      this.unsent.drop(vote, way.id);
      if (this.ways.get(vote) !== way) return;
      this.ways.delete(vote);
      this.refused.set(vote, message);
    }
    this.store.changed();
  }

  /** Where my ballot stands; the server's word alone makes it counted. @param {string} vote @returns {Mine} */
  of(vote) {
    const counted = this.store.mine.ballots?.[vote];
    const way = this.ways.get(vote);
    const refused = this.refused.get(vote);
    if (way && same(way.chosen, counted)) this.ways.delete(vote);
    else if (way?.acknowledged)
      return { state: "counted", chosen: way.chosen, at: new Date(way.acknowledged).toISOString() };
    else if (way) return { state: this.isStuck(way) ? "unsent" : "sending", chosen: way.chosen };
    if (counted) return { state: "counted", chosen: counted, at: counted.at, refused };
    return { state: "none", refused };
  }

  /** @param {Way} way */
  isStuck(way) {
    return !this.store.connected || !navigator.onLine || Date.now() - way.at > PATIENCE;
  }

  /** @param {string} vote @returns {Draft} */
  draft(vote) {
    return this.drafts.get(vote) ?? { codes: [], remark: "" };
  }

  /** Keeps the words being written; the page is drawn anew where they become any or none. @param {string} vote @param {string} remark */
  write(vote, remark) {
    const before = this.draft(vote);
    this.drafts.set(vote, { ...before, remark });
    if ((before.remark.trim() === "") !== (remark.trim() === "")) this.store.changed();
  }

  /** @param {string} vote @param {Partial<Draft>} change */
  press(vote, change) {
    this.drafts.set(vote, { ...this.draft(vote), ...change });
    this.refused.delete(vote);
    this.store.changed();
  }
}
