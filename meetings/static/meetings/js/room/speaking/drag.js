// @ts-check
/** Moving a row of the queue: drag the handle with a finger or a mouse, or press the arrow keys on it. */

import { el } from "meetings/room/el";
import { say } from "meetings/room/texts";
import { icon } from "ui/icons";

/**
 * @param {string} id
 * @param {number} position now, from 1
 * @param {(position: number) => unknown} place
 */
export function dragHandle(id, position, place) {
  const label = say("moveRow", { place: position });
  return el(
    "button",
    {
      type: "button",
      class: "button button-quiet button-icon speech-handle",
      "data-key": `handle-${id}`,
      "aria-label": label,
      title: label,
      onkeydown: (event) => onKey(/** @type {KeyboardEvent} */ (event), position, place),
      onpointerdown: (event) => begin(/** @type {PointerEvent} */ (event), position, place),
    },
    icon("grip-vertical"),
  );
}

/** @param {KeyboardEvent} event @param {number} position @param {(position: number) => unknown} place */
function onKey(event, position, place) {
  const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
  if (step === 0) return;
  event.preventDefault();
  if (position + step >= 1) place(position + step);
}

/** @param {PointerEvent} event @param {number} position @param {(position: number) => unknown} place */
function begin(event, position, place) {
  const handle = /** @type {HTMLElement} */ (event.currentTarget);
  const row = /** @type {HTMLElement | null} */ (handle.closest(".speech-row"));
  if (!row || event.button !== 0) return;
  handle.setPointerCapture(event.pointerId);
  const rows = [...(row.parentElement?.children ?? [])];
  const middles = rows.map((one) => one.getBoundingClientRect()).map(({ top, height }) => top + height / 2);
  row.dataset.dragged = "yes";
  const move = (/** @type {PointerEvent} */ now) => {
    row.style.translate = `0 ${now.clientY - event.clientY}px`;
  };
  const end = (/** @type {PointerEvent} */ now) => {
    handle.removeEventListener("pointermove", move);
    delete row.dataset.dragged;
    row.style.translate = "";
    const target = middles.filter((middle, one) => one !== position - 1 && middle < now.clientY).length + 1;
    if (now.type === "pointerup" && target !== position) place(target);
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("pointerup", end, { once: true });
  handle.addEventListener("pointercancel", end, { once: true });
}
