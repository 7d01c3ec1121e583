// @ts-check
/** Menus are details elements; a click elsewhere or Escape closes them. */

/** @param {Node | null} [except] */
function closeAll(except = null) {
  for (const menu of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("[data-menu][open]"))) {
    if (!except || !menu.contains(except)) menu.open = false;
  }
}

/** @param {KeyboardEvent} event */
function onEscape(event) {
  if (event.key !== "Escape") return;
  const open = /** @type {HTMLElement} */ (event.target).closest?.("[data-menu][open]");
  closeAll();
  /** @type {HTMLElement | null} */ (open?.querySelector("summary") ?? null)?.focus();
}

export function start() {
  document.addEventListener("click", (event) => closeAll(/** @type {Node} */ (event.target)));
  document.addEventListener("focusin", (event) => closeAll(/** @type {Node} */ (event.target)));
  document.addEventListener("keydown", onEscape);
}
