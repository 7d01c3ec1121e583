// @ts-check
/** `data-print` buttons print the page, also those that come into it later. */

export function start() {
  document.addEventListener("click", (event) => {
    const target = /** @type {Element | null} */ (event.target);
    if (target?.closest("[data-print]")) window.print();
  });
}
