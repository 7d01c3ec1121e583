// @ts-check
/** The editor of seat plans: joins the drawing with pointer, keys, panel, tools and the server. */

import { Drawing } from "rooms/plan/draw";
import { must, send, words } from "rooms/plan/el";
import { keys } from "rooms/plan/keys";
import { isSeat, Model } from "rooms/plan/model";
import { Pointer } from "rooms/plan/pointer";
import { side } from "rooms/plan/side";
import { shown } from "rooms/plan/view";
import { open as openDialog } from "ui/dialogs";
import { sentence } from "ui/problem";
import { toast } from "ui/toast";

/** @typedef {import("./model.js").Piece} Piece */
/** @typedef {import("./types.js").Thing} Thing */

/** @type {Record<string, [number, number]>} */
const SIZES = {
  table: [160, 60],
  round: [140, 140],
  lectern: [60, 50],
  screen: [240, 16],
  door: [90, 16],
  stage: [400, 150],
};

const page = /** @type {HTMLElement | null} */ (document.querySelector("[data-plan-editor]"));
if (page && shown) start(page, shown);

/**
 * @param {HTMLElement} page
 * @param {import("./view.js").View} view
 */
function start(page, view) {
  const model = new Model(data("plan-data"), data("plan-limits"));
  const svg = /** @type {SVGSVGElement} */ (must(page, "[data-plan-drawing]"));
  const drawing = new Drawing(svg, model);
  const name = /** @type {HTMLInputElement} */ (must(page, "[data-plan-name]"));
  const saveButton = /** @type {HTMLButtonElement} */ (must(document, "[data-plan-save]"));
  const count = document.querySelector("[data-plan-count]");
  let revision = Number(page.dataset.revision);
  let savedName = name.value;
  /** @type {string[] | null} */
  let path = null;
  const unsaved = () => model.dirty || name.value !== savedName;
  const full = () => toast(words("plan-texts", "full"), "warning");

  const showSide = side(page, model, () => redraw());
  const tell = { chosen: showSide, changed, redraw, act, pressed, ended };
  new Pointer(model, drawing, view, tell);
  keys(model, drawing, tell);
  redraw();

  for (const part of [saveButton, must(page, "[data-plan-tools]")]) /** @type {HTMLElement} */ (part).hidden = false;
  svg.classList.add("plan-drawn");
  saveButton.addEventListener("click", () => save());
  name.addEventListener("input", changed);
  addEventListener("beforeunload", (event) => unsaved() && event.preventDefault());
  must(page, "[data-plan-tools]").addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-do]");
    if (button) act(button.getAttribute("data-do") ?? "");
  });
  const adding = /** @type {HTMLSelectElement} */ (must(page, "[data-add-thing]"));
  adding.addEventListener("change", () => {
    if (adding.value) addThing(adding.value);
    adding.value = "";
  });
  onForm("[data-draw-form]", (form) =>
    ask({ tool: "draw", shape: form.get("shape"), count: Number(form.get("count")) }),
  );
  onForm("[data-row-form]", (form) => addRow(Number(form.get("count")), Number(form.get("pitch"))));
  onForm("[data-number-form]", (form) => number(String(form.get("style"))));
  onForm("[data-clash-form]", (form) => saveBeside(String(form.get("name"))));

  function changed() {
    const open = unsaved();
    saveButton.disabled = !open;
    saveButton.title = open ? words("plan-texts", "unsaved") : "";
    if (count) count.textContent = String(model.plan.seats.length);
  }

  function redraw() {
    const focused = drawing.piece(document.activeElement);
    view.resize(model.plan.width, model.plan.height);
    drawing.all();
    const again = focused && drawing.nodes.get(focused);
    if (again) again.focus();
    showSide();
    changed();
  }

  /** @param {string} verb */
  function act(verb) {
    if (verb === "save") return void save();
    if (verb === "undo") model.undo();
    if (verb === "redo") model.redo();
    if (verb === "remove") model.remove();
    if (verb === "turn") model.turn(45);
    if (verb === "turn-fine") model.turn(5);
    if (verb === "all") model.chosen = new Set(model.pieces());
    if (verb === "duplicate" && !model.duplicate()) full();
    if (verb === "seat") addRow(1, 70);
    redraw();
    if (verb === "seat" || verb === "duplicate") focusChosen();
  }

  function focusChosen() {
    const [first] = model.chosen;
    const all = new Set(model.chosen);
    if (first) drawing.nodes.get(first)?.focus();
    model.chosen = all;
    drawing.mark();
    showSide();
  }

  /**
   * Adds seats side by side: beside the last chosen one, or in the middle of what is shown.
   * @param {number} many
   * @param {number} pitch
   */
  function addRow(many, pitch) {
    const beside = [...model.chosen].filter(isSeat).at(-1);
    const middle = { x: view.box.x + view.box.w / 2 - ((many - 1) * pitch) / 2, y: view.box.y + view.box.h / 2 };
    const first = beside && many === 1 ? { x: beside.x + pitch, y: beside.y } : middle;
    const seats = Array.from({ length: many }, (_, place) => ({
      id: beside?.id ?? model.plan.seats.at(-1)?.id ?? "",
      x: first.x + place * pitch,
      y: first.y,
      kind: "delegate",
      turn: beside?.turn ?? 0,
    }));
    if (!model.add(seats)) full();
    redraw();
  }

  /** @param {string} kind */
  function addThing(kind) {
    const [w, h] = SIZES[kind] ?? [100, 60];
    const thing = { kind, x: view.box.x + view.box.w / 2, y: view.box.y + view.box.h / 2, w, h, turn: 0, label: "" };
    if (!model.add([thing])) full();
    redraw();
    focusChosen();
  }

  /** @param {string} style */
  function number(style) {
    if (style !== "path") return void ask({ tool: "renumber", style, plan: model.plan });
    path = [];
    model.chosen.clear();
    svg.classList.add("plan-walking");
    walked();
  }

  function walked() {
    redraw();
    for (const [piece, node] of drawing.nodes) {
      const place = isSeat(piece) && path ? path.indexOf(piece.id) : -1;
      node.classList.toggle("plan-chosen", place >= 0);
    }
    must(page, "[data-plan-chosen]").textContent = words("plan-texts", "path", { count: path?.length ?? 0 });
  }

  /** @param {Piece} piece */
  function pressed(piece) {
    if (!path) return false;
    if (isSeat(piece) && !path.includes(piece.id)) path.push(piece.id);
    walked();
    return true;
  }

  /** Ends the walk along a path, if there is one. @param {boolean} given */
  function ended(given) {
    if (!path) return false;
    const walk = path;
    path = null;
    svg.classList.remove("plan-walking");
    if (given && walk.length) void ask({ tool: "renumber", style: "numbers", path: walk, plan: model.plan });
    else redraw();
    return true;
  }

  /** Has the server draw or number the plan. @param {object} wanted */
  async function ask(wanted) {
    const answer = await send(page.dataset.tool ?? "", wanted);
    if (!answer.ok) return toast(sentence(answer.status, answer.body), "danger");
    model.replace(answer.data.plan);
    redraw();
    view.fit();
  }

  async function save() {
    if (!unsaved() || saveButton.getAttribute("aria-busy") === "true") return;
    saveButton.setAttribute("aria-busy", "true");
    const sent = JSON.stringify(model.plan);
    const called = name.value;
    const answer = await send(page.dataset.save ?? "", { name: called, revision, plan: model.plan });
    saveButton.removeAttribute("aria-busy");
    if (answer.ok) {
      revision = answer.data.revision;
      model.saved = sent;
      savedName = called;
      toast(words("plan-texts", "saved"), "success");
    } else if (answer.data.code === "plan_changed") {
      const field = /** @type {HTMLInputElement} */ (document.getElementById("clash-name"));
      field.value ||= words("plan-texts", "copy", { name: name.value });
      openDialog("plan-clash");
    } else toast(sentence(answer.status, answer.body), "danger");
    changed();
  }

  /** @param {string} called */
  async function saveBeside(called) {
    const answer = await send(page.dataset.add ?? "", { name: called, plan: model.plan });
    if (!answer.ok) return toast(sentence(answer.status, answer.body), "danger");
    model.saved = JSON.stringify(model.plan);
    savedName = name.value;
    location.assign(answer.data.url);
  }
}

/** @param {string} id */
function data(id) {
  return JSON.parse(document.getElementById(id)?.textContent ?? "null");
}

/**
 * @param {string} selector
 * @param {(form: FormData) => unknown} work
 */
function onForm(selector, work) {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector(selector));
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    form.closest("dialog")?.close();
    work(new FormData(form));
  });
}
