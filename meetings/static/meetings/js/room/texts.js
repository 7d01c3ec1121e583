// @ts-check
/** The room's sentences, written by the server in the page's language into `<template class="room-texts">`. */

/** @type {DOMStringMap | undefined} */
let words;

/**
 * A sentence of the room, its {placeholders} filled in; the names are unique over all areas.
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 */
export function say(name, values = {}) {
  words ??= gathered();
  return (words[name] ?? "").replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}

/** @returns {DOMStringMap} */
function gathered() {
  const holders = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("template.room-texts"));
  return Object.assign({}, ...[...holders].map((holder) => ({ ...holder.dataset })));
}
