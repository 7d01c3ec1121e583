// @ts-check
/** Who has spoken on an item: each turn with its time; chair and secretary can take the last end back. */

import { el } from "meetings/room/el";
import { laneChip } from "meetings/room/speaking/floor";
import { inState, nameOf } from "meetings/room/speaking/state";
import { clock } from "meetings/room/speaking/timer";
import { say } from "meetings/room/texts";

/** @import { Context } from "meetings/room/parts" */
/** @import { Speech, Turn } from "meetings/room/types" */

/** @param {Context} context */
export function spokenPart(context) {
  const { store, desk } = context;
  const done = inState(store, "done").filter(([, speech]) => speech.item === desk.item);
  if (done.length === 0) return null;
  done.sort(([, a], [, b]) => (startOf(a) < startOf(b) ? -1 : 1));
  const last = done.at(-1)?.[0];
  return el(
    "section",
    { class: "room-part speech-spoken", "aria-label": say("spoken") },
    el("h2", { class: "room-pane-title" }, say("spoken")),
    el(
      "ol",
      { class: "speech-rows" },
      done.map(([id, speech]) => row(id, speech, id === last, context)),
    ),
  );
}

/** @param {Speech} speech */
const startOf = (speech) => speech.called_at ?? speech.at;

/** @param {string} id @param {Speech} speech @param {boolean} isLast @param {Context} context */
function row(id, speech, isLast, context) {
  const { store, act } = context;
  const reopen = isLast && store.leads && store.room.meeting.state === "open" && speech.turns.length > 0;
  const attributes = { type: "button", class: "button button-quiet button-small", "data-key": `reopen-${id}` };
  return el(
    "li",
    { class: "speech-row", "data-key": id },
    el(
      "div",
      { class: "speech-who" },
      el("p", { class: "speech-name" }, nameOf(store, speech.person), laneChip(context, speech)),
      speech.turns.map((turn) => el("p", { class: "soft" }, held(turn, store))),
      reopen &&
        el("button", { ...attributes, onclick: () => act("reopen_speech", { speech: id }) }, say("reopenSpeech")),
    ),
  );
}

/** @param {Turn} turn @param {Context["store"]} store */
function held(turn, store) {
  const time = clock(turn.used);
  const who = turn.phase === "answer" ? say("answerTime", { name: nameOf(store, turn.person), time }) : time;
  return turn.limit > 0 && turn.used > turn.limit * 1000
    ? `${who} · ${say("overLimit", { limit: clock(turn.limit * 1000) })}`
    : who;
}
