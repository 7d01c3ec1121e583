/** Sending: in order, one batch at a time, over the line or by a request; what is refused holds up nothing. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { isOf, NotesLine } from "annotations/line";
import { Queue } from "annotations/queue";
import { batch, Later, Sender } from "annotations/sender";
import { Refusal } from "live/socket";

const operations = (count) => Array.from({ length: count }, (_, id) => ({ id: `o${id}`, stamp: id, do: "say", note: "n", body: "x" }));
const agreed = (list) => list.map(({ id }) => ({ id, ok: true }));

function made(count, send, more = {}) {
  const state = { waiting: operations(count), answers: [], states: [] };
  const settle = (answers) => {
    const done = new Set(answers.map(({ id }) => id));
    state.waiting = state.waiting.filter(({ id }) => !done.has(id));
    state.answers.push(...answers);
  };
  const onState = (name) => state.states.push(name);
  return { state, sender: new Sender({ waiting: () => state.waiting, settle, post: send, onState, ...more }) };
}

test("a thousand go in order, in batches, and only one is on its way", async () => {
  let underway = 0;
  const sizes = [];
  const { state, sender } = made(1000, async (list) => {
    underway += 1;
    assert.equal(underway, 1);
    await new Promise((resolve) => setTimeout(resolve, 1));
    underway -= 1;
    sizes.push(list.length);
    return agreed(list);
  });
  await Promise.all([sender.work(), sender.work()]);
  assert.deepEqual(sizes, [500, 500]);
  assert.deepEqual(state.answers.map(({ id }) => id), operations(1000).map(({ id }) => id));
  assert.equal(state.states.at(-1), "saved");
});

test("the one at fault is found in a batch, the others are done", async () => {
  const { state, sender } = made(40, async (list) => {
    if (list.some(({ id }) => id === "o17")) throw new Refusal("bad_operation", "Not so.");
    return agreed(list);
  });
  await sender.work();
  assert.deepEqual(state.answers.filter(({ ok }) => !ok), [{ id: "o17", code: "bad_operation", text: "Not so." }]);
  assert.equal(state.answers.length, 40);
});

test("what cannot be said now is said again", async () => {
  let tries = 0;
  const { state, sender } = made(3, async (list) => {
    tries += 1;
    if (tries === 1) throw new Later("offline");
    return agreed(list);
  });
  await sender.work();
  assert.equal(state.waiting.length, 3);
  assert.equal(state.states.at(-1), "waiting");
  sender.hurry();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(state.waiting.length, 0);
  sender.stop();
});

test("the line is taken where it stands; what does not fit into its frame goes by a request", async () => {
  const [line, post] = [[], []];
  const take = (list) => async (some) => {
    list.push(...some.map(({ id }) => id));
    return agreed(some);
  };
  const { state, sender } = made(2, take(post), { line: { ready: () => true, annotate: take(line) } });
  state.waiting[1].shape = { points: Array.from({ length: 20_000 }, () => 123.45) };
  await sender.work();
  assert.deepEqual([line, post], [["o0"], ["o1"]]);
});

test("much that waits goes by few requests, though the line stands", async () => {
  const calls = [];
  const take = (name) => async (some) => {
    calls.push(`${name} ${some.length}`);
    return agreed(some);
  };
  const { sender } = made(530, take("post"), { line: { ready: () => true, annotate: take("line") } });
  await sender.work();
  assert.deepEqual(calls, ["post 500", "line 30"]);
});

test("a batch holds what fits, and at least one", () => {
  assert.equal(batch(operations(600), 1e9).length, 500);
  assert.equal(batch(operations(9), 1).length, 1);
});

test("without a database memory keeps the queue, in order", async () => {
  const queue = new Queue("u", () => Promise.reject(new Error("private")));
  for (const operation of operations(3)) await queue.add("d", operation, "now");
  await queue.add("e", operations(1)[0], "now");
  await queue.settle([{ id: "o1", ok: true }, { id: "o2", code: "no", text: "No." }]);
  assert.deepEqual((await queue.waiting("d")).map(({ id }) => id), ["o0"]);
  assert.deepEqual((await queue.refused("d")).map(({ id }) => id), ["o2"]);
  const sent = [];
  await queue.flush(async (document, list) => (sent.push([document, list.length]), agreed(list)), { but: "d" });
  assert.deepEqual(sent, [["e", 1]]);
  await queue.clear();
  assert.deepEqual(await queue.waiting(), []);
});

test("documents are read again after every hello, from where the page stands", async () => {
  const said = [];
  const socket = { greetedNow: true, places: {}, send: async (verb, data) => said.push([verb, data]), pass: () => {} };
  const line = new NotesLine(socket);
  const heard = [];
  const reader = { heard: (stream) => heard.push(stream), gone: (stream) => heard.push(`gone ${stream}`), drawing: () => {}, followed: () => {} };
  line.read("d", reader, { "notes:d": { seq: 4, epoch: "x" } });
  socket.places["notes:d"].seq = 5;
  socket.places["notes:d:meeting:m"] = { seq: -1, epoch: "" };
  line.greeted();
  assert.deepEqual(said.map(([verb, { places }]) => [verb, places["notes:d"]?.seq]), [["read", 5], ["read", 5]]);
  assert.ok(line.hear({ seq: 6, data: {} }, "notes:d:meeting:m"));
  assert.ok(line.hear({ gone: true }, "notes:d:meeting:m"));
  assert.ok(!line.hear({ seq: 6 }, "me"));
  assert.deepEqual(heard, ["notes:d:meeting:m", "gone notes:d:meeting:m"]);
  socket.send = async () => Promise.reject(new Refusal("unseen", ""));
  let left;
  reader.followed = (streams) => {
    left = streams;
  };
  await line.ask("d");
  assert.deepEqual(left, [], "what one may no longer see goes");
  socket.send = async () => {};
  line.leave("d");
  assert.deepEqual(socket.places, {});
  assert.ok(!isOf("d", "notes:dd"));
});
