/** Finding in a document: a place one was led to is marked alone, the other pages are read when they are asked for. */

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import "../../live/js/names.mjs";

globalThis.CSS = /** @type {any} */ ({});
const { Finder } = await import("documents/viewer/finder");
const { Looking } = await import("documents/viewer/looking");
const { Engine } = await import("documents/viewer/engine");

/** A reader of these pages, and what it did. @param {string[]} texts @param {number} page */
function reader(texts, page) {
  /** @type {number[]} */
  const read = [];
  /** @type {number[]} */
  const shown = [];
  let said = "";
  const engine = {
    source: { pages: texts.length },
    text: async (/** @type {number} */ one) => {
      read.push(one);
      return [undefined, { joined: texts[one - 1], starts: [0] }];
    },
  };
  const viewer = /** @type {any} */ ({
    engine,
    page,
    source: { file: "file", pages: texts.length },
    sheets: [],
    ready: Promise.resolve(),
    bar: {
      offer: (/** @type {string} */ query) => (said = query),
      setFound: (/** @type {number} */ place, /** @type {number} */ found) => (said = `${place} / ${found}`),
    },
    goTo: (/** @type {number} */ one) => shown.push(one),
    say: () => assert.fail("nothing fails here"),
  });
  const looking = new Looking(viewer);
  return { looking, read, shown, said: () => said };
}

const PAGES = ["vốn", "ngân sách", "không có", "ngân sách, ngân sách"];

test("the page one was led to is read alone, until the next place is asked for", async () => {
  const { looking, read, shown, said } = reader(PAGES, 2);
  await looking.mark('"ngân sách"');
  assert.deepEqual([read, shown, said()], [[2], [2], "1 / 1"]);
  await looking.step(1);
  assert.deepEqual(read, [2, 3, 4, 1]);
  assert.deepEqual([shown, said()], [[2, 4], "2 / 3"]);
  await looking.step(1);
  await looking.step(1);
  assert.deepEqual([shown, said()], [[2, 4, 4, 2], "1 / 3"]);
});

test("the place before is known when all pages are", async () => {
  const { looking, shown, said } = reader(PAGES, 2);
  await looking.mark("ngân sách");
  await looking.step(-1);
  assert.deepEqual([shown, said()], [[2, 4], "3 / 3"]);
});

test("where the page has none of the words nothing moves; the only place is found again", async () => {
  const { looking, read, shown } = reader(PAGES, 3);
  await looking.mark("vốn");
  assert.deepEqual([read, shown], [[3], []]);
  await looking.step(1);
  await looking.step(1);
  assert.deepEqual([read, shown], [[3, 4, 1, 2], [1, 1]]);
});

test("what is typed is looked for on every page at once", async () => {
  const { looking, read, said } = reader(PAGES, 2);
  await looking.find("sách");
  assert.deepEqual([read, said()], [[2, 3, 4, 1], "1 / 3"]);
  assert.equal(looking.finder.paused, undefined);
});

test("a page that could not be read is asked for again", async () => {
  let broken = true;
  const engine = /** @type {any} */ ({
    source: { pages: 2 },
    text: async (/** @type {number} */ page) => {
      if (page === 2 && broken) throw new Error("offline");
      return [undefined, { joined: "vốn", starts: [0] }];
    },
  });
  const finder = new Finder(engine, () => undefined);
  await assert.rejects(finder.find("vốn", 1, () => {}));
  broken = false;
  await finder.goOn(() => {});
  assert.equal(finder.matches.length, 2);
});

test("a library that could not be loaded is loaded the next time", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "pdfjs-"));
  context.after(() => rm(folder, { recursive: true }));
  const source = /** @type {any} */ ({ pdfjs: `${pathToFileURL(folder).href}/`, file: "file" });
  const map = /** @type {any} */ (Map.prototype);
  const { getOrInsertComputed } = map;
  delete map.getOrInsertComputed; // the older build, by its address
  context.after(() => getOrInsertComputed && Object.assign(map, { getOrInsertComputed }));
  const engine = new Engine(source);
  await assert.rejects(engine.file());
  await mkdir(join(folder, "legacy", "build"), { recursive: true });
  const library = "export const GlobalWorkerOptions = {}; export const getDocument = () => ({ promise: Promise.resolve('open') });";
  await writeFile(join(folder, "legacy", "build", "pdf.min.mjs"), library);
  assert.equal(await engine.file(), "open");
});
