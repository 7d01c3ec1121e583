// @ts-check
/** Small steps in the page and in its drawing. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * A node of a drawing.
 * @param {string} name
 * @param {Record<string, string | number>} [attributes]
 * @param {(SVGElement | string)[]} [inside]
 * @returns {SVGElement}
 */
export function shape(name, attributes = {}, inside = []) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...inside);
  return /** @type {SVGElement} */ (made);
}

/**
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {T}
 */
export function must(root, selector) {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`nothing is ${selector}`);
  return /** @type {T} */ (found);
}

/**
 * Words the server wrote for a module.
 * @param {string} holder
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 */
export function words(holder, name, values = {}) {
  const template = document.getElementById(holder);
  const sentence = template?.dataset[name] ?? "";
  return sentence.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}

/**
 * Sends JSON to the server and returns what it answers.
 * @param {string} url
 * @param {unknown} data
 * @returns {Promise<{ ok: boolean, status: number, body: string, data: any }>}
 */
export async function send(url, data) {
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json", Accept: "application/json, application/problem+json" },
      body: JSON.stringify(data),
    });
    const body = await response.text();
    return { ok: response.ok, status: response.status, body, data: read(body) };
  } catch {
    return { ok: false, status: 0, body: "", data: {} };
  }
}

/** @param {string} body */
function read(body) {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}
