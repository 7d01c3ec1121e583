// @ts-check
/** Scans a seat card with the camera where the browser can read codes itself; elsewhere the tablet's camera app does. */

/**
 * @typedef {{ detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> }} Detector
 * @typedef {{ new (options: { formats: string[] }): Detector }} DetectorClass
 */

const CARD = /\/tablet\/card\/[\w-]{20,100}\/$/;
const LOOK_EVERY = 250;

/** @param {HTMLElement} part */
async function scan(part) {
  const Reader = /** @type {DetectorClass} */ (Reflect.get(globalThis, "BarcodeDetector"));
  const video = /** @type {HTMLVideoElement} */ (part.querySelector("video"));
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.hidden = false;
  await video.play();
  const reader = new Reader({ formats: ["qr_code"] });
  const timer = setInterval(async () => {
    const found = (await reader.detect(video)).map(({ rawValue }) => cardPath(rawValue)).find(Boolean);
    if (!found) return;
    clearInterval(timer);
    location.assign(found);
  }, LOOK_EVERY);
}

/**
 * The path of a card of this server; codes of anybody else lead nowhere.
 * @param {string} text
 */
function cardPath(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url && url.origin === location.origin && CARD.test(url.pathname) ? url.pathname : "";
}

const part = document.getElementById("scan");
if (part && "BarcodeDetector" in globalThis && navigator.mediaDevices) {
  part.hidden = false;
  part.querySelector("button")?.addEventListener("click", () => {
    scan(part).catch(() => part.querySelector("[data-failed]")?.removeAttribute("hidden"));
  });
}
