/** The room's people: what connections suggest, who a filter leaves, which mark everybody has, and how fast. */

import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

const ROOT = new URL("../../../meetings/static/meetings/js/", import.meta.url);
// The browser's import map, for Node: "meetings/room/x" is the module of that name.
const RESOLVE = `export const resolve = (name, context, next) =>
  next(name.startsWith("meetings/") ? "${ROOT}" + name.slice(9) + ".js" : name, context);`;
register(`data:text/javascript,${encodeURIComponent(RESOLVE)}`);

const { Connections, GONE_AFTER } = await import(`${ROOT}room/people/connection.js`);
const { chosen, counts, stateOf, unitsOf, whereOf } = await import(`${ROOT}room/people/choosing.js`);
const { MARKS, marksOf, SIGNS, shortName, sitters, tally } = await import(`${ROOT}room/seats/marks.js`);

const person = (name, more = {}) => ({ name, sort: name, title: "", role: "member", votes: true, seat: "", present: false, ...more });
const ALL = { text: "", state: "all", where: "", unit: "" };

test("who is connected and not checked in is suggested, who has been gone for minutes too", () => {
  const seen = new Connections();
  const people = [["a", person("A")], ["b", person("B", { present: true })], ["c", person("C", { present: true })]];
  seen.take({ a: true, b: true }, 0);
  assert.deepEqual(seen.suggest(people, 0), { come: ["a"], gone: [] });
  seen.take({ b: null, x: null }, 1000);
  assert.deepEqual(seen.suggest(people, 1000 + GONE_AFTER - 1).gone, []);
  assert.deepEqual(seen.suggest(people, 1000 + GONE_AFTER).gone, ["b"], "c never had a tablet");
  seen.take({ b: null }, 5000);
  assert.deepEqual(seen.suggest(people, 1000 + GONE_AFTER).gone, ["b"], "told twice is gone since the first time");
  seen.take({ b: true }, 2000 + GONE_AFTER);
  assert.deepEqual(seen.suggest(people, 9e9).gone, []);
});

test("people are found without marks, by state, site and unit", () => {
  const people = [
    ["a", person("Trần Thị Ánh", { present: true, attends: "site", site: "s1", unit: "Sở Y tế" })],
    ["b", person("Đặng Văn Bình", { left_at: "2026-01-01T00:00:00Z", attends: "online", unit: "Sở Tài chính" })],
    ["c", person("Lê Hà", { title: "Giám đốc", attends: "room", seat: "B12" })],
  ];
  const ids = (choice) => chosen(people, { ...ALL, ...choice }).map(([id]) => id);
  assert.deepEqual(ids({ text: "anh" }), ["a"]);
  assert.deepEqual(ids({ text: "  dang BINH" }), ["b"]);
  assert.deepEqual(ids({ text: "giam doc" }), ["c"]);
  assert.deepEqual(ids({ text: "b12" }), ["c"]);
  assert.deepEqual(ids({ state: "present" }), ["a"]);
  assert.deepEqual(ids({ state: "left" }), ["b"]);
  assert.deepEqual(ids({ state: "waiting" }), ["c"]);
  assert.deepEqual([ids({ where: "s1" }), ids({ where: "online" }), ids({ where: "room" })], [["a"], ["b"], ["c"]]);
  assert.deepEqual(ids({ unit: "Sở Y tế" }), ["a"]);
  assert.deepEqual(unitsOf(people), ["Sở Tài chính", "Sở Y tế"]);
  assert.deepEqual(counts(people), { all: 3, present: 1, waiting: 1, left: 1 });
  assert.deepEqual([stateOf(people[1][1]), whereOf(person("X"))], ["left", "room"]);
});

test("every mark has a sign of its own, and the more urgent one is shown", () => {
  assert.equal(new Set(Object.values(SIGNS)).size, MARKS.length);
  const people = {
    a: person("A", { present: true }), b: person("B", { present: true }), c: person("C", { present: true }),
    d: person("D", { present: true, votes: false }), e: person("E", { left_at: "x" }), f: person("F"),
    g: person("G", { removed: true }), h: person("H", { present: true, votes: false }), i: person("I", { present: true }),
  };
  const speeches = {
    1: { state: "paused", person: "z", turns: [{ person: "z" }, { person: "a" }] },
    2: { state: "waiting", person: "b", turns: [] }, 3: { state: "called", person: "d", turns: [] },
    4: { state: "waiting", person: "a", turns: [] }, 5: { state: "done", person: "f", turns: [] },
  };
  const quiet = marksOf({ people, votes: {}, speeches }, (id) => id === "c");
  assert.deepEqual(Object.fromEntries(quiet), {
    a: "speaking", b: "asking", c: "ready", d: "called", e: "left", f: "absent", h: "present", i: "present",
  });
  const voting = marksOf({ people, votes: { v: { state: "open", voted: { b: true } } }, speeches });
  assert.deepEqual([voting.get("a"), voting.get("b"), voting.get("c"), voting.get("d")], ["speaking", "voted", "unvoted", "called"]);
  const guests = marksOf({ people, votes: { v: { state: "open" } } });
  assert.equal(guests.get("b"), "present", "guests are not told who has voted");
  assert.equal(tally(quiet).get("present"), 2);
  assert.deepEqual(sitters({ people: { a: person("A", { seat: "A1" }), b: person("B", { seat: "A2", removed: true }) }, votes: {} }), new Map([["A1", "a"]]));
  assert.deepEqual(["Nguyễn Thị Minh Khai", "Trần Nghiêm Phương", "Lê"].map(shortName), ["Minh Khai", "Phương", "Lê"]);
});

test("1,000 people are marked and searched within a frame", () => {
  const people = Object.fromEntries(
    Array.from({ length: 1000 }, (_, n) => [`p${n}`, person(`Nguyễn Văn Thử ${n}`, { present: n % 3 > 0, seat: `A${n}` })]),
  );
  const entries = Object.entries(people);
  chosen(entries, { ...ALL, text: "x" });
  const start = performance.now();
  for (let turn = 0; turn < 10; turn += 1) {
    marksOf({ people, votes: {} });
    chosen(entries, { ...ALL, text: "thu 99" });
  }
  assert.ok((performance.now() - start) / 10 < 16);
});
