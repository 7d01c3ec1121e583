// @ts-check
/** What the connections suggest to the secretary: one tap checks in who is connected, or notes who has gone; with undo. */

import { el } from "meetings/room/el";
import { suggested } from "meetings/room/people/here";
import { say } from "meetings/room/texts";
import { icon } from "ui/icons";
import { toast } from "ui/toast";

/** @import { Context } from "meetings/room/parts" */

/** @type {string[]} those the last suggestion checked in */
let taken = [];
/** @type {ReturnType<typeof setTimeout> | undefined} */
let forgetting;
const UNDO_FOR = 3 * 60_000;

/** @param {Context} context */
export function suggestionPart(context) {
  const { store } = context;
  const { come, gone } = suggested(store);
  const early = store.isEarly;
  return [
    !early && come.length > 0 && line("come", come, "check_in_connected", context),
    gone.length > 0 && line("gone", gone, "leave_disconnected", context),
    taken.length > 0 && undoLine(context),
  ];
}

/**
 * @param {"come" | "gone"} kind
 * @param {string[]} people
 * @param {string} verb
 * @param {Context} context
 */
function line(kind, people, verb, { store, act }) {
  const count = people.length;
  const accept = async () => {
    const answer = await act(verb, { people });
    if (!answer) return;
    taken = kind === "come" ? people : [];
    clearTimeout(forgetting);
    forgetting = setTimeout(() => {
      taken = [];
      store.changed();
    }, UNDO_FOR);
    toast(say(kind === "come" ? "suggestedCame" : "suggestedLeft", { count }), "success");
    store.changed();
  };
  const names = people.map((id) => store.room.people[id]?.name ?? "").join(", ");
  return el(
    "div",
    {
      class: `room-suggestion tone-${kind === "come" ? "info" : "warning"}`,
      "data-key": `suggest-${kind}`,
      role: "status",
    },
    el(
      "p",
      {},
      icon(kind === "come" ? "wifi" : "wifi-off"),
      el("span", {}, say(kind === "come" ? "suggestCome" : "suggestGone", { count })),
    ),
    el("details", {}, el("summary", { class: "target" }, say("suggestNames")), el("p", { class: "soft" }, names)),
    el(
      "button",
      { type: "button", class: "button", "data-key": `accept-${kind}`, onclick: accept },
      say(kind === "come" ? "suggestTakeAll" : "suggestLeaveAll", { count }),
    ),
  );
}

/** @param {Context} context */
function undoLine({ store, act }) {
  const undo = async () => {
    if (!(await act("undo_check_in", { people: taken }))) return;
    taken = [];
    toast(say("undone"), "success");
    store.changed();
  };
  const attributes = {
    type: "button",
    class: "button button-quiet button-small",
    "data-key": "suggest-undo",
    onclick: undo,
  };
  return el("button", attributes, icon("undo-2"), say("suggestUndo", { count: taken.length }));
}
