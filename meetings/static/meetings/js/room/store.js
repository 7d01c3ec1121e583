// @ts-check
/** What the room is now: two snapshots, patched by events, and who wants to know. */

import { apply } from "live/apply";

/** @import { Room, Mine, Vote, Person, Paper } from "meetings/room/types" */

export class Store {
  /**
   * @param {Room} room
   * @param {Mine} mine
   * @param {string[]} [opened] versions this person has opened before, as `document/version`
   */
  constructor(room, mine, opened = []) {
    this.room = room;
    this.mine = mine;
    this.opened = new Set(opened);
    /** @type {Array<() => void>} */
    this.watchers = [];
    this.scheduled = false;
  }

  /** @param {() => void} watcher */
  watch(watcher) {
    this.watchers.push(watcher);
  }

  /** @param {object} patch */
  patchRoom(patch) {
    this.room = /** @type {Room} */ (apply(this.room, patch));
    this.changed();
  }

  /** @param {object} patch */
  patchMine(patch) {
    this.mine = /** @type {Mine} */ (apply(this.mine, patch));
    this.changed();
  }

  /**
   * @param {Room} room
   * @param {Mine} mine
   */
  replace(room, mine) {
    this.room = room;
    this.mine = mine;
    this.changed();
  }

  /** Draws once per frame, however many events came. */
  changed() {
    if (this.scheduled) return;
    this.scheduled = true;
    requestAnimationFrame(() => {
      this.scheduled = false;
      for (const watcher of this.watchers) watcher();
    });
  }

  get leads() {
    return this.mine.me?.view === "chair";
  }

  /** @returns {Person | undefined} */
  get self() {
    return this.mine.me && this.room.people[this.mine.me.person];
  }

  /** Papers everybody of this view has, and those laid for this person's groups. */
  get papers() {
    return { ...this.room.papers, ...this.mine.papers };
  }

  /** Was the paper added or replaced, and its newest version not opened yet? @param {Paper} paper */
  isFresh(paper) {
    return Boolean(paper.supplement || paper.changed_at) && !this.opened.has(`${paper.document}/${paper.version}`);
  }

  /** Agenda items in order. */
  items() {
    return Object.entries(this.room.items).sort(([, a], [, b]) => a.position - b.position);
  }

  /** @param {string} item */
  papersOf(item) {
    return Object.entries(this.papers)
      .filter(([, paper]) => paper.item === item)
      .sort(([, a], [, b]) => a.position - b.position);
  }

  /** People who take part, by given name. */
  people() {
    return Object.entries(this.room.people)
      .filter(([, person]) => !person.removed)
      .sort(([, a], [, b]) => (a.sort < b.sort ? -1 : 1));
  }

  /** @returns {[string, Vote] | undefined} */
  openVote() {
    return Object.entries(this.room.votes).find(([, vote]) => vote.state === "open");
  }

  /** @param {string | undefined} item */
  votesOf(item) {
    return Object.entries(this.room.votes).filter(([, vote]) => vote.item === item);
  }
}
