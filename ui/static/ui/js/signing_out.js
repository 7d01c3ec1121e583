// @ts-check
/** What pages keep on this device for one person goes when that person signs out; what was never sent is asked about. */

import { supported, unsent, wipe } from "ui/device";
import { ask } from "ui/dialogs";
import { forget, forgetOthers } from "ui/kept";
import { text } from "ui/texts";

/** @returns {Promise<boolean>} may everything go? */
async function mayGo() {
  const { user } = document.body.dataset;
  if (!user || !supported()) return true;
  const count = await unsent(user);
  const asked = count > 0 && !(await ask(text("unsent", { count }), { yes: text("signOutAnyway"), danger: true }));
  if (asked) return false;
  await wipe(user);
  return true;
}

/** @param {SubmitEvent} event */
async function leave(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.matches("[data-sign-out]") || event.defaultPrevented) return;
  event.preventDefault();
  if (!(await mayGo().catch(() => true))) return;
  forget();
  form.submit();
}

export function start() {
  const { user } = document.body.dataset;
  if (user) forgetOthers(user);
  document.addEventListener("submit", leave);
}
