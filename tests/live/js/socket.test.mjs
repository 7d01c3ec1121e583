// How a page takes frames in, without a network: the parts of the socket that are arithmetic.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { apply } from "../../../live/static/live/js/apply.js";
import { backOff, RoomSocket, randomId } from "../../../live/static/live/js/socket.js";

const fixtures = JSON.parse(readFileSync(new URL("../fixtures/streams.json", import.meta.url), "utf8"));

for (const { name, place, state, frames, result, seq, comes_back: comesBack } of fixtures) {
  test(name, () => {
    let now = state;
    const room = new RoomSocket({
      url: "/ws/",
      places: { "": { ...place } },
      onEvent: (frame) => {
        if (frame.kind === "snapshot") now = frame.data;
        else if (frame.seq !== undefined) now = apply(now, frame.data);
      },
      onLamp: () => {},
    });
    const socket = { closed: false, sent: [], close: () => (socket.closed = true), send: (text) => socket.sent.push(text) };
    room.socket = socket;
    for (const frame of frames) room.hear(socket, frame);
    for (const timer of Object.values(room.timers)) clearTimeout(timer);
    assert.deepEqual(now, result);
    assert.equal(room.places[""].seq, seq);
    assert.equal(socket.closed, Boolean(comesBack));
  });
}

test("waiting doubles, is spread, and has an end", () => {
  assert.equal(backOff(0, 1), 500);
  assert.equal(backOff(3, 1), 4000);
  assert.equal(backOff(40, 1), 15000);
  assert.equal(backOff(3, 0), 800);
});

test("ids are UUIDs of version 4 and differ", () => {
  const ids = new Set(Array.from({ length: 1000 }, randomId));
  assert.equal(ids.size, 1000);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
