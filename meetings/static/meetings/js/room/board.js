// @ts-check
/** The board of a vote: each option with its share of all members, the arithmetic, the digest, who has it on screen. */

import { shapeOf, timeOf, toneOf } from "meetings/room/ballot";
import { codesOf } from "meetings/room/ballots";
import { digestOf, short, shownResult } from "meetings/room/digest";
import { el } from "meetings/room/el";
import { showNames } from "meetings/room/names";
import { say } from "meetings/room/texts";
import { icon } from "ui/icons";

/** @import { Child } from "meetings/room/el" */
/** @import { Context } from "meetings/room/parts" */
/** @import { Option, Result, Vote } from "meetings/room/types" */

/**
 * A counted vote, as far as this view has its result.
 * @param {string} id
 * @param {Vote} vote
 * @param {Context} context
 * @returns {Child[]}
 */
export function resultBoard(id, vote, context) {
  const { result } = vote;
  const own = ownLine(id, vote, context);
  if (!result)
    return [own, el("p", { class: "room-undeclared" }, icon("hourglass"), el("span", {}, say("waitForResult")))];
  return [
    own,
    el(
      "div",
      { class: "room-board", "data-annulled": vote.annulled !== undefined },
      told(vote, result),
      inFigures(vote, result),
    ),
    missedLine(vote, context),
    el("div", { class: "room-board-foot" }, digestLine(id, vote), vote.choices && namesButton(id, vote, context)),
  ];
}

/**
 * The same for who goes on with the meeting: the outcome, and the figures folded in.
 * @param {string} id
 * @param {Vote} vote
 * @param {Context} context
 * @returns {Child[]}
 */
export function briefBoard(id, vote, context) {
  const { result } = vote;
  if (!result) return resultBoard(id, vote, context);
  const annulled = vote.annulled !== undefined;
  return [
    el("div", { class: "room-board", "data-annulled": annulled }, told(vote, result)),
    digestLine(id, vote),
    el(
      "details",
      { class: "room-brief", "data-key": "figures" },
      el("summary", {}, say("figuresOfVote")),
      el("div", { class: "room-board", "data-annulled": annulled }, inFigures(vote, result)),
      missedLine(vote, context),
      vote.choices && namesButton(id, vote, context),
    ),
  ];
}

/** What came of it, in words. @param {Vote} vote @param {Result} result @returns {Child[]} */
function told(vote, result) {
  return [
    marks(vote),
    vote.annulled && annulment(vote),
    outcome(vote, result),
    el("p", { class: "room-arithmetic" }, arithmetic(vote, result)),
  ];
}

/** @param {Vote} vote @param {Result} result */
function inFigures(vote, result) {
  return [figures(result), shares(vote, result.counts, result.members, result.shares)];
}

/**
 * What this person gave, or why it came to nothing: said after the vote too, whoever was offline looks here first.
 * @param {string} id
 * @param {Vote} vote
 * @param {Context} context
 */
function ownLine(id, vote, { ballots }) {
  const mine = ballots.of(id);
  if (mine.refused)
    return el("p", { class: "alert tone-danger room-refused", role: "alert" }, icon("octagon-alert"), mine.refused);
  if (mine.state === "none") return false;
  const labels = vote.options.filter(({ code }) => codesOf(mine.chosen).includes(code)).map(({ label }) => label);
  const words = mine.state === "counted" ? "ownBallot" : "ownBallotOnItsWay";
  return el("p", { class: "room-own-ballot", "data-ballot": mine.state }, say(words, { labels: labels.join(", ") }));
}

/** How it was held, where that is not on the tablets. @param {Vote} vote */
function marks(vote) {
  const outside = vote.manner === "outside";
  const byName = Object.values(vote.entries ?? {}).filter(({ state }) => state === "confirmed").length;
  if (!outside && byName === 0) return false;
  return el(
    "p",
    { class: "room-marks" },
    outside && el("span", { class: "chip tone-info" }, say("heldOutside")),
    outside && vote.outside?.note && el("span", {}, vote.outside.note),
    byName > 0 && el("span", { class: "chip tone-info" }, say("enteredByName", { count: byName })),
  );
}

/** @param {Vote} vote */
function annulment({ annulled }) {
  const words = say("annulledBecause", { time: timeOf(annulled?.at), reason: annulled?.reason ?? "" });
  return el("p", { class: "alert tone-warning room-annulled" }, icon("ban"), words);
}

/** @param {Vote} vote @param {Result} result */
function outcome(vote, result) {
  const tone = vote.annulled ? "neutral" : result.carried ? "success" : "danger";
  const shape = icon(result.carried ? "circle-check" : "circle-x");
  const attributes = { class: `room-outcome tone-${tone}`, "data-carried": String(result.carried) };
  const told = vote.declared_at || vote.annulled ? "" : say("notDeclaredYet");
  return el(
    "p",
    { ...attributes, "data-declared": vote.declared_at !== undefined },
    shape,
    el("span", {}, outcomeWords(vote, result)),
    told && el("span", { class: "chip tone-warning" }, told),
  );
}

/** @param {Vote} vote @param {Result} result */
export function outcomeWords(vote, result) {
  if (!vote.form || vote.form === "approve") return say(result.carried ? "carried" : "notCarried");
  if (!result.chosen?.length) return say("noneChosen");
  const labels = Object.fromEntries(vote.options.map(({ code, label }) => [code, label]));
  return say("chosenAre", { labels: result.chosen.map((code) => labels[code]).join(", ") });
}

/** @param {Vote} vote @param {Result} result */
function arithmetic(vote, result) {
  const { reached, needed, base } = result;
  const name = !vote.form || vote.form === "approve" ? "arithmetic" : "arithmeticOfEach";
  const tied = (result.tied ?? []).map((code) => vote.options.find((one) => one.code === code)?.label);
  const words = [say(name, { reached, needed, base }), vote.rule.name ?? ""].filter(Boolean).join(" · ");
  return tied.length > 0 ? `${words}. ${say("tiedAre", { labels: tied.join(", ") })}` : words;
}

/** @param {Result} result */
function figures(result) {
  const rows = [
    ["membersInAll", result.members],
    ["presentInAll", result.present + result.late],
    ["absentInAll", result.absent],
    ["castInAll", result.cast],
    ["pressedNothing", result.unanswered],
  ];
  return el(
    "dl",
    { class: "room-figures" },
    rows.map(([name, value]) => el("div", {}, el("dt", {}, say(String(name))), el("dd", {}, String(value)))),
  );
}

/**
 * One bar per option, measured against all members.
 * @param {{ options: Option[], form?: string }} vote
 * @param {Record<string, number>} counts
 * @param {number} members
 * @param {Record<string, string>} [given] shares the server has fixed
 */
export function shares({ options }, counts, members, given) {
  const rows = options.map((option, place) => {
    const count = counts[option.code] ?? 0;
    const share = given?.[option.code] ?? (members ? ((count * 100) / members).toFixed(2) : "0.00");
    return el(
      "div",
      {
        class: `room-share tone-${toneOf(option.code)}`,
        "data-key": option.code,
        "data-option": option.code,
        "data-count": count,
      },
      shapeOf(option.code, place),
      el("span", { class: "room-share-label" }, option.label),
      el("span", { class: "room-share-value" }, String(count)),
      el("span", { class: "room-share-percent" }, `${share.replace(".", ",")} %`),
      el("progress", { max: Math.max(members, 1), value: count, "aria-hidden": "true" }),
    );
  });
  const note = el("p", { class: "room-share-note" }, say("shareOfAll", { members }));
  return el("div", { class: "room-shares" }, rows, note);
}

/** What this page computed from what it shows, beside what the server says it should be. @param {string} id @param {Vote} vote */
function digestLine(id, vote) {
  if (!vote.digest) return false;
  const own = digestOf(shownResult(id, vote));
  const matches = own === vote.digest;
  return el(
    "details",
    { class: `room-digest tone-${matches ? "success" : "danger"}` },
    el("summary", {}, say(matches ? "digest" : "digestDiffers"), el("code", {}, short(own)), icon("info")),
    el("p", {}, say("digestMeans")),
  );
}

/** Who was in the room and pressed nothing; chair and secretary alone know. @param {Vote} vote @param {Context} context */
function missedLine(vote, { store }) {
  const missed = Object.keys(vote.missed ?? {});
  if (missed.length === 0) return false;
  const names = missed.map((person) => store.room.people[person]?.name ?? "").sort();
  return el(
    "details",
    { class: "room-missed", "data-key": "missed" },
    el("summary", {}, icon("circle-alert"), say("missedBy", { count: missed.length })),
    el("p", {}, names.join(", ")),
  );
}

/** @param {string} id @param {Vote} vote @param {Context} context */
function namesButton(id, vote, { store }) {
  const attributes = { type: "button", class: "button button-small", "data-key": `names-${id}` };
  return el("button", { ...attributes, onclick: () => showNames(vote, store) }, icon("users"), say("whoVoted"));
}
