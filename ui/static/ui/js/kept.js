// @ts-check
/** What pages keep in the local storage of this device for one person. */

/** Everything kept has a name that begins so; it goes when the person signs out. */
export const KEPT = "nghisu:";
/** What belongs to one person alone: the name goes on with whose it is. */
export const OWNED = `${KEPT}ballot:`;

/** @typedef {Pick<Storage, "length" | "key" | "removeItem">} Shelf */

/** @param {Shelf} shelf @param {(name: string) => boolean} goes */
function clear(shelf, goes) {
  const names = Array.from({ length: shelf.length }, (_, place) => shelf.key(place) ?? "");
  for (const name of names.filter(goes)) shelf.removeItem(name);
}

/** Everything goes. @param {Shelf} [shelf] */
export function forget(shelf = localStorage) {
  clear(shelf, (name) => name.startsWith(KEPT));
}

/** What was kept for somebody who was here before, whose session ran out without a sign-out. @param {string} user @param {Shelf} [shelf] */
export function forgetOthers(user, shelf = localStorage) {
  clear(shelf, (name) => name.startsWith(OWNED) && !name.startsWith(`${OWNED}${user}:`));
}
