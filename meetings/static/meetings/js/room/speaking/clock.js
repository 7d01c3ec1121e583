// @ts-check
/** Timers on the page: each ticks by itself, by the server's clock; the chair hears when time is nearly and quite up. */

import { el } from "meetings/room/el";
import { isMuted, sound } from "meetings/room/speaking/sound";
import { shown, standOf } from "meetings/room/speaking/timer";
import { say } from "meetings/room/texts";

/** @import { Store } from "meetings/room/store" */
/** @import { Stand } from "meetings/room/speaking/timer" */
/** @import { Turn } from "meetings/room/types" */

const TICK = 200;

/**
 * A timer that goes on by itself; amber for the last half minute, red beyond the limit.
 * @param {Turn} turn
 * @param {Store} store
 * @param {{ key: string, large?: boolean }} how
 */
export function timer(turn, store, { key, large = false }) {
  const found = standOf(turn, store.now());
  return el(
    "span",
    {
      class: `speech-timer${large ? " speech-timer-large" : ""}`,
      role: "timer",
      "data-key": `timer-${key}`,
      "data-own": true,
      "data-timer": JSON.stringify(turn),
      "data-tone": found.tone,
      "data-still": turn.since === undefined,
    },
    el("span", { class: "speech-timer-time" }, shown(found)),
    el("span", { class: "speech-timer-word" }, wordOf(found)),
  );
}

/** @param {Stand} found */
function wordOf({ tone }) {
  return say(tone === "over" ? "timeOver" : tone === "free" ? "timeUsed" : "timeLeft");
}

/** @param {HTMLElement} element @param {number} now */
function tick(element, now) {
  const found = standOf(JSON.parse(element.dataset.timer ?? ""), now);
  const [time, word] = element.children;
  if (time && time.textContent !== shown(found)) time.textContent = shown(found);
  if (word && word.textContent !== wordOf(found)) word.textContent = wordOf(found);
  if (element.dataset.tone !== found.tone) element.dataset.tone = found.tone;
}

/** @type {{ key: string, tone: string }} what was heard of the running turn */
let heard = { key: "", tone: "" };

/** The chair hears it once when the last half minute begins, and once when time is up. @param {Store} store */
function listen(store) {
  const running = Object.entries(store.room.speeches ?? {}).find(([, speech]) => speech.state === "speaking");
  const turn = running?.[1].turns.at(-1);
  if (!store.leads || !running || !turn) return;
  const key = `${running[0]}/${running[1].turns.length}/${turn.limit}`;
  const { tone } = standOf(turn, store.now());
  if (key === heard.key && tone !== heard.tone && !isMuted() && (tone === "near" || tone === "over")) sound(tone);
  heard = { key, tone };
}

/** @param {Store} store */
export function keepTime(store) {
  setInterval(() => {
    const now = store.now();
    /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-timer]")).forEach((one) => {
      if (one.dataset.still === undefined) tick(one, now);
    });
    listen(store);
  }, TICK);
}
