/** Arithmetic of the viewer: turned pages, fitting, places remembered, quotations. */

import assert from "node:assert/strict";
import { test } from "node:test";
import "../../live/js/names.mjs";

const { joined, quarter, toTurned, toUpright, turned, turnedArea, uprightArea } = await import("documents/viewer/turning");
const { bounded, clamp, density, fitted, stepped } = await import("documents/viewer/zoom");
const { keyOf, recall, remember } = await import("documents/viewer/places");
const { PageText, quoted } = await import("documents/viewer/words");

const TURNS = [0, 90, 180, 270];
const near = (one, two) => one.forEach((value, index) => assert.ok(Math.abs(value - two[index]) < 1e-9, `${one} ${two}`));

test("a place on a turned page comes back to itself", () => {
  for (const rotation of TURNS)
    for (const place of [[0, 0], [100, 700], [595, 842], [12.5, 3.25]]) {
      const share = toTurned(place, [595, 842], rotation);
      assert.ok(share.every((value) => value >= 0 && value <= 1));
      near(toUpright(share, [595, 842], rotation), place);
    }
});

test("the upper left corner goes round with the clock", () => {
  assert.deepEqual(TURNS.map((rotation) => toTurned([0, 0], [595, 842], rotation)), [[0, 0], [1, 0], [1, 1], [0, 1]]);
  assert.deepEqual(turned([595, 842], 90), [842, 595]);
  assert.deepEqual([-90, 360, 449, Number.NaN].map(quarter), [270, 0, 90, 0]);
});

test("a part of a page is the same part however it is turned", () => {
  for (const rotation of TURNS) near(uprightArea(turnedArea([0.1, 0.2, 0.3, 0.4], rotation), rotation), [0.1, 0.2, 0.3, 0.4]);
});

test("pieces of one line become one rectangle, lines stay apart", () => {
  const rects = [[10, 10, 50, 12], [61, 10.5, 40, 12], [10, 30, 90, 12], [0, 0, 0, 12]];
  assert.deepEqual(joined(rects), [[10, 10, 91, 12.5], [10, 30, 90, 12]]);
});

test("two pages beside each other get half the width each", () => {
  const sizes = [[600, 800], [600, 800]];
  const room = { width: 1236, height: 824 };
  assert.equal(fitted("width", sizes, 1, room), 1212 / 600);
  assert.equal(fitted("width", sizes, 1, room, 2), 1);
  assert.equal(fitted("page", sizes, 1, room, 2), 1);
});

test("steps in and out come back, and stay in bounds", () => {
  const scale = bounded(1.3);
  assert.ok(Math.abs(stepped(stepped(scale, 1), -1) - 4 / 3) < 0.4);
  assert.equal(bounded(100), 6);
  assert.deepEqual([0, 3.4, 99, Number.NaN].map((page) => clamp(page, 10)), [1, 3, 10, 1]);
});

test("a canvas never has more than two device pixels to a pixel, nor more than twelve million", () => {
  assert.equal(density(3, 800, 1100), 2);
  assert.ok(density(2, 4000, 6000) ** 2 * 4000 * 6000 <= 12_000_001);
});

class Box {
  constructor() { this.map = new Map(); }
  get length() { return this.map.size; }
  key(index) { return [...this.map.keys()][index] ?? null; }
  getItem(key) { return this.map.get(key) ?? null; }
  setItem(key, value) { this.map.set(key, value); }
  removeItem(key) { this.map.delete(key); }
}

test("places are kept per person and version, the oldest go", () => {
  const box = new Box();
  const place = { page: 4, share: 0.5, fit: "width", scale: 1, rotation: 90, spread: "two", at: 1 };
  remember(box, keyOf("a", "d", 1), place);
  assert.deepEqual(recall(box, keyOf("a", "d", 1)), place);
  assert.equal(recall(box, keyOf("b", "d", 1)), undefined);
  for (let at = 2; at < 260; at += 1) remember(box, keyOf("a", `d${at}`, 1), { ...place, at });
  assert.equal(box.length, 200);
  assert.equal(recall(box, keyOf("a", "d", 1)), undefined);
  assert.equal(recall(box, keyOf("a", "d259", 1)).at, 259);
  remember(box, keyOf("", "", 0), place);
  assert.equal(box.length, 200);
});

test("what is no place is none", () => {
  const box = new Box();
  for (const text of ["", "{", "null", '{"page":0}', '{"page":"x"}']) {
    box.setItem("k", text);
    assert.equal(recall(box, "k"), undefined);
  }
});

test("a quotation knows what stands around it", () => {
  const text = new PageText([{ str: "Điều 1.", hasEOL: true }, { type: "beginMarkedContent" }, { str: "Phạm vi" }, { str: " điều chỉnh" }]);
  assert.equal(text.joined, "Điều 1.\nPhạm vi điều chỉnh");
  assert.deepEqual(text.starts, [0, 8, 15]);
  assert.deepEqual(quoted(text.joined, 8, 15), { exact: "Phạm vi", prefix: "Điều 1.\n", suffix: " điều chỉnh" });
});

const { soughtIn } = await import("documents/viewer/sought");
const sought = (text, query) => soughtIn(text, query).map(([start, end]) => text.slice(start, end));

test("words searched for are marked as the search reads them", () => {
  const text = "Quyết định số 012/QĐ-UBND về ngân\nsách năm 2026; quyệt đinh; vào ngân hàng";
  assert.deepEqual(sought(text, "ngan sach"), ["ngân\nsách", "ngân"]);
  assert.deepEqual(sought(text, '"ngân sách" 2026'), ["ngân\nsách", "2026"]);
  assert.deepEqual(sought(text, "Quyết định"), ["Quyết định"]);
  assert.deepEqual(sought(text, "quyet dinh"), ["Quyết định", "quyệt đinh"]);
  assert.deepEqual(sought(text, '"12 qđ ubnd"'), ["012/QĐ-UBND"]);
  assert.deepEqual(sought(text, "12/QĐ-UBND"), ["012/QĐ-UBND"]);
  assert.deepEqual(sought(text, "va"), []);
  assert.deepEqual(sought(text, '(( " *'), []);
});
