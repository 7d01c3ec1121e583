/** Merging in the browser gives what merging on the server gives: on the same fixtures, in every order. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { applied, plain } from "annotations/merging";

const FOLDER = new URL("../fixtures/", import.meta.url);
const names = readdirSync(FOLDER).filter((name) => name.startsWith("merging_"));

function permutations(list) {
  if (list.length < 2) return [list];
  return list.flatMap((one, place) =>
    permutations([...list.slice(0, place), ...list.slice(place + 1)]).map((rest) => [one, ...rest]),
  );
}

function together(steps) {
  const notes = {};
  for (const { operation, author } of steps) notes[operation.note] = applied(notes[operation.note], operation, author);
  return Object.fromEntries(Object.entries(notes).flatMap(([id, note]) => (plain(note) ? [[id, plain(note)]] : [])));
}

test("there are fixtures", () => assert.ok(names.length > 3));

for (const name of names) {
  const example = JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));
  test(example.says, () => {
    for (const steps of permutations(example.steps)) assert.deepEqual(together(steps), example.notes);
    assert.deepEqual(together([...example.steps, ...example.steps]), example.notes);
  });
}
