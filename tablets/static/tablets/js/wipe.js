// @ts-check
/**
 * Between two users: removes what pages have stored in this browser, looks whether anything is left, sends the receipt
 * and goes on. The server has asked the browser for the same (Clear-Site-Data); this counts and covers those without it.
 */

/** @typedef {{ caches: number, databases: number, local: number, session: number, left: number }} Wiped */

/** @returns {Promise<string[]>} */
async function databaseNames() {
  const known = (await indexedDB.databases?.()) ?? [];
  return known.flatMap(({ name }) => (name ? [name] : []));
}

/** @returns {Promise<string[]>} */
const cacheNames = async () => ("caches" in globalThis ? caches.keys() : []);

/** @param {string} name */
const dropDatabase = (name) =>
  new Promise((done) => {
    const asked = indexedDB.deleteDatabase(name);
    asked.onsuccess = asked.onerror = asked.onblocked = () => done(undefined);
  });

/** @returns {Promise<Wiped>} */
async function wipe() {
  const [stores, databases] = await Promise.all([cacheNames(), databaseNames()]);
  const found = {
    caches: stores.length,
    databases: databases.length,
    local: localStorage.length,
    session: sessionStorage.length,
  };
  await Promise.all([...stores.map((name) => caches.delete(name)), ...databases.map(dropDatabase)]);
  localStorage.clear();
  sessionStorage.clear();
  const left = (await cacheNames()).length + (await databaseNames()).length + localStorage.length;
  return { ...found, left };
}

/** @param {HTMLElement} page */
async function run(page) {
  const { receipt, then, csrf } = page.dataset;
  const wiped = await wipe();
  if (receipt) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf ?? "" };
    await fetch(receipt, { method: "POST", headers, body: JSON.stringify(wiped) });
  }
  location.replace(then ?? "/tablet/");
}

const page = document.getElementById("wipe");
if (page)
  run(page).catch(() => {
    for (const hidden of page.querySelectorAll("[hidden]")) hidden.removeAttribute("hidden");
  });
