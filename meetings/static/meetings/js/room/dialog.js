// @ts-check
/** Dialogs of the room that send a command. */

/** @typedef {(verb: string, data: object) => Promise<unknown>} Act */

/**
 * Sends a dialog's form as a command; the dialog stays open until the server has said yes, so nothing typed is lost.
 * @param {string} dialogId
 * @param {string} verb
 * @param {(form: FormData) => object} read
 * @param {Act} act
 */
export function wireDialog(dialogId, verb, read, act) {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById(dialogId));
  const form = dialog?.querySelector("form");
  if (!dialog || !form) return;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = /** @type {HTMLButtonElement | null} */ (form.querySelector("[type=submit]"));
    if (button) button.disabled = true;
    const done = await act(verb, read(new FormData(form)));
    if (button) button.disabled = false;
    if (done) {
      form.reset();
      dialog.close();
    }
  });
}
