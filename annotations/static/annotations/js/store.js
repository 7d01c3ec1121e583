// @ts-check
/**
 * The annotations of one document as this person sees them: what the server says on every stream, and on top of it the
 * own operations it has not said yet. Whoever shows them asks `shown()`; whoever changes them says `act(…)`.
 */

import { applied, highest, isIn, isShown, repliesOf, united } from "annotations/merging";
import { History } from "annotations/undoing";
import { apply } from "live/apply";

/** @import { Answer, Author, Note, Operation } from "annotations/types" */
/** What an act wants done, before it has its id and stamp. @typedef {Omit<Operation, "id" | "stamp">} Wish */
/** @typedef {{ operation: Operation, at: string }} Pending */

export class NoteStore {
  /**
   * @param {Author} author
   * @param {{ newId: () => string, now?: () => string }} making
   */
  constructor(author, { newId, now = () => new Date().toISOString() }) {
    this.author = author;
    this.newId = newId;
    this.now = now;
    /** @type {Map<string, Record<string, Note>>} what the server says, by stream */
    this.streams = new Map();
    /** @type {Map<string, Pending>} own operations the server has not answered, in order */
    this.waiting = new Map();
    /** @type {Map<string, Pending>} answered, and not yet seen in a stream */
    this.answered = new Map();
    this.counter = 0;
    this.history = new History();
    /** @type {Set<() => void>} */
    this.watchers = new Set();
    /** @type {(operation: Operation) => void} called with every new operation, to be sent */
    this.onOperation = () => {};
    /** @type {Map<string, Note> | undefined} */
    this.known = undefined;
    /** @type {{ of: Map<string, Note>, notes: Array<[string, Note]> } | undefined} what is to be seen of that, in order */
    this.ordered = undefined;
  }

  /** @param {() => void} watcher */
  watch(watcher) {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  changed() {
    this.known = undefined;
    for (const watcher of this.watchers) watcher();
  }

  // --- what the server says

  /** @param {string} stream @param {{ notes?: Record<string, Note> } | undefined} snapshot */
  replace(stream, snapshot) {
    this.streams.set(stream, snapshot?.notes ?? {});
    this.learn(Object.values(snapshot?.notes ?? {}));
  }

  /** @param {string} stream @param {{ notes?: Record<string, any> }} patch */
  patch(stream, patch) {
    const before = { notes: this.streams.get(stream) ?? {} };
    const after = /** @type {{ notes: Record<string, Note> }} */ (apply(before, patch)).notes ?? {};
    this.streams.set(stream, after);
    this.learn(Object.keys(patch.notes ?? {}).flatMap((id) => after[id] ?? []));
  }

  /** Nothing of this stream may be seen any more. @param {string} stream */
  forget(stream) {
    this.streams.delete(stream);
    this.changed();
  }

  /** @param {Note[]} notes new or changed */
  learn(notes) {
    for (const note of notes) this.counter = Math.max(this.counter, highest(note));
    for (const [id, { operation }] of this.answered) if (this.says(operation)) this.answered.delete(id);
    this.changed();
  }

  /** One annotation as the streams have it. @param {string} id @returns {Note | undefined} */
  said(id) {
    /** @type {Note | undefined} */
    let note;
    for (const notes of this.streams.values()) {
      const other = notes[id];
      if (other) note = united(note, other);
    }
    return note;
  }

  /** Is this operation in the streams already? @param {Operation} operation */
  says(operation) {
    return isIn(this.said(operation.note), operation);
  }

  /** What the server answered to own operations. @param {Answer[]} answers */
  settle(answers) {
    for (const { id, ok } of answers) {
      const pending = this.waiting.get(id);
      this.waiting.delete(id);
      if (pending && !ok && pending.operation.do === "put") this.history.forget(pending.operation.note);
      if (pending && ok && !this.says(pending.operation)) this.answered.set(id, pending);
    }
    this.changed();
  }

  /** The streams stand beyond these answered operations, whatever has become of them since. @param {Iterable<string>} ids */
  past(ids) {
    for (const id of ids) this.answered.delete(id);
    this.changed();
  }

  // --- what is shown

  /** Everything known, erased ones too. @returns {Map<string, Note>} */
  all() {
    this.known ??= this.worked();
    return this.known;
  }

  worked() {
    /** @type {Map<string, Partial<Note>>} */
    const known = new Map();
    for (const notes of this.streams.values())
      for (const [id, note] of Object.entries(notes))
        known.set(id, united(/** @type {Note | undefined} */ (known.get(id)), note));
    for (const { operation, at } of [...this.answered.values(), ...this.waiting.values()])
      known.set(operation.note, applied(known.get(operation.note), operation, { ...this.author, at }));
    return /** @type {Map<string, Note>} */ (new Map([...known].filter(([, note]) => note.kind !== undefined)));
  }

  /** What is to be seen, oldest first. @returns {ReadonlyArray<[string, Note]>} */
  shown() {
    const all = this.all();
    if (this.ordered?.of !== all) this.ordered = { of: all, notes: this.sorted(all) };
    return this.ordered.notes;
  }

  /** @param {Map<string, Note>} all */
  sorted(all) {
    const order = (/** @type {[string, Note]} */ [a, one], /** @type {[string, Note]} */ [b, two]) =>
      one.at < two.at || (one.at === two.at && a < b) ? -1 : 1;
    return [...all].filter(([, note]) => isShown(note)).sort(order);
  }

  /** @param {string} id */
  note(id) {
    const note = this.all().get(id);
    return isShown(note) ? note : undefined;
  }

  /** May I change it? Its owner alone. @param {string} id */
  isMine(id) {
    return this.all().get(id)?.owner === this.author.owner;
  }

  /** Has somebody else replied to it? @param {Note} note */
  isRepliedTo(note) {
    return repliesOf(note).some(([, { owner }]) => owner !== this.author.owner);
  }

  // --- what is done

  /**
   * Does something that can be undone: one act may be several wishes, undone together.
   * @param {...Wish} wishes
   * @returns {Operation[]}
   */
  act(...wishes) {
    this.history.did(wishes.map((wish) => this.way(wish)));
    return this.do(wishes);
  }

  /** A wish and what takes it back, as things stand now. @param {Wish} wish @returns {import("annotations/undoing").Step} */
  way(wish) {
    const note = this.all().get(wish.note);
    const back = { note: wish.note };
    /** @type {Partial<Record<Operation["do"], () => Wish>>} */
    const backs = {
      put: () => ({ ...back, do: "erase" }),
      erase: () => ({ ...back, do: "restore" }),
      restore: () => ({ ...back, do: "erase" }),
      say: () => ({ ...back, do: "say", body: note?.body ?? "" }),
      restyle: () => ({ ...back, do: "restyle", ...(note && { style: note.style }) }),
      share: () => ({ ...back, do: "share", to: note?.to ?? null }),
    };
    // a made annotation comes back by being restored: its id has been used
    return { forth: wish.do === "put" ? { ...back, do: "restore" } : wish, back: backs[wish.do]?.() };
  }

  /** @param {Wish[]} wishes @returns {Operation[]} */
  do(wishes) {
    const made = wishes.map((wish) => {
      this.counter += 1;
      return /** @type {Operation} */ ({ id: this.newId(), stamp: this.counter, ...wish });
    });
    for (const operation of made) this.take(operation, this.now());
    for (const operation of made) this.onOperation(operation);
    this.changed();
    return made;
  }

  /** An operation of this device that was made before, found waiting in the queue. @param {Operation} operation @param {string} at */
  take(operation, at) {
    this.counter = Math.max(this.counter, operation.stamp);
    this.waiting.set(operation.id, { operation, at });
    this.known = undefined;
  }

  undo() {
    const wishes = this.history.undo();
    return wishes ? this.do(wishes) : [];
  }

  redo() {
    const wishes = this.history.redo();
    return wishes ? this.do(wishes) : [];
  }
}
