// What the service worker answers when the network is slow: run as the browser does, with caches kept in memory.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mock, test } from "node:test";
import { runInThisContext } from "node:vm";

const [USER, MEETING, PAPER] = ["a", "b", "c"].map((letter) => letter.repeat(8) + "-0000-4000-8000-000000000000");
const HOST = "https://nghisu.test";
const SOURCES = ["worker.js", "worker_packs.js"].map((name) => new URL(`../../../ui/static/ui/js/${name}`, import.meta.url));

/** Caches as a worker knows them, by path. */
class Caches {
  constructor() {
    this.all = new Map();
  }

  async keys() {
    return [...this.all.keys()];
  }

  async open(name) {
    if (!this.all.has(name)) this.all.set(name, new Map());
    const kept = this.all.get(name);
    return { put: async (path, answer) => kept.set(path, answer), delete: async (path) => kept.delete(path) };
  }

  async match(path, { cacheName }) {
    return this.all.get(cacheName)?.get(path)?.clone();
  }
}

/** @type {(event: any) => void} */
let heard = () => {};
/** @type {(request: any) => Promise<Response>} */
let network = async () => new Response("live");

globalThis.self = {
  nghiSu: { static: "/static/" },
  location: { origin: HOST },
  registration: {},
  addEventListener: (name, listener) => {
    if (name === "fetch") heard = listener;
  },
};
globalThis.caches = new Caches();
globalThis.fetch = (request) => network(request);
Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });

async function fill() {
  const json = (value) => new Response(JSON.stringify(value));
  const keep = async (name, path, answer) => (await caches.open(name)).put(path, answer);
  await keep("nghisu-device", "/offline/holder.json", json({ user: USER }));
  const pack = { until: "2999-01-01T00:00:00Z", meeting: { id: MEETING }, papers: [{ document: PAPER }] };
  const name = `nghisu-${USER}-${MEETING}`;
  await keep(name, "/offline/pack.json", json(pack));
  for (const path of ["annotations/", "versions/1/viewer.json"])
    await keep(name, `/documents/${PAPER}/${path}`, new Response("copy"));
  await keep("nghisu-shell-1", "/offline/meeting/", new Response("offline page"));
}

/** Asks the worker, the network taking so long. @returns {Promise<string>} */
async function asked(path, { took, mode = "cors", accept = "*/*" }) {
  network = () => new Promise((resolve) => setTimeout(() => resolve(new Response("live")), took));
  const headers = new Headers({ Accept: accept });
  const request = { url: HOST + path, method: "GET", mode, headers };
  /** @type {Promise<Response> | undefined} */
  let answer;
  heard({ request, respondWith: (promise) => (answer = promise) });
  let said = "";
  answer?.then(async (response) => (said = await response.text()));
  for (let second = 0; second < 40 && !said; second += 1) {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    mock.timers.tick(1000);
  }
  return said;
}

test("only a page one reads gives way to what was taken along", async () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.parse("2026-11-22T03:00:00Z") });
  runInThisContext(SOURCES.map((source) => readFileSync(source, "utf8")).join("\n"));
  await fill();
  const page = { mode: "navigate", accept: "text/html,application/xhtml+xml" };

  assert.equal(await asked(`/meetings/${MEETING}/room/`, { took: 6000, ...page }), "offline page");
  assert.equal(await asked(`/meetings/${MEETING}/room/`, { took: 2000, ...page }), "live");
  for (const file of [`book/${PAPER}/book.pdf`, "opinions.xlsx", `archive/packages/${PAPER}/record.zip`])
    assert.equal(await asked(`/meetings/${MEETING}/${file}`, { took: 20_000, ...page }), "live");
  const notes = `/documents/${PAPER}/annotations/export/pdf/`;
  assert.equal(await asked(notes, { took: 20_000, ...page }), "live");
});

test("what came too late is no longer waited for by the network either", async () => {
  /** @type {AbortSignal | undefined} */
  let signal;
  globalThis.fetch = (request, init) => {
    signal = init?.signal;
    return network(request);
  };
  const description = `/documents/${PAPER}/versions/1/viewer.json`;
  assert.equal(await asked(description, { took: 1000 }), "live");
  assert.equal(signal?.aborted, false);
  assert.equal(await asked(description, { took: 6000 }), "copy");
  assert.equal(signal?.aborted, true);
  for (let second = 0; second < 9; second += 1) mock.timers.tick(1000); // after a failure the copy is read for a while
});

test("what moves is never told from a copy while the network answers", async () => {
  const description = `/documents/${PAPER}/versions/1/viewer.json`;
  assert.equal(await asked(description, { took: 6000 }), "copy");
  assert.equal(await asked(description, { took: 0 }), "copy", "for a while the copy is read at once");
  assert.equal(await asked(`/documents/${PAPER}/annotations/`, { took: 9000 }), "live");
  navigator.onLine = false;
  assert.equal(await asked(`/documents/${PAPER}/annotations/`, { took: 0 }), "copy");
  mock.timers.reset();
});
