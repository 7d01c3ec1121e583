// @ts-check
/** Building elements: text is always text, never markup. */

export { fill, keep } from "ui/fill";

/** @typedef {string | number | Node | null | undefined | false} Child */
/** @typedef {Record<string, string | boolean | number | undefined | ((event: Event) => void)>} Attributes */
/** @typedef {Record<string, (event: Event) => void>} Handlers */

/** @type {WeakMap<EventTarget, Handlers>} what each element does, so that redrawing can change it in place */
const handlers = new WeakMap();

/** @param {Event} event */
function heard(event) {
  const target = /** @type {EventTarget} */ (event.currentTarget);
  handlers.get(target)?.[event.type]?.(event);
}

/** @param {Node} element @returns {Handlers} */
export function handlersOf(element) {
  return handlers.get(element) ?? {};
}

/**
 * From now on the element does these, and nothing else it was built to do.
 * @param {Element} element
 * @param {Handlers} wanted
 */
export function handle(element, wanted) {
  const known = handlersOf(element);
  for (const type of Object.keys(wanted)) if (!(type in known)) element.addEventListener(type, heard);
  for (const type of Object.keys(known)) if (!(type in wanted)) element.removeEventListener(type, heard);
  handlers.set(element, wanted);
}

/**
 * An element with attributes and children; `on…` functions are listeners, false and undefined are left out.
 * @param {string} tag
 * @param {Attributes} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  /** @type {Handlers} */
  const listening = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") listening[name.slice(2)] = value;
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  if (Object.keys(listening).length > 0) handle(element, listening);
  element.append(...nodes(children));
  return element;
}

/**
 * What is to be shown of these, as nodes.
 * @param {Array<Child | Child[]>} children
 * @returns {Node[]}
 */
export function nodes(children) {
  return children.flat().filter(isShown).map(textOrNode);
}

/**
 * @param {Child} child
 * @returns {child is string | number | Node}
 */
function isShown(child) {
  return child !== null && child !== undefined && child !== false;
}

/** @param {string | number | Node} child @returns {Node} */
function textOrNode(child) {
  return child instanceof Node ? child : document.createTextNode(String(child));
}
