/** What waits on a device: one person's, for a day, gone when it is not ours; and names as they are searched for. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { folded } from "../../../meetings/static/meetings/js/room/folding.js";
import { Unsent } from "../../../meetings/static/meetings/js/room/unsent.js";

const DAY = 86_400_000;

function shelf() {
  const rows = new Map();
  return {
    rows,
    getItem: (name) => rows.get(name) ?? null,
    setItem: (name, value) => rows.set(name, value),
    removeItem: (name) => rows.delete(name),
  };
}

const waiting = { id: "a", chosen: { choice: "yes" }, at: 1000 };

test("a ballot is found again by the same person alone", () => {
  const storage = shelf();
  new Unsent("one", storage).put("v", waiting);
  assert.deepEqual(new Unsent("one", storage).of("v", 2000), waiting);
  assert.equal(new Unsent("two", storage).of("v", 2000), undefined);
});

test("after a day it is no longer sent, and gone", () => {
  const storage = shelf();
  const unsent = new Unsent("one", storage);
  unsent.put("v", waiting);
  assert.equal(unsent.of("v", 1000 + DAY), undefined);
  assert.equal(storage.rows.size, 0);
});

test("what cannot be read is thrown away, a full store is no fault", () => {
  const storage = shelf();
  const unsent = new Unsent("one", storage);
  storage.rows.set(unsent.key("v"), "{");
  assert.equal(unsent.of("v", 0), undefined);
  assert.equal(storage.rows.size, 0);
  storage.setItem = () => {
    throw new Error("full");
  };
  unsent.put("v", waiting);
});

test("the answer to an earlier choice leaves a newer one waiting", () => {
  const storage = shelf();
  const unsent = new Unsent("one", storage);
  unsent.put("v", waiting);
  unsent.put("v", { ...waiting, id: "b" });
  unsent.drop("v", "a");
  assert.equal(unsent.of("v", 2000)?.id, "b");
  unsent.drop("v", "b");
  assert.equal(storage.rows.size, 0);
});

test("names begin with what signing out clears", () => {
  assert.match(new Unsent("one", shelf()).key("v"), /^nghisu:/);
});

test("names are found without their marks", () => {
  assert.equal(folded("  Đặng Thị Phượng "), "dang thi phuong");
  assert.equal(folded("Ngô Thị Ý Nhi"), "ngo thi y nhi");
});
