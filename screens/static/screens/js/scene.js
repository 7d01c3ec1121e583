// @ts-check
/** What a room screen shows, from the room as guests have it. Pure. */

/** @typedef {{ item: string, question: string, options: Array<{ code: string, label: string }>, state: string, form?: string, rule: Record<string, any>, opened_at?: string, closes_at?: string, closed_at?: string, declared_at?: string, annulled?: object, cast?: number, counts?: Record<string, number>, result?: Record<string, any>, digest?: string }} Vote */
/** @typedef {{ item: string, person: string, lane: string, subject?: string, asked?: string, state: string, position: number, at: string, called_at?: string, turns: Array<{ person: string, phase: string, limit: number, used: number, since?: string }> }} Speech */
/** @typedef {{ position: number, label: string, depth: number, title: string, presenter: string, owner?: string, minutes: number }} Item */
/** @typedef {{ name: string, title: string, role: string, present: boolean, votes: boolean, removed?: boolean }} Person */
/** @typedef {{ id: string, title: string, state: string, place?: string, starts_at: string, ends_at: string, opened_at?: string, closed_at?: string, current_item?: string, item_since?: string, presenter?: string, led?: { document: string, version: number }, quorum: { members: number, present: number, needed: number, met: boolean } }} Meeting */
/** @typedef {{ meeting: Meeting, items: Record<string, Item>, people: Record<string, Person>, votes: Record<string, Vote>, speeches?: Record<string, Speech>, papers: Record<string, { document: string, version: number, title: string }>, sites?: Record<string, { name: string }> }} Room */

/**
 * @typedef {{ kind: "before" | "over" | "cancelled" | "vote" | "counted" | "result" | "break" | "led" | "speech" | "item", id?: string }} Scene
 */

export const RESULT_STAYS = 60_000;
const DOOR_LARGE = 10 * 60_000;
const BREAK = /^(nghỉ giải lao|giải lao|nghỉ trưa|nghỉ giữa giờ|tạm nghỉ)/iu;

/**
 * @param {Room} room
 * @param {number} now by the server's clock
 * @returns {Scene}
 */
export function sceneOf(room, now) {
  const { meeting } = room;
  if (meeting.state === "cancelled") return { kind: "cancelled" };
  if (meeting.state === "closed") return { kind: "over" };
  if (meeting.state !== "open") return { kind: "before" };
  return voteScene(room, now) ?? itemScene(room);
}

/** Has the meeting gone on since: to another item, or to somebody who was called? @param {Room} room @param {string} since */
function wentOn({ meeting, speeches = {} }, since) {
  const called = Object.values(speeches).map((speech) => speech.called_at ?? "");
  return [meeting.item_since ?? "", ...called].some((at) => Date.parse(at) > Date.parse(since));
}

/**
 * An open vote comes before everything; then a result, for a minute or until the meeting goes on; then a vote that is
 * counted and not declared.
 * @param {Room} room
 * @param {number} now
 * @returns {Scene | undefined}
 */
function voteScene(room, now) {
  const { votes, meeting } = room;
  const all = Object.entries(votes);
  const open = all.find(([, vote]) => vote.state === "open");
  if (open) return { kind: "vote", id: open[0] };
  const declared = latest(all, ([, vote]) => (vote.result && !vote.annulled ? vote.declared_at : undefined));
  const since = declared?.[1].declared_at ?? "";
  if (declared && now - Date.parse(since) < RESULT_STAYS && !wentOn(room, since))
    return { kind: "result", id: declared[0] };
  const counted = latest(all, ([, vote]) =>
    vote.state === "closed" && !vote.declared_at && vote.item === meeting.current_item ? vote.closed_at : undefined,
  );
  return counted && { kind: "counted", id: counted[0] };
}

/** @param {Room} room @returns {Scene} */
function itemScene(room) {
  const { meeting } = room;
  const item = room.items[meeting.current_item ?? ""];
  if (item && BREAK.test(item.title.trim())) return { kind: "break" };
  if (meeting.presenter && meeting.led) return { kind: "led" };
  const speech = speaking(room);
  return speech ? { kind: "speech", id: speech[0] } : { kind: "item" };
}

/** Who has the floor, or was just called. @param {Room} room @returns {[string, Speech] | undefined} */
export function speaking({ speeches = {} }) {
  const all = Object.entries(speeches);
  const states = ["speaking", "paused", "called"];
  return states.map((state) => all.find(([, speech]) => speech.state === state)).find(Boolean);
}

/** How many wait for the floor. @param {Room} room */
export function waiting({ speeches = {} }) {
  return Object.values(speeches).filter(({ state }) => state === "waiting").length;
}

/** The last result on the item on the table. @param {Room} room @returns {[string, Vote] | undefined} */
export function lastResult({ votes, meeting }) {
  return latest(Object.entries(votes), ([, vote]) =>
    vote.item === meeting.current_item && vote.result && !vote.annulled ? vote.declared_at : undefined,
  );
}

/** Agenda items in order. @param {Room} room @returns {Array<[string, Item]>} */
export function agenda({ items }) {
  return Object.entries(items).sort(([, a], [, b]) => a.position - b.position);
}

/** How far the agenda is, counted as in the room, and what comes next. @param {Room} room */
export function steps(room) {
  const rows = agenda(room);
  const here = rows.findIndex(([id]) => id === room.meeting.current_item);
  return { count: rows.length, current: here + 1, next: rows[here + 1]?.[1] };
}

/** How large the code of the door is: large while people come. @param {Room} room @param {Scene} scene @param {number} now */
export function doorSize({ meeting }, scene, now) {
  if (scene.kind === "before") return "large";
  if (!["item", "break", "speech", "led"].includes(scene.kind)) return "none";
  const opening = meeting.opened_at !== undefined && now - Date.parse(meeting.opened_at) < DOOR_LARGE;
  return scene.kind === "item" && opening ? "large" : "small";
}

/** How many people are here: whose tablets should show what was declared. @param {Room} room */
export function presentPeople({ people }) {
  return Object.values(people).filter(({ present, removed }) => present && !removed).length;
}

/**
 * @template T
 * @param {T[]} all
 * @param {(one: T) => string | undefined} when
 * @returns {T | undefined}
 */
function latest(all, when) {
  return all
    .filter((one) => when(one))
    .sort((a, b) => ((when(a) ?? "") < (when(b) ?? "") ? -1 : 1))
    .at(-1);
}
