/** What stays on a device when somebody else signs in there, and when somebody signs out. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Unsent } from "../../../meetings/static/meetings/js/room/unsent.js";
import { forget, forgetOthers } from "../../../ui/static/ui/js/kept.js";

function shelf() {
  const rows = new Map([["theme", "dark"]]);
  return {
    rows,
    get length() {
      return rows.size;
    },
    key: (place) => [...rows.keys()][place] ?? null,
    getItem: (name) => rows.get(name) ?? null,
    setItem: (name, value) => rows.set(name, value),
    removeItem: (name) => rows.delete(name),
  };
}

const waiting = { id: "a", chosen: { choice: "yes" }, at: 1000 };

test("an unsent ballot waits for its voter and is gone once somebody else has signed in", () => {
  const storage = shelf();
  new Unsent("one", storage).put("v", waiting);
  forgetOthers("one", storage);
  assert.deepEqual(new Unsent("one", storage).of("v", 2000), waiting);
  forgetOthers("two", storage);
  assert.deepEqual([...storage.rows.keys()], ["theme"]);
});

test("signing out leaves nothing of the person", () => {
  const storage = shelf();
  new Unsent("one", storage).put("v", waiting);
  new Unsent("one", storage).put("w", waiting);
  forget(storage);
  assert.deepEqual([...storage.rows.keys()], ["theme"]);
});
