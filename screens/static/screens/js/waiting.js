// @ts-check
/** A screen that waits: six digits, renewed before they end, until somebody types them. */

import { RoomSocket } from "live/socket";
import { say } from "meetings/room/texts";
import { csrf } from "screens/csrf";

const EARLY = 30_000;
const TRY_AGAIN = 10_000;

/** @typedef {{ code: string, socket: string }} Urls */

/** @param {Urls} urls */
export async function wait(urls) {
  const told = await newCode(urls.code);
  if (told.code) {
    show(told.code);
    setTimeout(() => wait(urls), Math.max(TRY_AGAIN, Date.parse(told.until) - Date.parse(told.now) - EARLY));
    if (!listening) listen(urls);
  } else {
    show("", told.text || say("wallNoServer"));
    setTimeout(() => wait(urls), TRY_AGAIN);
  }
}

/** @param {string} address */
async function newCode(address) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "X-CSRFToken": csrf(), Accept: "application/json" },
    });
    return await answer.json();
  } catch {
    return {};
  }
}

/** @param {string} code @param {string} [trouble] */
function show(code, trouble = "") {
  const digits = /** @type {HTMLElement} */ (document.getElementById("code"));
  const words = /** @type {HTMLElement} */ (document.getElementById("trouble"));
  digits.textContent = code ? `${code.slice(0, 3)} ${code.slice(3)}` : "––– –––";
  words.textContent = trouble;
}

let listening = false;

/** The server closes the line once the code was typed; typed before the line was there, a meeting comes at once. @param {Urls} urls */
function listen(urls) {
  listening = true;
  const places = { "": { seq: -1, epoch: "" } };
  const reload = () => location.reload();
  const onEvent = (/** @type {import("live/socket").Frame} */ frame) => void (frame.data?.meeting && reload());
  new RoomSocket({ url: urls.socket, places, onEvent, onLamp: () => {}, onEnd: reload }).start();
}
