// @ts-check
/** Ballots nobody has answered yet: they outlive a reload of the page, belong to one person, and go when that person signs out. */

/** @import { Chosen } from "meetings/room/ballots" */
/** `revision`: of the question as it was read. @typedef {{ id: string, chosen: Chosen, at: number, revision?: number | undefined }} Waiting */

const PREFIX = "nghisu:ballot:"; // ui/kept.js clears it when this person signs out or another one signs in
const DAY = 86_400_000;

export class Unsent {
  /**
   * @param {string} user
   * @param {Pick<Storage, "getItem" | "setItem" | "removeItem">} storage
   */
  constructor(user, storage) {
    this.user = user;
    this.storage = storage;
  }

  /** @param {string} vote */
  key(vote) {
    return `${PREFIX}${this.user}:${vote}`;
  }

  /** @param {string} vote @param {Waiting} waiting */
  put(vote, waiting) {
    try {
      this.storage.setItem(this.key(vote), JSON.stringify(waiting));
    } catch {
      // a full or forbidden store: the page itself still has it
    }
  }

  /** Forgets what waits for this vote; with an id only that ballot: a newer choice goes on waiting. @param {string} vote @param {string} [id] */
  drop(vote, id) {
    if (id !== undefined && this.read(vote)?.id !== id) return;
    this.storage.removeItem(this.key(vote));
  }

  /** @param {string} vote @returns {Waiting | undefined} */
  read(vote) {
    try {
      return JSON.parse(this.storage.getItem(this.key(vote)) ?? "null") ?? undefined;
    } catch {
      return undefined; // not ours
    }
  }

  /** What waits for this vote; the server remembers ids for longer than a day, so none is given twice. @param {string} vote @param {number} now @returns {Waiting | undefined} */
  of(vote, now) {
    const waiting = this.read(vote);
    if (waiting && now - waiting.at < DAY) return waiting;
    this.drop(vote);
    return undefined;
  }
}
