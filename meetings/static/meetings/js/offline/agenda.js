// @ts-check
/** The agenda of a pack with the papers of each item, at the left. */

import { mayTake } from "meetings/offline/kept";
import { say } from "meetings/offline/texts";
import { el, fill } from "ui/el";
import { icon } from "ui/icons";

/** @import { Pack, PackItem, PackPaper } from "meetings/offline/types" */
/** @typedef {{ pack: Pack, have: Set<string>, current: string, open: (document: string) => void }} Shown */

/** @param {HTMLElement} host @param {Shown} shown */
export function drawAgenda(host, shown) {
  const { pack } = shown;
  const known = new Set(pack.agenda.map(({ id }) => id));
  const others = pack.papers.filter((paper) => !known.has(paper.item));
  fill(
    host,
    el("h2", { class: "room-pane-title" }, say("agenda")),
    el(
      "ol",
      { class: "offline-agenda" },
      pack.agenda.map((item) => line(item, shown)),
      others.length > 0 &&
        el(
          "li",
          { class: "offline-item" },
          el("p", {}, el("span", {}, ""), say("otherPapers")),
          others.map((paper) => link(paper, shown)),
        ),
    ),
  );
}

/** @param {PackItem} item @param {Shown} shown */
function line(item, shown) {
  const papers = shown.pack.papers.filter((paper) => paper.item === item.id);
  const note = [item.presenter, item.owner].filter(Boolean).join(" · ");
  return el(
    "li",
    { class: "offline-item", "data-key": `item-${item.id}`, style: `--depth: ${item.depth}` },
    el(
      "p",
      {},
      el("span", {}, item.label),
      el("span", {}, item.title, note ? el("span", { class: "list-note" }, note) : null),
    ),
    papers.map((paper) => link(paper, shown)),
  );
}

/** @param {PackPaper} paper @param {Shown} shown */
function link(paper, { have, current, open }) {
  const here = have.has(paper.document);
  const note = mayTake(paper) ? (here ? say("pages", { count: paper.pages }) : say("paperNotYet")) : say("paperOnline");
  const attributes = {
    type: "button",
    class: "offline-paper-link",
    "data-key": `paper-${paper.document}`,
    "data-document": paper.document,
    "aria-current": String(paper.document === current),
    onclick: () => open(paper.document),
  };
  return el("button", attributes, icon(here ? "file-text" : "eye"), el("span", {}, paper.title, el("small", {}, note)));
}
