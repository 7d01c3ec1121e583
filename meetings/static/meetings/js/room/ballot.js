// @ts-check
/**
 * My ballot in the open vote. Where a ballot is final, choosing and sending are two presses at two places: a slip of the
 * finger is put right before it counts, and nothing waits for seconds. Where it may be changed, one press is enough.
 */

import { codesOf } from "meetings/room/ballots";
import { el } from "meetings/room/el";
import { say } from "meetings/room/texts";
import { icon } from "ui/icons";

/** @import { Mine } from "meetings/room/ballots" */
/** @import { Context } from "meetings/room/parts" */
/** @import { Store } from "meetings/room/store" */
/** @import { Option, Vote } from "meetings/room/types" */
/** @typedef {Context & { id: string, vote: Vote }} Voting */

/** @type {Record<string, string>} */
const TONES = { yes: "success", no: "danger", abstain: "neutral", other: "info" };
/** @type {Record<string, string>} */
const SHAPES = { yes: "circle-check", no: "circle-x", abstain: "circle-minus", other: "message-square-text" };

/** @param {string} code */
export const toneOf = (code) => TONES[code] ?? "info";

/** The mark of an option, for who does not tell colours apart. @param {string} code @param {number} place */
export function shapeOf(code, place) {
  const shape = SHAPES[code];
  return shape ? icon(shape) : el("span", { class: "room-option-number", "aria-hidden": "true" }, place + 1);
}

/**
 * Why this person cannot vote here, as the name of a sentence; empty when they can.
 * @param {Vote} vote
 * @param {Store} store
 */
export function whyNot(vote, store) {
  const { role, votes } = store.mine.me ?? { role: "guest", votes: false };
  if (role === "guest") return "noVoteGuest";
  if (!votes) return role === "secretary" ? "noVoteSecretary" : "noVoteForYou";
  if (vote.rule.who === "members" && (role === "chair" || role === "secretary")) return "noVoteConducting";
  return store.self?.present ? "" : "checkInFirst";
}

/** @param {Voting} voting */
export function ballotArea(voting) {
  const { id, vote, store, ballots } = voting;
  const mine = ballots.of(id);
  const reason = mine.state === "none" ? whyNot(vote, store) : "";
  if (reason) return barred(reason, voting);
  const settled = mine.state !== "none" && !ballots.changing.has(id) && !isQuick(vote);
  return el(
    "div",
    { class: "room-ballot-area", "data-key": `ballot-${id}` },
    mine.refused &&
      el("p", { class: "alert tone-danger room-refused", role: "alert" }, icon("octagon-alert"), mine.refused),
    settled ? slip(mine, voting) : chooser(mine, voting),
  );
}

/**
 * @param {string} reason
 * @param {Voting} voting
 */
function barred(reason, { act, store }) {
  const here = reason === "checkInFirst" && store.room.meeting.self_check_in !== false;
  const button = {
    type: "button",
    class: "button button-primary button-large room-wide",
    "data-key": "check-in-to-vote",
  };
  return el(
    "div",
    { class: "room-barred" },
    el("p", {}, icon(here ? "log-in" : "info"), el("span", {}, say(reason))),
    here && el("button", { ...button, onclick: () => act("check_in", {}) }, say("checkInAndVote")),
  );
}

/** May one press be the ballot? Where it can be changed; words of one's own and several choices are sent apart. @param {Vote} vote */
function isQuick(vote) {
  return vote.rule.change === true && vote.form !== "several";
}

/**
 * What was sent, where it stands, and changing it where the rule allows.
 * @param {Mine} mine
 * @param {Voting} voting
 */
function slip(mine, { id, vote, ballots, store }) {
  const labels = vote.options.filter(({ code }) => codesOf(mine.chosen).includes(code));
  const change = () => {
    ballots.changing.add(id);
    ballots.press(id, { codes: codesOf(mine.chosen), remark: mine.chosen?.remark ?? "" });
    store.changed();
  };
  const button = { type: "button", class: "button button-small", "data-key": "change-ballot", onclick: change };
  return el(
    "div",
    { class: `room-slip tone-${mine.state === "counted" ? "success" : "warning"}` },
    el(
      "ul",
      {},
      labels.map(({ code, label }) =>
        el(
          "li",
          { class: `tone-${toneOf(code)}` },
          shapeOf(
            code,
            vote.options.findIndex((one) => one.code === code),
          ),
          label,
        ),
      ),
    ),
    mine.chosen?.remark && el("p", { class: "room-slip-remark" }, mine.chosen.remark),
    stateLine(mine),
    vote.rule.change === true && mine.state === "counted" && el("button", button, say("changeBallot")),
  );
}

/** @param {Mine} mine */
function stateLine(mine) {
  const words = {
    none: say("ballotNone"),
    sending: say("ballotSending"),
    unsent: say("ballotUnsent"),
    counted: say("ballotCounted", { time: timeOf(mine.at) }),
  };
  const attributes = { class: "room-ballot", role: "status", "data-key": "ballot-state", "data-ballot": mine.state };
  return el("p", attributes, words[mine.state]);
}

/** A moment to the second. @param {string | undefined} at */
export function timeOf(at) {
  const format = { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit", second: "2-digit" };
  return at
    ? new Intl.DateTimeFormat("vi-VN", /** @type {Intl.DateTimeFormatOptions} */ (format)).format(Date.parse(at))
    : "";
}

/**
 * The options, and what sends them.
 * @param {Mine} mine
 * @param {Voting} voting
 */
function chooser(mine, voting) {
  const { id, vote, ballots } = voting;
  const quick = isQuick(vote);
  const { codes, remark } = ballots.draft(id);
  const picked = quick && codes.length === 0 ? codesOf(mine.chosen) : codes;
  const told = vote.options.find((option) => option.remark && codes.includes(option.code));
  const bounds = limits(vote);
  return [
    vote.form === "several" && el("p", { class: "room-bounds" }, boundsWords(vote, bounds, codes)),
    el(
      "div",
      { class: "vote-choices", role: "group", "aria-label": say("yourChoice"), "data-key": "choices" },
      vote.options.map((option, place) => choice(option, place, picked.includes(option.code), mine, voting)),
    ),
    told && remarkField(voting, told, remark),
    (!quick || told) && sender(voting, codes, bounds),
    quick && stateLine(mine),
    quick && mine.state === "counted" && el("p", { class: "room-may-change" }, say("mayChange")),
  ];
}

/** How many may be chosen. @param {Vote} vote */
export function limits({ form, rule }) {
  return form === "several" ? { least: rule.min ?? 1, most: rule.max ?? 1 } : { least: 1, most: 1 };
}

/** @param {Vote} vote @param {{ least: number, most: number }} bounds @param {string[]} codes */
function boundsWords(vote, { least, most }, codes) {
  const count = vote.options.filter((option) => !option.aside).length;
  const name = least === most ? "chooseExactly" : "chooseBetween";
  return [say(name, { least, most, count }), say("chosenSoFar", { chosen: codes.length })].join(" · ");
}

/**
 * What pressing an option makes of the choice: one of several alone, several added up, what stands aside always alone.
 * @param {Vote} vote
 * @param {string[]} codes
 * @param {Option} option
 */
export function pressed(vote, codes, option) {
  if (codes.includes(option.code)) return codes.filter((code) => code !== option.code);
  if (vote.form !== "several" || option.aside) return [option.code];
  const alone = new Set(vote.options.filter(({ aside }) => aside).map(({ code }) => code));
  return [...codes.filter((code) => !alone.has(code)), option.code];
}

/**
 * @param {Option} option
 * @param {number} place
 * @param {boolean} isPicked
 * @param {Mine} mine
 * @param {Voting} voting
 */
function choice(option, place, isPicked, mine, { id, vote, ballots }) {
  const press = () => {
    if (isQuick(vote) && !option.remark) return void ballots.cast(id, { choice: option.code });
    const { codes, remark } = ballots.draft(id);
    ballots.press(id, { codes: pressed(vote, codes, option), remark: remark || mine.chosen?.remark || "" });
  };
  const attributes = {
    type: "button",
    class: `vote-choice tone-${toneOf(option.code)}`,
    "data-key": `cast-${option.code}`,
    "data-choice": option.code,
    "aria-pressed": String(isPicked),
    onclick: press,
  };
  return el("button", attributes, shapeOf(option.code, place), el("span", {}, option.label));
}

/**
 * @param {Voting} voting
 * @param {Option} option
 * @param {string} remark
 */
function remarkField({ id, ballots }, option, remark) {
  const typed = (/** @type {Event} */ event) => {
    const { value } = /** @type {HTMLTextAreaElement} */ (event.target);
    ballots.write(id, value);
  };
  const attributes = { class: "input", rows: 2, maxlength: 1000, "data-key": `remark-${option.code}`, oninput: typed };
  return el(
    "label",
    { class: "field", "data-key": "remark-field" },
    el("span", { class: "field-label" }, say("remarkFor", { option: option.label })),
    el("textarea", attributes, remark),
  );
}

/** Has it words where an option asks for them? @param {Vote} vote @param {import("meetings/room/ballots").Draft} draft */
export function isTold(vote, { codes, remark }) {
  return remark.trim() !== "" || !vote.options.some((option) => option.remark && codes.includes(option.code));
}

/**
 * @param {Voting} voting
 * @param {string[]} codes
 * @param {{ least: number, most: number }} bounds
 */
function sender({ id, vote, ballots }, codes, { least, most }) {
  const alone = vote.options.some((option) => option.aside && codes.includes(option.code));
  const missing = alone ? 0 : Math.max(0, least - codes.length);
  const tooMany = alone ? 0 : Math.max(0, codes.length - most);
  const send = () => {
    const { remark } = ballots.draft(id);
    const told = vote.options.some((option) => option.remark && codes.includes(option.code)) && remark.trim();
    const chosen = vote.form === "several" ? { choices: codes } : { choice: codes[0] };
    ballots.cast(id, { ...chosen, ...(told ? { remark: told } : {}) });
  };
  const labels = vote.options.filter(({ code }) => codes.includes(code)).map(({ label }) => label);
  const wordless = () => !isTold(vote, ballots.draft(id));
  const words = () => {
    if (codes.length === 0) return say("chooseThenSend");
    if (missing > 0) return say("chooseMore", { count: missing });
    if (tooMany > 0) return say("chooseFewer", { count: tooMany });
    if (wordless()) return say("writeThenSend");
    return labels.length === 1
      ? say("sendBallotFor", { option: labels[0] ?? "" })
      : say("sendBallot", { count: labels.length });
  };
  const ready = codes.length > 0 && missing === 0 && tooMany === 0 && !wordless();
  const attributes = { type: "button", "data-key": "send-ballot", disabled: !ready, onclick: send };
  const error = tooMany > 0 ? "room-send room-send-wrong" : "room-send";
  return el("button", { ...attributes, class: `button button-primary button-large room-wide ${error}` }, words());
}
