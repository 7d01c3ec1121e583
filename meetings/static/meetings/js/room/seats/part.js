// @ts-check
/** The seat map of the room: colours and signs as they are now, those without a seat below; a tap opens the person. */

import { el, keep } from "meetings/room/el";
import { openCard } from "meetings/room/people/card";
import { isHere } from "meetings/room/people/here";
import { packWords } from "meetings/room/people/packs";
import { SeatMap } from "meetings/room/seats/map";
import { MARKS, marksOf, SIGNS, tally } from "meetings/room/seats/marks";
import { say } from "meetings/room/texts";
import { View } from "rooms/plan/view";
import { icon } from "ui/icons";

/** @import { Context } from "meetings/room/parts" */
/** @import { Mark } from "meetings/room/seats/marks" */
/** @import { Plan } from "meetings/room/seats/map" */
/** @typedef {{ map: SeatMap, holder: HTMLElement, stage: HTMLElement, view: View }} Shown */

/** @type {Shown | null | undefined} undefined: not asked for yet; null: the meeting has no plan */
let shown;

const ASK_AGAIN = 30_000;
/** A finger that moves less far has tapped. */
const TAP = 8;

/** @param {Mark} mark */
export const markWords = (mark) => say(`mark${mark.charAt(0).toUpperCase()}${mark.slice(1)}`);

/** @param {Mark} mark */
export function signOf(mark) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "-12 -12 24 24");
  svg.setAttribute("class", "seat-sign-alone");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SIGNS[mark]);
  svg.append(path);
  return svg;
}

/** @param {Context} context */
async function fetchPlan(context) {
  shown = null;
  const answer = await fetch(`${context.urls.page}seating/plan.json`, { headers: { Accept: "application/json" } });
  if (!answer.ok) {
    setTimeout(() => {
      shown = undefined; // asked for again at the next drawing
    }, ASK_AGAIN);
    return;
  }
  const { plan } = /** @type {{ plan: Plan | null }} */ (await answer.json());
  shown = plan ? made(plan, context) : null;
  context.store.changed();
}

/**
 * @param {Plan} plan
 * @param {Context} context
 * @returns {Shown}
 */
function made(plan, context) {
  const map = new SeatMap(plan, { label: say("seatMap"), words: markWords, free: say("seatFree") });
  const stage = el("div", { class: "seat-stage" });
  stage.append(map.svg, zoomButtons());
  const holder = el("div", { class: "seat-holder", "data-key": "seat-map", "data-own": true }, stage);
  map.svg.addEventListener("click", (event) => pick(event, context));
  map.svg.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    pick(event, context);
  });
  const view = new View(map.svg);
  dragged(map.svg, view);
  stage.addEventListener("click", (event) => {
    const wanted = /** @type {Element} */ (event.target).closest("[data-zoom]")?.getAttribute("data-zoom");
    if (wanted === "fit") view.fit();
    else if (wanted === "large") enlarge(stage, holder);
    else if (wanted) view.zoom(wanted === "in" ? 1.4 : 1 / 1.4);
  });
  return { map, holder, stage, view };
}

/**
 * One finger, or the mouse, moves a plan that is larger than its window; letting go is then no tap.
 * @param {SVGSVGElement} svg
 * @param {View} view
 */
function dragged(svg, view) {
  /** @type {{ id: number, x: number, y: number, far: boolean } | null} */
  let drag = null;
  svg.addEventListener("pointerdown", ({ pointerId: id, clientX: x, clientY: y }) => {
    drag = view.box.w < view.whole.w * 0.99 && !view.pinching ? { id, x, y, far: false } : null;
  });
  svg.addEventListener("pointermove", ({ pointerId, clientX: x, clientY: y }) => {
    if (!drag || drag.id !== pointerId || view.pinching) return;
    if (!drag.far && Math.hypot(x - drag.x, y - drag.y) < TAP) return;
    const [from, to] = [view.at(drag.x, drag.y), view.at(x, y)];
    view.shift(from.x - to.x, from.y - to.y);
    drag = { id: pointerId, x, y, far: true };
  });
  svg.addEventListener("click", (event) => drag?.far && event.stopPropagation(), { capture: true });
}

function zoomButtons() {
  const buttons = /** @type {Array<[string, string, string]>} */ ([
    ["in", "zoom-in", "seatLarger"],
    ["out", "zoom-out", "seatSmaller"],
    ["fit", "maximize", "seatFit"],
    ["large", "expand", "seatWhole"],
  ]);
  return el(
    "div",
    { class: "plan-zoom" },
    buttons.map(([zoom, name, words]) => {
      const attributes = { type: "button", class: "button button-icon", "data-zoom": zoom, "aria-label": say(words) };
      return el("button", { ...attributes, title: say(words) }, icon(name));
    }),
  );
}

/**
 * The map over the whole window, and back.
 * @param {HTMLElement} stage
 * @param {HTMLElement} holder
 */
function enlarge(stage, holder) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("seat-dialog"));
  if (dialog.open) {
    dialog.close();
    return;
  }
  dialog.append(stage);
  dialog.addEventListener("close", () => holder.append(stage), { once: true });
  dialog.showModal();
}

/**
 * @param {Event} event
 * @param {Context} context
 */
function pick(event, context) {
  const person = /** @type {Element} */ (event.target).closest("[data-person]")?.getAttribute("data-person");
  if (person) openCard(person, context);
}

/** @param {Context} context */
export function seatsPart(context) {
  const { store } = context;
  if (shown === undefined) void fetchPlan(context);
  if (!shown) return el("p", { class: "room-hint" }, say(shown === null ? "seatNoPlan" : "seatLoading"));
  shown.map.draw(store.room, isHere, store.mine.me?.person, packWords);
  const marks = marksOf(store.room, isHere);
  const { seats } = shown.map;
  const standing = store.people().filter(([, { seat }]) => !seats.has(seat));
  return [legend(marks), shown.holder, standing.length > 0 && unseated(standing, marks, context)];
}

/** @param {Map<string, Mark>} marks */
function legend(marks) {
  const found = tally(marks);
  return el(
    "ul",
    { class: "seat-legend", "aria-label": say("seatLegend") },
    MARKS.filter((mark) => found.get(mark)).map((mark) =>
      el(
        "li",
        { class: `seat-${mark}`, "data-key": `legend-${mark}` },
        signOf(mark),
        markWords(mark),
        el("b", {}, found.get(mark)),
      ),
    ),
  );
}

/**
 * @param {ReturnType<Context["store"]["people"]>} standing
 * @param {Map<string, Mark>} marks
 * @param {Context} context
 */
function unseated(standing, marks, context) {
  const rows = standing.map(([id, person]) => {
    const mark = marks.get(id) ?? "absent";
    return keep(`standing-${id}`, [person, mark], () => {
      const open = () => openCard(id, context);
      const attributes = { type: "button", class: `seat-standing seat-${mark}`, "data-person": id, onclick: open };
      return el(
        "li",
        {},
        el(
          "button",
          attributes,
          signOf(mark),
          el("span", {}, person.name),
          el("span", { class: "person-note" }, markWords(mark)),
        ),
      );
    });
  });
  return el(
    "details",
    { class: "seat-unseated", open: standing.length <= 12 },
    el("summary", { class: "target" }, say("seatUnseated", { count: standing.length })),
    el("ul", {}, rows),
  );
}
