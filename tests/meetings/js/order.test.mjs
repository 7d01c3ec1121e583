/** The chair's next step, walked from roll call to the minutes. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { orderOfBusiness } from "../../../meetings/static/meetings/js/room/order/steps.js";
import { isOpen, wayBack } from "../../../meetings/static/meetings/js/room/order/undo.js";

const QUORUM = { met: true, present: 6, needed: 6, members: 8 };
const item = (position, rest = {}) => ({ position, label: String(position), depth: 0, title: `Mục ${position}`, minutes: 10, ...rest });
const person = (name, rest = {}) => ({ name, sort: name, role: "member", votes: true, seat: "", present: true, ...rest });

/** A room in which the chair stands at the first of two items. */
function room(changes = {}) {
  return {
    meeting: { state: "open", current_item: "a", quorum: QUORUM, ...changes.meeting },
    items: changes.items ?? { a: item(1), b: item(2) },
    people: changes.people ?? { p: person("An"), q: person("Bình") },
    votes: changes.votes ?? {},
    speeches: changes.speeches ?? {},
    conclusions: changes.conclusions ?? {},
    papers: {},
  };
}

const around = (changes = {}) => ({ here: {}, waiting: [], ...changes });
const next = (state, near = around()) => orderOfBusiness(state, near).next?.key;

test("before the opening the roll is called", () => {
  const quorum = { met: false, present: 3, needed: 6, members: 8 };
  const people = { p: person("An", { present: false }), q: person("Bình") };
  const found = orderOfBusiness(room({ meeting: { state: "published", quorum }, people }), around({ here: { p: true, q: true } }));
  assert.equal(found.next.verb, "open_meeting");
  assert.deepEqual(found.next.ask, ["openWithoutQuorum", "openAnyway"]);
  assert.deepEqual(found.lacks.map(({ key }) => key), ["lackQuorum", "lackCheckIn"]);
  assert.deepEqual(found.lacks[1].step.data, { people: ["p"] });
});

test("long before, nobody is missed yet and the chair is asked", () => {
  const found = orderOfBusiness(room({ meeting: { state: "published" } }), around({ early: true, here: { p: true } }));
  assert.deepEqual([found.now, found.next.ask, found.lacks], ["early", ["openEarly", "openAnyway"], []]);
});

test("a vote that runs or waits for its result leaves room for nothing else", () => {
  const votes = (state) => ({ v: { item: "a", question: "Q", state, cast: 4, position: 1 } });
  for (const state of ["open", "closed"])
    assert.deepEqual(orderOfBusiness(room({ votes: votes(state) }), around()), { now: "vote", next: null, others: [], lacks: [] });
  assert.equal(next(room({ votes: votes("declared") })), "stepConclude");
});

test("whoever has the floor keeps it until the chair does something else", () => {
  for (const state of ["called", "speaking", "paused"]) {
    const speeches = { s: { item: "a", person: "p", lane: "speech", state }, t: { item: "a", person: "q", lane: "speech", state: "waiting" } };
    const found = orderOfBusiness(room({ speeches }), around({ waiting: ["t"] }));
    assert.deepEqual([found.now, found.next], ["speech", null]);
    assert.deepEqual(found.others.map(({ key }) => key), ["stepConclude", "stepNextItem", "stepPrepareVote", "stepCloseMeeting"]);
  }
});

test("speakers, then questions, then the conclusion, then the next item", () => {
  const speeches = { s: { item: "a", person: "q", lane: "speech", state: "waiting" } };
  const votes = {
    w: { item: "a", question: "Sau", state: "prepared", position: 2 },
    v: { item: "a", question: "Trước", state: "prepared", position: 1 },
    x: { item: "b", question: "Mục khác", state: "prepared", position: 1 },
  };
  const found = orderOfBusiness(room({ speeches, votes }), around({ waiting: ["s"] }));
  assert.deepEqual(
    [found.next.key, ...found.others.map(({ key }) => key)],
    ["stepCallSpeaker", "stepOpenVote", "stepConclude", "stepNextItem", "stepPrepareVote", "stepCloseMeeting"],
  );
  assert.equal(found.others[0].values.question, "Trước");
  assert.equal(next(room({ votes })), "stepOpenVote");
  assert.equal(next(room()), "stepConclude");
  assert.equal(next(room({ conclusions: { c: { item: "a" } } })), "stepNextItem");
});

test("hidden items are passed over and the last one leads to the end", () => {
  const items = { a: item(1), h: item(2, { hidden: true }), b: item(3) };
  const done = { conclusions: { c: { item: "a" } } };
  assert.deepEqual(orderOfBusiness(room({ items, ...done }), around()).next.data, { item: "b" });
  const last = room({ meeting: { current_item: "b" }, items, conclusions: { c: { item: "b" } } });
  const found = orderOfBusiness(last, around());
  assert.deepEqual([found.next.key, found.next.ask], ["stepCloseMeeting", ["askCloseMeeting"]]);
  assert.equal(found.others.some(({ key }) => key === "stepCloseMeeting"), false);
  const left = room({ ...last, meeting: { current_item: "b" }, items, votes: { v: { item: "a", question: "Q", state: "prepared" } }, conclusions: last.conclusions });
  assert.deepEqual(orderOfBusiness(left, around()).next.ask, ["askCloseMeetingLeft"]);
});

test("an agenda without items can still be closed, a closed meeting leads to its minutes", () => {
  assert.equal(next(room({ meeting: { current_item: undefined }, items: {} })), "stepCloseMeeting");
  assert.equal(next(room({ meeting: { state: "closed" } })), "stepMinutes");
  assert.equal(next(room({ meeting: { state: "cancelled" } })), undefined);
});

test("the way back is offered until something follows", () => {
  const before = room();
  const undo = wayBack("move_item", { item: "b" }, before, undefined);
  assert.deepEqual(undo, { key: "undoMove", verb: "move_item", data: { item: "a" } });
  assert.equal(isOpen(undo, before), true);
  assert.equal(wayBack("open_vote", { vote: "v" }, before, undefined), null, "its button stands at the vote");
  const said = wayBack("conclude", {}, before, { conclusion: "c" });
  assert.equal(isOpen(said, room({ conclusions: { c: {} } })), true);
  assert.equal(isOpen(said, room()), false);
  assert.equal(wayBack("close_vote", { vote: "v" }, before, undefined), null);
  assert.equal(isOpen({ key: "", verb: "take_back_opening", data: {} }, room({ meeting: { state: "closed" } })), false);
});
