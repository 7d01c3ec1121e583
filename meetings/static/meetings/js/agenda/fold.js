// @ts-check
/** Folding what stands under an item; kept for the tab, so that a refreshed agenda stays as it was. */

const KEY = "agenda:folded";

/** @returns {Set<string>} */
function folded() {
  return new Set((sessionStorage.getItem(KEY) ?? "").split(" ").filter(Boolean));
}

/** @param {HTMLElement} row */
export const depthOf = (row) => Number(row.dataset.depth ?? 0);

/**
 * The rows under a row.
 * @param {HTMLElement} row
 */
export function under(row) {
  /** @type {HTMLElement[]} */
  const rows = [];
  for (let next = row.nextElementSibling; next instanceof HTMLElement; next = next.nextElementSibling) {
    if (depthOf(next) <= depthOf(row)) break;
    rows.push(next);
  }
  return rows;
}

/** @param {HTMLElement} agenda */
function draw(agenda) {
  const closed = folded();
  const rows = [...agenda.querySelectorAll(".agenda > li")].filter((row) => row instanceof HTMLElement);
  for (const row of rows) row.hidden = false;
  for (const row of rows) {
    const isClosed = closed.has(row.dataset.id ?? "");
    row.querySelector("[data-fold]")?.setAttribute("aria-expanded", String(!isClosed));
    if (isClosed) for (const child of under(row)) child.hidden = true;
  }
}

/** @param {HTMLElement} agenda */
export function attachFolds(agenda) {
  draw(agenda);
  agenda.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-fold]") : null;
    const row = button?.closest("li");
    if (!row?.dataset.id) return;
    const closed = folded();
    if (!closed.delete(row.dataset.id)) closed.add(row.dataset.id);
    sessionStorage.setItem(KEY, [...closed].join(" "));
    draw(agenda);
  });
}
