// @ts-check
/** Arrow keys turn the pages of the calendar; the print button prints. Everything else is links. */

import { read } from "ui/cookies";

const page = /** @type {HTMLElement | null} */ (document.querySelector("[data-earlier]"));

/** @param {EventTarget | null} target */
function busy(target) {
  const element = /** @type {HTMLElement | null} */ (target);
  return Boolean(element?.closest?.("input, textarea, select, dialog, [role='menu']"));
}

/** @param {KeyboardEvent} event */
function turn(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || busy(event.target)) return;
  if (read("shortcuts") === "off" || document.querySelector("dialog[open]")) return;
  const way = { ArrowLeft: page?.dataset.earlier, ArrowRight: page?.dataset.later }[event.key];
  if (!way) return;
  event.preventDefault();
  location.assign(way);
}

document.addEventListener("keydown", turn);
