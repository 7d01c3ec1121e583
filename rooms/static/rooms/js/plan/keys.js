// @ts-check
/** Drawing with the keyboard alone. */

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./draw.js").Drawing} Drawing */

const GRID = 10;
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param {Model} model
 * @param {Drawing} drawing
 * @param {{ chosen: () => void, changed: () => void, redraw: () => void, act: (name: string) => void, pressed: (piece: import("./model.js").Piece) => boolean, ended: (given: boolean) => boolean }} tell
 */
export function keys(model, drawing, tell) {
  drawing.svg.addEventListener("focusin", (event) => {
    const piece = drawing.piece(event.target);
    if (!piece || model.chosen.has(piece)) return;
    model.chosen.clear();
    model.chosen.add(piece);
    drawing.mark();
    tell.chosen();
  });
  drawing.svg.addEventListener("keydown", (event) => pressedOn(event));
  document.addEventListener("keydown", (event) => anywhere(event));

  /** @param {KeyboardEvent} event */
  function pressedOn(event) {
    const arrow = ARROWS[event.key];
    const piece = drawing.piece(event.target);
    if (arrow && model.chosen.size) {
      const step = event.shiftKey ? 1 : GRID;
      if (!event.repeat) model.remember();
      model.shift(arrow[0] * step, arrow[1] * step);
      drawing.moved();
      tell.changed();
    } else if (event.key === "Delete" || event.key === "Backspace") tell.act("remove");
    else if ((event.key === "r" || event.key === "R") && !event.ctrlKey && !event.metaKey)
      tell.act(event.shiftKey ? "turn-fine" : "turn");
    else if ((event.key === " " || event.key === "Enter") && piece) {
      if (!tell.pressed(piece)) return;
      if (event.key === "Enter") tell.ended(true);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {KeyboardEvent} event */
  function anywhere(event) {
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && tell.ended(false)) return event.preventDefault();
    if (event.key === "Enter" && !writes(event.target) && tell.ended(true)) return event.preventDefault();
    if (!(event.ctrlKey || event.metaKey) || writes(event.target)) {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") save(event);
      return;
    }
    const name = shortcut(event);
    if (!name) return;
    event.preventDefault();
    tell.act(name);
  }

  /** @param {KeyboardEvent} event */
  function save(event) {
    event.preventDefault();
    tell.act("save");
  }
}

/** @param {KeyboardEvent} event */
function shortcut(event) {
  const key = event.key.toLowerCase();
  if (key === "z") return event.shiftKey ? "redo" : "undo";
  return { y: "redo", d: "duplicate", a: "all", s: "save" }[key] ?? "";
}

/** @param {EventTarget | null} target */
function writes(target) {
  return target instanceof HTMLElement && target.matches("input, textarea, select, button, a, summary");
}
