/** How the notes of a paper begin and end: nothing drawn early is lost, and what is kept knows where it stands. */

import assert from "node:assert/strict";
import { test } from "node:test";

const page = { getElementById: () => null, querySelector: () => null, addEventListener: () => {}, documentElement: { lang: "vi" } };
globalThis.document ??= page;
const { Notes } = await import("annotations/notes");
const { NotesLine } = await import("annotations/line");
const { NoteStore } = await import("annotations/store");

const nothing = () => {};
const put = (note) => ({ do: "put", note, kind: "ink", version: "v", page: 1, shape: {}, style: {}, body: "", to: null });

test("what is drawn before everything was restored is put into the queue, and sent after it", async () => {
  let restored;
  let sent = 0;
  const added = [];
  const store = new NoteStore({ owner: "an", name: "An" }, { newId: () => "x" });
  const keeping = { add: (operation) => added.push(operation.note), circles: [], restored: false };
  keeping.restore = () => new Promise((done) => (restored = done));
  const notes = Object.assign(Object.create(Notes.prototype), {
    viewer: { slots: { side: { append: nothing } }, layers: { add: nothing } },
    options: { document: "d", version: "v", queue: { refused: async () => [] } },
    ...{ store, keeping, layer: {}, panel: {}, tools: { watch: nothing }, ending: new AbortController() },
    ...{ sender: { work: () => (sent += 1) }, changed: nothing, listen: nothing, turned: nothing, saving: nothing, setCircles: nothing },
  });
  const started = notes.start();
  store.act(put("early"));
  assert.deepEqual([added, sent], [["early"], 0]);
  keeping.restored = true;
  restored({});
  await started;
  store.act(put("later"));
  assert.deepEqual([added, sent], [["early", "later"], 2]);
});

test("a paper that is left keeps its stroke and its places before the line forgets them", () => {
  const told = [];
  const tell = (name) => () => void told.push(name);
  const part = { destroy: nothing, element: { remove: nothing } };
  const notes = Object.assign(Object.create(Notes.prototype), {
    ...{ thread: part, toolbar: part, drawing: part, layer: part, panel: part, unprint: nothing, scheduled: 0 },
    options: { document: "d", line: { leave: tell("line") } },
    ...{ ending: new AbortController(), hand: { finish: tell("stroke") }, keeping: { stop: tell("kept") }, sender: { stop: nothing } },
  });
  globalThis.cancelAnimationFrame ??= nothing;
  notes.destroy();
  assert.deepEqual(told, ["stroke", "kept", "line"]);
});

test("what had been answered when a document was asked for is told with the answer", async () => {
  let answer;
  const socket = { greetedNow: true, places: {}, send: () => new Promise((done) => (answer = done)) };
  const line = new NotesLine(socket);
  const answered = ["a"];
  const told = [];
  line.read("d", { asking: () => [...answered], followed: (...what) => told.push(what) });
  answered.push("b");
  answer({ data: { streams: ["notes:d"], circles: [] } });
  await new Promise((done) => setTimeout(done));
  assert.deepEqual(told, [[["notes:d"], [], ["a"]]]);
});
