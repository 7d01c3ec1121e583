// @ts-check
/**
 * The half of the service worker that answers without a network; `ui/worker.py` sends it behind `worker.js`.
 *
 * Everything that changes is asked of the server first. Only when nothing answers, what the person signed in on this
 * device took along is read: files by byte ranges, descriptions, pictures, and pages that hold nothing of anybody.
 *
 * Caches: `nghisu-device` (who is signed in here), `nghisu-shell-<version>` (pages, modules, fonts),
 * `nghisu-<user>-<meeting>` (what that person took along for that meeting).
 */

/** @typedef {{ user: string, locked?: boolean }} Holder */
/** @typedef {{ until: string, meeting: { id: string }, papers: Array<{ document: string }> }} Pack */

const PACK_PREFIX = "nghisu-";
const SHELL_PREFIX = "nghisu-shell-";
const DEVICE_CACHE = "nghisu-device";
const HOLDER = "/offline/holder.json";
const PACK = "/offline/pack.json";
const LIST_PAGE = "/offline/";
const MEETING_PAGE = "/offline/meeting/";
const READ = /^\/documents\/[0-9a-f-]{36}\//;
const PICTURE = /\/pages\/\d+\/\d+\.webp$/;
const ABOUT_MEETING = /^\/meetings\/([0-9a-f-]{36})\//;
const ABOUT_DOCUMENT = /^\/documents\/([0-9a-f-]{36})\//;
const NAMED_FOR_EVER = /\.[0-9a-f]{12}\.|\/npm\//;
/** A network that says nothing for so long is taken for none, where there is a copy to read. */
const NETWORK_PATIENCE = 4000;
/** After a failure the copy is read at once for a while. */
const QUIET = 8000;
/** What moves while one reads: asked for every time, and waited for longer, before a copy is shown for it. */
const MOVES = /^\/documents\/[0-9a-f-]{36}\/annotations\//;
const MOVING_PATIENCE = 15_000;
/** The addresses of pages end so; a file to keep may take as long as it takes to be made. */
const OF_PAGES = /\/$/;
const OF_FILES = /\/export\//;
const GONE = new Set([403, 404, 410]);
const UNREACHED = new Set([502, 503, 504]);

let quietUntil = 0;
/** @type {Map<string, Blob>} files being read, so that a range does not load the whole again */
const opened = new Map();
const OPENED_MOST = 3;

/** @returns {Promise<Holder | undefined>} who is signed in on this device; nobody while they must sign in again */
async function holder() {
  const kept = await caches.match(HOLDER, { cacheName: DEVICE_CACHE });
  const found = kept && /** @type {Holder} */ (await kept.json());
  return found?.user && !found.locked ? found : undefined;
}

/** The caches of who is signed in here. @returns {Promise<string[]>} */
async function packNames() {
  const here = await holder();
  if (!here) return [];
  return (await caches.keys()).filter((name) => name.startsWith(`${PACK_PREFIX}${here.user}-`));
}

/** @param {string} name @returns {Promise<Pack | undefined>} the pack of a cache, unless its time is over */
async function packIn(name) {
  const kept = await caches.match(PACK, { cacheName: name });
  const pack = kept && /** @type {Pack} */ (await kept.json());
  return pack && Date.parse(pack.until) > Date.now() ? pack : undefined;
}

/** Throws away what was to be kept until a day that is over, network or none, of whomever. */
async function sweep() {
  for (const name of await caches.keys()) {
    if (!/^nghisu-[0-9a-f-]{36}-[0-9a-f-]{36}$/.test(name)) continue;
    const kept = await caches.match(PACK, { cacheName: name });
    if (kept && !(await packIn(name))) await caches.delete(name);
  }
}

/** @param {URL} url @returns {Promise<Response | undefined>} what was taken along under this address */
async function taken(url) {
  for (const name of await packNames()) {
    const found = await caches.match(url.pathname, { cacheName: name });
    if (found && (await packIn(name))) return found;
  }
  return undefined;
}

/** @param {URL} url @returns {Promise<boolean>} */
async function throwAway(url) {
  opened.delete(url.pathname);
  const gone = (await packNames()).map(async (name) => (await caches.open(name)).delete(url.pathname));
  return (await Promise.all(gone)).some(Boolean);
}

/**
 * @param {string} header
 * @param {number} size
 * @returns {[number, number] | null | undefined} first and last byte; null: not to be had, undefined: the whole
 */
function asked(header, size) {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (!found || (found[1] === "" && found[2] === "")) return undefined;
  if (found[1] === "") return size && Number(found[2]) ? [Math.max(0, size - Number(found[2])), size - 1] : null;
  const first = Number(found[1]);
  const last = found[2] === "" ? size - 1 : Math.min(Number(found[2]), size - 1);
  if (first >= size) return null;
  return last < first ? undefined : [first, last];
}

/**
 * @param {Request} request
 * @param {Response} kept the whole
 * @returns {Promise<Response>}
 */
async function partOf(request, kept) {
  const range = request.headers.get("Range");
  if (!range) return kept;
  const whole = await blobOf(new URL(request.url).pathname, kept);
  const wanted = asked(range, whole.size);
  if (wanted === undefined) return kept;
  if (!wanted) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${whole.size}` } });
  const [first, last] = wanted;
  const headers = new Headers(kept.headers);
  headers.set("Content-Range", `bytes ${first}-${last}/${whole.size}`);
  headers.set("Content-Length", String(last - first + 1));
  return new Response(whole.slice(first, last + 1), { status: 206, headers });
}

/** @param {string} path @param {Response} kept */
async function blobOf(path, kept) {
  const known = opened.get(path) ?? (await kept.clone().blob());
  opened.delete(path);
  opened.set(path, known);
  for (const old of [...opened.keys()].slice(0, -OPENED_MOST)) opened.delete(old);
  return known;
}

/**
 * @template T
 * @param {Promise<T>} work
 * @param {number} [patience]
 * @param {AbortController} [late] told when it takes too long
 * @returns {Promise<T>} fails when it takes too long
 */
function inTime(work, patience = NETWORK_PATIENCE, late) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error("late"));
      late?.abort();
    }, patience);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** What belongs to a document: from the server, from what was taken along when nothing answers. @param {Request} request */
async function readDocument(request) {
  const url = new URL(request.url);
  const kept = await taken(url);
  if (!kept) return PICTURE.test(url.pathname) ? fetch(request).catch(blank) : fetch(request);
  const moves = MOVES.test(url.pathname);
  if (navigator.onLine && (moves || Date.now() > quietUntil)) {
    try {
      const late = new AbortController(); // what nobody will read any more leaves the network to the rest
      request.signal?.addEventListener("abort", () => late.abort());
      const asking = fetch(request, { signal: late.signal });
      const answer = await inTime(asking, moves ? MOVING_PATIENCE : NETWORK_PATIENCE, late);
      if (GONE.has(answer.status)) await throwAway(url);
      if (!UNREACHED.has(answer.status)) return answer;
    } catch {
      if (!request.signal?.aborted) quietUntil = Date.now() + QUIET;
    }
  }
  return partOf(request, kept);
}

/** Pictures are not taken along but for the first page: the page itself is drawn from the file. */
function blank() {
  const nothing = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';
  return new Response(nothing, { headers: { "Content-Type": "image/svg+xml" } });
}

/** Files named by what they hold never change; others are asked for first. @param {Request} request */
async function readStatic(request) {
  const { pathname } = new URL(request.url);
  if (NAMED_FOR_EVER.test(pathname)) return (await fromShell(pathname)) ?? fetch(request);
  return fetch(request).catch(async () => (await fromShell(pathname)) ?? Response.error());
}

/** @param {string} path */
async function fromShell(path) {
  const names = (await caches.keys()).filter((name) => name.startsWith(SHELL_PREFIX));
  for (const name of names) {
    const found = await caches.match(path, { cacheName: name, ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

/** The address of a page was asked for. @param {any} event */
async function navigated(event) {
  const url = new URL(event.request.url);
  const instead = await pageInstead(url);
  try {
    const asking = Promise.resolve(event.preloadResponse).then((ready) => ready ?? fetch(event.request));
    const answer = await (instead === MEETING_PAGE && isRead(event.request) ? inTime(asking) : asking);
    if (!UNREACHED.has(answer.status)) return answer;
    return (instead && (await fromShell(instead))) || answer;
  } catch (error) {
    const page = instead && (await fromShell(instead));
    if (!page) throw error;
    return page;
  }
}

/** Is a page asked for that one reads? @param {Request} request */
function isRead(request) {
  const { pathname } = new URL(request.url);
  const isPage = OF_PAGES.test(pathname) && !OF_FILES.test(pathname);
  return isPage && (request.headers.get("Accept") ?? "").includes("text/html");
}

/** @param {URL} url @returns {Promise<string>} the page that stands for this address while there is no network */
async function pageInstead(url) {
  const names = await packNames();
  if (names.length === 0) return (await fromShell(LIST_PAGE)) ? LIST_PAGE : "";
  const meeting = ABOUT_MEETING.exec(url.pathname)?.[1];
  if (meeting) return names.some((name) => name.endsWith(`-${meeting}`)) ? MEETING_PAGE : LIST_PAGE;
  const document = ABOUT_DOCUMENT.exec(url.pathname)?.[1];
  if (!document) return url.pathname === MEETING_PAGE ? MEETING_PAGE : LIST_PAGE;
  const packs = await Promise.all(names.map(packIn));
  return packs.some((pack) => pack?.papers.some((paper) => paper.document === document)) ? MEETING_PAGE : LIST_PAGE;
}

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== worker.location.origin || request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(navigated(event));
  else if (url.pathname.startsWith(facts.static)) event.respondWith(readStatic(request));
  else if (READ.test(url.pathname)) event.respondWith(readDocument(request));
});

worker.addEventListener("activate", (/** @type {any} */ event) => {
  event.waitUntil(Promise.all([worker.registration.navigationPreload?.enable(), sweep()]));
});

void sweep();
