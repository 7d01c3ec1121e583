// @ts-check
/** The page of who serves a room: calls with seat and person, a tone and a figure in the title when one comes. */

import { apply } from "live/apply";
import { RoomSocket } from "live/socket";
import { waiting } from "meetings/room/calls/line";
import { callsList, kindWords } from "meetings/room/calls/queue";
import { fill } from "meetings/room/el";
import { drawLamp } from "meetings/room/lamp";
import { isMuted, mute, readySound, sound } from "meetings/room/speaking/sound";
import { say } from "meetings/room/texts";
import { icon } from "ui/icons";
import { toast } from "ui/toast";

/** @import { Calls } from "meetings/room/calls/line" */
/** @import { Frame, Refusal } from "live/socket" */

const LOOK_EVERY = 20_000;
const TITLE = document.title;
/** @param {string} id */
const pane = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const given = JSON.parse(pane("support-data").textContent ?? "{}");
/** @type {{ calls: Calls } | undefined} */
let state;

const socket = new RoomSocket({
  url: given.socket,
  places: { "": { seq: -1, epoch: "" } },
  onEvent,
  onLamp: (lamp, _unanswered, way) => drawLamp(pane("lamp"), lamp, way),
});

/** @param {Frame} frame */
function onEvent(frame) {
  if (frame.seq === undefined) return;
  if (frame.kind === "call.made") told(frame.data.calls);
  state = /** @type {{ calls: Calls }} */ (frame.kind === "snapshot" ? frame.data : apply(state, frame.data));
  draw();
}

/** @param {Calls} calls */
function told(calls) {
  if (!isMuted()) sound("over");
  for (const call of Object.values(calls))
    toast(say("callNew", { what: `${call.seat ?? ""} ${kindWords(call.kind)}` }), "info");
}

/**
 * @param {string} verb
 * @param {any} data
 */
async function act(verb, data) {
  try {
    return await socket.send(verb, data);
  } catch (refusal) {
    const words = /** @type {Refusal} */ (refusal).message;
    if (words) toast(words, "danger");
    return undefined;
  }
}

function draw() {
  if (!state) return;
  const count = waiting(state.calls);
  document.title = count > 0 ? `(${count}) ${TITLE}` : TITLE;
  fill(pane("support"), ...callsList(state.calls, act, Date.now()));
}

function drawSound() {
  const button = pane("sound");
  button.hidden = false;
  button.setAttribute("aria-pressed", String(!isMuted()));
  fill(button, icon(isMuted() ? "volume-x" : "volume-2"), say(isMuted() ? "callSoundOff" : "callSoundOn"));
}

pane("sound").addEventListener("click", () => {
  mute(!isMuted());
  drawSound();
});
readySound();
drawSound();
setInterval(draw, LOOK_EVERY);
socket.start();
