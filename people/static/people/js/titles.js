// @ts-check
/** A title picked from the catalogue brings its usual role, until somebody has chosen the role themselves. */

const list = /** @type {HTMLDataListElement | null} */ (document.querySelector("datalist#titles"));
const title = /** @type {HTMLInputElement | null} */ (document.querySelector("input[list=titles]"));
const role = /** @type {HTMLSelectElement | null} */ (title?.form?.elements.namedItem("role") ?? null);
let chosen = false;

role?.addEventListener("change", () => {
  chosen = true;
});
title?.addEventListener("input", () => {
  const known = [...(list?.options ?? [])].find((option) => option.value === title.value);
  if (role && known?.dataset.role && !chosen) role.value = known.dataset.role;
});
