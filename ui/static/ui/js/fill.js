// @ts-check
/**
 * Redrawing in place: a pane becomes like what was drawn anew, and every element that can stay stays. A finger that is
 * down on a button, the focus, typed text, an opened list and the place scrolled to are not disturbed by an event.
 *
 * Elements are matched by `data-key`, or by their place among those of the same kind. `data-own` keeps its children
 * for itself (a clock that ticks, a canvas). What a person typed or opened is theirs: values and `open` are left.
 */

import { handle, handlersOf, nodes } from "ui/el";

/** @import { Child } from "ui/el" */
/** @typedef {{ key: string, seen: unknown[], build: () => HTMLElement }} Kept */

/** @type {WeakMap<Node, Kept>} places where an element is to be built if it changed */
const promised = new WeakMap();
/** @type {WeakMap<Node, Kept>} elements that were, and from what */
const built = new WeakMap();

/**
 * A child that is built again only when something of `seen` is another object or value than last time.
 * @param {string} key among its siblings
 * @param {unknown[]} seen all that the element shows
 * @param {() => HTMLElement} build
 * @returns {Node}
 */
export function keep(key, seen, build) {
  const place = document.createComment("");
  promised.set(place, { key, seen, build });
  return place;
}

/**
 * Makes a pane show these children.
 * @param {Element} pane
 * @param {...(Child | Child[])} children
 */
export function fill(pane, ...children) {
  const { activeElement: active } = document;
  const key = pane.contains(active) ? active?.getAttribute("data-key") : null;
  settle(pane, nodes(children));
  if (key && document.activeElement !== active)
    /** @type {HTMLElement | null} */ (pane.querySelector(`[data-key="${CSS.escape(key)}"]`))?.focus();
}

/**
 * @param {Node} parent
 * @param {Node[]} wanted
 */
function settle(parent, wanted) {
  const pairs = matched(parent, wanted);
  const staying = new Set(pairs.map(([had]) => had));
  for (const child of [...parent.childNodes]) if (!staying.has(child)) child.remove();
  let place = parent.firstChild;
  for (const [had, want] of pairs) {
    const node = had ? turned(had, want) : fresh(want);
    if (node === place) place = place.nextSibling;
    else parent.insertBefore(node, place);
  }
}

/**
 * Each wanted node with the one there that can become it.
 * @param {Node} parent
 * @param {Node[]} wanted
 * @returns {Array<[ChildNode | undefined, Node]>}
 */
function matched(parent, wanted) {
  /** @type {Map<string, ChildNode>} */
  const keyed = new Map();
  /** @type {Map<string, ChildNode[]>} */
  const others = new Map();
  for (const child of parent.childNodes) {
    const key = keyOf(child);
    if (key) keyed.set(key, child);
    else if (others.get(kindOf(child))?.push(child) === undefined) others.set(kindOf(child), [child]);
  }
  return wanted.map((want) => {
    const key = keyOf(want);
    const had = key ? keyed.get(key) : others.get(kindOf(want))?.shift();
    if (key) keyed.delete(key);
    return [had && (promised.has(want) || had.nodeName === want.nodeName) ? had : undefined, want];
  });
}

/** @param {Node} node */
function keyOf(node) {
  const kept = promised.get(node) ?? built.get(node);
  return kept ? kept.key : node instanceof Element ? node.getAttribute("data-key") : null;
}

/** @param {Node} node */
function kindOf(node) {
  return node instanceof HTMLElement ? `${node.nodeName}.${node.className.split(" ")[0]}` : node.nodeName;
}

/**
 * The node that stands there, turned into the wanted one.
 * @param {Node} had
 * @param {Node} want
 * @returns {Node}
 */
function turned(had, want) {
  if (had === want) return had;
  const kept = promised.get(want);
  if (!kept) {
    built.delete(had);
    return become(had, want);
  }
  const { seen } = built.get(had) ?? { seen: undefined };
  if (seen?.length === kept.seen.length && seen.every((one, place) => Object.is(one, kept.seen[place]))) return had;
  built.set(had, kept);
  return become(had, kept.build());
}

/**
 * @param {Node} had
 * @param {Node} want
 * @returns {Node}
 */
function become(had, want) {
  if (!(had instanceof Element) || !(want instanceof Element)) {
    if (had.nodeValue !== want.nodeValue) had.nodeValue = want.nodeValue;
    return had;
  }
  const theirs = /^(DETAILS|DIALOG)$/.test(had.nodeName) ? "open" : "";
  for (const { name } of [...had.attributes])
    if (name !== theirs && !want.hasAttribute(name)) had.removeAttribute(name);
  for (const { name, value } of want.attributes)
    if (name !== theirs && had.getAttribute(name) !== value) had.setAttribute(name, value);
  handle(had, handlersOf(want));
  if (!had.hasAttribute("data-own")) settle(had, [...want.childNodes]);
  return had;
}

/**
 * A new node, with what it promises built.
 * @param {Node} want
 * @returns {Node}
 */
function fresh(want) {
  const kept = promised.get(want);
  const node = kept ? kept.build() : want;
  if (kept) built.set(node, kept);
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_COMMENT);
  const places = [];
  while (walker.nextNode()) if (promised.has(walker.currentNode)) places.push(walker.currentNode);
  for (const place of places) place.parentNode?.replaceChild(fresh(place), place);
  return node;
}
