// @ts-check
/**
 * Merging operations on notes: twice, late or in any order, the result is the same. Pure. The server's half is
 * annotations/merging.py, on the same fixtures. A note is the object of the wire; one whose `put` has not come yet is
 * kept without a `kind` and is not shown.
 */

/** @import { Author, Note, Operation, Reply, Stamp } from "annotations/types" */
/** @typedef {Author & { at: string }} Said who did something, and when */
/** @typedef {Partial<Note> & Pick<Note, "stamps" | "replies">} Loose a note whose beginning may not have come */

const FIXED = /** @type {const} */ (["version", "page", "kind", "shape", "quote"]);
const REGISTERS = /** @type {const} */ (["style", "body", "to"]);

/** Is one stamp newer than another? @param {Stamp} one @param {Stamp | undefined} other */
export function newer(one, other) {
  if (!other || one[0] !== other[0]) return !other || one[0] > other[0];
  return one[1] > other[1];
}

/** What orders the operations of a note. @param {Operation} operation @returns {Stamp} */
export function stampOf({ stamp, id }) {
  return [stamp, id];
}

/**
 * The note after one operation; what was there before stays as it was.
 * @param {Partial<Note> | undefined} before
 * @param {Operation} operation
 * @param {Said} author
 * @returns {Loose}
 */
export function applied(before, operation, author) {
  const note = { ...before, stamps: { ...before?.stamps }, replies: { ...before?.replies } };
  DOING[operation.do](note, operation, author);
  return note;
}

/** Sets a register unless it holds something newer. @param {Loose} note @param {string} name @param {unknown} value @param {Stamp} stamp */
function set(note, name, value, stamp) {
  if (!newer(stamp, note.stamps[name])) return;
  Object.assign(note, { [name]: value });
  note.stamps[name] = stamp;
}

/** @param {Loose} note @param {Said} author */
function touch(note, { at }) {
  if (at > (note.changed_at ?? "")) note.changed_at = at;
}

/** @param {Loose} note @param {Operation} operation @param {Said} author */
function put(note, operation, author) {
  const stamp = stampOf(operation);
  const { put: first } = note.stamps;
  if (!first || newer(first, stamp)) {
    for (const name of FIXED) Object.assign(note, { [name]: operation[name] ?? null });
    Object.assign(note, author);
    note.stamps.put = stamp;
  }
  for (const name of REGISTERS) set(note, name, operation[name] ?? null, stamp);
  touch(note, author);
}

/**
 * What sets one register.
 * @param {string} name
 * @param {(operation: Operation) => unknown} value
 * @returns {(note: Loose, operation: Operation, author: Said) => void}
 */
function register(name, value) {
  return (note, operation, author) => {
    set(note, name, value(operation), stampOf(operation));
    touch(note, author);
  };
}

/** What a reply says never changes, and one that was erased stays so. @param {Loose} note @param {Operation} operation @param {Said} author */
function reply(note, operation, author) {
  const [key, stamp] = [operation.reply ?? "", stampOf(operation)];
  const there = note.replies[key];
  if (!there || (!there.gone && there.stamp && newer(there.stamp, stamp)))
    note.replies[key] = { ...author, body: operation.body ?? "", stamp };
}

/** @param {Loose} note @param {Operation} operation */
function eraseReply(note, operation) {
  note.replies[operation.reply ?? ""] = /** @type {Reply} */ ({ gone: true });
}

/** @type {Record<Operation["do"], (note: Loose, operation: Operation, author: Said) => void>} */
const DOING = {
  put,
  erase: register("erased", () => true),
  restore: register("erased", () => false),
  say: register("body", (operation) => operation.body ?? ""),
  restyle: register("style", (operation) => operation.style),
  share: register("to", (operation) => operation.to ?? null),
  reply,
  erase_reply: eraseReply,
};

/** The note as it goes over the wire, without nulls; undefined while its `put` has not come. @param {Loose} note @returns {Note | undefined} */
export function plain(note) {
  if (note.kind === undefined) return undefined;
  const said = Object.entries(note).filter(([name, value]) => value != null && !(name === "erased" && value === false));
  const replies = Object.fromEntries(Object.entries(note.replies).filter(([, one]) => !one.gone));
  return /** @type {Note} */ ({ ...Object.fromEntries(said), replies });
}

/**
 * Two states of the same note as one: of every register the newest.
 * @param {Note | undefined} one
 * @param {Note} other
 * @returns {Note}
 */
export function united(one, other) {
  if (!one || one === other) return other;
  /** @type {Note} */
  const both = { ...one, stamps: { ...one.stamps }, replies: { ...one.replies, ...other.replies } };
  for (const [field, stamp] of Object.entries(other.stamps)) {
    if (!newer(stamp, both.stamps[field])) continue;
    both.stamps[field] = stamp;
    if (field !== "put") Object.assign(both, { [field]: /** @type {any} */ (other)[field] });
  }
  return both;
}

/** Which registers an operation writes. @type {Partial<Record<Operation["do"], string[]>>} */
const WRITTEN = {
  put: [...REGISTERS],
  erase: ["erased"],
  restore: ["erased"],
  say: ["body"],
  restyle: ["style"],
  share: ["to"],
};

/** Has the server's state taken this operation in already? @param {Note | undefined} note @param {Operation} operation */
export function isIn(note, operation) {
  if (!note) return false;
  if (operation.do === "reply") return (operation.reply ?? "") in note.replies;
  if (operation.do === "erase_reply") return !((operation.reply ?? "") in note.replies);
  return (WRITTEN[operation.do] ?? []).every((field) => !newer(stampOf(operation), note.stamps[field]));
}

/** Is this something to show: made, and not erased? @param {Partial<Note> | undefined} note @returns {note is Note} */
export function isShown(note) {
  return note?.kind !== undefined && !note.erased;
}

/** The replies that were not erased, oldest first. @param {Note} note @returns {Array<[string, Reply]>} */
export function repliesOf(note) {
  return Object.entries(note.replies)
    .filter(([, one]) => !one.gone)
    .sort(([, one], [, two]) => (one.at < two.at ? -1 : 1));
}

/** The highest counter in a note's registers. @param {Note} note */
export function highest(note) {
  return Math.max(0, ...Object.values(note.stamps).map(([counter]) => counter));
}
