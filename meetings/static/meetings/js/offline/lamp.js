// @ts-check
/** The lamp of a page read from the device: is there a network, and how much waits to be sent. */

import { say } from "meetings/offline/texts";
import { icon } from "ui/icons";

/**
 * @param {HTMLElement | null} lamp
 * @param {boolean} online
 * @param {number} waiting
 * @param {number} [stuck] of these, how many their author has to decide about
 */
export function drawLamp(lamp, online, waiting, stuck = 0) {
  if (!lamp) return;
  const words = online
    ? wordsOnline(waiting - stuck, stuck)
    : say(waiting ? "lampWaiting" : "lampOffline", { count: waiting });
  const tone = !online || stuck ? "warning" : waiting ? "info" : "success";
  lamp.className = `room-lamp offline-lamp tone-${tone}`;
  lamp.dataset.online = String(online);
  lamp.dataset.waiting = String(waiting);
  const span = document.createElement("span");
  span.textContent = words;
  lamp.replaceChildren(icon(online ? "wifi" : "wifi-off"), span);
}

/** @param {number} going @param {number} stuck */
function wordsOnline(going, stuck) {
  if (going > 0) return say("lampSending", { count: going });
  return stuck > 0 ? say("lampStuck", { count: stuck }) : say("lampOnline");
}
