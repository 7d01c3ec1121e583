// @ts-check
/** The papers on this device, below the agenda: brought up to date when papers change, told to the secretary. */

import { Card } from "meetings/offline/card";
import { carryOver } from "meetings/offline/carrying";
import { toTake } from "meetings/offline/kept";

/** @import { Context } from "meetings/room/parts" */
/** @import { State } from "meetings/offline/fetching" */

const SETTLED_MS = 1500;
const SPREAD_MS = 6000;

/**
 * @param {HTMLElement} host
 * @param {string} user
 * @param {Context} context
 */
export function keepPack(host, user, { store, pass }) {
  let told = "";
  let known = papersOf(store);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** Says again after every hello, and whenever the figures change. */
  const tell = () => {
    if (!store.connected) told = "";
    const figures = figuresOf(card.taking.state);
    if (!store.connected || !figures || JSON.stringify(figures) === told) return;
    told = JSON.stringify(figures);
    pass("pack", figures);
  };
  const card = new Card(host, { user, meeting: store.room.meeting.id, onState: tell });
  store.watch(() => {
    tell();
    const now = papersOf(store);
    if (now === known) return;
    known = now;
    clearTimeout(timer);
    timer = setTimeout(() => card.renew(), SETTLED_MS);
  });
  addEventListener("online", () => {
    void carryOver(user);
    void card.renew();
  });
  void card.start(Math.random() * SPREAD_MS);
  void carryOver(user);
}

/** @param {Context["store"]} store */
function papersOf({ papers }) {
  return Object.values(papers)
    .map(({ document, version }) => `${document}/${version}`)
    .sort()
    .join();
}

/** @param {State} state */
function figuresOf({ pack, have, phase }) {
  if (!pack || phase === "reading" || (phase === "none" && have.size === 0)) return undefined;
  return { have: have.size, of: toTake(pack).length };
}
