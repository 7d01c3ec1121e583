// @ts-check
/** Whose tablet is connected, and since when somebody's no longer is: what the secretary is suggested follows from it. Pure. */

/** @import { Person } from "meetings/room/types" */
/** @typedef {{ here: boolean, at: number }} Seen */
/** @typedef {{ come: string[], gone: string[] }} Suggestion */

/** Who has been gone for so long is suggested as having left. */
export const GONE_AFTER = 5 * 60_000;

export class Connections {
  constructor() {
    /** @type {Map<string, Seen>} */
    this.seen = new Map();
  }

  /**
   * Takes what the server says: true for who is connected, nothing for who no longer is.
   * @param {Record<string, true | null>} data
   * @param {number} now
   */
  take(data, now) {
    for (const [person, here] of Object.entries(data)) {
      if ((this.seen.get(person)?.here ?? false) !== Boolean(here))
        this.seen.set(person, { here: Boolean(here), at: now });
    }
  }

  /** @param {string} person */
  isHere(person) {
    return this.seen.get(person)?.here === true;
  }

  /**
   * Has this person's tablet been here, and gone for long?
   * @param {string} person
   * @param {number} now
   */
  isGone(person, now) {
    const seen = this.seen.get(person);
    return seen !== undefined && !seen.here && now - seen.at >= GONE_AFTER;
  }

  /**
   * Who is connected and not checked in, and who is checked in and has been gone for minutes.
   * @param {Array<[string, Person]>} people
   * @param {number} now
   * @returns {Suggestion}
   */
  suggest(people, now) {
    return {
      come: people.filter(([id, { present }]) => !present && this.isHere(id)).map(([id]) => id),
      gone: people.filter(([id, { present }]) => present && this.isGone(id, now)).map(([id]) => id),
    };
  }
}
