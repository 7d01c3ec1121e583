// @ts-check
/**
 * Which papers were read from this device's copies, and when: told to the server at the next contact, for the access
 * log. Kept in a database of its own, `nghisu-<user>-openings`; it is no text of anybody, so signing out does not wait.
 */

import { openDB } from "idb";
import { read } from "ui/cookies";

const TABLE = "openings";
const AT_ONCE = 500;
/** Refusals that another day or another sign-in may lift. */
const LATER = new Set([401, 403, 408, 429]);

/** @param {string} user */
export const openingsOf = (user) => `nghisu-${user}-openings`;

/** @param {string} user */
const database = (user) =>
  openDB(openingsOf(user), 1, {
    upgrade: (/** @type {any} */ made) => {
      made.createObjectStore(TABLE, { autoIncrement: true });
    },
    blocking: (/** @type {any} */ _now, /** @type {any} */ _next, /** @type {any} */ event) => event.target.close(),
  });

/** A paper is read without a network. @param {string} user @param {string} version */
export async function readHere(user, version) {
  const kept = await database(user);
  await kept.add(TABLE, { version, at: new Date().toISOString() });
  kept.close();
}

/**
 * Tells the server what was read, all of it, from one page at a time; what it does not answer for is told again later,
 * and what it will never take is dropped.
 * @param {string} user
 */
export async function tellOpenings(user) {
  const tell = () => tellAll(user);
  await (navigator.locks ? navigator.locks.request(openingsOf(user), tell) : tell());
}

/** @param {string} user */
async function tellAll(user) {
  const kept = await database(user);
  try {
    for (let going = true; going; ) going = await tellSome(user, kept);
  } finally {
    kept.close();
  }
}

/** @param {string} user @param {import("idb").IDBPDatabase} kept @returns {Promise<boolean>} was there something, and has it gone? */
async function tellSome(user, kept) {
  const keys = await kept.getAllKeys(TABLE, null, AT_ONCE);
  const openings = await kept.getAll(TABLE, null, AT_ONCE);
  if (openings.length === 0) return false;
  const headers = {
    "Content-Type": "application/json",
    Accept: "application/json",
    "X-CSRFToken": read("csrftoken"),
  };
  const body = JSON.stringify({ openings });
  const { status } = await fetch(`/documents/openings/?as=${user}`, { method: "POST", headers, body });
  if (status !== 204 && (status < 400 || status >= 500 || LATER.has(status))) return false;
  const table = kept.transaction(TABLE, "readwrite").store;
  await Promise.all(keys.map((/** @type {IDBValidKey} */ key) => table.delete(key)));
  return true;
}
