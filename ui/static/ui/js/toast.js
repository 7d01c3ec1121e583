// @ts-check
/** Short notices in the corner; errors stay until they are closed. */

import { icon } from "ui/icons";
import { text } from "ui/texts";

/** @typedef {"info" | "success" | "warning" | "danger"} Tone */

/** @type {Record<Tone, string>} */
const ICONS = { info: "info", success: "circle-check", warning: "triangle-alert", danger: "octagon-alert" };
const STAYS_MS = 6000;

/**
 * Shows a notice.
 * @param {string} words
 * @param {Tone} [tone]
 */
export function toast(words, tone = "info") {
  const notice = document.createElement("div");
  notice.className = `alert toast tone-${tone}`;
  if (tone === "danger") notice.setAttribute("role", "alert");
  const line = document.createElement("p");
  line.textContent = words;
  notice.append(icon(ICONS[tone]), line, closer(notice));
  document.getElementById("toasts")?.append(notice);
  if (tone !== "danger") setTimeout(() => notice.remove(), STAYS_MS);
}

/** @param {HTMLElement} notice */
function closer(notice) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-quiet button-icon";
  button.setAttribute("aria-label", text("close"));
  button.append(icon("x"));
  button.addEventListener("click", () => notice.remove());
  return button;
}

/** The server may send `HX-Trigger: {"toast": {"text": "…", "tone": "success"}}`. */
export function start() {
  document.addEventListener("toast", (event) => {
    const { detail } = /** @type {CustomEvent<{ text: string, tone?: Tone }>} */ (event);
    toast(detail.text, detail.tone);
  });
}
