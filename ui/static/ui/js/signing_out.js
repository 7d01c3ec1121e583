// @ts-check
/** What pages keep on this device for one person has a name that begins with "nghisu:"; it goes when that person signs out. */

export const KEPT = "nghisu:";

export function forget() {
  for (const name of Object.keys(localStorage)) if (name.startsWith(KEPT)) localStorage.removeItem(name);
}

export function start() {
  document.addEventListener("submit", (event) => {
    if (/** @type {HTMLElement} */ (event.target).matches("[data-sign-out]")) forget();
  });
}
