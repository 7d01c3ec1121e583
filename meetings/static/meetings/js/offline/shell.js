// @ts-check
/** The pages, modules and fonts that are shown without a network; kept by version, fetched once for all packs. */

const LIST = "/offline/shell.json";
const WORKER = "/sw.js";
const AT_ONCE = 6;
const PREFIX = "nghisu-shell-";

/** @typedef {{ version: string, pages: string[], files: string[] }} Shell */

/** The service worker answers for this page from now on. */
export async function worker() {
  await navigator.serviceWorker.register(WORKER, { scope: "/" });
  await navigator.serviceWorker.ready;
}

/**
 * Keeps the newest shell; what older ones hold already is taken from there.
 * @param {AbortSignal} [signal]
 */
export async function keepShell(signal) {
  const answer = await fetch(LIST, { signal });
  if (!answer.ok) throw new Error(`shell: ${answer.status}`);
  const shell = /** @type {Shell} */ (await answer.json());
  const name = PREFIX + shell.version;
  const cache = await caches.open(name);
  const waiting = [...shell.files, ...shell.pages];
  const take = async () => {
    for (let path = waiting.shift(); path; path = waiting.shift()) await keep(cache, path, shell, signal);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
  for (const old of await caches.keys()) if (old.startsWith(PREFIX) && old !== name) await caches.delete(old);
}

/**
 * @param {Cache} cache
 * @param {string} path
 * @param {Shell} shell
 * @param {AbortSignal} [signal]
 */
async function keep(cache, path, shell, signal) {
  if (await cache.match(path)) return;
  const known = shell.files.includes(path) ? await caches.match(path, { ignoreVary: true }) : undefined;
  const answer = known ?? (await fetch(path, { signal, cache: shell.files.includes(path) ? "default" : "reload" }));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  await cache.put(path, answer);
}
