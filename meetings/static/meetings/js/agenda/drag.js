// @ts-check
/** Dragging an item by its number, with mouse, pen or finger: up and down for the place, sideways for the depth. */

import { depthOf, under } from "meetings/agenda/fold";
import { remember } from "meetings/agenda/keys";

const STEP = 28; // pixels sideways that make one step in or out
const SLACK = 6; // pixels before a press becomes a drag
const EDGE = 60; // pixels from the window's edge where it begins to scroll

/** @typedef {{ row: HTMLElement, rows: HTMLElement[], x: number, y: number, line: HTMLElement, going: boolean, after: HTMLElement | null, depth: number }} Drag */

/** @param {HTMLElement} agenda */
export function attachDrag(agenda) {
  const list = agenda.querySelector(".agenda");
  if (!(list instanceof HTMLElement)) return;
  /** @type {Drag | null} */
  let drag = null;
  list.addEventListener("pointerdown", (event) => {
    const handle = event.target instanceof Element ? event.target.closest("[data-handle]") : null;
    const row = handle?.closest("li");
    if (!(handle instanceof HTMLElement) || !row || event.button !== 0) return;
    handle.setPointerCapture(event.pointerId);
    drag = begun(list, row, event);
  });
  list.addEventListener("pointermove", (event) => {
    if (drag) moved(list, drag, event);
  });
  const end = (/** @type {PointerEvent} */ event) => {
    const done = drag;
    drag = null;
    if (done) finished(agenda, done, event.type === "pointerup");
  };
  list.addEventListener("pointerup", end);
  list.addEventListener("pointercancel", end);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drag) {
      finished(agenda, drag, false);
      drag = null;
    }
  });
}

/**
 * @param {HTMLElement} list
 * @param {HTMLElement} row
 * @param {PointerEvent} event
 * @returns {Drag}
 */
function begun(list, row, event) {
  const taken = new Set([row, ...under(row)]);
  const rows = [...list.children].filter((other) => other instanceof HTMLElement && !taken.has(other) && !other.hidden);
  const line = document.createElement("li");
  line.className = "agenda-drop";
  line.setAttribute("aria-hidden", "true");
  const others = /** @type {HTMLElement[]} */ (rows);
  return { row, rows: others, x: event.clientX, y: event.clientY, line, going: false, after: null, depth: 0 };
}

/**
 * @param {HTMLElement} list
 * @param {Drag} drag
 * @param {PointerEvent} event
 */
function moved(list, drag, event) {
  if (!drag.going && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < SLACK) return;
  drag.going = true;
  event.preventDefault();
  for (const row of [drag.row, ...under(drag.row)]) row.dataset.dragged = "";
  if (event.clientY < EDGE) window.scrollBy(0, -12);
  if (event.clientY > window.innerHeight - EDGE) window.scrollBy(0, 12);
  const gap = gapAt(drag.rows, event.clientY);
  drag.after = drag.rows[gap - 1] ?? null;
  const follower = drag.rows[gap];
  const least = follower ? depthOf(follower) : 0;
  const most = drag.after ? depthOf(drag.after) + 1 : 0;
  const wished = depthOf(drag.row) + Math.round((event.clientX - drag.x) / STEP);
  drag.depth = Math.max(least, Math.min(wished, most));
  drag.line.dataset.depth = String(drag.depth);
  list.insertBefore(drag.line, drag.after ? drag.after.nextSibling : list.firstChild);
}

/**
 * How many rows stand above that height.
 * @param {HTMLElement[]} rows
 * @param {number} y
 */
function gapAt(rows, y) {
  return rows.filter((row) => {
    const box = row.getBoundingClientRect();
    return box.top + box.height / 2 < y;
  }).length;
}

/**
 * @param {HTMLElement} agenda
 * @param {Drag} drag
 * @param {boolean} dropped
 */
function finished(agenda, drag, dropped) {
  drag.line.remove();
  for (const row of agenda.querySelectorAll("[data-dragged]")) row.removeAttribute("data-dragged");
  const address = drag.row.querySelector("[data-place]")?.getAttribute("data-place");
  if (!dropped || !drag.going || !address) return;
  remember(drag.row);
  const values = { after: drag.after?.dataset.id ?? "", depth: String(drag.depth) };
  const { htmx } = /** @type {{ htmx: { ajax: (verb: string, address: string, how: object) => void } }} */ (
    /** @type {unknown} */ (window)
  );
  htmx.ajax("POST", address, { target: "#agenda", swap: "outerHTML", values });
}
