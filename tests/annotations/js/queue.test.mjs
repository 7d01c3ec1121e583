/** The queue and what is kept, on a database in memory that shares connections, closes them and comes late. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Queue } from "annotations/queue";

const KEYS = { operations: "place", streams: "label", answered: "id" };

/** What of IndexedDB the queue uses; the order of transactions is that of their requests. */
class Disk {
  constructor() {
    this.tables = Object.fromEntries(Object.keys(KEYS).map((name) => [name, new Map()]));
    this.places = 0;
  }

  connection() {
    const disk = this;
    const open = { closed: false };
    const check = () => {
      if (open.closed) throw Object.assign(new Error("closed"), { name: "InvalidStateError" });
    };
    const rows = (name) => [...disk.tables[name].values()];
    const table = (name) => ({
      get: async (key) => disk.tables[name].get(key),
      getAll: async () => rows(name),
      put: async (row) => void disk.tables[name].set(row[KEYS[name]], row),
      add: async (row) => {
        disk.places += 1;
        disk.tables[name].set(disk.places, { ...row, place: disk.places });
      },
      delete: async (key) => void disk.tables[name].delete(key),
      clear: async () => disk.tables[name].clear(),
      index: (field) => ({
        get: async (value) => rows(name).find((row) => row[field] === value),
        getKey: async (value) => rows(name).find((row) => row[field] === value)?.[KEYS[name]],
        getAll: async (value) => rows(name).filter((row) => row[field] === value),
      }),
    });
    return {
      close: () => {
        open.closed = true;
      },
      transaction: (names) => {
        check();
        return { objectStore: table, store: table([names].flat()[0]), done: Promise.resolve() };
      },
      getAll: async (name) => (check(), rows(name)),
      getAllFromIndex: async (name, field, value) => (check(), rows(name).filter((row) => row[field] === value)),
    };
  }
}

const operation = (id) => ({ id, stamp: 1, do: "say", note: "n", body: id });
const ids = (rows) => rows.map(({ id }) => id);
const stream = (seq, more = {}) => ({ label: "notes:d", document: "d", seq, epoch: "e", notes: {}, ...more });
const none = () => false;

test("a connection closed behind the page's back is opened again, and nothing is left in memory", async () => {
  const disk = new Disk();
  const opened = [];
  const queue = new Queue("u", async () => {
    opened.push(disk.connection());
    return opened.at(-1);
  });
  await queue.add("d", operation("a"), "1");
  opened[0].close();
  await Promise.all([queue.add("d", operation("b"), "2"), queue.add("d", operation("c"), "3")]);
  assert.deepEqual(ids([...disk.tables.operations.values()]), ["a", "b", "c"]);
  assert.deepEqual(queue.rows, []);
  assert.equal(opened.length, 2, "once for both");
  opened[1].close();
  assert.deepEqual(ids(await queue.waiting("d")), ["a", "b", "c"]);
});

test("a database that comes late holds up nothing, and then takes in what memory had", async () => {
  const disk = new Disk();
  let come;
  const queue = new Queue("u", () => new Promise((done) => (come = () => done(disk.connection()))), 5);
  await queue.add("d", operation("a"), "1");
  await queue.add("d", operation("b"), "2");
  assert.deepEqual(ids(await queue.waiting("d")), ["a", "b"]);
  await queue.settle([{ id: "a", ok: true }]);
  come();
  await new Promise((done) => setTimeout(done, 5));
  assert.deepEqual(queue.rows, []);
  assert.deepEqual(ids([...disk.tables.operations.values()]), ["b"]);
});

test("whoever was wiped from the device writes nothing there again", async () => {
  const disk = new Disk();
  const opened = [];
  let wiped;
  const queue = new Queue("u", async (_user, told) => {
    wiped = told;
    opened.push(disk.connection());
    return opened.at(-1);
  });
  await queue.waiting();
  wiped();
  opened[0].close();
  await queue.add("d", operation("a"), "1");
  await queue.keep("d", [stream(4)], [], none);
  assert.equal(opened.length, 1);
  assert.equal(disk.tables.operations.size + disk.tables.streams.size, 0);
});

test("of two pages the one that heard more is kept, and the other takes no answered note away", async () => {
  const disk = new Disk();
  const queue = new Queue("u", async () => disk.connection());
  const kept = () => disk.tables.streams.get("notes:d");
  await queue.add("d", operation("a"), "1");
  await queue.settle([{ id: "a", ok: true }]);
  await queue.keep("d", [stream(9, { said: "10:30" })], [], none);
  await queue.keep("d", [stream(5, { said: "10:40" })], [], () => true);
  assert.equal(kept().seq, 9);
  await queue.keep("d", [stream(5, { epoch: "older", said: "10:10" })], [], () => true);
  assert.equal(kept().seq, 9);
  assert.equal(disk.tables.answered.size, 1);
  await queue.keep("d", [stream(2, { epoch: "newer", said: "10:50" })], [], () => true);
  assert.equal(kept().epoch, "newer");
  assert.equal(disk.tables.answered.size, 0);
  await queue.keep("d", [], [], none);
  assert.ok(kept(), "what is not spoken of stays");
  await queue.keep("d", [], ["notes:d"], none);
  assert.equal(kept(), undefined);
});

test("what was answered is dropped a week after the answer, of every document", async () => {
  const disk = new Disk();
  const queue = new Queue("u", async () => disk.connection());
  const long = new Date(Date.now() - 8 * 86_400_000).toISOString();
  await queue.add("d", operation("drawn long ago"), long);
  await queue.settle([{ id: "drawn long ago", ok: true }]);
  const row = { document: "e", operation: operation("x") };
  disk.tables.answered.set("old", { ...row, id: "old", at: long, answeredAt: long });
  disk.tables.answered.set("before", { ...row, id: "before", at: long }); // written before answers had a time
  await queue.flush(async () => []);
  assert.deepEqual([...disk.tables.answered.keys()], ["drawn long ago"]);
});
