// @ts-check
/** The button that opens the browser's print window. */

document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
