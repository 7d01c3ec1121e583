// @ts-check
/**
 * Which way the frames come: the WebSocket first; where it is blocked, events a moment later; where those are held back,
 * polling. The first that says hello wins. What worked is remembered on this device for a while.
 */

import { EventsWay, PollWay, SocketWay } from "live/ways";

/** @import { Frame } from "live/socket" */
/** @import { Hooks, Way, WayName } from "live/ways" */

/** How long, in milliseconds, one way is waited for alone: as long as nothing is known, and where it has worked before. */
export const PATIENCE = {
  socket: { unknown: 350, known: 2_500, opened: 4_000 },
  events: { unknown: 150, known: 2_500, opened: 4_000 },
};
const KEPT = "nghisu.way";
const KEPT_FOR = 30 * 60_000;

/** @type {WayName[]} */
const ORDER = ["socket", "events", "poll"];
const KINDS = { socket: SocketWay, events: EventsWay, poll: PollWay };

/** @returns {WayName | undefined} what worked here lately */
export function remembered() {
  try {
    const { way, at } = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    return ORDER.includes(way) && Math.abs(Date.now() - at) < KEPT_FOR ? way : undefined;
  } catch {
    return undefined; // no storage, or somebody else's
  }
}

/** @param {WayName} way */
export function remember(way) {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ way, at: Date.now() }));
  } catch {
    // a private window remembers nothing
  }
}

/** All ways, beginning with the one that worked. @param {WayName | undefined} first @returns {WayName[]} */
function inOrder(first) {
  return first ? [first, ...ORDER.filter((way) => way !== first)] : ORDER;
}

export class Race {
  /**
   * @param {string} address
   * @param {{ won: (way: Way, hello: Frame) => void, lost: (code: number) => void, heard: Hooks["heard"], over: Hooks["over"] }} hooks
   * @param {WayName[]} [order] which ways, and with which to begin
   */
  constructor(address, hooks, order = inOrder(remembered())) {
    this.address = address;
    this.hooks = hooks;
    this.known = remembered();
    /** @type {Set<Way>} */
    this.running = new Set();
    /** @type {Way | undefined} */
    this.winner = undefined;
    this.ended = false;
    /** @type {WayName[]} those that have not tried yet */
    this.waiting = [...order];
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.enter();
  }

  /** Lets the next way try as well. */
  enter() {
    clearTimeout(this.timer);
    const name = this.winner || this.ended ? undefined : this.waiting.shift();
    if (name === undefined) return;
    if (name !== "poll") this.wait(PATIENCE[name][this.known === name ? "known" : "unknown"]);
    /** @type {Hooks} */
    const hooks = {
      heard: (way, frame) => this.heard(way, frame),
      over: (way, code) => this.over(way, code),
      opened: (way) => this.opened(way),
    };
    this.running.add(new KINDS[name](this.address, hooks));
  }

  /** @param {number} time */
  wait(time) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.enter(), time);
  }

  /** The newest way gets through, though it has not said hello yet: give it time. @param {Way} way */
  opened(way) {
    const newest = [...this.running].at(-1);
    if (!this.winner && way === newest && way.name !== "poll") this.wait(PATIENCE[way.name].opened);
  }

  /**
   * @param {Way} way
   * @param {Frame} frame
   */
  heard(way, frame) {
    if (this.ended) return;
    if (!this.winner && frame.hello !== undefined) this.decide(way, frame);
    if (way === this.winner) this.hooks.heard(way, frame);
  }

  /**
   * @param {Way} way
   * @param {Frame} hello
   */
  decide(way, hello) {
    clearTimeout(this.timer);
    this.winner = way;
    for (const other of this.running) if (other !== way) other.close();
    this.running.clear();
    remember(way.name);
    this.hooks.won(way, hello);
  }

  /**
   * @param {Way} way
   * @param {number} code
   */
  over(way, code) {
    this.running.delete(way);
    if (this.ended) return;
    if (way === this.winner) this.hooks.over(way, code);
    else if (!this.winner) this.fell(code);
  }

  /** A way did not get through: the server's own word counts for all, otherwise the next one tries now. @param {number} code */
  fell(code) {
    if (code >= 4400 && code < 4500) {
      this.stop();
      this.hooks.lost(code);
    } else if (this.waiting.length > 0) this.enter();
    else if (this.running.size === 0) this.hooks.lost(code);
  }

  /** Ends all of it. */
  stop() {
    this.ended = true;
    clearTimeout(this.timer);
    for (const way of this.running) way.close();
    this.winner?.close();
  }
}
