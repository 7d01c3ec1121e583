// The browser's merge patch on the fixtures it shares with Python.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { apply } from "../../../live/static/live/js/apply.js";

const fixtures = JSON.parse(readFileSync(new URL("../fixtures/merge_patch.json", import.meta.url), "utf8"));

for (const { name, state, patch, result } of fixtures) {
  test(name, () => {
    const before = JSON.stringify([state, patch]);
    assert.equal(JSON.stringify(sorted(apply(state, patch))), JSON.stringify(sorted(result)));
    assert.equal(JSON.stringify([state, patch]), before, "nothing given may change");
  });
}

test("what a patch does not touch stays the same object", () => {
  const state = { kept: { deep: [1] }, changed: { a: 1 } };
  const after = apply(state, { changed: { a: 2 } });
  assert.equal(after.kept, state.kept);
});

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, item]) => [name, sorted(item)]);
}
