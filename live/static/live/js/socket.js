// @ts-check
/**
 * The room's socket: connects, resumes where the page stands, sends every command until it is answered. What carries the
 * frames is found out by live/race. The frames are described in docs/protocol.md.
 */

import { Race } from "live/race";

/** @import { Way, WayName } from "live/ways" */
/** @typedef {import("./apply.js").Json} Json */

/**
 * A frame of the room: an event or a snapshot (`seq`, `kind`, `data`), or one that is never stored (no `seq`).
 *
 * @typedef {object} Frame
 * @property {number} [seq]
 * @property {number} [from] the first number, where a frame tells of several events
 * @property {string} [kind]
 * @property {any} [data]
 * @property {string} [at]
 * @property {string} [by]
 * @property {string} [stream]
 * @property {number} [hello]
 * @property {string} [epoch]
 * @property {string} [ack]
 * @property {string | null} [nack]
 * @property {string} [code]
 * @property {string} [text]
 */

/**
 * What the connection lamp shows: `behind` = connected, not yet at the room's present; `offline` = lost, trying again;
 * `closed` = will not come back.
 *
 * @typedef {"connecting" | "behind" | "live" | "offline" | "closed"} Lamp
 */

/** Where the page stands in a stream. @typedef {{ seq: number, epoch: string }} Place */

/**
 * @typedef {object} Options
 * @property {string} url address of the room's socket; a path will do
 * @property {Record<string, Place>} [places] by stream ("" the room, "me" what is mine): where the page's state stands
 * @property {(frame: Frame, stream: string) => void} onEvent an event, a snapshot or a passing frame
 * @property {(lamp: Lamp, unanswered: number, way: WayName | undefined) => void} onLamp `way`: what carries the frames
 * @property {() => void} [onHello] the line stands (again): streams followed by a command are to be asked for
 * @property {(code: number) => void} [onEnd] 4401 signed out, 4403 right lost, 4404 no such room
 */

/** A command the server would not do: `code` for the program, `message` for the person. */
export class Refusal extends Error {
  /**
   * @param {string} code
   * @param {string} text
   */
  constructor(code, text) {
    super(text);
    this.name = "Refusal";
    this.code = code;
  }
}

const TOO_MANY = new Set([1013, 4013]); // too many pages of one person, or one that reads too slowly
const SLOW_DOWN = 5;
const ENDED = new Set([4401, 4403, 4404]);
const SLOWEST_RETRY = 15_000;
const FIRST_RETRY = 500;
const SILENCE = 50_000; // the server ticks every 20 s
const STEADY = 5_000;
const SOCKET_AGAIN = [15_000, 60_000, 300_000]; // on another way the socket is tried again beside it

/**
 * Return how long to wait before try `attempt` (from 0): doubling, and anywhere below, so that a thousand tablets do
 * not come back in the same moment.
 *
 * @param {number} attempt
 * @param {number} chance between 0 and 1
 * @returns {number}
 */
export function backOff(attempt, chance) {
  return Math.round((0.2 + 0.8 * chance) * Math.min(SLOWEST_RETRY, FIRST_RETRY * 2 ** Math.min(attempt, 10)));
}

/**
 * Return a random UUID (version 4); `crypto.randomUUID` does not exist without HTTPS.
 *
 * @returns {string}
 */
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Streams such as `notes:…` are followed by a command, not by the line's address. @param {string} stream */
function isAskedFor(stream) {
  return stream.includes(":");
}

/** @typedef {{ text: string, done: (ack: Frame) => void, refused: (why: Refusal) => void }} Command */

export class RoomSocket {
  /** @param {Options} options */
  constructor({ url, places, onEvent, onLamp, onEnd, onHello }) {
    this.url = url;
    /** @type {Record<string, Place>} */
    this.places = { "": { seq: -1, epoch: "" }, me: { seq: -1, epoch: "" }, ...places };
    this.onEvent = onEvent;
    this.onLamp = onLamp;
    this.onEnd = onEnd;
    this.onHello = onHello;
    /** @type {Map<string, Command>} */
    this.unanswered = new Map();
    /** @type {Way | null} what carries the frames now */
    this.socket = null;
    /** @type {Race | null} */
    this.race = null;
    this.upgrades = 0;
    /** @type {Lamp} */
    this.lamp = "connecting";
    this.attempt = 0;
    this.goal = 0;
    /** @type {Record<"retry" | "silence" | "steady" | "upgrade", ReturnType<typeof setTimeout> | undefined>} */
    this.timers = { retry: undefined, silence: undefined, steady: undefined, upgrade: undefined };
    this.wake = () => this.hurry();
  }

  /** Connect, and stay connected until `stop`. */
  start() {
    addEventListener("online", this.wake);
    addEventListener("pageshow", this.wake);
    document.addEventListener("visibilitychange", this.wake);
    this.connect();
  }

  /** Leave the room; what was not answered stays undone as far as this page knows. */
  stop() {
    this.end(1000);
    this.race?.stop();
  }

  /**
   * Have something done. The promise holds the answer, whose `seq` is the event that shows it, or fails with a
   * `Refusal`; it waits through any number of lost connections, and the server does it once.
   *
   * @param {string} verb
   * @param {Record<string, unknown>} [data]
   * @param {string} [id] of a command that a page before this one may have sent already
   * @returns {Promise<Frame>}
   */
  send(verb, data = {}, id = randomId()) {
    const text = JSON.stringify({ id, do: verb, data });
    /** @type {Promise<Frame>} */
    const answer = new Promise((done, refused) => this.unanswered.set(id, { text, done, refused }));
    if (this.lamp === "closed") this.giveUp(1000);
    if (this.greetedNow) this.socket?.send(text);
    this.show(this.lamp);
    return answer;
  }

  /**
   * Send something that is never stored and never answered; it is lost if the connection is.
   *
   * @param {string} verb
   * @param {Record<string, unknown>} [data]
   */
  pass(verb, data = {}) {
    if (this.greetedNow) this.socket?.send(JSON.stringify({ do: verb, data }));
  }

  /** After the hello: what is unanswered was sent then, what is new goes out at once. */
  get greetedNow() {
    return this.lamp === "behind" || this.lamp === "live";
  }

  /** @returns {string} */
  address() {
    const url = new URL(this.url, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    for (const [stream, { seq, epoch }] of Object.entries(this.places)) {
      if (seq < 0 || isAskedFor(stream)) continue;
      url.searchParams.set(stream || "since", String(seq));
      url.searchParams.set(stream ? `${stream}_epoch` : "epoch", epoch);
    }
    return url.href;
  }

  connect() {
    clearTimeout(this.timers.retry);
    this.show("connecting");
    this.race?.stop();
    this.race = new Race(this.address(), {
      won: (way) => {
        this.socket = way;
        this.upgrades = 0;
        this.lookForSocket();
      },
      lost: (code) => this.lost(null, code),
      heard: (way, frame) => this.hear(way, frame),
      over: (way, code) => this.lost(way, code),
    });
    this.listen();
  }

  /** On another way than the socket: try that one beside it, now and then, and change over once it says hello. */
  lookForSocket() {
    clearTimeout(this.timers.upgrade);
    if (this.socket?.name === "socket") return;
    const pause = SOCKET_AGAIN[Math.min(this.upgrades, SOCKET_AGAIN.length - 1)];
    this.upgrades += 1;
    this.timers.upgrade = setTimeout(() => this.trySocket(), pause);
  }

  trySocket() {
    if (!this.greetedNow) return this.lookForSocket();
    const race = new Race(
      this.address(),
      {
        won: (way) => {
          if (!this.greetedNow) return race.stop();
          this.race?.stop();
          this.race = race;
          this.socket = way;
        },
        lost: () => this.lookForSocket(),
        heard: (way, frame) => this.hear(way, frame),
        over: (way, code) => this.lost(way, code),
      },
      ["socket"],
    );
    setTimeout(() => race.winner || race.ended || race.stop() || this.lookForSocket(), SILENCE);
  }

  /** Connect now if we were waiting: the network is back, or somebody looks at the page again. */
  hurry() {
    if (this.lamp === "offline") this.connect();
  }

  /** A connection that says nothing for long is dead, whatever the browser thinks. */
  listen() {
    clearTimeout(this.timers.silence);
    this.timers.silence = setTimeout(() => {
      this.race?.stop();
      this.lost(this.socket, 1006);
    }, SILENCE);
  }

  /**
   * @param {Way | null} socket none: no way got through
   * @param {number} code
   */
  lost(socket, code) {
    if (socket !== this.socket) return;
    this.socket = null;
    clearTimeout(this.timers.silence);
    clearTimeout(this.timers.steady);
    clearTimeout(this.timers.upgrade);
    if (this.lamp === "closed") return;
    if (ENDED.has(code)) {
      this.end(code);
      this.onEnd?.(code);
      return;
    }
    if (TOO_MANY.has(code)) this.attempt = Math.max(this.attempt, SLOW_DOWN);
    this.show("offline");
    this.timers.retry = setTimeout(() => this.connect(), backOff(this.attempt, Math.random()));
    this.attempt += 1;
  }

  /** @param {number} code */
  end(code) {
    this.show("closed");
    this.giveUp(code);
    removeEventListener("online", this.wake);
    removeEventListener("pageshow", this.wake);
    document.removeEventListener("visibilitychange", this.wake);
    for (const timer of Object.values(this.timers)) clearTimeout(timer);
  }

  /**
   * Nobody will answer any more.
   *
   * @param {number} code
   */
  giveUp(code) {
    for (const command of this.unanswered.values()) command.refused(new Refusal(`closed_${code}`, ""));
    this.unanswered.clear();
  }

  /**
   * @param {Way} socket
   * @param {Frame} frame
   */
  hear(socket, frame) {
    if (socket !== this.socket) return;
    this.listen();
    if (frame.hello !== undefined) this.greeted(socket, frame);
    else if (frame.ack !== undefined) this.answered(frame.ack)?.done(frame);
    else if (frame.nack !== undefined) this.refused(frame);
    else if (frame.seq === undefined) this.onEvent(frame, frame.stream ?? "");
    else this.take(socket, frame, frame.seq);
  }

  /**
   * @param {Way} socket
   * @param {Frame} frame
   */
  greeted(socket, frame) {
    const stream = frame.stream ?? "";
    if (isAskedFor(stream)) this.places[stream] ??= { seq: -1, epoch: "" };
    const place = this.places[stream];
    if (!place) return;
    place.epoch = frame.epoch ?? "";
    if (stream) return;
    this.goal = frame.seq ?? 0;
    this.show(place.seq < this.goal ? "behind" : "live");
    this.timers.steady = setTimeout(() => {
      this.attempt = 0;
    }, STEADY);
    for (const command of this.unanswered.values()) socket.send(command.text);
    this.onHello?.();
  }

  /**
   * Take a numbered frame in: events in order and without a gap, a snapshot at any time. One that tells of several
   * events may begin with those the page has already: applying them again changes nothing.
   *
   * @param {Way} socket
   * @param {Frame} frame
   * @param {number} seq
   */
  take(socket, frame, seq) {
    const stream = frame.stream ?? "";
    const place = this.places[stream];
    if (!place) return;
    if (frame.kind !== "snapshot") {
      if (seq <= place.seq) return;
      if ((frame.from ?? seq) > place.seq + 1) {
        socket.close();
        return this.lost(socket, 1006);
      }
    }
    place.seq = seq;
    if (frame.kind !== "skip") this.onEvent(frame, stream);
    if (this.lamp === "behind" && !stream && seq >= this.goal) this.show("live");
  }

  /**
   * @param {string} id
   * @returns {Command | undefined}
   */
  answered(id) {
    const command = this.unanswered.get(id);
    this.unanswered.delete(id);
    this.show(this.lamp);
    return command;
  }

  /** @param {Frame} frame */
  refused(frame) {
    this.answered(frame.nack ?? "")?.refused(new Refusal(frame.code ?? "failed", frame.text ?? ""));
  }

  /** @param {Lamp} lamp */
  show(lamp) {
    this.lamp = lamp;
    this.onLamp(lamp, this.unanswered.size, this.socket?.name);
  }
}
