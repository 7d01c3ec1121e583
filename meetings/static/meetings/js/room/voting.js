// @ts-check
/** The vote that matters now, on top whatever one looks at: my ballot while it is open, then its result. */

import { ballotArea } from "meetings/room/ballot";
import { briefBoard, resultBoard, shares } from "meetings/room/board";
import { conductVote } from "meetings/room/conduct_vote";
import { countdown } from "meetings/room/countdown";
import { deliveredLine, tellShown } from "meetings/room/delivered";
import { el } from "meetings/room/el";
import { votersOf } from "meetings/room/roll";
import { say } from "meetings/room/texts";
import { icon } from "ui/icons";

/** @import { Child } from "meetings/room/el" */
/** @import { Context } from "meetings/room/parts" */
/** @import { Store } from "meetings/room/store" */
/** @import { Vote } from "meetings/room/types" */

const FRESH = 10 * 60_000; // a result stays on top so long, unless it is put away

/** @type {Record<string, string>} */
const WORDS = { open: "voteRunning", closed: "voteIsClosed", declared: "voteDeclared", annulled: "voteAnnulled" };

/** When the newest result this person has put away was made known: older ones do not come back. */
let away = "";

/** When the state of a vote last changed. @param {Vote} vote */
const changedAt = (vote) => vote.annulled?.at ?? vote.declared_at ?? vote.closed_at ?? "";

/** @param {Vote} vote */
const isSettled = (vote) => vote.state === "declared" || vote.state === "annulled";

/**
 * The open vote; otherwise the newest result, until it is put away or ten minutes old.
 * @param {Store} store
 * @returns {[string, Vote] | undefined}
 */
export function voteNow(store) {
  const open = store.openVote();
  if (open) return open;
  const since = store.now() - FRESH;
  return Object.entries(store.room.votes)
    .filter(([, vote]) => vote.state === "closed" || (isSettled(vote) && changedAt(vote) > away))
    .filter(([, vote]) => vote.state === "closed" || Date.parse(changedAt(vote)) > since)
    .sort(([, a], [, b]) => (changedAt(a) < changedAt(b) ? 1 : -1))[0];
}

/** @param {Context} context */
export function nowPart(context) {
  const found = isRunning(context.store) ? voteNow(context.store) : undefined;
  if (!found) return null;
  const [id, vote] = found;
  tellShown(id, vote, context);
  const board = isSettled(vote) && context.store.leads ? briefBoard : resultBoard;
  const body = vote.state === "open" ? running(id, vote, context) : board(id, vote, context);
  const delivered = deliveredLine(id, vote, context);
  return el(
    "article",
    { class: "room-vote room-vote-now", "data-key": `now-${id}`, "data-vote": id, "data-state": vote.state },
    head(vote, context),
    el("h2", { class: "room-question" }, vote.question),
    body,
    delivered,
    conductVote(id, vote, context),
  );
}

/** After the meeting the votes lie in their tab. @param {Store} store */
export function isRunning(store) {
  return store.room.meeting.state === "open";
}

/**
 * @param {Vote} vote
 * @param {Context} context
 */
function head(vote, { store }) {
  const putAway = () => {
    away = changedAt(vote);
    store.changed();
  };
  const attributes = {
    type: "button",
    class: "button button-quiet button-icon",
    "data-key": "put-away",
    onclick: putAway,
  };
  return el(
    "div",
    { class: "room-vote-head" },
    icon("vote"),
    el("p", { role: "status", "aria-live": "polite" }, say(WORDS[vote.state] ?? "")),
    vote.state === "open" && countdown(vote, store),
    isSettled(vote) && el("button", { ...attributes, "aria-label": say("putAway") }, icon("x")),
  );
}

/**
 * @param {string} id
 * @param {Vote} vote
 * @param {Context} context
 * @returns {Child[]}
 */
function running(id, vote, context) {
  return [
    ballotArea({ ...context, id, vote }),
    progress(vote, context.store),
    vote.counts && shares(vote, vote.counts, votersOf(context.store).members),
  ];
}

/**
 * How many have voted, of those in the room.
 * @param {Vote} vote
 * @param {Store} store
 */
function progress(vote, store) {
  const { present } = votersOf(store);
  const cast = vote.cast ?? 0;
  const words = say("castOf", { cast, present: Math.max(present, cast) });
  return el(
    "div",
    { class: "room-progress" },
    el("p", {}, words),
    el("progress", { max: Math.max(present, cast, 1), value: cast, "aria-label": words }),
  );
}
