// @ts-check
/** Where somebody was in a document, kept on the device for that person and that version. */

/** @import { Fit } from "documents/viewer/zoom" */
/** @import { Rotation } from "documents/viewer/turning" */
/** @import { Spread } from "documents/viewer/pages" */

const PREFIX = "nghisu:place:";
const MOST = 200;

/**
 * @typedef {object} Place
 * @property {number} page
 * @property {number} share how far down the page, of its height
 * @property {Fit} fit
 * @property {number} scale
 * @property {Rotation} rotation
 * @property {Spread} spread
 * @property {number} at when it was left, in milliseconds
 */

/**
 * @param {string} reader
 * @param {string} document
 * @param {number} version
 */
export function keyOf(reader, document, version) {
  return reader && document ? `${PREFIX}${reader}:${document}:${version}` : "";
}

/**
 * @param {Storage} storage
 * @param {string} key
 * @returns {Place | undefined}
 */
export function recall(storage, key) {
  const place = key ? parsed(storage.getItem(key)) : undefined;
  return place && Number.isInteger(place.page) && place.page > 0 ? place : undefined;
}

/**
 * Keeps a place; the oldest ones go when there are too many.
 * @param {Storage} storage
 * @param {string} key
 * @param {Place} place
 */
export function remember(storage, key, place) {
  if (!key) return;
  if (storage.getItem(key) === null) thin(storage);
  storage.setItem(key, JSON.stringify(place));
}

/** @param {Storage} storage */
function thin(storage) {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
  const kept = keys
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => ({ key, at: parsed(storage.getItem(key))?.at ?? 0 }))
    .sort((one, two) => one.at - two.at);
  for (const { key } of kept.slice(0, Math.max(0, kept.length - MOST + 1))) storage.removeItem(key);
}

/**
 * @param {string | null} text
 * @returns {Place | undefined}
 */
function parsed(text) {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
