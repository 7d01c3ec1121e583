// @ts-check
/** Arrow keys in the tree of units: right opens, left closes or goes up, up and down walk what is shown. */

const tree = /** @type {HTMLElement | null} */ (document.querySelector("[data-tree]"));

/** @returns {HTMLElement[]} */
const stops = () =>
  [.../** @type {NodeListOf<HTMLElement>} */ (tree?.querySelectorAll("summary, .tree-leaf .tree-name") ?? [])].filter(
    (one) => one.offsetParent !== null,
  );

/** @param {Element} place */
const branch = (place) => /** @type {HTMLDetailsElement | null} */ (place.closest("details"));

/**
 * @param {HTMLElement} place
 * @param {number} step
 */
function walk(place, step) {
  const all = stops();
  all[all.indexOf(place) + step]?.focus();
}

/** @param {HTMLElement} place */
function close(place) {
  const here = branch(place);
  if (place.matches("summary") && here?.open) here.open = false;
  /** @type {HTMLElement | null | undefined} */ else
    (place.matches("summary") ? branch(here?.parentElement ?? place) : here)?.querySelector("summary")?.focus();
}

tree?.addEventListener("keydown", (event) => {
  const place = stops().find((one) => one === event.target);
  if (!place || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "ArrowDown") walk(place, 1);
  else if (event.key === "ArrowUp") walk(place, -1);
  else if (event.key === "ArrowLeft") close(place);
  else if (event.key === "ArrowRight" && place.matches("summary")) {
    const here = branch(place);
    if (here?.open) walk(place, 1);
    else if (here) here.open = true;
  } else return;
  event.preventDefault();
});

for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-tree-all]"))) {
  button.addEventListener("click", () => {
    for (const one of tree?.querySelectorAll("details") ?? []) one.open = button.dataset.treeAll === "open";
  });
}
for (const row of document.querySelectorAll(".tree-buttons")) row.removeAttribute("hidden");
