// @ts-check
/** Takes a meeting's papers along: one after another, each proved by its hash, told as it goes. */

import { hashOf } from "meetings/offline/hashing";
import { besides, HASH, Kept, notesOf, toTake } from "meetings/offline/kept";
import { keepShell, worker } from "meetings/offline/shell";
import { hold, json, lock } from "ui/device";

/** @import { Pack, TakenPaper } from "meetings/offline/types" */
/** @typedef {"none" | "reading" | "loading" | "checking" | "kept" | "partly" | "gone" | "locked" | "full"} Phase */
/** @typedef {{ phase: Phase, pack?: Pack, have: Set<string>, now: string, bytes: number, failed: Set<string> }} State */

/** What was right so long ago is looked at again. */
const CHECK_AGAIN = 12 * 3600_000;
/** So long what was noted on papers is not asked for again: a whole room comes back in one moment. */
const NOTES_FRESH = 5 * 60_000;

export class Taking {
  /**
   * @param {string} user
   * @param {string} meeting
   * @param {(state: State) => void} tell
   */
  constructor(user, meeting, tell) {
    this.kept = new Kept(user, meeting);
    this.address = `/meetings/${meeting}/pack.json`;
    this.tell = tell;
    /** @type {State} */
    this.state = { phase: "none", have: new Set(), now: "", bytes: 0, failed: new Set() };
    /** @type {AbortController | undefined} */
    this.going = undefined;
    this.fresh = false; // what was noted is asked for again, however new it is
  }

  /** @param {Partial<State>} news */
  say(news) {
    this.state = { ...this.state, ...news };
    this.tell(this.state);
  }

  /** @param {Pack} pack @param {Set<string>} have @returns {Phase} */
  phaseOf(pack, have) {
    return have.size === toTake(pack).length ? "kept" : "partly";
  }

  /** What lies here already, as it is. */
  async look() {
    const pack = (await this.kept.exists()) ? await this.kept.pack() : undefined;
    if (!pack) return this.say({ phase: "none", pack: undefined, have: new Set() });
    const have = await this.kept.have(pack);
    return this.say({ phase: this.phaseOf(pack, have), pack, have });
  }

  /**
   * Asks the server what there is now. Rights that are gone take the copies along.
   * @param {AbortSignal} [signal]
   * @returns {Promise<Pack | undefined>} fails without a network
   */
  async ask(signal) {
    const answer = await fetch(this.address, { headers: { Accept: "application/json" }, signal, cache: "no-cache" });
    if (answer.status === 401) {
      await lock();
      this.say({ phase: "locked" });
    } else if ([403, 404, 410].includes(answer.status)) {
      await this.kept.drop();
      this.say({ phase: "gone", pack: undefined, have: new Set() });
    }
    if (!answer.ok && answer.status >= 500) throw new Error(`pack: ${answer.status}`);
    const pack = /** @type {Pack | undefined} */ (answer.ok ? await answer.json() : undefined);
    if (!pack || pack.user === this.kept.user) return pack;
    this.say({ phase: "locked" }); // somebody else has signed in on this device
    return undefined;
  }

  /** What will be fetched: its size, before anything is. @returns {Promise<Pack | undefined>} */
  async weigh() {
    const pack = await this.ask();
    if (pack && this.state.phase === "none") this.say({ pack });
    return pack;
  }

  /** A pack that lies here is brought up to date; one that was never asked for is not. */
  async renew() {
    if (await this.kept.exists()) await this.take();
  }

  /** Fetches everything that is missing. */
  async take() {
    if (this.going) return;
    this.going = new AbortController();
    try {
      await this.run(this.going.signal);
    } catch (error) {
      if (/** @type {Error} */ (error).name === "QuotaExceededError") this.say({ phase: "full", now: "" });
      else await this.look();
    } finally {
      this.going = undefined;
    }
  }

  cancel() {
    this.going?.abort();
  }

  /** @param {AbortSignal} signal */
  async run(signal) {
    this.say({ phase: "reading", failed: new Set(), now: "", bytes: 0 });
    const pack = await this.ask(signal);
    if (!pack) return;
    await worker();
    await hold(this.kept.user);
    await navigator.storage?.persist?.();
    await this.kept.write(pack);
    await keepShell(signal);
    this.say({ pack, have: await this.kept.have(pack), phase: "loading" });
    for (const paper of toTake(pack)) await this.takeOne(paper, signal);
    await this.check(pack);
  }

  /** @param {TakenPaper} paper @param {AbortSignal} signal */
  async takeOne(paper, signal) {
    signal.throwIfAborted();
    const cache = await this.kept.cache();
    try {
      if (!(await this.kept.file(paper))) await this.fetchFile(cache, paper, signal);
      for (const path of besides(paper)) await this.fetchBeside(cache, paper, path, signal);
      this.say({ have: new Set([...this.state.have, paper.document]), now: "", bytes: 0 });
    } catch (error) {
      if (signal.aborted || /** @type {Error} */ (error).name === "QuotaExceededError") throw error;
      this.say({ failed: new Set([...this.state.failed, paper.document]), now: "", bytes: 0 });
    }
  }

  /** @param {Cache} cache @param {TakenPaper} paper @param {AbortSignal} signal */
  async fetchFile(cache, paper, signal) {
    this.say({ now: paper.document, bytes: 0 });
    const answer = await fetch(paper.url, { signal, cache: "no-store" });
    if (!answer.ok || !answer.body) throw new Error(`${paper.url}: ${answer.status}`);
    const headers = {
      "Content-Type": answer.headers.get("Content-Type") ?? "application/pdf",
      "Content-Length": String(paper.size),
      "Accept-Ranges": "bytes",
      ETag: `"${paper.sha256}"`,
      [HASH]: paper.sha256,
    };
    await cache.put(paper.url, new Response(answer.body.pipeThrough(this.counter()), { headers }));
    if (!(await this.isRight(paper))) throw new Error(`${paper.url}: other bytes`);
  }

  /** Counts what comes in, telling a few times a second. */
  counter() {
    let bytes = 0;
    let told = 0;
    /** @type {TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>} */
    const counting = new TransformStream({
      transform: (piece, out) => {
        bytes += piece.length;
        out.enqueue(piece);
        if (performance.now() - told < 200) return;
        told = performance.now();
        this.say({ bytes });
      },
    });
    return counting;
  }

  /** @param {Cache} cache @param {TakenPaper} paper @param {string} path @param {AbortSignal} signal */
  async fetchBeside(cache, paper, path, signal) {
    if (path === paper.description.self) return cache.put(path, json(paper.description));
    const known = await cache.match(path);
    if (known && !(path === notesOf(paper) && this.isOld(known))) return undefined;
    const answer = await fetch(path, { signal });
    return answer.ok && !answer.redirected ? cache.put(path, answer) : undefined; // the page itself is drawn from the file
  }

  /** Is what was noted on a paper to be asked for again? @param {Response} known */
  isOld(known) {
    return this.fresh || !(Date.now() - Date.parse(known.headers.get("Date") ?? "") < NOTES_FRESH);
  }

  /** Hashes what lies on the device; other bytes go. @param {TakenPaper} paper @returns {Promise<boolean>} */
  async isRight(paper) {
    const found = await this.kept.file(paper);
    const right = found !== undefined && (await hashOf(found)) === paper.sha256;
    if (right) await this.kept.markChecked(paper.sha256, Date.now());
    else await (await this.kept.cache()).delete(paper.url);
    return right;
  }

  /**
   * Counts what lies here again, by hash where that is some time ago.
   * @param {Pack} pack
   * @param {number} [since] seen before this moment is too long ago
   */
  async check(pack, since = Date.now() - CHECK_AGAIN) {
    this.say({ phase: "checking" });
    const checked = await this.kept.checked();
    for (const paper of toTake(pack)) if ((checked[paper.sha256] ?? 0) < since) await this.isRight(paper);
    const have = await this.kept.have(pack);
    this.say({ pack, have, phase: this.phaseOf(pack, have), now: "" });
  }

  /** Every byte again. */
  async recheck() {
    const pack = await this.kept.pack();
    if (!pack) return;
    await this.check(pack, Date.now());
  }

  async drop() {
    this.cancel();
    await this.kept.drop();
    this.say({ phase: "none", have: new Set(), failed: new Set() });
  }
}
