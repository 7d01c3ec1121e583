/** Nothing moves the paper under a pen: neither who leads nor a newer version; afterwards it is caught up. */

import assert from "node:assert/strict";
import { test } from "node:test";

const page = { getElementById: () => null, querySelector: () => null, createElement: () => ({ style: {} }), addEventListener: () => {} };
globalThis.document ??= page;
const { Leading } = await import("meetings/room/leading");
const { PaperPane } = await import("meetings/room/paper");

test("while a pen is down the paper stays, and follows when it is lifted", () => {
  const shown = [];
  const hand = { busy: true, onRest: () => {} };
  const paper = Object.assign(Object.create(PaperPane.prototype), { shown: "d/1", notes: { hand }, held: false, pages: new Map() });
  paper.viewer = { leading: { show: (number) => shown.push(number), point: () => {} } };
  let drawn = 0;
  const store = { mine: {}, papers: {}, changed: () => (drawn += 1) };
  const leading = Object.assign(Object.create(Leading.prototype), { paper, presenter: "p", following: true, context: { store } });
  leading.heard({ document: "d", version: 1, page: 3, by: "p" });
  leading.heard({ document: "d", version: 1, page: 4, by: "p" });
  assert.deepEqual(shown, []);
  paper.protection = "";
  store.papers.next = { document: "e", version: 1 };
  paper.draw(store, { paper: "next" });
  assert.equal(paper.shown, "d/1");
  leading.catchUp();
  assert.equal(drawn, 0, "it is down still");
  hand.busy = false;
  leading.catchUp();
  assert.deepEqual([shown, drawn], [[4], 1]);
  leading.catchUp();
  assert.deepEqual([shown, drawn], [[4], 1], "nothing was held back");
});
