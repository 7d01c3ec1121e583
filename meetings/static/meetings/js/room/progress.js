// @ts-check
/** How far the meeting is and how much time is left, counted on while the page is open. */

import { progress } from "meetings/room/clock";
import { el, fill } from "meetings/room/el";
import { say } from "meetings/room/texts";

/** @import { Store } from "meetings/room/store" */

const MINUTE = 60_000;
const LOOK_EVERY = 10_000;

/**
 * The line above the agenda while the meeting runs.
 * @param {Element} pane
 * @param {Store} store
 */
export function drawProgress(pane, store) {
  const { state, current_item: current, item_since: since, ends_at: end } = store.room.meeting;
  const items = store.items();
  const place = items.findIndex(([id]) => id === current);
  if (state !== "open" || place < 0) return fill(pane);
  const spent = Math.max(0, Math.floor((Date.now() - Date.parse(since ?? "")) / MINUTE)) || 0;
  const found = progress(
    items.map(([, item]) => item.depth),
    items.map(([, item]) => item.minutes),
    place,
    spent,
  );
  const clock = Math.ceil((Date.parse(end) - Date.now()) / MINUTE);
  const late = found.left - clock;
  fill(
    pane,
    el("progress", { max: items.length, value: place + 1, "aria-hidden": "true" }),
    el("p", {}, say("progressItem", { number: place + 1, count: items.length })),
    el("p", {}, clock > 0 ? say("progressLeft", { minutes: clock }) : say("progressPast", { minutes: -clock })),
    found.planned > 0 && el("p", {}, say("progressPlan", { minutes: found.left })),
    found.over > 0 && el("p", { class: "progress-late" }, say("progressOver", { minutes: found.over })),
    found.planned > 0 && late > 0 && el("p", { class: "progress-late" }, say("progressLate", { minutes: late })),
  );
}

/**
 * Draw now and as time passes.
 * @param {Element} pane
 * @param {Store} store
 */
export function keepProgress(pane, store) {
  const draw = () => drawProgress(pane, store);
  store.watch(draw);
  setInterval(draw, LOOK_EVERY);
  draw();
}
