// @ts-check
/** What was taken along, as it lies in the caches `nghisu-<user>-<meeting>`; the service worker reads the same. */

import { holder, json, supported } from "ui/device";

/** @import { Pack, PackPaper, PaperNotes, TakenPaper } from "meetings/offline/types" */

const PACK = "/offline/pack.json";
const CHECKED = "/offline/checked.json";
const NAME = /^nghisu-([0-9a-f-]{36})-([0-9a-f-]{36})$/;
export const HASH = "X-Sha256";

/** @param {string} user @param {string} meeting */
const nameOf = (user, meeting) => `nghisu-${user}-${meeting}`;

/** @param {PackPaper} paper @returns {paper is TakenPaper} may it lie on the device? */
export const mayTake = (paper) => Boolean(paper.url && paper.description);

/** @param {Pack} pack */
export const toTake = (pack) => pack.papers.filter(mayTake);

/** One pack on this device. */
export class Kept {
  /** @param {string} user @param {string} meeting */
  constructor(user, meeting) {
    this.user = user;
    this.meeting = meeting;
    this.name = nameOf(user, meeting);
  }

  cache() {
    return caches.open(this.name);
  }

  exists() {
    return caches.has(this.name);
  }

  drop() {
    return caches.delete(this.name);
  }

  /** @returns {Promise<Pack | undefined>} unless there is none, or its time is over */
  async pack() {
    const found = await caches.match(PACK, { cacheName: this.name });
    const pack = found && /** @type {Pack} */ (await found.json());
    if (!pack || Date.parse(pack.until) > Date.now()) return pack;
    await this.drop();
    return undefined;
  }

  /** Lays the newest list down, and throws away what it no longer names. @param {Pack} pack */
  async write(pack) {
    const cache = await this.cache();
    await cache.put(PACK, json(pack));
    const wanted = new Set(toTake(pack).flatMap((paper) => [paper.url, ...besides(paper)]));
    for (const request of await cache.keys()) {
      const { pathname } = new URL(request.url);
      if (!pathname.startsWith("/offline/") && !wanted.has(pathname)) await cache.delete(request);
    }
  }

  /** @param {TakenPaper} paper @returns {Promise<Response | undefined>} the very bytes that are wanted */
  async file(paper) {
    const found = await caches.match(paper.url, { cacheName: this.name });
    return found?.headers.get(HASH) === paper.sha256 ? found : undefined;
  }

  /** @param {Pack} pack @returns {Promise<Set<string>>} documents that lie here whole */
  async have(pack) {
    /** @type {Set<string>} */
    const found = new Set();
    for (const paper of toTake(pack)) if (await this.file(paper)) found.add(paper.document);
    return found;
  }

  /** What was noted on a paper, when it was last asked for. @param {{ document: string }} paper @returns {Promise<PaperNotes | undefined>} */
  async notes(paper) {
    const found = await caches.match(notesOf(paper), { cacheName: this.name });
    return found?.json();
  }

  /** @returns {Promise<Record<string, number>>} when which bytes were last seen to be right */
  async checked() {
    const found = await caches.match(CHECKED, { cacheName: this.name });
    return found ? found.json() : {};
  }

  /** @param {string} sha256 @param {number} at */
  async markChecked(sha256, at) {
    const known = await this.checked();
    await (await this.cache()).put(CHECKED, json({ ...known, [sha256]: at }));
  }
}

/** Where the notes on a paper are asked for. @param {{ document: string }} paper */
export const notesOf = ({ document }) => `/documents/${document}/annotations/`;

/** What is fetched beside the file: its description, the notes on it, the picture of its first page. @param {TakenPaper} paper */
export function besides({ document, description }) {
  const pictures = description.widths.map((width) =>
    description.preview.replace("{page}", "1").replace("{width}", String(width)),
  );
  return [description.self, notesOf({ document }), ...pictures].filter(Boolean);
}

/** The packs of who is signed in on this device. @returns {Promise<Kept[]>} */
export async function packsHere() {
  const here = supported() ? await holder() : undefined;
  if (!here || here.locked) return [];
  const names = (await caches.keys()).map((name) => NAME.exec(name));
  return names.flatMap((name) => (name && name[1] === here.user ? [new Kept(here.user, name[2] ?? "")] : []));
}
