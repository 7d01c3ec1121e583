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

/** How large, in words of the page's language. @param {number} bytes */
export function sized(bytes) {
  const [unit, value] = bytes < 1_000_000 ? ["kB", bytes / 1000] : ["MB", bytes / 1_000_000];
  const digits = value < 10 && unit === "MB" ? 1 : 0;
  const number = value.toLocaleString(document.documentElement.lang || "vi", { maximumFractionDigits: digits });
  return `${number} ${unit}`;
}

/** A moment as day and time. @param {string} at */
export function timed(at) {
  const style = /** @type {const} */ ({ dateStyle: "short", timeStyle: "short" });
  return new Date(at).toLocaleString(document.documentElement.lang || "vi", style);
}
