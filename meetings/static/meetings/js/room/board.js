// @ts-check
/** The board of a vote: each option with its share of all members, and the arithmetic of the outcome. */

import { el } from "meetings/room/el";
import { say } from "meetings/room/texts";

/** @import { Store } from "meetings/room/store" */
/** @import { Vote, Option } from "meetings/room/types" */

/** @type {Record<string, string>} */
const TONES = { yes: "success", no: "danger", abstain: "neutral", other: "info" };

/**
 * A closed vote: totals, outcome, who chose what.
 * @param {Vote} vote
 * @param {Store} store
 */
export function resultBoard(vote, store) {
  const result = vote.result ?? {};
  const outcome = say(result.carried ? "carried" : "notCarried");
  const sum = say("arithmetic", { reached: result.reached, needed: result.needed, base: result.base });
  return [
    el(
      "p",
      { class: `room-outcome tone-${result.carried ? "success" : "danger"}`, "data-carried": String(result.carried) },
      outcome,
    ),
    el("p", { class: "faint" }, sum),
    el(
      "p",
      { class: "faint" },
      say("rollLine", {
        members: result.members,
        present: result.present + result.late,
        unanswered: result.unanswered,
      }),
    ),
    shares(vote.options, result.counts ?? {}, result.members ?? 0, result.shares),
    vote.choices ? names(vote, store) : null,
  ].filter((part) => part !== null);
}

/**
 * One bar per option, measured against all members.
 * @param {Option[]} options
 * @param {Record<string, number>} counts
 * @param {number} members
 * @param {Record<string, string>} [given] shares the server has fixed
 */
export function shares(options, counts, members, given) {
  const rows = options.map((option) => {
    const count = counts[option.code] ?? 0;
    const share = given?.[option.code] ?? (members ? ((count * 100) / members).toFixed(2) : "0.00");
    const words = `${count} · ${share.replace(".", ",")} %`;
    return el(
      "div",
      { class: `room-share tone-${TONES[option.code] ?? "info"}`, "data-option": option.code, "data-count": count },
      el("span", { class: "room-share-label" }, option.label),
      el("span", { class: "room-share-value" }, words),
      el("progress", { max: Math.max(members, 1), value: count, "aria-hidden": "true" }),
    );
  });
  return el("div", { class: "room-shares" }, rows);
}

/**
 * @param {Vote} vote
 * @param {Store} store
 */
function names(vote, store) {
  const labels = Object.fromEntries(vote.options.map((option) => [option.code, option.label]));
  const rows = Object.entries(vote.choices ?? {})
    .map(([person, choice]) => ({ person: store.room.people[person], choice, remark: vote.remarks?.[person] }))
    .sort((a, b) => ((a.person?.sort ?? "") < (b.person?.sort ?? "") ? -1 : 1))
    .map(({ person, choice, remark }) =>
      el(
        "li",
        {},
        el("span", {}, person?.name ?? ""),
        el("span", { class: "soft" }, [labels[choice], remark].filter(Boolean).join(": ")),
      ),
    );
  return el("details", { class: "room-names" }, el("summary", {}, say("whoVoted")), el("ul", {}, rows));
}
