// @ts-check
/** The scenes of a room screen: few words, large. */

import { el } from "meetings/room/el";
import { standOf, shown as timerWords } from "meetings/room/speaking/timer";
import { say } from "meetings/room/texts";
import { agenda, lastResult, presentPeople, speaking, steps, waiting } from "screens/scene";
import { icon } from "ui/icons";

/** @import { Child } from "meetings/room/el" */
/** @import { Room, Scene, Speech, Vote, Item } from "screens/scene" */

/** Things that change every second: an element, and what it says at a moment. @typedef {{ element: HTMLElement, tell: (now: number) => string, tone?: (now: number) => string }} Ticking */
/** @typedef {{ room: Room, scene: Scene, ticking: Ticking[], delivered: Set<string> }} Wall */

const ZONE = "Asia/Ho_Chi_Minh";
const hours = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: ZONE });
const days = new Intl.DateTimeFormat("vi-VN", {
  weekday: "long",
  day: "numeric",
  month: "numeric",
  year: "numeric",
  timeZone: ZONE,
});

/** @param {number} at */
export const hour = (at) => hours.format(at);

/** @type {Record<Scene["kind"], (wall: Wall) => Child[]>} */
const SCENES = {
  before: ({ room }) => standing(room, say("wallBefore"), times(room)),
  over: ({ room }) =>
    standing(
      room,
      say("wallOver"),
      room.meeting.closed_at ? say("wallOverAt", { time: hour(Date.parse(room.meeting.closed_at)) }) : "",
    ),
  cancelled: ({ room }) => standing(room, say("wallCancelled"), ""),
  break: ({ room }) => [
    el("p", { class: "wall-kind" }, say("wallBreak")),
    el("h1", { class: "wall-large" }, current(room)?.title ?? ""),
    nextLine(room),
  ],
  item: (wall) => itemScene(wall),
  led: () => [],
  speech: (wall) => speechScene(wall),
  vote: (wall) => voteScene(wall),
  counted: (wall) => countedScene(wall),
  result: (wall) => resultScene(wall),
};

/** @param {Wall} wall */
export function drawScene(wall) {
  return SCENES[wall.scene.kind](wall);
}

/** @param {Room} room @returns {Item | undefined} */
const current = (room) => room.items[room.meeting.current_item ?? ""];

/** Long words get smaller letters, so that all of them are seen. @param {string} words @param {string} tag */
function headline(words, tag = "h1") {
  const size =
    words.length > 200
      ? "wall-fit-4"
      : words.length > 120
        ? "wall-fit-3"
        : words.length > 60
          ? "wall-fit-2"
          : "wall-fit-1";
  return el(tag, { class: `wall-headline ${size}` }, words);
}

/** @param {Room} room @param {string} state @param {string} line @returns {Child[]} */
function standing(room, state, line) {
  return [
    el("p", { class: "wall-kind" }, state),
    headline(room.meeting.title),
    line && el("p", { class: "wall-line" }, line),
  ];
}

/** @param {Room} room */
function times({ meeting }) {
  const start = Date.parse(meeting.starts_at);
  return [say("wallStarts", { time: hour(start), day: days.format(start) }), meeting.place].filter(Boolean).join(" · ");
}

/** @param {Wall} wall @returns {Child[]} */
function itemScene({ room }) {
  const item = current(room);
  if (!item) return standing(room, say("wallOpen"), "");
  const who = [item.presenter, item.owner].filter(Boolean).join(" · ");
  const found = lastResult(room);
  return [
    el("p", { class: "wall-kind" }, say("wallItem", { label: item.label })),
    headline(item.title),
    who && el("p", { class: "wall-line" }, icon("user-round"), who),
    found && resultLine(found[1]),
    waiting(room) > 0 && el("p", { class: "wall-line wall-soft" }, say("wallWaiting", { count: waiting(room) })),
  ];
}

/** @param {Vote} vote */
function resultLine(vote) {
  const carried = vote.result?.carried;
  const words = el("span", {}, `${vote.question} – ${outcome(vote)}`);
  return el(
    "p",
    { class: `wall-line wall-outcome-line tone-${carried ? "success" : "danger"}` },
    icon(carried ? "circle-check" : "circle-x"),
    words,
  );
}

/** @param {Room} room */
function nextLine(room) {
  const { next } = steps(room);
  return next && el("p", { class: "wall-line" }, say("wallNext", { title: next.title }));
}

// --- speaking

/** @param {Wall} wall @returns {Child[]} */
function speechScene(wall) {
  const found = speaking(wall.room);
  if (!found) return [];
  const [, speech] = found;
  return [
    el(
      "p",
      { class: "wall-kind" },
      say(
        speech.state === "called"
          ? "wallCalled"
          : `wallLane${speech.lane.charAt(0).toUpperCase()}${speech.lane.slice(1)}`,
      ),
    ),
    ...speaker(wall, speech, "h1"),
    speech.subject && el("p", { class: "wall-line wall-soft" }, speech.subject),
    timer(wall, speech, "wall-timer"),
    waiting(wall.room) > 0 &&
      el("p", { class: "wall-line wall-soft" }, say("wallWaiting", { count: waiting(wall.room) })),
  ];
}

/** Who holds the floor: in a chất vấn the one who answers, once they do. @param {Wall} wall @param {Speech} speech @param {string} tag @returns {Child[]} */
function speaker({ room }, speech, tag) {
  const held = speech.turns.at(-1);
  const person = room.people[held?.person ?? speech.person];
  const asked = speech.asked && room.people[speech.asked];
  const towards =
    asked && held?.phase !== "answer" ? el("p", { class: "wall-line" }, say("wallAsked", { name: asked.name })) : false;
  return [headline(person?.name ?? "", tag), person?.title && el("p", { class: "wall-line" }, person.title), towards];
}

/** @param {Wall} wall @param {Speech} speech @param {string} css */
function timer(wall, speech, css) {
  const turn = speech.turns.at(-1);
  if (!turn || speech.state === "called") return false;
  const element = el("p", { class: `${css} wall-digits`, role: "timer" });
  const word = speech.state === "paused" ? ` · ${say("wallPaused")}` : "";
  wall.ticking.push({
    element,
    tell: (now) => timerWords(standOf(turn, now)) + word,
    tone: (now) => standOf(turn, now).tone,
  });
  return element;
}

// --- votes

/** @param {Wall} wall @returns {Vote} */
const voteOf = ({ room, scene }) => /** @type {Vote} */ (room.votes[scene.id ?? ""]);

/** @param {Wall} wall @returns {Child[]} */
function voteScene(wall) {
  const vote = voteOf(wall);
  const { present } = wall.room.meeting.quorum;
  const cast = vote.cast ?? 0;
  return [
    el("div", { class: "wall-row" }, el("p", { class: "wall-kind" }, say("wallVoting")), countdown(wall, vote)),
    headline(vote.question),
    el(
      "div",
      { class: "wall-cast" },
      el("span", { class: "wall-big wall-digits" }, `${cast}/${Math.max(present, cast)}`),
      el("span", { class: "wall-line" }, say("wallHaveVoted")),
    ),
    el("progress", { class: "wall-bar", max: Math.max(present, cast, 1), value: cast }),
    vote.counts ? board(vote, vote.counts, wall.room.meeting.quorum.members) : labels(vote),
  ];
}

/** @param {Wall} wall @param {Vote} vote */
function countdown(wall, vote) {
  if (!vote.closes_at) return false;
  const ends = Date.parse(vote.closes_at);
  const left = (/** @type {number} */ now) => Math.max(0, Math.ceil((ends - now) / 1000));
  const element = el("p", { class: "wall-countdown wall-digits", role: "timer" });
  const tell = (/** @type {number} */ now) =>
    `${Math.floor(left(now) / 60)}:${String(left(now) % 60).padStart(2, "0")}`;
  wall.ticking.push({ element, tell, tone: (now) => (left(now) <= 10 ? "over" : "calm") });
  return element;
}

/** What may be chosen, before anything is counted. @param {Vote} vote */
function labels(vote) {
  return el(
    "ul",
    { class: "wall-options" },
    vote.options.map(({ label }) => el("li", {}, label)),
  );
}

/** @param {Wall} wall @returns {Child[]} */
function countedScene(wall) {
  const vote = voteOf(wall);
  return [
    el("p", { class: "wall-kind" }, say("wallCounted")),
    headline(vote.question),
    vote.counts && board(vote, vote.counts, wall.room.meeting.quorum.members),
  ];
}

/** @param {Wall} wall @returns {Child[]} */
function resultScene(wall) {
  const vote = voteOf(wall);
  const result = vote.result ?? {};
  const tone = result.carried ? "success" : "danger";
  return [
    el(
      "p",
      { class: `wall-outcome tone-${tone}` },
      icon(result.carried ? "circle-check" : "circle-x"),
      el("span", {}, outcome(vote)),
    ),
    headline(vote.question, "h2"),
    board(vote, result.counts ?? {}, result.members ?? 0, result.shares),
    el(
      "p",
      { class: "wall-line" },
      say("wallArithmetic", { reached: result.reached ?? 0, needed: result.needed ?? 0, base: result.base ?? 0 }),
    ),
    el("p", { class: "wall-line wall-soft" }, figures(result), deliveredWords(wall, vote)),
  ];
}

/** @param {Record<string, any>} result */
function figures(result) {
  const here = (result.present ?? 0) + (result.late ?? 0);
  return say("wallFigures", { members: result.members ?? 0, present: here, unanswered: result.unanswered ?? 0 });
}

/** @param {Wall} wall @param {Vote} vote */
function deliveredWords({ delivered, room }, vote) {
  if (delivered.size === 0 || !vote.digest) return "";
  const all = Math.max(presentPeople(room), delivered.size);
  return ` · ${say("wallDelivered", { shown: delivered.size, all })}`;
}

/** @param {Vote} vote */
function outcome(vote) {
  const result = vote.result ?? {};
  if (!vote.form || vote.form === "approve") return say(result.carried ? "wallCarried" : "wallNotCarried");
  const named = Object.fromEntries(vote.options.map(({ code, label }) => [code, label]));
  const chosen = (result.chosen ?? []).map((/** @type {string} */ code) => named[code]);
  return chosen.length > 0 ? say("wallChosen", { labels: chosen.join(", ") }) : say("wallNoneChosen");
}

/**
 * One bar per option, measured against all members.
 * @param {Vote} vote
 * @param {Record<string, number>} counts
 * @param {number} members
 * @param {Record<string, string>} [given]
 */
function board(vote, counts, members, given = {}) {
  const rows = vote.options.map(({ code, label }) => {
    const count = counts[code] ?? 0;
    const share = given[code] ?? (members ? ((count * 100) / members).toFixed(2) : "0.00");
    return el(
      "li",
      { "data-option": code, "data-count": count },
      el("span", { class: "wall-option" }, label),
      el("span", { class: "wall-count wall-digits" }, count),
      el("span", { class: "wall-share wall-digits" }, `${share.replace(".", ",")} %`),
      el("progress", { class: "wall-bar", max: Math.max(members, 1), value: count }),
    );
  });
  return el("ul", { class: `wall-board ${rows.length > 4 ? "wall-board-many" : ""}` }, rows);
}

// --- around the scene

/** Beside the led page: what is on the table and who speaks. @param {Wall} wall @returns {Child[]} */
export function drawSide(wall) {
  const { room, scene } = wall;
  if (scene.kind !== "led") return [];
  const item = current(room);
  const found = speaking(room);
  const presenter = room.people[room.meeting.presenter ?? ""];
  return [
    item && el("p", { class: "wall-kind" }, say("wallItem", { label: item.label })),
    item && el("p", { class: "wall-side-title" }, item.title),
    found
      ? el(
          "div",
          { class: "wall-side-speaker" },
          speaker(wall, found[1], "h2"),
          timer(wall, found[1], "wall-side-timer"),
        )
      : false,
    !found && presenter && el("p", { class: "wall-line wall-soft" }, say("wallLedBy", { name: presenter.name })),
  ];
}

/** The agenda's steps, and where the meeting is. @param {Wall} wall @returns {Child[]} */
export function drawFoot({ room, scene }) {
  if (!["item", "led", "speech", "break", "vote", "counted", "result"].includes(scene.kind)) return [];
  const { count, current: here, next } = steps(room);
  const dots = Array.from({ length: Math.min(count, 40) }, (_, place) =>
    el("span", { class: "wall-step", "data-state": place + 1 < here ? "done" : place + 1 === here ? "here" : "later" }),
  );
  const item = current(room);
  const words =
    ["vote", "counted", "result"].includes(scene.kind) && item
      ? `${item.label}. ${item.title}`
      : next
        ? say("wallNext", { title: next.title })
        : agenda(room).length > 0
          ? say("wallLast")
          : "";
  return [
    el("span", { class: "wall-digits" }, say("wallStep", { here, count })),
    el("span", { class: "wall-steps" }, dots),
    el("span", { class: "wall-foot-words" }, words),
  ];
}

/** @param {Room} room */
export function drawQuorum({ meeting }) {
  const { present, members, met } = meeting.quorum;
  if (!["published", "open"].includes(meeting.state)) return [];
  return [
    el(
      "span",
      { class: `wall-quorum tone-${met ? "success" : "warning"}` },
      icon(met ? "circle-check" : "users"),
      say(met ? "wallQuorum" : "wallNoQuorum", { present, members }),
    ),
  ];
}
