// @ts-check
/** Who chose what: a list with a search, made when it is asked for. */

import { shapeOf, toneOf } from "meetings/room/ballot";
import { el, fill } from "meetings/room/el";
import { folded } from "meetings/room/folding";
import { say } from "meetings/room/texts";
import { open } from "ui/dialogs";

/** @import { Store } from "meetings/room/store" */
/** @import { Vote } from "meetings/room/types" */

/**
 * @param {Vote} vote
 * @param {Store} store
 */
export function showNames(vote, store) {
  const body = /** @type {HTMLElement} */ (document.getElementById("names-body"));
  const find = /** @type {HTMLInputElement} */ (document.getElementById("names-find"));
  const rows = rowsOf(vote, store);
  const draw = () => fill(body, listed(rows, folded(find.value)));
  find.value = "";
  find.oninput = draw;
  /** @type {HTMLElement} */ (document.getElementById("names-title")).textContent = vote.question;
  draw();
  open("names-dialog");
}

/**
 * @param {Vote} vote
 * @param {Store} store
 */
function rowsOf(vote, store) {
  const places = new Map(vote.options.map(({ code, label }, place) => [code, { label, place }]));
  const manners = new Map(
    Object.values(vote.entries ?? {}).map(({ person, manner, state }) => [person, state === "confirmed" ? manner : ""]),
  );
  return Object.entries(vote.choices ?? {})
    .map(([id, given]) => ({
      name: store.room.people[id]?.name ?? "",
      sort: store.room.people[id]?.sort ?? "",
      remark: vote.remarks?.[id] ?? "",
      manner: manners.get(id) ?? "",
      chosen: (typeof given === "string" ? [given] : given).map((code) => ({ code, ...places.get(code) })),
    }))
    .sort((a, b) => (a.sort < b.sort ? -1 : 1));
}

/**
 * @param {ReturnType<typeof rowsOf>} rows
 * @param {string} wanted
 */
function listed(rows, wanted) {
  const found = rows.filter(({ name }) => folded(name).includes(wanted));
  if (found.length === 0) return el("p", { class: "soft" }, say("nobodyFound"));
  return el(
    "ul",
    { class: "room-names" },
    found.map(({ name, remark, manner, chosen }) =>
      el(
        "li",
        {},
        el("span", {}, name, manner && el("small", { class: "faint" }, say(manner === "paper" ? "onPaper" : "byHand"))),
        el(
          "span",
          { class: "room-names-chosen" },
          chosen.map(({ code, label, place }) =>
            el("span", { class: `room-choice-mark tone-${toneOf(code)}` }, shapeOf(code, place ?? 0), label ?? ""),
          ),
        ),
        remark && el("p", { class: "room-names-remark" }, remark),
      ),
    ),
  );
}
