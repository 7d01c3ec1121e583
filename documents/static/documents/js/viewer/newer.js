// @ts-check
/** The bar that says that there is a newer version, and which of its pages are others. */

/** @import { Newer } from "documents/viewer/types" */

import { words } from "documents/viewer/texts";

const MOST = 12;

/**
 * @param {Newer} newer
 * @param {{ open: (page?: number) => void, stay: () => void }} acts
 * @returns {HTMLElement}
 */
export function newerBar(newer, acts) {
  const bar = document.createElement("div");
  const sentence = document.createElement("p");
  bar.className = "viewer-newer";
  bar.setAttribute("role", "status");
  sentence.textContent = `${words("newer", { number: newer.number })} ${changesOf(newer)}`.trim();
  const pages = (newer.changed ?? []).slice(0, MOST).map((page) => {
    const jump = button(String(page), () => acts.open(page), "viewer-changed");
    jump.setAttribute("aria-label", words("newerPage", { page }));
    return jump;
  });
  const choice = document.createElement("div");
  choice.className = "viewer-newer-acts";
  choice.append(
    ...pages,
    button(words("newerOpen"), () => acts.open(), "button-primary"),
    button(words("newerStay"), acts.stay),
  );
  bar.append(sentence, choice);
  return bar;
}

/** @param {Newer} newer */
function changesOf({ changed }) {
  if (!changed) return "";
  if (!changed.length) return words("newerSame");
  return words("newerChanged", { count: changed.length });
}

/**
 * @param {string} label
 * @param {() => void} act
 * @param {string} [css]
 */
function button(label, act, css = "") {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `button ${css}`.trim();
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}
