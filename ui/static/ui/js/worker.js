// @ts-check
/** The service worker: says that there is a new notice and leads to the list. What it answers: `worker_packs.js`. */

/** @typedef {{ words: Record<string, string>, url: string, icon: string, language: string, static: string }} Facts */

const worker = /** @type {any} */ (self);
/** @type {Facts} */
const facts = worker.nghiSu;

/** @param {any} event */
function language(event) {
  try {
    return String(event.data.json().language);
  } catch {
    return facts.language;
  }
}

/** @param {any} event */
function show(event) {
  const code = language(event);
  const known = code in facts.words ? code : facts.language;
  const options = { body: facts.words[known], lang: known, icon: facts.icon, tag: "nghi-su", renotify: true };
  return worker.registration.showNotification("Nghị Sự", options);
}

/** A page that is open on the list comes forward; any other, such as a room, is left as it is. */
async function open() {
  const pages = await worker.clients.matchAll({ type: "window" });
  const list = pages.find((/** @type {any} */ page) => new URL(page.url).pathname === facts.url);
  return list ? list.focus() : worker.clients.openWindow(facts.url);
}

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("push", (/** @type {any} */ event) => event.waitUntil(show(event)));
worker.addEventListener("notificationclick", (/** @type {any} */ event) => {
  event.notification.close();
  event.waitUntil(open());
});
