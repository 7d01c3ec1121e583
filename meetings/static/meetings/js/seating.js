// @ts-check
/** Seating people: drag names to seats, or choose a seat and then a person; every step is kept at once and undone. */

import { must, send, words } from "rooms/plan/el";
import { shown } from "rooms/plan/view";
import { sentence } from "ui/problem";
import { toast } from "ui/toast";

/** @typedef {[person: string, seen: string, seat: string]} Step */
/** @typedef {{ person: string, id: number, x: number, y: number, tag: HTMLElement | null }} Drag */

const FAR = 6;
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const page = /** @type {HTMLElement | null} */ (document.querySelector("[data-seating]"));
if (page && shown) start(page, shown);

/**
 * @param {HTMLElement} page
 * @param {import("rooms/plan/view").View} view
 */
function start(page, view) {
  const svg = /** @type {SVGSVGElement} */ (must(page, "[data-plan-drawing]"));
  const status = must(page, "[data-seat-status]");
  const standing = must(page, "[data-seat-standing]");
  const undoButton = /** @type {HTMLButtonElement} */ (must(page, "[data-seat-undo]"));
  const people = new Map(elements(page, "[data-person]").map((one) => [one.dataset.person ?? "", one]));
  const seats = new Map(elements(svg, ".plan-seat").map((one) => [one.dataset.seat ?? "", one]));
  /** @type {Step[][]} */
  const past = [];
  /** @type {Drag | null} */
  let drag = null;
  let waiting = "";
  let busy = false;

  page.dataset.seatingReady = "";
  undoButton.hidden = false;
  undoButton.addEventListener("click", undo);
  for (const [place, seat] of [...seats.values()].entries()) {
    seat.setAttribute("tabindex", place ? "-1" : "0");
    seat.setAttribute("role", "button");
  }
  page.addEventListener("pointerdown", down);
  page.addEventListener("pointermove", move);
  page.addEventListener("pointerup", up);
  page.addEventListener("pointercancel", drop);
  page.addEventListener("click", click);
  svg.addEventListener("keydown", key);
  show();

  /** @param {string} person */
  const seatOf = (person) => people.get(person)?.dataset.seat ?? "";
  /** @param {string} seat */
  const onSeat = (seat) => [...people.keys()].find((person) => seat && seatOf(person) === seat) ?? "";

  /**
   * Seats somebody; who sat there gets the seat the other leaves.
   * @param {string} person
   * @param {string} seat
   */
  async function sit(person, seat) {
    if (seatOf(person) === seat) return;
    const other = onSeat(seat);
    /** @type {Step[]} */
    const steps = [[person, seatOf(person), seat]];
    if (other) steps.push([other, seat, seatOf(person)]);
    if (await keep(steps)) past.push(steps.map(([who, seen, now]) => [who, now, seen]));
    undoButton.disabled = !past.length;
  }

  async function undo() {
    const steps = past.pop();
    if (steps) await keep(steps);
    undoButton.disabled = !past.length;
  }

  /** @param {Step[]} steps */
  async function keep(steps) {
    if (busy) return false;
    busy = true;
    put(steps.map(([person, , seat]) => [person, seat]));
    const answer = await send(page.dataset.seating ?? "", { steps });
    busy = false;
    if (answer.ok) {
      put(Object.entries(answer.data.seats));
      tell(steps);
      return true;
    }
    put(steps.map(([person, seen]) => [person, seen]));
    toast(sentence(answer.status, answer.body), "danger");
    return false;
  }

  /** @param {Step[]} steps */
  function tell(steps) {
    const lines = steps.map(([person, , seat]) =>
      words("seat-texts", seat ? "sits" : "stands", { name: people.get(person)?.dataset.name ?? "", seat }),
    );
    status.textContent = lines.join(" ");
  }

  /** @param {[person: string, seat: string][]} now */
  function put(now) {
    for (const [person, seat] of now) {
      const line = people.get(person);
      if (line) line.dataset.seat = seats.has(seat) ? seat : "";
    }
    show();
  }

  /** Writes the names on the seats, and the seats beside the names. */
  function show() {
    const taken = new Map([...people].map(([person, line]) => [line.dataset.seat ?? "", person]));
    let without = 0;
    for (const line of people.values()) {
      must(line, "[data-person-seat]").textContent = line.dataset.seat || "–";
      if (!line.dataset.seat) without += 1;
    }
    standing.textContent = String(without);
    for (const [number, seat] of seats) write(number, seat, people.get(taken.get(number) ?? ""));
  }

  /**
   * @param {string} number
   * @param {HTMLElement} seat
   * @param {HTMLElement | undefined} line
   */
  function write(number, seat, line) {
    const name = line?.dataset.name ?? "";
    const label = [number, name, line?.dataset.title].filter(Boolean).join(" · ");
    if (seat.getAttribute("aria-label") === label) return;
    seat.setAttribute("aria-label", label);
    seat.classList.toggle("plan-taken", Boolean(line));
    must(seat, "title").textContent = label;
    must(seat, ".plan-name").textContent = short(name);
    const over = must(seat, ".plan-number");
    if (line) over.setAttribute("y", "-9");
    else over.removeAttribute("y");
  }

  /** @param {PointerEvent} event */
  function down(event) {
    if (event.button !== 0 || view.pinching) return drop();
    const target = /** @type {Element} */ (event.target);
    const line = /** @type {HTMLElement | null} */ (target.closest("[data-person]"));
    const seat = /** @type {SVGElement | null} */ (target.closest(".plan-seat"));
    const person = line?.dataset.person ?? onSeat(seat?.dataset.seat ?? "");
    if (!person || (line && event.pointerType === "touch")) return;
    drag = { person, id: event.pointerId, x: event.clientX, y: event.clientY, tag: null };
  }

  /** @param {PointerEvent} event */
  function move(event) {
    if (!drag || drag.id !== event.pointerId) return;
    if (view.pinching) return drop();
    if (!drag.tag && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FAR) return;
    drag.tag ??= tag(drag.person, event.pointerId);
    drag.tag.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 12}px)`;
    mark(under(event));
  }

  /**
   * @param {string} person
   * @param {number} pointer
   */
  function tag(person, pointer) {
    const made = document.createElement("div");
    made.className = "seat-dragged";
    made.textContent = people.get(person)?.dataset.name ?? "";
    document.body.append(made);
    page.setPointerCapture(pointer);
    return made;
  }

  /** @param {PointerEvent} event */
  function under(event) {
    const found = document.elementFromPoint(event.clientX, event.clientY);
    return /** @type {HTMLElement | null} */ (found?.closest(".plan-seat") ?? null);
  }

  /** @param {HTMLElement | null} seat */
  function mark(seat) {
    for (const one of svg.querySelectorAll(".plan-target")) if (one !== seat) one.classList.remove("plan-target");
    seat?.classList.add("plan-target");
  }

  /** @param {PointerEvent} event */
  function up(event) {
    const moved = drag?.tag ? drag : null;
    const seat = moved && under(event);
    const list = moved && document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-seat-list]");
    drop();
    if (moved && seat) void sit(moved.person, seat.dataset.seat ?? "");
    else if (moved && list) void sit(moved.person, "");
    if (moved) page.addEventListener("click", stop, { capture: true, once: true });
    setTimeout(() => page.removeEventListener("click", stop, { capture: true }));
  }

  /** @param {Event} event */
  function stop(event) {
    event.stopPropagation();
    event.preventDefault();
  }

  function drop() {
    drag?.tag?.remove();
    drag = null;
    mark(null);
  }

  /** @param {MouseEvent} event */
  function click(event) {
    const target = /** @type {Element} */ (event.target);
    const line = /** @type {HTMLElement | null} */ (target.closest("[data-person]"));
    const seat = /** @type {HTMLElement | null} */ (target.closest(".plan-seat"));
    if (seat) chosenSeat(seat.dataset.seat ?? "");
    else if (line) chosenPerson(line);
  }

  /** @param {string} number */
  function chosenSeat(number) {
    const chosen = /** @type {HTMLElement | null} */ (page.querySelector("[data-person][aria-pressed=true]"));
    if (chosen) {
      chosen.removeAttribute("aria-pressed");
      void sit(chosen.dataset.person ?? "", number);
      return;
    }
    wait(waiting === number ? "" : number);
  }

  /** @param {HTMLElement} line */
  function chosenPerson(line) {
    const number = waiting;
    if (number) {
      wait("");
      void sit(line.dataset.person ?? "", number);
      seats.get(number)?.focus();
      return;
    }
    const pressed = line.getAttribute("aria-pressed") === "true";
    for (const one of people.values()) one.removeAttribute("aria-pressed");
    if (!pressed) line.setAttribute("aria-pressed", "true");
  }

  /** @param {string} number */
  function wait(number) {
    waiting = number;
    for (const [one, seat] of seats) seat.classList.toggle("plan-chosen", one === number);
    if (number) status.textContent = words("seat-texts", "choose", { seat: number });
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const seat = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".plan-seat"));
    if (!seat) return;
    const number = seat.dataset.seat ?? "";
    const arrow = ARROWS[event.key];
    if (arrow) go(seat, arrow);
    else if (event.key === "Enter" || event.key === " ") choose(number);
    else if ((event.key === "Delete" || event.key === "Backspace") && onSeat(number)) void sit(onSeat(number), "");
    else if (event.key === "Escape") wait("");
    else return;
    event.preventDefault();
  }

  /** @param {string} number */
  function choose(number) {
    chosenSeat(number);
    const first = [...people.values()].find((line) => !line.dataset.seat) ?? [...people.values()][0];
    if (waiting) first?.focus();
  }

  /**
   * Moves to the nearest seat in a direction.
   * @param {HTMLElement} from
   * @param {[number, number]} direction
   */
  function go(from, [dx, dy]) {
    const start = centre(from);
    let best = Number.POSITIVE_INFINITY;
    /** @type {HTMLElement | null} */
    let found = null;
    for (const seat of seats.values()) {
      const at = centre(seat);
      const ahead = (at.x - start.x) * dx + (at.y - start.y) * dy;
      const aside = Math.abs((at.x - start.x) * dy) + Math.abs((at.y - start.y) * dx);
      const far = ahead + 2 * aside;
      if (ahead > 1 && ahead >= aside * 0.5 && far < best) [best, found] = [far, seat];
    }
    if (!found) return;
    from.setAttribute("tabindex", "-1");
    found.setAttribute("tabindex", "0");
    found.focus();
  }
}

/**
 * The end of a name, as far as it fits on the seat; rooms/drawing.py does the same.
 * @param {string} name
 */
function short(name) {
  const parts = name.trim().split(/\s+/);
  const ending = parts.slice(-2).join(" ");
  return ending.length <= 9 ? ending : (parts.at(-1) ?? "");
}

/** @param {Element} seat */
function centre(seat) {
  const [, x = "0", y = "0"] = /translate\(([\d.]+) ([\d.]+)\)/.exec(seat.getAttribute("transform") ?? "") ?? [];
  return { x: Number(x), y: Number(y) };
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 */
function elements(root, selector) {
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);
}
