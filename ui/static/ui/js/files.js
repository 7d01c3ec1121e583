// @ts-check
/** Writes the names of the chosen files beside a file field. */

/** @param {HTMLInputElement} input */
function names(input) {
  return [...(input.files ?? [])].map((file) => file.name.normalize("NFC")).join(", ");
}

export function start() {
  document.addEventListener("change", (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (input.type !== "file") return;
    const line = document.querySelector(`[data-file-names="${CSS.escape(input.id)}"]`);
    if (line && input.files?.length) line.textContent = names(input);
  });
}
