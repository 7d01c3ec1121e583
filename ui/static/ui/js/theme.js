// @ts-check
/** Light, dark, or as the device says; the cookie lets the server send the next page in the right colours. */

import { keep } from "ui/cookies";

const BY_DEVICE = "(prefers-color-scheme: dark)";
/** @type {Record<string, string>} */
const DARK_MEDIA = { auto: BY_DEVICE, light: "not all", dark: "all" };

/** @param {string} choice */
export function choose(choice) {
  const sheet = /** @type {HTMLLinkElement | null} */ (document.getElementById("dark-sheet"));
  if (sheet) sheet.media = DARK_MEDIA[choice] ?? BY_DEVICE;
  document.documentElement.dataset.theme = choice;
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.getAttribute("data-theme-choice") === choice));
  }
  keep("theme", choice);
}

export function start() {
  document.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-theme-choice]");
    if (button) choose(button.getAttribute("data-theme-choice") ?? "auto");
  });
}
