// @ts-check
/** What is being written for a new item outlives every swap of the agenda, but the one that added it. */

/** @type {Map<string, string>} */
let kept = new Map();

/** @param {HTMLElement | null} form */
function written(form) {
  const fields = [...(form?.querySelectorAll("input") ?? [])].filter((field) => field.name !== "csrfmiddlewaretoken");
  return new Map(fields.filter((field) => field.value).map((field) => [field.name, field.value]));
}

export function keep() {
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { requestConfig, target } = /** @type {CustomEvent} */ (event).detail;
    if (!(target instanceof Element) || target.id !== "agenda") return;
    const form = document.getElementById("new-item");
    kept = requestConfig.elt === form ? new Map() : written(form);
  });
}

/** Puts the words back into the form that took the place of the old one. */
export function putBack() {
  const form = document.getElementById("new-item");
  if (!(form instanceof HTMLFormElement)) return;
  for (const [name, value] of kept) {
    const known = form.elements.namedItem(name);
    const field = known instanceof HTMLInputElement ? known : document.createElement("input");
    if (field !== known) Object.assign(field, { type: "hidden", name });
    field.value = value;
    if (field !== known) form.append(field);
  }
  kept = new Map();
}
