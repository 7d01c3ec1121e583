// @ts-check
/** The room's sentences, written by the server in the page's language into `<template id="room-texts">`. */

/**
 * A sentence of the room, its {placeholders} filled in.
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 */
export function say(name, values = {}) {
  const holder = /** @type {HTMLElement | null} */ (document.getElementById("room-texts"));
  const sentence = holder?.dataset[name] ?? "";
  return sentence.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}
