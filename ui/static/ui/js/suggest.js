// @ts-check
/**
 * What a search field offers as one types: htmx brings the list (and drops an answer a newer one has overtaken), the
 * arrow keys walk through it, and through the results under it. An empty field offers what was last searched for on this device; signing out forgets it.
 */

import { text } from "ui/texts";

const KEPT = "nghisu:searches";
const MOST = 8;

/** @returns {string[]} */
export function recent() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** @param {string} words */
export function remember(words) {
  const said = words.trim().slice(0, 200);
  if (!said) return;
  const others = recent().filter((one) => one.toLowerCase() !== said.toLowerCase());
  try {
    localStorage.setItem(KEPT, JSON.stringify([said, ...others].slice(0, MOST)));
  } catch {
    // A device that keeps nothing offers nothing.
  }
}

/** @param {Element} inside */
function partsOf(inside) {
  const form = /** @type {HTMLFormElement | null} */ (inside.closest("form[data-suggest]"));
  const field = /** @type {HTMLInputElement | null} */ (form?.querySelector("[role=combobox]") ?? null);
  const list = /** @type {HTMLElement | null} */ (form?.querySelector(".suggestions") ?? null);
  return form && field && list ? { form, field, list } : null;
}

/** @param {HTMLElement} list */
const optionsOf = (list) => [.../** @type {NodeListOf<HTMLAnchorElement>} */ (list.querySelectorAll("[role=option]"))];

/**
 * @param {HTMLInputElement} field
 * @param {HTMLElement} list
 * @param {boolean} open
 */
function show(field, list, open) {
  list.hidden = !open;
  field.setAttribute("aria-expanded", String(open));
  if (!open) choose(field, list, -1);
}

/**
 * @param {HTMLInputElement} field
 * @param {HTMLElement} list
 * @param {number} place
 */
function choose(field, list, place) {
  for (const [at, option] of optionsOf(list).entries()) {
    option.setAttribute("aria-selected", String(at === place));
    if (at !== place) continue;
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
  if (place < 0) field.removeAttribute("aria-activedescendant");
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} list
 */
function offerRecent(form, list) {
  const rows = recent().map((words, place) => {
    const row = document.createElement("a");
    row.id = `${list.id}-${place}`;
    row.className = "suggestion";
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    row.href = `${form.action}?q=${encodeURIComponent(words)}`;
    row.textContent = words;
    return row;
  });
  const head = document.createElement("p");
  head.className = "suggestions-head";
  head.textContent = text("recentSearches");
  list.replaceChildren(...(rows.length ? [head, ...rows] : []));
  return rows.length > 0;
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const parts = partsOf(/** @type {Element} */ (event.target));
  if (!parts || event.target !== parts.field || parts.list.hidden || event.isComposing) return;
  const { field, list } = parts;
  const options = optionsOf(list);
  const now = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
  if (event.key === "Escape") show(field, list, false);
  else if (event.key === "ArrowDown") choose(field, list, (now + 1) % options.length);
  else if (event.key === "ArrowUp") choose(field, list, now <= 0 ? options.length - 1 : now - 1);
  else if (event.key === "Enter" && now >= 0) options[now]?.click();
  else return;
  event.preventDefault();
}

/**
 * Down from the field to the results of a search, up and down among them, and from the first one back.
 * @param {KeyboardEvent} event
 */
function onWalk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const held = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.isComposing;
  const from = /** @type {HTMLElement} */ (event.target);
  const results = /** @type {HTMLElement | null} */ (document.querySelector("[data-results]"));
  if (!step || !results || held || event.defaultPrevented) return;
  const rows = /** @type {HTMLElement[]} */ ([...results.querySelectorAll("a")]);
  const field = document.getElementById(results.dataset.results ?? "");
  const now = rows.indexOf(from);
  if (now < 0 && (from !== field || step < 0)) return;
  const next = rows[now + step] ?? (step < 0 ? field : undefined);
  if (!next) return; // at the end the page scrolls on
  next.focus();
  event.preventDefault();
}

/** @param {Event} event */
function onSwap(event) {
  const list = /** @type {HTMLElement} */ (event.target);
  const parts = list.matches?.(".suggestions") ? partsOf(list) : null;
  if (!parts) return;
  const typed = parts.field.value.trim() !== "";
  const any = typed ? optionsOf(list).length > 0 : offerRecent(parts.form, list);
  show(parts.field, list, any && parts.form.contains(document.activeElement));
}

/** @param {FocusEvent} event */
function onFocus(event) {
  const parts = partsOf(/** @type {Element} */ (event.target));
  if (!parts || event.target !== parts.field) return;
  const any = parts.field.value.trim() ? optionsOf(parts.list).length > 0 : offerRecent(parts.form, parts.list);
  show(parts.field, parts.list, any && !parts.field.autofocus);
}

/** @param {FocusEvent} event */
function onLeave(event) {
  const parts = partsOf(/** @type {Element} */ (event.target));
  const next = /** @type {Node | null} */ (event.relatedTarget);
  if (parts && !(next && parts.form.contains(next))) show(parts.field, parts.list, false);
}

/** @param {Event} event */
function onSubmit(event) {
  const parts = partsOf(/** @type {Element} */ (event.target));
  if (parts) remember(parts.field.value);
}

export function start() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("keydown", onWalk);
  document.addEventListener("focusin", onFocus);
  document.addEventListener("focusout", onLeave);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("htmx:afterSwap", onSwap);
  // Pressing a suggestion must not take the focus away before the click is done.
  document.addEventListener("mousedown", (event) => {
    if (/** @type {Element} */ (event.target).closest?.(".suggestions")) event.preventDefault();
  });
}
