// @ts-check
/** Native dialogs: `data-dialog="id"` opens, `data-dialog-close` closes, `data-confirm="…"` asks first. */

import { text } from "ui/texts";

/** @typedef {{ yes?: string, danger?: boolean }} ConfirmOptions */

/** @param {string} id */
export function open(id) {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById(id));
  if (!dialog || dialog.open) return;
  dialog.dispatchEvent(new CustomEvent("dialog:open"));
  dialog.showModal();
}

/**
 * Asks a question in the page's own dialog.
 * @param {string} question
 * @param {ConfirmOptions} [options]
 * @returns {Promise<boolean>}
 */
export function ask(question, options = {}) {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("confirm"));
  const words = dialog?.querySelector("[data-confirm-text]");
  const yes = dialog?.querySelector("[data-confirm-yes]");
  if (!dialog || !words || !yes) return Promise.resolve(window.confirm(question));
  words.textContent = question;
  yes.textContent = options.yes || text("continue");
  yes.className = options.danger ? "button button-danger" : "button button-primary";
  dialog.returnValue = "cancel";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

/**
 * @param {Element} element
 * @returns {ConfirmOptions}
 */
function optionsOf(element) {
  return { yes: element.getAttribute("data-confirm-yes") ?? "", danger: element.hasAttribute("data-confirm-danger") };
}

/** @param {SubmitEvent} event */
async function onSubmit(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const asking = event.submitter?.closest("[data-confirm]") ?? form.closest("form[data-confirm]");
  if (!asking || form.dataset.confirmed === "yes") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await ask(asking.getAttribute("data-confirm") ?? "", optionsOf(asking)))) return;
  form.dataset.confirmed = "yes";
  form.requestSubmit(event.submitter);
  delete form.dataset.confirmed;
}

/** @param {MouseEvent} event */
function onClick(event) {
  const target = /** @type {Element} */ (event.target);
  const opener = target.closest("[data-dialog]");
  if (opener) open(opener.getAttribute("data-dialog") ?? "");
  if (target.closest("[data-dialog-close]")) target.closest("dialog")?.close();
  if (target instanceof HTMLDialogElement && outside(event, target)) target.close("cancel");
}

/**
 * @param {MouseEvent} event
 * @param {HTMLDialogElement} dialog
 */
function outside(event, dialog) {
  const box = dialog.getBoundingClientRect();
  const { clientX: x, clientY: y } = event;
  return x < box.left || x > box.right || y < box.top || y > box.bottom;
}

/** @param {Event} event */
async function onHtmxConfirm(event) {
  const { detail } = /** @type {CustomEvent} */ (event);
  if (!detail.question) return;
  event.preventDefault();
  if (await ask(detail.question, optionsOf(detail.elt))) detail.issueRequest(true);
}

export function start() {
  document.addEventListener("submit", onSubmit, { capture: true });
  document.addEventListener("click", onClick);
  document.addEventListener("htmx:confirm", onHtmxConfirm);
}
