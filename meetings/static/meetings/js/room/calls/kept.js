// @ts-check
/** The calls of the room as its secretary's page keeps them: a stream of their own beside the room's. */

import { apply } from "live/apply";

/** @import { Frame } from "live/socket" */
/** @import { Calls } from "meetings/room/calls/line" */

/** @type {{ calls: Calls } | undefined} nobody else is sent any */
let state;

/** @param {Frame} frame a snapshot or an event of the support stream */
export function takeCalls(frame) {
  state = /** @type {{ calls: Calls }} */ (frame.kind === "snapshot" ? frame.data : apply(state, frame.data));
}

/** @returns {Calls | undefined} */
export const keptCalls = () => state?.calls;
