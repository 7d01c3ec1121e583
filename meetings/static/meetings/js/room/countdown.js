// @ts-check
/** The countdown of a vote, by the server's clock: a ring and the seconds in it, ticking by themselves. */

import { el } from "meetings/room/el";
import { say } from "meetings/room/texts";

/** @import { Store } from "meetings/room/store" */
/** @import { Vote } from "meetings/room/types" */

const RADIUS = 24;
const AROUND = 2 * Math.PI * RADIUS;
const SOON = 10;
const TICK = 250;

/**
 * @param {Vote} vote
 * @param {Store} store
 */
export function countdown(vote, store) {
  if (!vote.closes_at || !vote.opened_at) return null;
  const attributes = { class: "room-countdown", "data-key": "countdown", "data-own": true, role: "timer" };
  const ring = el(
    "div",
    { ...attributes, "data-from": vote.opened_at, "data-until": vote.closes_at },
    circles(),
    el("span", { class: "room-countdown-left" }),
  );
  tick(ring, store.now());
  return ring;
}

function circles() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 56 56");
  svg.setAttribute("aria-hidden", "true");
  for (const name of ["room-countdown-track", "room-countdown-ring"]) {
    const circle = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    const given = { class: name, cx: 28, cy: 28, r: RADIUS, "stroke-dasharray": AROUND.toFixed(2) };
    for (const [key, value] of Object.entries(given)) circle.setAttribute(key, String(value));
    svg.append(circle);
  }
  return svg;
}

/** Minutes and seconds as people read them. @param {number} seconds */
export function minutesAndSeconds(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * @param {HTMLElement} ring
 * @param {number} now
 */
function tick(ring, now) {
  const until = Date.parse(ring.dataset.until ?? "");
  const whole = Math.max(1, until - Date.parse(ring.dataset.from ?? ""));
  const left = Math.max(0, until - now);
  const seconds = Math.ceil(left / 1000);
  const circle = /** @type {SVGElement | null} */ (ring.querySelector(".room-countdown-ring"));
  circle?.setAttribute("stroke-dashoffset", (AROUND * (1 - Math.min(1, left / whole))).toFixed(2));
  ring.dataset.soon = String(seconds <= SOON);
  const words = /** @type {HTMLElement} */ (ring.querySelector(".room-countdown-left"));
  const shown = minutesAndSeconds(seconds);
  if (words.textContent === shown) return;
  words.textContent = shown;
  ring.setAttribute("aria-label", seconds > 0 ? say("secondsLeft", { seconds }) : say("timeIsUp"));
}

/** @param {Store} store */
export function keepCounting(store) {
  setInterval(() => {
    const rings = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".room-countdown"));
    for (const ring of rings) tick(ring, store.now());
  }, TICK);
}
