// @ts-check
/** On a narrow screen the stage shows one pane: a button `data-pane="left|main|right"` chooses which. */

/** @param {HTMLElement} stage @param {string} pane */
export function show(stage, pane) {
  stage.dataset.pane = pane;
  for (const button of stage.querySelectorAll("button[data-pane]")) {
    button.setAttribute("aria-pressed", String(button.getAttribute("data-pane") === pane));
  }
}

export function start() {
  const stage = /** @type {HTMLElement | null} */ (document.querySelector("[data-stage]"));
  if (!stage) return;
  show(stage, stage.dataset.pane || "main");
  stage.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("button[data-pane]");
    if (button) show(stage, button.getAttribute("data-pane") ?? "main");
  });
}
