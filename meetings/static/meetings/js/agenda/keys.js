// @ts-check
/** Arranging by keyboard: Alt and arrows move, Enter edits, N adds below. The focus follows the item. */

const STEPS = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };
const KEY = "agenda:focus";

/** @param {HTMLElement} agenda */
export function attachKeys(agenda) {
  agenda.addEventListener("keydown", (event) => {
    const item = event.target;
    if (!(item instanceof HTMLElement) || !item.matches(".agenda-item")) return;
    const row = item.closest("li");
    if (row && pressed(event, row)) event.preventDefault();
  });
  agenda.addEventListener("submit", (event) => {
    const row = event.target instanceof Element && event.target.closest("li");
    if (row && event.target instanceof Element && event.target.matches("[data-steps]")) remember(row);
  });
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement} row
 */
function pressed(event, row) {
  const step = event.altKey && STEPS[/** @type {keyof typeof STEPS} */ (event.key)];
  if (step) {
    /** @type {HTMLElement | null} */ (row.querySelector(`[data-steps] [value=${step}]`))?.click();
    return true;
  }
  if (event.altKey || event.ctrlKey || event.metaKey) return false;
  if (event.key === "Enter") return edit(row);
  if (event.key === "n" || event.key === "N") return addBelow(row);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") return walk(row, event.key === "ArrowDown");
  return false;
}

/** @param {HTMLElement} row */
function edit(row) {
  const tools = row.querySelector("[data-edit]");
  if (!(tools instanceof HTMLDetailsElement)) return false;
  tools.open = true;
  const title = tools.querySelector("input[name=title]");
  if (title instanceof HTMLInputElement) title.select();
  return true;
}

/**
 * The form below adds after this item and what is under it, beside it.
 * @param {HTMLElement} row
 */
function addBelow(row) {
  const form = document.getElementById("new-item");
  const title = document.getElementById("new-title");
  const words = form?.querySelector("[data-below]");
  if (!(form instanceof HTMLFormElement) || !(words instanceof HTMLElement)) return false;
  let last = row;
  for (let next = row.nextElementSibling; next instanceof HTMLElement; next = next.nextElementSibling) {
    if (Number(next.dataset.depth) <= Number(row.dataset.depth)) break;
    last = next;
  }
  put(form, "after", last.dataset.id ?? "");
  put(form, "depth", row.dataset.depth ?? "0");
  const name = row.querySelector(".agenda-title")?.textContent?.trim() ?? "";
  words.textContent = `${words.dataset.words ?? ""} ${name}`;
  words.hidden = false;
  title?.focus();
  return true;
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string} value
 */
function put(form, name, value) {
  const known = form.elements.namedItem(name);
  const input = known instanceof HTMLInputElement ? known : document.createElement("input");
  input.type = "hidden";
  input.name = name;
  input.value = value;
  form.append(input);
}

/**
 * @param {HTMLElement} row
 * @param {boolean} down
 */
function walk(row, down) {
  let next = down ? row.nextElementSibling : row.previousElementSibling;
  while (next instanceof HTMLElement && next.hidden)
    next = down ? next.nextElementSibling : next.previousElementSibling;
  const item = next?.querySelector(".agenda-item");
  if (item instanceof HTMLElement) item.focus();
  return Boolean(item);
}

/** @param {HTMLElement} row */
export function remember(row) {
  sessionStorage.setItem(KEY, row.dataset.id ?? "");
}

/**
 * After the agenda was replaced: back to the item that was moved, or to the one just added.
 * @param {HTMLElement} agenda
 */
export function refocus(agenda) {
  const id = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  const row = id ? document.getElementById(`item-${id}`) : null;
  const item = row && agenda.contains(row) ? row.querySelector(".agenda-item") : null;
  if (item instanceof HTMLElement) item.focus({ preventScroll: false });
  else if (agenda.querySelector("[data-fresh]")) document.getElementById("new-title")?.focus({ preventScroll: true });
}
