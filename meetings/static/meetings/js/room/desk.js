// @ts-check
/** What lies on this person's desk: the paper shown, following the meeting or leafing elsewhere. */

/** @import { Store } from "meetings/room/store" */

export class Desk {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.item = "";
    this.paper = "";
    this.following = true;
    /** @type {() => void} called when this person opens something by hand */
    this.onShow = () => {};
  }

  /** Where the meeting is; before it opens, at its first item. */
  get current() {
    return this.store.room.meeting.current_item ?? this.store.items()[0]?.[0] ?? "";
  }

  /** Goes where the meeting is, if this person follows or the paper shown is gone. */
  keepUp() {
    const { current } = this;
    const gone = this.paper !== "" && !(this.paper in this.store.papers);
    if (this.following && (this.item !== current || gone || this.paper === "")) this.lay(current);
    else if (gone) this.lay(this.item);
  }

  /** @param {string} item @param {string} [paper] */
  lay(item, paper = this.store.papersOf(item)[0]?.[0] ?? "") {
    this.item = item;
    this.paper = paper;
  }

  /** This person opens something: elsewhere than the meeting is, they no longer follow. @param {string} item @param {string} [paper] */
  show(item, paper) {
    this.lay(item, paper);
    this.following = item === this.current;
    this.onShow();
    this.store.changed();
  }

  rejoin() {
    this.following = true;
    this.lay(this.current);
    this.store.changed();
  }
}
