// @ts-check
/** The chair's order of business: from the room's state, the next step, what else could be done, what is missing. Pure. */

/** @import { Room } from "meetings/room/types" */
/**
 * @typedef {{ key: string, values?: Record<string, string | number>, verb?: string, data?: object, dialog?: string,
 *   ask?: string[], danger?: boolean, link?: string }} Step  `key` names its sentence; `ask` those of the question asked first
 * @typedef {{ key: string, values: Record<string, string | number>, step?: Step }} Lack
 * @typedef {{ now: string, next: Step | null, others: Step[], lacks: Lack[] }} Business
 * @typedef {{ here: Record<string, boolean>, waiting: string[], early?: boolean, hiddenItems?: boolean }} Around
 *   `here`: whose tablets are connected; `waiting`: speeches of this item in the order they will be called
 */

const HOLDING = ["called", "speaking", "paused"];

/**
 * @param {Room} room
 * @param {Around} around
 * @returns {Business}
 */
export function orderOfBusiness(room, around) {
  const { state } = room.meeting;
  if (state === "published") return beforeOpening(room, around);
  if (state === "open") return whileOpen(room, around);
  return {
    now: state,
    next: state === "closed" ? { key: "stepMinutes", link: "minutes" } : null,
    others: [],
    lacks: [],
  };
}

/**
 * @param {Room} room
 * @param {Around} around
 * @returns {Business}
 */
function beforeOpening(room, around) {
  const lacks = [...quorumLack(room), ...connectedLack(room, around)];
  const { met } = room.meeting.quorum;
  const doubts = [...(around.early ? ["openEarly"] : []), ...(met ? [] : ["openWithoutQuorum"])];
  const ask = doubts.length > 0 ? { ask: [...doubts, "openAnyway"] } : {};
  const next = { key: "stepOpenMeeting", verb: "open_meeting", data: {}, values: quorumValues(room), ...ask };
  return { now: around.early ? "early" : "published", next, others: [], lacks };
}

/**
 * A vote to end or to declare and whoever has the floor have cards of their own on top, each with its next step. Otherwise
 * the first of these that applies is next: a speaker, a question, the conclusion, the next item, the end.
 * @param {Room} room
 * @param {Around} around
 * @returns {Business}
 */
function whileOpen(room, around) {
  if (Object.values(room.votes).some(({ state }) => state === "open" || state === "closed"))
    return { now: "vote", next: null, others: [], lacks: [] };
  const steps = [...questionSteps(room), ...itemSteps(room)];
  const end = steps.some(({ key }) => key === "stepCloseMeeting") ? [] : [closing(room)];
  const prepare = { key: "stepPrepareVote", dialog: "vote-dialog" };
  const floor = Object.values(room.speeches ?? {}).some(({ state }) => HOLDING.includes(state));
  const others = [...steps, prepare, ...end];
  if (floor) return { now: "speech", next: null, others, lacks: [] };
  const [next = null, ...rest] = [...callStep(room, around), ...others];
  return { now: "item", next, others: rest, lacks: [...quorumLack(room), ...connectedLack(room, around)] };
}

/**
 * @param {Room} room
 * @param {Around} around
 * @returns {Step[]}
 */
function callStep(room, around) {
  const [first] = around.waiting;
  const speech = room.speeches?.[first ?? ""];
  if (!first || !speech) return [];
  const values = { name: room.people[speech.person]?.name ?? "", count: around.waiting.length };
  return [{ key: "stepCallSpeaker", verb: "call_speaker", data: { speech: first }, values }];
}

/**
 * The first question prepared on this item; more follow once this one is declared.
 * @param {Room} room
 * @returns {Step[]}
 */
function questionSteps(room) {
  const here = Object.entries(room.votes).filter(([, vote]) => vote.item === room.meeting.current_item);
  const prepared = here.filter(([, vote]) => vote.state === "prepared").sort(([, a], [, b]) => a.position - b.position);
  return prepared.slice(0, 1).map(([id, vote]) => ({
    key: "stepOpenVote",
    verb: "open_vote",
    data: { vote: id },
    values: { question: vote.question },
  }));
}

/**
 * Concluding comes before going on, where nothing was concluded yet.
 * @param {Room} room
 * @returns {Step[]}
 */
function itemSteps(room) {
  const items = Object.entries(room.items)
    .filter(([, item]) => !item.hidden)
    .sort(([, a], [, b]) => a.position - b.position);
  const place = items.findIndex(([id]) => id === room.meeting.current_item);
  const current = items[place];
  const following = items[place + 1];
  const concluded = Object.values(room.conclusions).some((line) => line.item === room.meeting.current_item);
  const conclude = {
    key: concluded ? "stepConcludeMore" : "stepConclude",
    dialog: "conclude-dialog",
    values: { number: current?.[1].label ?? "" },
  };
  const onward = following
    ? [
        {
          key: "stepNextItem",
          verb: "move_item",
          data: { item: following[0] },
          values: { number: following[1].label, title: following[1].title },
        },
      ]
    : [closing(room)];
  if (!current) return onward;
  return concluded ? [...onward, conclude] : [conclude, ...onward];
}

/**
 * @param {Room} room
 * @returns {Step}
 */
function closing(room) {
  const left = Object.values(room.votes).filter((vote) => vote.state === "prepared").length;
  const ask = [left > 0 ? "askCloseMeetingLeft" : "askCloseMeeting"];
  return { key: "stepCloseMeeting", verb: "close_meeting", data: {}, ask, danger: true, values: { count: left } };
}

/** @param {Room} room */
function quorumValues(room) {
  const { present, members, needed } = room.meeting.quorum;
  return { present, members, needed };
}

/**
 * @param {Room} room
 * @returns {Lack[]}
 */
function quorumLack(room) {
  return room.meeting.quorum.met ? [] : [{ key: "lackQuorum", values: quorumValues(room) }];
}

/**
 * People whose tablets are connected but who are not checked in: one tap checks them all in.
 * @param {Room} room
 * @param {Around} around
 * @returns {Lack[]}
 */
function connectedLack(room, around) {
  if (around.early) return [];
  const people = Object.entries(room.people)
    .filter(([id, person]) => around.here[id] && !person.present && !person.removed)
    .map(([id]) => id);
  const values = { count: people.length };
  const step = { key: "stepCheckInConnected", verb: "check_in_connected", data: { people }, values };
  return people.length > 0 ? [{ key: "lackCheckIn", values, step }] : [];
}
