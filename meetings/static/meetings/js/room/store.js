// @ts-check
/** What the room is now: two snapshots, patched by events, and who wants to know. */

import { apply } from "live/apply";

/** @import { Room, Mine, Vote, Person, Paper, Opinion } from "meetings/room/types" */

export class Store {
  /**
   * @param {Room} room
   * @param {Mine} mine
   * @param {string[]} [opened] versions this person has opened before, as `document/version`
   * @param {Record<string, string>} [drafts] opinions this person has prepared and not handed in, by item
   * @param {{ now?: string, before?: number }} [time] the server's clock, and minutes before the start check-in begins
   */
  constructor(room, mine, opened = [], drafts = {}, { now, before = 0 } = {}) {
    this.room = room;
    this.mine = mine;
    this.opened = new Set(opened);
    this.drafts = drafts;
    /** @type {Array<() => void>} */
    this.watchers = [];
    this.scheduled = false;
    this.skew = now ? Date.parse(now) - Date.now() : 0;
    this.before = before * 60_000;
    this.connected = false;
    /** @type {{ of: object, list: Array<[string, Person]> } | undefined} */
    this.sorted = undefined;
  }

  /** The server's clock: a tablet's may be wrong. */
  now() {
    return Date.now() + this.skew;
  }

  /** When check-in begins; the same holds for opening the meeting without being asked. */
  get checkInFrom() {
    return Date.parse(this.room.meeting.starts_at) - this.before;
  }

  /** Is it long before the meeting? */
  get isEarly() {
    return this.room.meeting.state === "published" && this.now() < this.checkInFrom;
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

  /** What was handed in on an item, in the order it came; chair and secretary alone have it. @param {string} item @returns {Opinion[]} */
  opinionsOn(item) {
    return Object.values(this.room.opinions ?? {})
      .filter((opinion) => opinion.item === item)
      .sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  /** What I handed in on an item. @param {string} item @returns {Opinion | undefined} */
  ownOpinion(item) {
    return Object.values(this.mine.opinions ?? {}).find((opinion) => opinion.item === item && !opinion.paper);
  }

  /** My remarks on the papers of an item, in the order they were handed in. @param {string} item @returns {Opinion[]} */
  ownRemarks(item) {
    return Object.values(this.mine.opinions ?? {})
      .filter((opinion) => opinion.item === item && opinion.paper)
      .sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  /** What was handed in of one of my notes. @param {string} note @returns {Opinion | undefined} */
  remarkOf(note) {
    return Object.values(this.mine.opinions ?? {}).find((opinion) => opinion.note === note);
  }

  /** May an opinion still be handed in? Until the meeting gets to the item. @param {string} item */
  mayHandIn(item) {
    const { state, current_item: current } = this.room.meeting;
    if (state === "published") return true;
    const [here, there] = [this.room.items[current ?? ""], this.room.items[item]];
    return state === "open" && there !== undefined && (here === undefined || here.position < there.position);
  }

  /** People who take part, by given name; sorted once per change of theirs. */
  people() {
    const { people } = this.room;
    if (this.sorted?.of !== people) {
      const here = Object.entries(people).filter(([, person]) => !person.removed);
      this.sorted = { of: people, list: here.sort(([, a], [, b]) => (a.sort < b.sort ? -1 : 1)) };
    }
    return this.sorted.list;
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
