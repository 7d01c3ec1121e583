// @ts-check
/**
 * Keyboard shortcuts: `data-shortcut="g h"` presses a link or button, or focuses a field. "?" lists them.
 * Single keys can be switched off on a device (WCAG 2.1.4).
 */

import { keep, read } from "ui/cookies";
import { open } from "ui/dialogs";
import { text } from "ui/texts";

const COOKIE = "shortcuts";
const PAUSE_MS = 1200;

let pending = "";
let pendingSince = 0;

/** @returns {HTMLElement[]} */
function carriers() {
  return [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-shortcut]"))];
}

/** @param {EventTarget | null} target */
function typing(target) {
  const element = /** @type {HTMLElement | null} */ (target);
  return Boolean(element?.closest?.("input, textarea, select, [contenteditable='true']"));
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (read(COOKIE) === "off" || document.querySelector("dialog[open]") || event.key.length !== 1) return;
  if (event.key === "?") return open("shortcuts");
  const chord = event.timeStamp - pendingSince < PAUSE_MS ? `${pending} ${event.key}`.trim() : event.key;
  const hit = carriers().find((one) => one.dataset.shortcut === chord);
  pending = hit ? "" : event.key;
  pendingSince = event.timeStamp;
  if (!hit) return;
  event.preventDefault();
  if (hit.matches("input, textarea, select")) hit.focus();
  else hit.click();
}

function list() {
  const holder = document.querySelector("[data-shortcut-list]");
  const rows = carriers().map((one) => row(one.dataset.shortcut ?? "", nameOf(one)));
  holder?.replaceChildren(...[row("?", text("help")), ...rows].flat());
}

/** @param {HTMLElement} element */
function nameOf(element) {
  const label = element.querySelector(".rail-label")?.textContent ?? element.getAttribute("aria-label");
  return (label ?? element.textContent ?? "").trim();
}

/**
 * @param {string} keys
 * @param {string} name
 */
function row(keys, name) {
  const term = document.createElement("dt");
  const what = document.createElement("dd");
  what.textContent = name;
  keys.split(" ").forEach((key, index) => {
    const cap = document.createElement("kbd");
    cap.textContent = key;
    term.append(...(index ? [` ${text("then")} `, cap] : [cap]));
  });
  return [term, what];
}

export function start() {
  document.addEventListener("keydown", onKey);
  document.getElementById("shortcuts")?.addEventListener("dialog:open", list);
  const choice = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-shortcut-switch]"));
  if (!choice) return;
  choice.checked = read(COOKIE) !== "off";
  choice.addEventListener("change", () => keep(COOKIE, choice.checked ? "on" : "off"));
}
