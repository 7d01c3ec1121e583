// @ts-check
/** `data-print` buttons print the page. */

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
