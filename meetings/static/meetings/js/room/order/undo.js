// @ts-check
/** What takes an act of the chair back, as long as nothing followed from it; an opened vote has a button of its own. Pure. */

/** @import { Room } from "meetings/room/types" */
/** @typedef {{ key: string, verb: string, data: Record<string, unknown> }} Undo */

/** How long the way back is offered, in milliseconds; the server refuses it earlier where something followed. */
export const OFFERED_FOR = 60_000;

/**
 * The way back from an act just done, or nothing where there is none.
 * @param {string} verb
 * @param {Record<string, any>} data
 * @param {Room} before the room as it was
 * @param {Record<string, any> | undefined} answer what the server said the act made
 * @returns {Undo | null}
 */
export function wayBack(verb, data, before, answer) {
  const { current_item: item } = before.meeting;
  if (verb === "move_item") return item ? { key: "undoMove", verb: "move_item", data: { item } } : null;
  if (verb === "open_meeting") return { key: "undoOpening", verb: "take_back_opening", data: {} };
  if (verb === "call_speaker") return { key: "undoCall", verb: "call_back", data: { speech: data.speech } };
  if (verb === "end_speech") return { key: "undoEnd", verb: "reopen_speech", data: { speech: data.speech } };
  if (verb === "conclude" && answer?.conclusion)
    return { key: "undoConclusion", verb: "remove_conclusion", data: { conclusion: answer.conclusion } };
  return null;
}

/**
 * Would the way back still be taken? What followed closes it.
 * @param {Undo} undo
 * @param {Room} room
 */
export function isOpen(undo, room) {
  if (room.meeting.state !== "open") return false;
  if (undo.verb === "call_back") return room.speeches?.[String(undo.data.speech)]?.state === "called";
  if (undo.verb === "reopen_speech") return room.speeches?.[String(undo.data.speech)]?.state === "done";
  if (undo.verb === "remove_conclusion") return String(undo.data.conclusion) in room.conclusions;
  if (undo.verb === "take_back_opening") return Object.values(room.votes).every((vote) => vote.state === "prepared");
  return String(undo.data.item) in room.items;
}
