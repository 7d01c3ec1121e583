/** The room's clock and queue against the cases that meetings/floor.py and meetings/queue.py are proved with. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { lanes, queuesOf } from "../../../meetings/static/meetings/js/room/speaking/queue.js";
import { clock, shown, stand, standOf, usedMs } from "../../../meetings/static/meetings/js/room/speaking/timer.js";
import "../../live/js/names.mjs";

const { floorHolder } = await import("../../../meetings/static/meetings/js/room/speaking/state.js");
const cases = (name) => JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), "utf8"));

for (const [number, { limit, used, since, now, is, clock: words }] of cases("floor").entries())
  test(`clock ${number}`, () => {
    const found = stand(limit, usedMs(used, since, now));
    assert.deepEqual(found, is);
    assert.equal(clock(is.tone === "free" ? is.used : is.left || is.over), words);
  });

for (const { name, order, held, lines, queue } of cases("queue"))
  test(`queue: ${name}`, () => {
    const read = lines.map(([key, person, lane, position, at]) => ({ key, person, lane, position, at }));
    assert.deepEqual(lanes(read, held, order), queue);
  });

test("who speaks has the floor, though somebody else was paused before", () => {
  const held = (state, person) => ({ state, person, turns: [{ person }] });
  const store = (speeches) => ({ room: { speeches } });
  assert.equal(floorHolder(store({ one: held("paused", "an"), two: held("speaking", "binh") })), "binh");
  assert.equal(floorHolder(store({ one: held("done", "an"), two: held("paused", "binh") })), "binh");
  assert.equal(floorHolder(store({})), undefined);
});

test("a turn's own clock and what the large timer shows", () => {
  const turn = { person: "an", phase: "speak", limit: 60, used: 1000, since: "2026-11-21T02:00:00.000Z" };
  const at = Date.parse(turn.since);
  assert.equal(shown(standOf(turn, at)), "0:59");
  assert.equal(shown(standOf(turn, at + 29_000)), "0:30");
  assert.equal(shown(standOf(turn, at + 59_000)), "0:00");
  assert.equal(shown(standOf(turn, at + 64_000)), "+0:05");
  assert.equal(shown(standOf({ ...turn, limit: 0 }, at + 64_000)), "1:05");
});

test("the queues of an item, from a room's state", () => {
  const speech = (person, state, at, turns = [], item = "i1") => ({
    item, person, lane: "speech", position: 1, state, at, turns,
  });
  const turn = (phase) => ({ person: "an", phase, limit: 0, used: 0 });
  const speeches = {
    a: speech("an", "done", "1", [turn("speak")]),
    b: speech("an", "waiting", "2"),
    c: speech("lan", "waiting", "3"),
    d: speech("minh", "waiting", "0", [], "i2"),
    e: speech("lan", "done", "0", [turn("answer")]),
  };
  assert.deepEqual(queuesOf(speeches, "i1", "fair"), { speech: ["c", "b"] });
  assert.deepEqual(queuesOf(speeches, "i1", "manual"), { speech: ["b", "c"] });
});
