// @ts-check
/** The sentences about reading without a network, written by the server into `<template class="offline-texts">`. */

/** @type {DOMStringMap | undefined} */
let words;

/**
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 */
export function say(name, values = {}) {
  words ??= gathered();
  return (words[name] ?? "").replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}

/** @returns {DOMStringMap} */
function gathered() {
  const holders = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("template.offline-texts"));
  return Object.assign({}, ...[...holders].map((holder) => ({ ...holder.dataset })));
}

const UNITS = /** @type {Array<[string, number]>} */ ([
  ["GB", 1e9],
  ["MB", 1e6],
  ["kB", 1e3],
]);

/** How large, in words of the page's language. @param {number} bytes */
export function sized(bytes) {
  const [unit, size] = UNITS.find(([, least]) => bytes >= least) ?? ["kB", 1e3];
  const value = bytes / size;
  const maximumFractionDigits = value < 10 && unit !== "kB" ? 1 : 0;
  return `${value.toLocaleString(document.documentElement.lang || "vi", { maximumFractionDigits })} ${unit}`;
}

/** A moment as day and time. @param {string} at */
export function timed(at) {
  const day = /** @type {const} */ ({ day: "2-digit", month: "2-digit", year: "numeric" });
  const style = /** @type {const} */ ({
    ...day,
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone: "Asia/Ho_Chi_Minh",
  });
  return new Date(at).toLocaleString(document.documentElement.lang || "vi", style);
}
