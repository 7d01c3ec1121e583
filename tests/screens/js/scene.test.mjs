/** What a screen shows: every state of a room has its scene. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { doorSize, RESULT_STAYS, sceneOf, speaking, steps } from "../../../screens/static/screens/js/scene.js";

const NOW = Date.parse("2026-11-22T03:00:00Z");
const ago = (ms) => new Date(NOW - ms).toISOString();

function room(changes = {}, meeting = {}) {
  return {
    meeting: { state: "open", opened_at: ago(3_600_000), current_item: "a", quorum: {}, ...meeting },
    items: {
      a: { position: 1, label: "1", depth: 0, title: "Thông qua đề án" },
      b: { position: 2, label: "1.1", depth: 1, title: "Tờ trình" },
      c: { position: 3, label: "2", depth: 0, title: "Nghỉ giải lao 15 phút" },
    },
    people: {},
    votes: {},
    papers: {},
    ...changes,
  };
}

const kind = (made, at = NOW) => sceneOf(made, at).kind;

test("before, after, called off", () => {
  assert.equal(kind(room({}, { state: "published" })), "before");
  assert.equal(kind(room({}, { state: "closed" })), "over");
  assert.equal(kind(room({}, { state: "cancelled" })), "cancelled");
});

test("an item, a break, nothing on the table", () => {
  assert.equal(kind(room()), "item");
  assert.equal(kind(room({}, { current_item: "c" })), "break");
  assert.equal(kind(room({}, { current_item: undefined })), "item");
});

test("an open vote comes before a led page, a speaker and an older result", () => {
  const votes = {
    old: { item: "a", state: "declared", declared_at: ago(1000), result: {} },
    now: { item: "a", state: "open" },
  };
  const speeches = { s: { state: "speaking", item: "a", turns: [] } };
  const led = { presenter: "p", led: { document: "d", version: 1 } };
  assert.deepEqual(sceneOf(room({ votes, speeches }, led), NOW), { kind: "vote", id: "now" });
});

test("a result stays for a minute, then the room goes on", () => {
  const votes = { v: { item: "a", state: "declared", declared_at: ago(RESULT_STAYS - 1), result: { carried: true } } };
  assert.equal(kind(room({ votes })), "result");
  assert.equal(kind(room({ votes }), NOW + 2), "item");
  const annulled = { v: { ...votes.v, annulled: { reason: "Nhầm" } } };
  assert.equal(kind(room({ votes: annulled })), "item");
});

test("a result gives way to what comes next", () => {
  const votes = { v: { item: "a", state: "declared", declared_at: ago(5000), result: { carried: true } } };
  const speech = (called_at) => ({ s: { item: "a", person: "p", state: "speaking", called_at, turns: [] } });
  assert.equal(kind(room({ votes, speeches: speech(ago(9000)) })), "result");
  assert.equal(kind(room({ votes, speeches: speech(ago(1000)) })), "speech");
  assert.equal(kind(room({ votes }, { current_item: "b", item_since: ago(1000) })), "item");
});

test("a counted vote shows no result before it is declared", () => {
  const votes = { v: { item: "a", state: "closed", closed_at: ago(1000) } };
  assert.equal(kind(room({ votes })), "counted");
  assert.equal(kind(room({ votes }, { current_item: "b" })), "item");
});

test("who leads is shown once a paper is open; otherwise who speaks", () => {
  const speeches = { s: { state: "paused", item: "a", turns: [] }, w: { state: "waiting", item: "a", turns: [] } };
  assert.equal(kind(room({ speeches }, { presenter: "p" })), "speech");
  assert.equal(kind(room({ speeches }, { presenter: "p", led: { document: "d", version: 1 } })), "led");
  assert.equal(speaking(room({ speeches }))[0], "s");
  assert.equal(speaking(room({ speeches: { w: speeches.w } })), undefined);
});

test("the agenda is counted as in the room", () => {
  assert.deepEqual(steps(room()), { count: 3, current: 1, next: room().items.b });
  assert.equal(steps(room({}, { current_item: undefined })).current, 0);
});

test("the door's code is large while people come", () => {
  const size = (made, scene) => doorSize(made, { kind: scene }, NOW);
  assert.equal(size(room({}, { state: "published" }), "before"), "large");
  assert.equal(size(room({}, { opened_at: ago(60_000) }), "item"), "large");
  assert.equal(size(room(), "item"), "small");
  assert.equal(size(room(), "vote"), "none");
  assert.equal(size(room(), "over"), "none");
});
