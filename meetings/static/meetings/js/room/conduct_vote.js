// @ts-check
/** What chair and secretary can do with the vote on top: close, extend, enter, declare, annul, take back. */

import { el } from "meetings/room/el";
import { openEntries } from "meetings/room/entries";
import { votersOf } from "meetings/room/roll";
import { say } from "meetings/room/texts";
import { ask, open as openDialog } from "ui/dialogs";
import { icon } from "ui/icons";

/** @import { Child } from "meetings/room/el" */
/** @import { Context } from "meetings/room/parts" */
/** @import { Vote } from "meetings/room/types" */

const MORE = 30;

/**
 * @param {string} id
 * @param {Vote} vote
 * @param {Context} context
 */
export function conductVote(id, vote, context) {
  if (!context.store.leads) return false;
  const buttons = STEPS[vote.state]?.(id, vote, context);
  return buttons !== undefined && el("div", { class: "room-vote-steps", "data-key": "steps" }, buttons);
}

/**
 * A button of the desk.
 * @param {string} key
 * @param {string} shape
 * @param {string} words
 * @param {() => unknown} press
 * @param {string} [kind]
 */
export function step(key, shape, words, press, kind = "") {
  const attributes = { type: "button", class: `button ${kind}`, "data-key": key, onclick: () => void press() };
  return el("button", attributes, icon(shape), el("span", {}, words));
}

/** @param {string} id @param {Vote} vote @param {Context} context @returns {Child[]} */
function running(id, vote, context) {
  const { act } = context;
  const waiting = Object.values(vote.entries ?? {}).filter(({ state }) => state === "entered").length;
  const untouched = (vote.cast ?? 0) === 0 && waiting === 0;
  return [
    step(`close-${id}`, "square-check", say("closeVote"), () => closeVote(id, vote, context), "button-primary"),
    vote.closes_at !== undefined &&
      step(`extend-${id}`, "timer", say("extendVote", { seconds: MORE }), () =>
        act("extend_vote", { vote: id, seconds: MORE }),
      ),
    step(`enter-${id}`, "hand", waiting ? say("enterBallotsWaiting", { count: waiting }) : say("enterBallots"), () =>
      openEntries(id, context),
    ),
    untouched && step(`take-back-${id}`, "undo-2", say("takeBackVote"), () => act("take_back_vote", { vote: id })),
  ];
}

/**
 * Closing asks first, and says who has not voted and what nobody has confirmed.
 * @param {string} id
 * @param {Vote} vote
 * @param {Context} context
 */
export async function closeVote(id, vote, { store, act }) {
  const voted = vote.voted ?? {};
  const missing = votersOf(store).list.filter(([person, { present }]) => present && !voted[person]).length;
  const waiting = Object.values(vote.entries ?? {}).filter(({ state }) => state === "entered").length;
  const words = [
    missing > 0 ? say("closeVoteMissing", { count: missing }) : say("closeVoteAll"),
    waiting > 0 && say("closeVoteUnconfirmed", { count: waiting }),
    say("closeVoteSure"),
  ];
  if (await ask(words.filter(Boolean).join(" "), { yes: say("closeVote") })) await act("close_vote", { vote: id });
}

/** @param {string} id @param {Vote} _vote @param {Context} context */
function counted(id, _vote, { act }) {
  const declare = () => act("declare_vote", { vote: id });
  return [
    step(`declare-${id}`, "megaphone", say("declareVote"), declare, "button-primary button-large room-wide"),
    annulStep(id),
  ];
}

/** @type {Record<string, (id: string, vote: Vote, context: Context) => Child[]>} */
const STEPS = { open: running, closed: counted };

/** @param {string} id */
export function annulStep(id) {
  const openIt = () => {
    const dialog = /** @type {HTMLElement} */ (document.getElementById("annul-dialog"));
    dialog.dataset.vote = id;
    openDialog("annul-dialog");
  };
  return step(`annul-${id}`, "ban", say("annulVote"), openIt, "button-danger");
}
