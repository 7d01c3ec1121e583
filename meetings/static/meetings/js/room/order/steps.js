// @ts-check
/** The chair's order of business: from the room's state, the next step, what else could be done, what is missing. Pure. */

/** @import { Room } from "meetings/room/types" */
/**
 * @typedef {{ key: string, values?: Record<string, string | number>, verb?: string, data?: object, dialog?: string,
 *   ask?: string, danger?: boolean, link?: string }} Step  `key` names its sentence; `ask` the question asked first
 * @typedef {{ key: string, values: Record<string, string | number>, step?: Step }} Lack
 * @typedef {{ now: string, next: Step | null, others: Step[], lacks: Lack[] }} Business
 * @typedef {{ here: Record<string, boolean>, waiting: string[], early?: boolean, hiddenItems?: boolean }} Around
 *   `here`: whose tablets are connected; `waiting`: speeches of this item in the order they will be called
 */

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
  const ask = around.early ? "askOpenEarly" : room.meeting.quorum.met ? undefined : "askOpenWithoutQuorum";
  const values = quorumValues(room);
  const next = { key: "stepOpenMeeting", verb: "open_meeting", data: {}, ...(ask ? { ask, values } : {}) };
  return { now: around.early ? "early" : "published", next, others: [], lacks };
}

/**
 * The first of these that applies is next: a vote to end or to declare, a speaker, questions, the conclusion, the next item.
 * @param {Room} room
 * @param {Around} around
 * @returns {Business}
 */
function whileOpen(room, around) {
  const vote = voteStep(room);
  if (vote) return { now: "vote", ...vote };
  const speaking = speakingSteps(room);
  const lacks = [...quorumLack(room), ...connectedLack(room, around)];
  if (speaking) return { now: "speech", lacks: [], ...speaking };
  const steps = [...callStep(room, around), ...questionSteps(room), ...itemSteps(room)];
  const [next = closing(room), ...others] = steps;
  return { now: "item", next, others: [...others, ...(next.key === "stepCloseMeeting" ? [] : [closing(room)])], lacks };
}

/**
 * @param {Room} room
 * @returns {{ next: Step, others: Step[], lacks: Lack[] } | null}
 */
function voteStep(room) {
  const votes = Object.entries(room.votes);
  const open = votes.find(([, vote]) => vote.state === "open");
  if (open) {
    const [id, vote] = open;
    const without = Math.max(room.meeting.quorum.present - (vote.cast ?? 0), 0);
    const next = {
      key: "stepCloseVote",
      verb: "close_vote",
      data: { vote: id },
      values: { question: vote.question, count: without },
    };
    const back = { key: "stepTakeBackVote", verb: "take_back_vote", data: { vote: id } };
    return {
      next: without > 0 ? { ...next, ask: "askCloseVote" } : next,
      others: vote.cast ? [] : [back],
      lacks: without > 0 ? [{ key: "lackBallots", values: { count: without } }] : [],
    };
  }
  const closed = votes.find(([, vote]) => vote.state === "closed");
  if (!closed) return null;
  const [id, vote] = closed;
  return {
    next: { key: "stepDeclareVote", verb: "declare_vote", data: { vote: id }, values: { question: vote.question } },
    others: [],
    lacks: [],
  };
}

/**
 * @param {Room} room
 * @returns {{ next: Step, others: Step[] } | null}
 */
function speakingSteps(room) {
  const speeches = Object.entries(room.speeches ?? {});
  const standing = (/** @type {string} */ state) => speeches.find(([, speech]) => speech.state === state);
  const running = standing("speaking") ?? standing("paused") ?? standing("called");
  if (!running) return null;
  const [id, speech] = running;
  const values = { name: room.people[speech.person]?.name ?? "" };
  const data = { speech: id };
  const end = { key: "stepEndSpeech", verb: "end_speech", data, values };
  if (speech.state === "called")
    return {
      next: { key: "stepStartSpeech", verb: "start_speech", data, values },
      others: [{ key: "stepCallBack", verb: "call_back", data, values }],
    };
  if (speech.state === "paused")
    return { next: { key: "stepResumeSpeech", verb: "resume_speech", data, values }, others: [end] };
  const asking = speech.lane === "question" && speech.turns?.at(-1)?.phase === "ask";
  const answer = {
    key: "stepPassToAnswer",
    verb: "pass_to_answer",
    data,
    values: { name: room.people[speech.asked ?? ""]?.name ?? "" },
  };
  return {
    next: asking ? answer : end,
    others: [{ key: "stepPauseSpeech", verb: "pause_speech", data, values }, ...(asking ? [end] : [])],
  };
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
  const ask = left > 0 ? "askCloseMeetingLeft" : "askCloseMeeting";
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
