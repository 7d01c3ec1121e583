// @ts-check
/** Shows a password while the button is pressed in. */

export function start() {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-reveal]"))) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const input = /** @type {HTMLInputElement | null} */ (document.getElementById(button.dataset.reveal ?? ""));
      if (!input) return;
      const shown = input.type === "text";
      input.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
      input.focus();
    });
  }
}
