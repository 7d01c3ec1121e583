// @ts-check
/** The vote on the right: what is asked, my choice, the board; for the chair preparing, opening, closing. */

import { resultBoard, shares } from "meetings/room/board";
import { el } from "meetings/room/el";
import { say } from "meetings/room/texts";
import { ask } from "ui/dialogs";

/** @import { Store } from "meetings/room/store" */
/** @import { Vote, Option } from "meetings/room/types" */
/** @import { Act, Context } from "meetings/room/parts" */

/** @type {Record<string, string>} */
const TONES = { yes: "success", no: "danger", abstain: "neutral", other: "info" };

/** The open vote, on top whatever one looks at. @param {Context} context */
export function nowPart(context) {
  const open = context.store.openVote();
  return open && el("section", { class: "room-part", "aria-live": "polite" }, card(...open, context));
}

/** How many votes are prepared under the item shown. @param {Context} context */
export function votesBadge({ store, desk }) {
  return store.votesOf(desk.item).filter(([, vote]) => vote.state === "prepared").length;
}

/** The other votes of the item shown. @param {Context} context */
export function votesPart(context) {
  const votes = context.store.votesOf(context.desk.item).filter(([, vote]) => vote.state !== "open");
  return votes.map(([id, vote]) => card(id, vote, context));
}

/**
 * @param {string} id
 * @param {Vote} vote
 * @param {Context} context
 */
function card(id, vote, context) {
  const body =
    vote.state === "open"
      ? openVote(id, vote, context)
      : vote.state === "closed"
        ? resultBoard(vote, context.store)
        : waiting(id, context);
  return el(
    "article",
    { class: "room-vote", "data-vote": id, "data-state": vote.state },
    el("h3", {}, vote.question),
    body,
  );
}

/**
 * @param {string} id
 * @param {Context} context
 */
function waiting(id, { store, act }) {
  if (!store.leads || store.room.meeting.state !== "open") return [el("p", { class: "soft" }, say("voteWaiting"))];
  const openIt = () => act("open_vote", { vote: id });
  return [
    el(
      "button",
      { type: "button", class: "button button-primary", "data-key": `open-${id}`, onclick: openIt },
      say("openVote"),
    ),
  ];
}

/**
 * @param {string} id
 * @param {Vote} vote
 * @param {Context} context
 */
function openVote(id, vote, context) {
  const { store, act } = context;
  const closeIt = async () => {
    if (await ask(say("closeVoteSure"), { yes: say("closeVote") })) await act("close_vote", { vote: id });
  };
  return [
    store.mine.me?.votes ? choices(id, vote, context) : el("p", { class: "soft" }, say("noVoteForYou")),
    progress(vote, store),
    vote.counts ? shares(vote.options, vote.counts, store.room.meeting.quorum.members) : null,
    store.leads &&
      el("button", { type: "button", class: "button", "data-key": `close-${id}`, onclick: closeIt }, say("closeVote")),
  ].filter(Boolean);
}

/**
 * @param {string} id
 * @param {Vote} vote
 * @param {Context} context
 */
function choices(id, vote, { store, act, pending }) {
  const mine = store.mine.ballots?.[id]?.choice;
  const waitingFor = mine ? undefined : pending.get(id);
  const state = waitingFor ? say("ballotSending") : mine ? say("ballotCounted") : say("ballotNone");
  return el(
    "div",
    { class: "vote-choices", role: "group", "aria-label": say("yourChoice") },
    vote.options.map((option) =>
      choice(id, option, { mine, waitingFor, act, isPresent: store.self?.present === true }),
    ),
    el(
      "p",
      { class: "room-ballot", role: "status", "data-ballot": waitingFor ? "sending" : mine ? "counted" : "none" },
      state,
    ),
    !store.self?.present && el("p", { class: "soft" }, say("checkInFirst")),
  );
}

/**
 * @param {string} vote
 * @param {Option} option
 * @param {{ mine?: string, waitingFor?: string, act: Act, isPresent: boolean }} state
 */
function choice(vote, option, { mine, waitingFor, act, isPresent }) {
  const picked = (waitingFor ?? mine) === option.code;
  return el(
    "button",
    {
      type: "button",
      class: `vote-choice tone-${TONES[option.code] ?? "info"}`,
      "data-key": `cast-${option.code}`,
      "data-choice": option.code,
      "aria-pressed": String(picked),
      disabled: mine !== undefined || waitingFor !== undefined || !isPresent,
      onclick: () => act("cast", { vote, choice: option.code }),
    },
    option.label,
  );
}

/**
 * @param {Vote} vote
 * @param {Store} store
 */
function progress(vote, store) {
  const present = store.people().filter(([, person]) => person.votes && person.present).length;
  const cast = vote.cast ?? 0;
  return el(
    "div",
    { class: "room-progress" },
    el("p", {}, say("castOf", { cast, present })),
    el("progress", {
      max: Math.max(present, 1),
      value: Math.min(cast, present),
      "aria-label": say("castOf", { cast, present }),
    }),
  );
}
