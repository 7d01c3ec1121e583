/** What is kept of a paper when it is left, and what is there again when it is opened: with a line and without. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Keeping } from "annotations/keeping";
import { NoteStore } from "annotations/store";

globalThis.document = Object.assign(new EventTarget(), { visibilityState: "visible" });
globalThis.window = globalThis;

/** A device that remembers what it was told to keep. */
class Device {
  constructor(streams = [], answered = []) {
    Object.assign(this, { rows: streams, said: answered, writes: 0 });
  }

  streams = async () => this.rows;
  answered = async () => this.said;
  waiting = async () => [];

  async keep(_document, kept, gone, isSaid) {
    this.writes += 1;
    const labels = new Set([...kept.map(({ label }) => label), ...gone]);
    this.rows = [...this.rows.filter(({ label }) => !labels.has(label)), ...kept];
    this.said = this.said.filter((row) => !isSaid(row));
  }
}

const OWN = "notes:d";
const note = (at, more = {}) => ({ kind: "ink", owner: "an", at, stamps: { put: [1, at] }, replies: {}, ...more });
const pack = (...times) => ({ notes: Object.fromEntries(times.map((at) => [`pack ${at}`, note(at)])) });
const put = (id) => ({ id, stamp: 1, do: "put", note: `note ${id}`, kind: "ink", version: "v", page: 1, style: {}, to: null });

function opened(device, places = () => ({})) {
  const store = new NoteStore({ owner: "an", name: "An" }, { newId: () => "x" });
  const keeping = new Keeping({ store, queue: device, document: "d", places });
  const ids = () => store.shown().map(([id]) => id);
  return { store, keeping, ids };
}

test("what is one's own is there again without a line, though a pack is older", async () => {
  const device = new Device();
  const places = {};
  const online = opened(device, () => places);
  assert.deepEqual(await online.keeping.restore(), {});
  places[OWN] = { seq: 7, epoch: "e" };
  online.store.replace(OWN, { notes: { mine: note("2026-02") } });
  await online.keeping.stop();
  for (let again = 0; again < 2; again += 1) {
    const offline = opened(device);
    assert.deepEqual(await offline.keeping.restore(pack("2026-01")), { [OWN]: { seq: 7, epoch: "e" } });
    assert.deepEqual(offline.ids(), ["mine"]);
    await offline.keeping.stop();
  }
  assert.equal(device.rows[0].seq, 7);
});

test("a pack is shown where it tells of something later, and is not taken for what a stream said", async () => {
  const row = { label: OWN, document: "d", seq: 7, epoch: "e", notes: { mine: note("2026-02") } };
  const device = new Device([row]);
  const offline = opened(device);
  assert.deepEqual(await offline.keeping.restore(pack("2026-03")), {});
  assert.deepEqual(offline.ids(), ["pack 2026-03"]);
  await offline.keeping.stop();
  assert.deepEqual(device.rows, [row]);
  const answered = { ...row, notes: { mine: note("2026-02", { replies: { r: { at: "2026-04", owner: "b" } } }) } };
  assert.deepEqual(Object.keys(await opened(new Device([answered])).keeping.restore(pack("2026-03"))), [OWN]);
});

test("a pack laid over what was kept is not kept as if it stood there", async () => {
  const row = { label: OWN, document: "d", seq: 7, epoch: "e", notes: { mine: note("2026-02") } };
  const device = new Device([row]);
  const { store, keeping } = opened(device);
  await keeping.restore();
  store.replace(OWN, pack("2026-05"));
  await keeping.stop();
  assert.deepEqual(device.rows, [row]);
});

test("a paper left before it was restored keeps what was kept", async () => {
  const device = new Device([{ label: OWN, document: "d", seq: 7, epoch: "e", notes: {} }]);
  const { keeping } = opened(device);
  const restoring = keeping.restore();
  await keeping.stop();
  await restoring;
  assert.equal(device.writes, 0);
  assert.equal(device.rows.length, 1);
});

test("what was answered before the line was asked does not come back after it was erased elsewhere", async () => {
  const device = new Device([], [{ id: "a", operation: put("a"), at: "1" }]);
  const { store, keeping, ids } = opened(device, () => ({ [OWN]: { seq: 9, epoch: "e" } }));
  await keeping.restore();
  const asked = [...store.answered.keys()];
  store.take(put("b"), "2");
  store.settle([{ id: "b", ok: true }]); // answered after the question: its event may still come
  assert.deepEqual(ids(), ["note a", "note b"]);
  store.replace(OWN, { notes: {} });
  keeping.heard(OWN);
  keeping.past(asked);
  assert.deepEqual(ids(), ["note b"]);
  await keeping.stop();
  assert.deepEqual(device.said, []);
  store.forget(OWN);
  keeping.gone(OWN);
  assert.deepEqual(ids(), []);
  clearTimeout(keeping.timer);
});

test("streams that may not be seen any more are taken away, and no others", async () => {
  const circle = { label: `${OWN}:all`, document: "d", seq: 3, epoch: "e", notes: {} };
  const device = new Device([{ ...circle, label: OWN }, circle]);
  const { store, keeping } = opened(device);
  await keeping.restore();
  device.rows.push({ ...circle, label: `${OWN}:new` }); // another page was let into another circle
  store.forget(`${OWN}:all`);
  await keeping.stop();
  assert.deepEqual(device.rows.map(({ label }) => label).sort(), [OWN, `${OWN}:new`]);
});
