// @ts-check
/** What the room's state says of speaking: who has the floor, who is called, who waits, what is mine. */

import { queuesOf } from "meetings/room/speaking/queue";
import { say } from "meetings/room/texts";

/** @import { Store } from "meetings/room/store" */
/** @import { Speech, Turn } from "meetings/room/types" */
/** @typedef {[string, Speech]} Entry  id and request */

const STANDING = ["waiting", "called", "speaking", "paused"];

/** @param {Store} store @returns {Entry[]} */
const all = (store) => Object.entries(store.room.speeches ?? {});

/** @param {Store} store @param {...string} states @returns {Entry[]} */
export function inState(store, ...states) {
  return all(store).filter(([, speech]) => states.includes(speech.state));
}

/** The lanes of this kind of meeting: code and what it is called. @param {Store} store */
export function lanesOf(store) {
  return store.room.meeting.lanes ?? [];
}

/** @param {Store} store @param {string} code */
export function laneName(store, code) {
  return lanesOf(store).find((lane) => lane.code === code)?.label ?? code;
}

/** What a lane is called inside a sentence. @param {Store} store @param {string} code */
export function laneWord(store, code) {
  return laneName(store, code).toLocaleLowerCase("vi");
}

/** The queues of an item by lane, each the ids in the order they are called. @param {Store} store @param {string} item */
export function queues(store, item) {
  return queuesOf(store.room.speeches ?? {}, item, store.room.meeting.queue_order ?? "fair");
}

/** Who waits on an item, lane after lane: the one to call first is first. @param {Store} store @param {string} item */
export function waitingOn(store, item) {
  const found = queues(store, item);
  return lanesOf(store).flatMap(({ code }) => found[code] ?? []);
}

/** The turn that is going on or stands, else the last one. @param {Speech} speech @returns {Turn | undefined} */
export function turnOf(speech) {
  return speech.turns.at(-1);
}

/** Who holds or held the floor in a request: the one who asked for it, or who answers. @param {Speech} speech */
export function holderOf(speech) {
  return ["speaking", "paused"].includes(speech.state) ? (turnOf(speech)?.person ?? speech.person) : speech.person;
}

/** Who has the floor now; while nobody speaks, who was paused. @param {Store} store @returns {string | undefined} */
export function floorHolder(store) {
  const [held] = [...inState(store, "speaking"), ...inState(store, "paused")];
  return held && holderOf(held[1]);
}

/** @param {Store} store @param {string | undefined} person */
export function nameOf(store, person) {
  return store.room.people[person ?? ""]?.name ?? "";
}

/** My own requests on an item that stand. @param {Store} store @param {string} item @returns {Entry[]} */
export function myStanding(store, item) {
  const me = store.mine.me?.person;
  return all(store).filter(([, one]) => one.person === me && one.item === item && STANDING.includes(one.state));
}

/** What was refused me last on an item, unless I have asked again since. @param {Store} store @param {string} item */
export function myRefusal(store, item) {
  const refused = Object.values(store.mine.refusals ?? {}).filter((one) => one.item === item);
  const last = refused.sort((a, b) => (a.at < b.at ? -1 : 1)).at(-1);
  const me = store.mine.me?.person;
  const later = all(store).some(([, one]) => one.person === me && one.item === item && last && one.at > last.at);
  return later ? undefined : last;
}

/** Members ask; chair and secretary call whom they want, themselves too. @param {Store} store */
export function mayAsk(store) {
  const { state } = store.room.meeting;
  const { role } = store.mine.me ?? {};
  return role !== undefined && role !== "guest" && !store.leads && (state === "published" || state === "open");
}

/** Which page of which paper a request is about, where I may see that paper. @param {Store} store @param {Speech} speech */
export function aboutPage(store, speech) {
  const paper = store.papers[speech.paper ?? ""];
  if (!paper) return "";
  return speech.page ? say("speechOnPage", { paper: paper.title, page: speech.page }) : paper.title;
}
