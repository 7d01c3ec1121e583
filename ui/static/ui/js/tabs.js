// @ts-check
/** A row of tabs that is wider than the screen begins where one is, and fades where it goes on. */

/** @param {HTMLElement} row */
function fade(row) {
  const rest = row.scrollWidth - row.clientWidth - row.scrollLeft;
  const more = [row.scrollLeft > 1 ? "before" : "", rest > 1 ? "after" : ""].join(" ").trim();
  if (more) row.dataset.more = more;
  else delete row.dataset.more;
}

/** @param {HTMLElement} row */
function begin(row) {
  const here = row.querySelector('[aria-current]:not([aria-current="false"])');
  if (here instanceof HTMLElement && row.scrollWidth > row.clientWidth) {
    const left = here.getBoundingClientRect().left - row.getBoundingClientRect().left + row.scrollLeft;
    row.scrollLeft = left - (row.clientWidth - here.offsetWidth) / 2;
  }
  fade(row);
}

export function start() {
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".tabs"))) {
    row.addEventListener("scroll", () => fade(row), { passive: true });
    new ResizeObserver(() => begin(row)).observe(row);
  }
}
