// @ts-check
/** Notices on this device: asked for with a tap, never by itself; what is missing is said. */

import { toast } from "ui/toast";

/** @param {string} text */
function bytes(text) {
  const padded = text.replaceAll("-", "+").replaceAll("_", "/") + "=".repeat((4 - (text.length % 4)) % 4);
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
}

/** What keeps this device from getting pushes; empty when nothing does. */
function missing() {
  if (!window.isSecureContext) return "insecure";
  if (/iPad|iPhone/.test(navigator.userAgent) && !("PushManager" in window)) return "home-screen";
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return "unsupported";
  return Notification.permission === "denied" ? "denied" : "";
}

/** @param {HTMLElement} box @param {string} name */
function say(box, name) {
  for (const one of box.querySelectorAll("[data-device-state]")) {
    /** @type {HTMLElement} */ (one).hidden = /** @type {HTMLElement} */ (one).dataset.deviceState !== name;
  }
}

/** @param {HTMLElement} box */
async function subscription(box) {
  const registration = await navigator.serviceWorker.register(box.dataset.worker ?? "/sw.js", { scope: "/" });
  await navigator.serviceWorker.ready;
  const held = await registration.pushManager.getSubscription();
  if (held) await held.unsubscribe();
  const key = bytes(box.dataset.key ?? "");
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

/** @param {HTMLElement} box */
async function turnOn(box) {
  if ((await Notification.requestPermission()) !== "granted") return say(box, "denied");
  const given = await subscription(box);
  const headers = { "Content-Type": "application/json", "X-CSRFToken": box.dataset.token ?? "" };
  const response = await fetch(box.dataset.url ?? "", { method: "POST", headers, body: JSON.stringify(given) });
  if (response.ok) return location.reload();
  await given.unsubscribe();
  const problem = await response.json().catch(() => ({}));
  return toast(problem.detail ?? box.dataset.failed ?? "", "danger");
}

/** @param {HTMLElement} box */
function prepare(box) {
  const lacking = missing();
  say(box, lacking || (box.dataset.on ? "on" : "ready"));
  const button = /** @type {HTMLButtonElement | null} */ (box.querySelector("[data-device-on]"));
  button?.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await turnOn(box);
    } catch {
      say(box, "failed");
    } finally {
      button.disabled = false;
    }
  });
}

const box = /** @type {HTMLElement | null} */ (document.getElementById("this-device"));
if (box) prepare(box);
