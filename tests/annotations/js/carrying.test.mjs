/** Notes of an older version: asked after once, again when the list is opened, never at every event. */

import assert from "node:assert/strict";
import { test } from "node:test";
import "../../live/js/names.mjs";

globalThis.document = /** @type {any} */ ({ cookie: "", getElementById: () => null });
const { Carrying } = await import("annotations/carrying");
const { NoteStore } = await import("annotations/store");

const NOTE = { owner: "me", version: "one", number: 1, page: 1, kind: "box", replies: {}, stamps: {}, style: {}, to: null };

/** @param {number} number */
function carrying(number) {
  const store = new NoteStore({ owner: "me", name: "" }, { newId: () => "x" });
  store.replace("notes:d", /** @type {any} */ ({ notes: { n: NOTE } }));
  return new Carrying(store, { document: "d", version: "two", number, user: "me" }, () => {});
}

test("a question that failed is asked again when the list is opened, not before", async () => {
  let asked = 0;
  globalThis.fetch = async () => {
    asked += 1;
    if (asked === 1) throw new TypeError("offline");
    return /** @type {any} */ ({ ok: true, json: async () => ({ matching: 1 }) });
  };
  const notes = carrying(2);
  assert.equal(notes.behind, 1);
  for (let event = 0; event < 3; event += 1) await notes.look();
  assert.deepEqual([asked, notes.state, notes.waits], [1, "unknown", true]);
  notes.opened();
  await notes.look();
  assert.deepEqual([asked, notes.state], [2, "offered"]);
  notes.opened();
  assert.equal(notes.state, "offered");
});

test("before a first version there is nothing", () => {
  assert.deepEqual([carrying(1).behind, carrying(1).waits], [0, false]);
});
