// @ts-check
/** Building elements: text is always text, never markup. */

/** @typedef {string | number | Node | null | undefined | false} Child */
/** @typedef {Record<string, string | boolean | number | undefined | ((event: Event) => void)>} Attributes */

/**
 * An element with attributes and children; `on…` functions are listeners, false and undefined are left out.
 * @param {string} tag
 * @param {Attributes} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter(isShown).map(textOrNode));
  return element;
}

/**
 * Puts new children into a pane; the focus stays on the element with the same `data-key`.
 * @param {Element} pane
 * @param {...(Child | Child[])} children
 */
export function fill(pane, ...children) {
  const key = pane.contains(document.activeElement) ? document.activeElement?.getAttribute("data-key") : null;
  pane.replaceChildren(...children.flat().filter(isShown).map(textOrNode));
  if (key) /** @type {HTMLElement | null} */ (pane.querySelector(`[data-key="${CSS.escape(key)}"]`))?.focus();
}

/**
 * @param {Child} child
 * @returns {child is string | number | Node}
 */
function isShown(child) {
  return child !== null && child !== undefined && child !== false;
}

/** @param {string | number | Node} child */
function textOrNode(child) {
  return child instanceof Node ? child : String(child);
}
