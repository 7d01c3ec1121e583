// @ts-check
/** The votes of the meeting, one after the other: the next one as a clear button, those prepared, those held. */

import { outcomeWords, resultBoard } from "meetings/room/board";
import { annulStep, step } from "meetings/room/conduct_vote";
import { el, keep } from "meetings/room/el";
import { openOutside } from "meetings/room/outside";
import { editVote, prepareVote } from "meetings/room/prepare";
import { say } from "meetings/room/texts";
import { isRunning, voteNow } from "meetings/room/voting";
import { ask } from "ui/dialogs";
import { icon } from "ui/icons";

/** @import { Child } from "meetings/room/el" */
/** @import { Context } from "meetings/room/parts" */
/** @import { Store } from "meetings/room/store" */
/** @import { Vote } from "meetings/room/types" */
/** @typedef {[string, Vote]} Line */

/** @type {Record<string, [string, string]>} shape and tone of a state */
const STATES = {
  prepared: ["circle-dashed", "neutral"],
  open: ["vote", "info"],
  closed: ["hourglass", "warning"],
  declared: ["circle-check", "success"],
  annulled: ["ban", "neutral"],
};

/** @type {Set<string>} rows this person has opened: what is in the others is not drawn */
const opened = new Set();

/** All votes, in the order of the agenda and under an item in theirs. @param {Store} store @returns {Line[]} */
export function votesInOrder(store) {
  const place = (/** @type {Vote} */ vote) => store.room.items[vote.item]?.position ?? 0;
  return Object.entries(store.room.votes).sort(([, a], [, b]) => place(a) - place(b) || a.position - b.position);
}

/** The vote to open next: of the item on the table, then of later ones, then whatever is left. @param {Store} store @returns {Line | undefined} */
export function nextVote(store) {
  const prepared = votesInOrder(store).filter(([, vote]) => vote.state === "prepared");
  const here = store.room.items[store.room.meeting.current_item ?? ""]?.position ?? 0;
  return prepared.find(([, vote]) => (store.room.items[vote.item]?.position ?? 0) >= here) ?? prepared[0];
}

/** How many votes wait to be opened; for those who open them. @param {Context} context */
export function votesBadge({ store }) {
  if (!store.leads) return 0;
  return Object.values(store.room.votes).filter(({ state }) => state === "prepared").length;
}

/** @param {Context} context */
export function votesPart(context) {
  const { store } = context;
  const lines = votesInOrder(store);
  const running = ["published", "open"].includes(store.room.meeting.state);
  return el(
    "section",
    { class: "room-votes", "aria-label": say("tabVotes") },
    store.leads && store.room.meeting.state === "open" && next(context),
    store.leads &&
      running &&
      el(
        "div",
        { class: "room-votes-tools" },
        step("add-vote", "plus", say("prepareVote"), () => prepareVote()),
      ),
    lines.length === 0 && nothing(store),
    lines.length > 0 &&
      el(
        "ol",
        { class: "room-vote-list" },
        lines.map((line, at) => row(line, at, lines, context)),
      ),
  );
}

/** @param {Store} store */
function nothing(store) {
  return el(
    "div",
    { class: "empty" },
    icon("vote"),
    el("p", { class: "empty-title" }, say("noVotes")),
    el("p", { class: "empty-text" }, say(store.leads ? "noVotesLead" : "noVotesMember")),
  );
}

/** The next vote as one clear button; none while one runs or waits to be declared. @param {Context} context */
function next({ store, act }) {
  const found = nextVote(store);
  const busy = Object.values(store.room.votes).some(({ state }) => state === "open" || state === "closed");
  if (!found || busy) return false;
  const [id, vote] = found;
  const item = store.room.items[vote.item];
  const open = () => act("open_vote", { vote: id });
  return el(
    "div",
    { class: "room-next", "data-key": `next-${id}` },
    el("p", { class: "room-next-label" }, say("nextVote", { number: item?.label ?? "" })),
    el("p", { class: "room-next-question" }, vote.question),
    el("p", { class: "faint" }, [formWords(vote), vote.rule.name ?? ""].filter(Boolean).join(" · ")),
    step(`open-next-${id}`, "vote", say("openVote"), open, "button-large room-wide"),
  );
}

/** What is asked, in a few words. @param {Vote} vote */
export function formWords({ form, rule }) {
  if (form === "one") return say("formOne");
  if (form === "several") return say("formSeveral", { least: rule.min ?? 1, most: rule.max ?? 1 });
  return say("formApprove");
}

/**
 * @param {Line} line
 * @param {number} at
 * @param {Line[]} lines
 * @param {Context} context
 */
function row([id, vote], at, lines, context) {
  const { store } = context;
  const { state } = store.room.meeting;
  const label = store.room.items[vote.item]?.label ?? "";
  const busy = store.openVote()?.[0];
  const siblings = lines.filter(([, other]) => other.item === vote.item).map(([other]) => other);
  const place = siblings.indexOf(id);
  const onTop = isRunning(store) && voteNow(store)?.[0] === id;
  const isOpened = opened.has(id);
  const seen = [
    vote,
    at,
    label,
    busy,
    state,
    store.leads,
    place,
    siblings.length,
    onTop,
    isOpened,
    context.ballots.refused.get(id),
  ];
  const toggle = (/** @type {Event} */ event) => {
    const wanted = /** @type {HTMLDetailsElement} */ (event.currentTarget).open;
    if (wanted === opened.has(id)) return;
    if (wanted) opened.add(id);
    else opened.delete(id);
    store.changed();
  };
  return keep(id, seen, () =>
    el(
      "li",
      { "data-vote": id, "data-state": vote.state },
      el(
        "details",
        { class: "room-vote-row", ontoggle: toggle },
        summary(vote, label),
        isOpened &&
          el("div", { class: "room-vote-body" }, body(id, vote, { place, count: siblings.length, onTop }, context)),
      ),
    ),
  );
}

/** @param {Vote} vote @param {string} label */
function summary(vote, label) {
  const [shape, tone] = STATES[vote.state] ?? ["circle-dashed", "neutral"];
  const told = vote.state === "declared" && vote.result ? outcomeWords(vote, vote.result) : stateWords(vote);
  const shown = vote.state === "declared" && vote.result?.carried === false ? ["circle-x", "danger"] : [shape, tone];
  return el(
    "summary",
    {},
    el("span", { class: `room-vote-mark tone-${shown[1]}` }, icon(shown[0] ?? "")),
    el(
      "span",
      { class: "room-vote-line" },
      el("span", { class: "room-vote-title" }, vote.question),
      el("span", { class: "room-vote-note" }, [say("itemNumber", { number: label }), told].filter(Boolean).join(" · ")),
    ),
  );
}

/** @param {Vote} vote */
function stateWords({ state }) {
  return say(`votes${state.charAt(0).toUpperCase()}${state.slice(1)}`);
}

/**
 * @param {string} id
 * @param {Vote} vote
 * @param {{ place: number, count: number, onTop: boolean }} order
 * @param {Context} context
 * @returns {Child[]}
 */
function body(id, vote, order, context) {
  if (vote.state !== "prepared") {
    const annullable =
      context.store.leads && ["closed", "declared"].includes(vote.state) && context.store.room.meeting.state === "open";
    return [
      order.onTop
        ? el("p", { class: "soft" }, say("voteIsOnTop"))
        : el("div", { class: "room-vote", "data-state": vote.state }, resultBoard(id, vote, context)),
      annullable && el("div", { class: "room-vote-steps" }, annulStep(id)),
    ];
  }
  const options = vote.options.map(({ label }) => el("li", {}, label));
  return [
    el("p", { class: "room-vote-rule" }, [formWords(vote), vote.rule.name ?? ""].filter(Boolean).join(" · ")),
    vote.rule.basis && el("p", { class: "faint" }, vote.rule.basis),
    el("ul", { class: "room-vote-options" }, options),
    context.store.leads && el("div", { class: "room-vote-steps" }, desk(id, vote, order, context)),
  ];
}

/**
 * What chair and secretary do with a prepared vote.
 * @param {string} id
 * @param {Vote} vote
 * @param {{ place: number, count: number }} order
 * @param {Context} context
 * @returns {Child[]}
 */
function desk(id, vote, { place, count }, { store, act }) {
  const busy = store.openVote() !== undefined;
  const drop = async () => {
    if (await ask(say("dropVoteSure"), { yes: say("dropVote"), danger: true })) await act("drop_vote", { vote: id });
  };
  const move = (/** @type {number} */ position) => act("place_vote", { vote: id, position });
  return [
    store.room.meeting.state === "open" &&
      !busy &&
      step(`open-${id}`, "vote", say("openVote"), () => act("open_vote", { vote: id }), "button-primary"),
    step(`edit-${id}`, "pencil", say("editVote"), () => editVote(id, vote)),
    place > 0 && step(`up-${id}`, "arrow-up", say("voteUp"), () => move(place)),
    place < count - 1 && step(`down-${id}`, "arrow-down", say("voteDown"), () => move(place + 2)),
    store.room.meeting.state === "open" &&
      step(`outside-${id}`, "clipboard-list", say("recordOutside"), () => openOutside(id, vote)),
    step(`drop-${id}`, "trash-2", say("dropVote"), drop, "button-danger"),
  ];
}
