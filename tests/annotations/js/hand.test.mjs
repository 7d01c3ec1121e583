/** A pen that is down: its page may go, its end may not be told, and whoever leads waits for it. */

import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document ??= { getElementById: () => null, documentElement: { lang: "vi" } };
const { Hand } = await import("annotations/hand");
const { Erasing } = await import("annotations/gestures");
const { NoteStore } = await import("annotations/store");

function drawing(tool = "read") {
  const told = [];
  const tools = { tool, sawPen: () => {}, draws: () => false };
  const hand = new Hand({ tools, store: {}, layer: {}, drawing: {}, version: "v" }, { tapped: () => {}, write: () => {} });
  hand.onRest = () => told.push("rest");
  const sheet = { page: 1, element: new EventTarget() };
  const begin = (pointer) => {
    Object.assign(hand, { pointer, sheet, heardAt: performance.now() });
    hand.gesture = { move: () => told.push("move"), end: () => told.push("end"), cancel: () => told.push("cancel") };
  };
  return { hand, sheet, told, begin };
}

const pointer = (type, pointerId) => Object.assign(new Event(type), { pointerId, pointerType: "pen", buttons: 1, button: 0 });

test("a stroke whose page goes is kept, and the hand is free again", () => {
  const { hand, sheet, told, begin } = drawing();
  const leave = hand.attach(sheet);
  const other = hand.attach({ page: 2, element: new EventTarget() });
  begin(5);
  other();
  assert.deepEqual(told, [], "another page may go");
  leave();
  assert.deepEqual(told, ["end", "rest"]);
  assert.ok(!hand.gesture && !hand.busy);
});

test("the same pen down again ends the stroke before; another pointer does not", () => {
  const { hand, sheet, told, begin } = drawing();
  hand.attach(sheet);
  begin(5);
  sheet.element.dispatchEvent(pointer("pointerdown", 6));
  assert.deepEqual(told, []);
  sheet.element.dispatchEvent(pointer("pointerdown", 5));
  assert.deepEqual(told, ["end", "rest"]);
});

test("a hand is busy while it draws, and not for ever", () => {
  const { hand, begin } = drawing();
  assert.ok(!hand.busy);
  begin(5);
  assert.ok(hand.busy);
  hand.heardAt -= 6000;
  assert.ok(!hand.busy, "its end was never told");
  hand.move({ pointerId: 5 });
  assert.ok(hand.busy);
  hand.drop();
  assert.ok(!hand.busy);
});

test("the eraser leaves what others have replied to", () => {
  const store = new NoteStore({ owner: "an", name: "An" }, { newId: () => "x" });
  const reply = (owner, more = {}) => ({ replies: { r: { owner, name: "", body: "?", at: "2", ...more } } });
  const note = (more) => ({ kind: "text", owner: "an", at: "1", stamps: {}, replies: {}, ...more });
  const notes = { plain: note(), own: note(reply("an")), asked: note(reply("b")), taken: note(reply("b", { gone: true })) };
  store.replace("notes:d", { notes });
  const layer = { under: () => store.shown(), drawPage: () => {}, hidden: new Set() };
  const erasing = Object.create(Erasing.prototype);
  const sheet = { page: 1, toPage: () => [1, 1] };
  Object.assign(erasing, { hand: { layer, store }, sheet, erased: new Set(), reach: 1, ring: { setAttribute: () => {} } });
  erasing.move([{ clientX: 1, clientY: 1 }]);
  assert.deepEqual([...erasing.erased].sort(), ["own", "plain", "taken"]);
});

test("what is to be seen is put in order once, and again after a change", () => {
  const store = new NoteStore({ owner: "an", name: "An" }, { newId: () => "x" });
  const first = store.shown();
  assert.equal(store.shown(), first);
  store.replace("notes:d", { notes: { a: { kind: "ink", owner: "an", at: "1", stamps: {}, replies: {} } } });
  assert.deepEqual(store.shown().map(([id]) => id), ["a"]);
});
