// @ts-check
/** The panel beside the plan: what is chosen, its fields, the size of the room. */

import { capital } from "rooms/plan/draw";
import { must, words } from "rooms/plan/el";
import { isSeat, within } from "rooms/plan/model";

/** @typedef {import("./model.js").Model} Model */

/**
 * @param {HTMLElement} page
 * @param {Model} model
 * @param {() => void} changed
 */
export function side(page, model, changed) {
  const panel = /** @type {HTMLElement} */ (must(page, "[data-plan-side]"));
  const status = must(panel, "[data-plan-chosen]");
  const forSeat = /** @type {HTMLElement} */ (must(panel, "[data-for-seat]"));
  const forThing = /** @type {HTMLElement} */ (must(panel, "[data-for-thing]"));
  panel.hidden = false;
  panel.addEventListener("change", (event) => onChange(/** @type {HTMLInputElement} */ (event.target)));

  /** @param {HTMLInputElement} field */
  function onChange(field) {
    if (field.dataset.area) resize();
    if (field.dataset.field === "id") rename(field);
    else if (field.dataset.field) write(field.dataset.field, field);
    show();
    changed();
  }

  function resize() {
    const [width, height] = ["width", "height"].map((name) => {
      const field = /** @type {HTMLInputElement} */ (must(panel, `[data-area=${name}]`));
      return within(Math.round(Number(field.value) || 0), 200, 25_000);
    });
    model.resize(/** @type {number} */ (width), /** @type {number} */ (height));
  }

  /** @param {HTMLInputElement} field */
  function rename(field) {
    const [seat] = [...model.chosen].filter(isSeat);
    const number = field.value.trim().normalize("NFC");
    const taken = model.plan.seats.some((one) => one !== seat && one.id === number);
    const wrong = !/^[\p{L}\p{N}]([\p{L}\p{N}_.-]*[\p{L}\p{N}])?$/u.test(number) || number.length > model.limits.number;
    field.setCustomValidity(
      wrong ? words("plan-texts", "numberWrong") : taken ? words("plan-texts", "numberTwice") : "",
    );
    if (!field.reportValidity() || !seat || seat.id === number) return;
    model.remember();
    seat.id = number;
  }

  /**
   * @param {string} name
   * @param {HTMLInputElement} field
   */
  function write(name, field) {
    const value =
      field.type === "number" ? within(Math.round(Number(field.value) || 0), 10, 25_000) : field.value.trim();
    model.remember();
    for (const piece of model.chosen) {
      if (name === "kind" ? isSeat(piece) : !isSeat(piece)) Object.assign(piece, { [name]: value });
    }
  }

  function show() {
    const chosen = [...model.chosen];
    const seats = chosen.filter(isSeat);
    const [only] = chosen;
    fill(panel, { width: model.plan.width, height: model.plan.height }, "area");
    forSeat.hidden = !seats.length;
    forThing.hidden = seats.length === chosen.length;
    const number = /** @type {HTMLInputElement} */ (must(panel, "[data-field=id]"));
    number.disabled = chosen.length !== 1;
    number.setCustomValidity("");
    if (only) fill(panel, { ...only, ...(seats[0] ? { kind: seats[0].kind } : {}), id: seats[0]?.id ?? "" }, "field");
    status.textContent = sentence(chosen);
  }

  return show;
}

/**
 * @param {HTMLElement} panel
 * @param {object} values
 * @param {string} attribute
 */
function fill(panel, values, attribute) {
  for (const [name, value] of Object.entries(values)) {
    const field = /** @type {HTMLInputElement | null} */ (panel.querySelector(`[data-${attribute}=${name}]`));
    if (field && field !== document.activeElement) field.value = String(value);
    else if (field && attribute === "field") field.value = String(value);
  }
}

/** @param {import("./model.js").Piece[]} chosen */
function sentence(chosen) {
  const [only] = chosen;
  if (!only) return words("plan-texts", "none");
  if (chosen.length > 1) return words("plan-texts", "many", { count: chosen.length });
  if (isSeat(only)) return words("plan-texts", "oneSeat", { number: only.id });
  return words("plan-texts", "oneThing", { kind: words("plan-texts", `kind${capital(only.kind)}`) });
}
