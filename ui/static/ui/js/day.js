// @ts-check
/** Days are written day first; the browser's calendar only helps to choose one. */

/**
 * @param {Element} button
 * @param {string} selector
 */
function beside(button, selector) {
  return /** @type {HTMLInputElement | null} */ (button.closest(".day")?.querySelector(selector) ?? null);
}

/** @param {string} written */
function toMachine(written) {
  const [day, month, year] = written.split(/[/.-]/);
  return year?.length === 4 ? `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}` : "";
}

/** @param {string} machine */
function toWritten(machine) {
  return machine.split("-").reverse().join("/");
}

/** @param {Element} button */
function openCalendar(button) {
  const text = beside(button, "[data-day]");
  const picker = beside(button, "[data-day-picker]");
  if (!text || !picker) return;
  picker.value = toMachine(text.value);
  picker.showPicker();
}

/** @param {HTMLInputElement} picker */
function take(picker) {
  const text = beside(picker, "[data-day]");
  if (!text || !picker.value) return;
  text.value = toWritten(picker.value);
  text.dispatchEvent(new Event("change", { bubbles: true }));
  text.focus();
}

/** @param {ParentNode} root */
function reveal(root) {
  if (!("showPicker" in HTMLInputElement.prototype)) return;
  for (const button of root.querySelectorAll("[data-day-open]")) button.removeAttribute("hidden");
}

export function start() {
  reveal(document);
  document.addEventListener("htmx:load", (event) => reveal(/** @type {Element} */ (event.target)));
  document.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-day-open]");
    if (button) openCalendar(button);
  });
  document.addEventListener("change", (event) => {
    const picker = /** @type {HTMLInputElement} */ (event.target);
    if (picker.matches("[data-day-picker]")) take(picker);
  });
}
