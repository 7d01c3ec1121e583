// @ts-check
/**
 * What this device keeps for reading without a network, and for whom: caches and databases `nghisu-<user>…`.
 *
 * One person at a time: `nghisu-device` names who is signed in here, and the service worker answers nobody else.
 * Everything goes when that person signs out; when somebody else signs in the copies go, and only what was written and
 * never sent stays for its author.
 */

const PREFIX = "nghisu-";
const DEVICE = "nghisu-device";
const HOLDER = "/offline/holder.json";
const OTHERS = /^nghisu-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/;
/** Tables that hold what the server has not got yet. */
const WAITING = /^(?:unsent|operations)$/;
/** How the names of one person's databases end, for a browser that lists none (Firefox before 126). */
const ENDS = ["", "-notebook", "-openings"];
const BLOCKED_MS = 700;

/** @typedef {{ user: string, locked?: boolean }} Holder */

export const supported = () => window.isSecureContext && "caches" in window && "serviceWorker" in navigator;

/** What is kept, as a response; `Response.json` came late to Safari. @param {unknown} data */
export const json = (data) =>
  new Response(JSON.stringify(data), { headers: { "Content-Type": "application/json; charset=utf-8" } });

/** @returns {Promise<Holder | undefined>} for whom this device keeps something */
export async function holder() {
  if (!supported()) return undefined;
  const kept = await caches.match(HOLDER, { cacheName: DEVICE });
  return kept && /** @type {Promise<Holder>} */ (kept.json());
}

/** @param {Holder} found */
async function write(found) {
  const cache = await caches.open(DEVICE);
  await cache.put(HOLDER, json(found));
}

/** From now on this device keeps things for this person. @param {string} user */
export async function hold(user) {
  await write({ user });
}

/** Until the person signs in again nothing is shown: the server no longer knows this device. */
export async function lock() {
  const found = await holder();
  if (found) await write({ ...found, locked: true });
}

/** @param {string} user @param {string} name */
const belongs = (user, name) => name === PREFIX + user || name.startsWith(`${PREFIX}${user}-`);

/** The names of what there is, or of what there may be. @param {string} user @returns {Promise<string[]>} */
async function databases(user) {
  const known = await indexedDB.databases?.();
  if (!known) return ENDS.map((end) => PREFIX + user + end);
  return known.map(({ name }) => name ?? "").filter((name) => belongs(user, name));
}

/**
 * Nothing is made by asking: an empty database would stand in the way of the one its owner makes.
 * @param {string} name
 * @returns {Promise<IDBDatabase | undefined>}
 */
function openDatabase(name) {
  return new Promise((resolve, reject) => {
    const asking = indexedDB.open(name);
    let there = true;
    asking.onupgradeneeded = () => {
      there = false;
      asking.transaction?.abort();
    };
    asking.onsuccess = () => resolve(asking.result);
    asking.onerror = () => (there ? reject(asking.error) : resolve(undefined));
  });
}

/**
 * @template T
 * @param {IDBRequest<T>} asking
 * @returns {Promise<T>}
 */
function answer(asking) {
  return new Promise((resolve, reject) => {
    asking.onsuccess = () => resolve(asking.result);
    asking.onerror = () => reject(asking.error);
  });
}

/** How much this person wrote here that the server has not got. @param {string} user */
export async function unsent(user) {
  let count = 0;
  for (const name of await databases(user)) {
    const database = await openDatabase(name);
    if (!database) continue;
    for (const table of [...database.objectStoreNames].filter((one) => WAITING.test(one)))
      count += await answer(database.transaction(table).objectStore(table).count());
    database.close();
  }
  return count;
}

/** Empties a database first: one that another page has open cannot be deleted yet. @param {string} name */
async function dropDatabase(name) {
  const database = await openDatabase(name);
  if (!database) return;
  const tables = [...database.objectStoreNames];
  if (tables.length > 0) {
    const change = database.transaction(tables, "readwrite");
    await Promise.all(tables.map((table) => answer(change.objectStore(table).clear())));
  }
  database.close();
  const deleting = answer(indexedDB.deleteDatabase(name)).catch(() => undefined);
  await Promise.race([deleting, new Promise((resolve) => setTimeout(resolve, BLOCKED_MS))]);
}

/** @param {string} user */
async function dropCopies(user) {
  for (const name of await caches.keys()) if (belongs(user, name)) await caches.delete(name);
}

/** Everything of this person goes from the device. @param {string} user */
export async function wipe(user) {
  await dropCopies(user);
  for (const name of await databases(user)) await dropDatabase(name);
  if ((await holder())?.user === user) await caches.delete(DEVICE);
}

/** Somebody is signed in: what was kept for others goes. @param {string} user */
export async function arrive(user) {
  const found = await holder();
  if (!found || (found.user === user && !found.locked)) return;
  const others = new Set((await caches.keys()).map((name) => OTHERS.exec(name)?.[1] ?? user));
  others.add(found.user).delete(user);
  for (const other of others) {
    await dropCopies(other);
    if ((await unsent(other)) === 0) for (const name of await databases(other)) await dropDatabase(name);
  }
  await hold(user);
}

export function start() {
  const { user } = document.body.dataset;
  if (user && supported()) arrive(user).catch(() => undefined); // a browser that refuses storage keeps nothing either
}
