/** The store: three people, three lines, one server; whatever the order things arrive in, all end with the same. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { applied, isShown, plain } from "annotations/merging";
import { NoteStore } from "annotations/store";

const STYLE = { colour: "#1c4f8a", width: 2, opacity: 1 };
const CIRCLE = { circle: "all" };

/** Numbers that look like chance and are the same every time. */
function chances(seed) {
  let state = seed;
  return (below) => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A server with one stream for each person and one for all, and what every line still has to bring. */
class Server {
  constructor(clients) {
    this.notes = new Map();
    this.done = new Set();
    this.seq = 0;
    this.clients = clients;
  }

  visible(stream, note) {
    const wire = note && plain(note);
    if (!wire) return undefined;
    if (stream === wire.owner) return wire;
    return stream === "all" && wire.to?.circle === "all" && isShown(wire) ? wire : undefined;
  }

  take(operation, author) {
    if (!this.done.has(operation.id)) {
      this.done.add(operation.id);
      this.seq += 1;
      const at = new Date(1e12 + this.seq * 1000).toISOString();
      this.notes.set(operation.note, applied(this.notes.get(operation.note), operation, { ...author, at }));
      for (const client of this.clients)
        for (const stream of [client.store.author.owner, "all"])
          client.inbox.push({ stream, note: operation.note, value: this.visible(stream, this.notes.get(operation.note)) });
    }
    return { id: operation.id, ok: true };
  }

  snapshot(stream) {
    const notes = [...this.notes].flatMap(([id, note]) => (this.visible(stream, note) ? [[id, this.visible(stream, note)]] : []));
    return { notes: Object.fromEntries(notes) };
  }
}

class Client {
  constructor(name) {
    let made = 0;
    const newId = () => `${name}-${String((made += 1)).padStart(5, "0")}`;
    this.store = new NoteStore({ owner: name, name }, { newId, now: () => "2026-01-01T00:00:00Z" });
    this.newId = newId;
    this.outbox = [];
    this.inbox = [];
    this.answers = [];
    this.store.onOperation = (operation) => this.outbox.push(operation);
  }

  deliver() {
    const event = this.inbox.shift();
    if (!event) return;
    const before = this.store.streams.get(event.stream)?.[event.note];
    this.store.patch(event.stream, { notes: { [event.note]: before && event.value ? whole(before, event.value) : (event.value ?? null) } });
  }
}

/** A merge patch that leaves nothing of what was there. */
function whole(before, after) {
  const gone = Object.fromEntries(Object.keys(before).filter((name) => !(name in after)).map((name) => [name, null]));
  const replies = Object.fromEntries(Object.keys(before.replies).filter((id) => !(id in after.replies)).map((id) => [id, null]));
  const to = before.to && after.to ? { to: { ...Object.fromEntries(Object.keys(before.to).map((name) => [name, null])), ...after.to } } : {};
  return { ...after, ...gone, ...to, replies: { ...after.replies, ...replies } };
}

function something(client, chance) {
  const { store } = client;
  const seen = [...store.shown()];
  const mine = seen.filter(([id]) => store.isMine(id));
  const [id] = mine[chance(mine.length || 1)] ?? [];
  const [any] = seen[chance(seen.length || 1)] ?? [];
  const put = { do: "put", note: client.newId(), version: "v", page: 1, kind: "ink", shape: { points: [1, 2, 0.5] }, style: STYLE, body: "" };
  const acts = [
    () => store.act({ ...put, to: chance(2) ? CIRCLE : null }),
    () => store.undo(),
    () => store.redo(),
    () => id && store.act({ do: "erase", note: id }),
    () => id && store.act({ do: "say", note: id, body: `words ${chance(9)}` }),
    () => id && store.act({ do: "restyle", note: id, style: { ...STYLE, width: chance(5) } }),
    () => id && store.act({ do: "share", note: id, to: chance(2) ? CIRCLE : null }),
    () => any && store.act({ do: "reply", note: any, reply: client.newId(), body: "so?" }),
  ];
  acts[chance(acts.length)]();
}

function step(server, client, chance) {
  const what = chance(5);
  if (what < 2) return something(client, chance);
  if (what === 2) return client.deliver();
  const { store } = client;
  if (what === 3 && client.outbox.length > 0) {
    const count = 1 + chance(client.outbox.length);
    client.answers.push(client.outbox.slice(0, count).map((operation) => server.take(operation, store.author)));
    if (chance(3)) client.outbox.splice(0, count); // otherwise the answer is lost, and all of it said again
  } else if (client.answers.length > 0) store.settle(client.answers.shift());
  return undefined;
}

function drain(server, client) {
  for (const operation of client.outbox.splice(0)) client.store.settle([server.take(operation, client.store.author)]);
  for (const answers of client.answers.splice(0)) client.store.settle(answers);
}

const told = (notes) => notes.map(([id, { at: _at, changed_at: _changed, ...note }]) => [id, JSON.stringify(sorted(note))]).sort();

function sorted(value) {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  const drop = new Set(["at", "changed_at", "quote", "erased"]);
  return Object.fromEntries(Object.keys(value).sort().filter((name) => !drop.has(name) && value[name] !== null).map((name) => [name, sorted(value[name])]));
}

for (let seed = 1; seed <= 120; seed += 1) {
  test(`any interleaving ends the same (${seed})`, () => {
    const chance = chances(seed * 7919);
    const clients = ["an", "binh", "chi"].map((name) => new Client(name));
    const server = new Server(clients);
    for (let turn = 0; turn < 160; turn += 1) step(server, clients[chance(3)], chance);
    for (const client of clients) drain(server, client);
    for (const client of clients) while (client.inbox.length > 0) client.deliver();
    for (const client of clients) {
      const fresh = new NoteStore(client.store.author, { newId: () => "" });
      for (const stream of [client.store.author.owner, "all"]) fresh.replace(stream, server.snapshot(stream));
      assert.deepEqual(told(client.store.shown()), told(fresh.shown()));
      assert.equal(client.store.waiting.size, 0);
      // only a reply to what one may no longer see has not come back
      for (const { operation } of client.store.answered.values())
        assert.ok(operation.do === "reply" && client.store.said(operation.note) === undefined);
    }
  });
}

function lonely() {
  let made = 0;
  const store = new NoteStore({ owner: "an", name: "An" }, { newId: () => `op-${(made += 1)}` });
  const put = (id) => store.act({ do: "put", note: id, version: "v", page: 1, kind: "ink", shape: { points: [1, 2, 0.5] }, style: STYLE, body: "" });
  return { store, put, ids: () => store.shown().map(([id]) => id) };
}

test("undo and redo go back and forth, act by act", () => {
  const { store, put, ids } = lonely();
  put("a");
  put("b");
  store.act({ do: "erase", note: "a" }, { do: "erase", note: "b" });
  assert.deepEqual(ids(), []);
  store.undo();
  assert.deepEqual(ids().sort(), ["a", "b"]);
  store.undo();
  assert.deepEqual(ids(), ["a"]);
  store.redo();
  store.redo();
  assert.deepEqual(ids(), []);
  assert.equal(store.history.canRedo, false);
  store.undo();
  put("c");
  assert.equal(store.history.canRedo, false);
});

test("words, style and sharing come back as they were", () => {
  const { store, put } = lonely();
  put("a");
  store.act({ do: "say", note: "a", body: "một" });
  store.act({ do: "say", note: "a", body: "hai" });
  store.act({ do: "share", note: "a", to: CIRCLE });
  store.undo();
  assert.equal(store.note("a").to ?? null, null);
  store.undo();
  assert.equal(store.note("a").body, "một");
  store.undo();
  assert.equal(store.note("a").body, "");
});

test("what is refused is taken out, and cannot be undone", () => {
  const { store, put, ids } = lonely();
  const [operation] = put("a");
  put("b");
  store.settle([{ id: operation.id, code: "no", text: "No." }]);
  assert.deepEqual(ids(), ["b"]);
  store.undo();
  assert.equal(store.undo().length, 0);
});

test("an answered stroke stays until its event comes, and an old snapshot does not take it", () => {
  const { store, put, ids } = lonely();
  const [operation] = put("a");
  store.settle([{ id: operation.id, ok: true }]);
  store.replace("notes:d", { notes: {} });
  assert.deepEqual(ids(), ["a"]);
  store.replace("notes:d", { notes: { a: { ...store.note("a") } } });
  assert.equal(store.answered.size, 0);
  assert.deepEqual(ids(), ["a"]);
});

test("a new device goes on counting after what it has seen", () => {
  const { store, put } = lonely();
  store.replace("notes:d", { notes: { z: { kind: "ink", stamps: { put: [40, "x"] }, replies: {}, at: "1", owner: "an" } } });
  assert.equal(put("a")[0].stamp, 41);
});
