// @ts-check
/** The lamp in the bar: whether the page is connected, and which way. */

import { el, fill } from "meetings/room/el";
import { say } from "meetings/room/texts";

/** @import { Lamp } from "live/socket" */
/** @import { WayName } from "live/ways" */

/** @type {Record<Lamp, string>} */
const TONES = { connecting: "warning", behind: "warning", live: "success", offline: "danger", closed: "danger" };
/** @type {Record<WayName, string>} */
const LIVE = { socket: "lampDirect", events: "lampSpare", poll: "lampPolling" };

/**
 * @param {HTMLElement} lamp
 * @param {Lamp} state
 * @param {WayName | undefined} way
 */
export function drawLamp(lamp, state, way) {
  const live = state === "live" && way !== undefined;
  const name = live ? LIVE[way] : `lamp${state.charAt(0).toUpperCase()}${state.slice(1)}`;
  lamp.className = `room-lamp tone-${live && way !== "socket" ? "info" : TONES[state]}`;
  lamp.dataset.lamp = state;
  lamp.dataset.way = way ?? "";
  lamp.title = live ? say(`${name}Hint`) : say(name);
  fill(lamp, el("span", {}, say(name)));
}
