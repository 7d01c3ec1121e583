// @ts-check
/** The lamp of a page read from the device: is there a network, and how much waits to be sent. */

import { say } from "meetings/offline/texts";
import { icon } from "ui/icons";

/**
 * @param {HTMLElement | null} lamp
 * @param {boolean} online
 * @param {number} waiting
 */
export function drawLamp(lamp, online, waiting) {
  if (!lamp) return;
  const words = online
    ? say(waiting ? "lampSending" : "lampOnline", { count: waiting })
    : say(waiting ? "lampWaiting" : "lampOffline", { count: waiting });
  const tone = online ? (waiting ? "info" : "success") : "warning";
  lamp.className = `room-lamp offline-lamp tone-${tone}`;
  lamp.dataset.online = String(online);
  lamp.dataset.waiting = String(waiting);
  const span = document.createElement("span");
  span.textContent = words;
  lamp.replaceChildren(icon(online ? "wifi" : "wifi-off"), span);
}
