// @ts-check
/**
 * One room's connection: it comes back by itself, resumes where it was, and keeps commands until they are answered.
 * Frames are described in docs/protocol.md.
 */

/**
 * @typedef {{ seq: number, epoch: string }} Place where a stream stands on this page
 * @typedef {"connecting" | "behind" | "live" | "offline" | "closed"} Lamp
 * @typedef {{ seq?: number, kind?: string, at?: string, by?: string, stream?: string, data?: any, hello?: number,
 *   epoch?: string, ack?: string, nack?: string, code?: string, text?: string }} Frame
 * @typedef {{ url: string, places?: Record<string, Place>, onEvent: (frame: Frame, stream: string) => void,
 *   onLamp: (lamp: Lamp) => void }} Options `places`: where the snapshots the page came with stand
 * @typedef {{ text: string, resolve: (frame: Frame) => void, reject: (refusal: Refusal) => void }} Waiting
 */

const LOST_FOR_GOOD = new Set([4401, 4403, 4404]);
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 8000;

/** A command that was answered with no. */
export class Refusal extends Error {
  /** @param {string} code @param {string} text */
  constructor(code, text) {
    super(text);
    this.code = code;
  }
}

/** A random UUIDv4; works without a secure context, where `randomUUID` is missing. */
export function clientId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export class RoomSocket {
  /** @param {Options} options */
  constructor(options) {
    this.options = options;
    /** @type {Map<string, Place>} per stream: "" is the room's own, "me" the person's */
    this.places = new Map(Object.entries(options.places ?? {}));
    /** @type {Map<string, Waiting>} */
    this.waiting = new Map();
    this.failures = 0;
    this.stopped = false;
    /** @type {WebSocket | undefined} */
    this.socket = undefined;
  }

  start() {
    this.connect();
    addEventListener("online", () => this.hurry());
    addEventListener("pageshow", () => this.hurry());
    document.addEventListener("visibilitychange", () => !document.hidden && this.hurry());
  }

  /** Tries at once when there is reason to hope. */
  hurry() {
    if (this.stopped || (this.socket && this.socket.readyState <= WebSocket.OPEN)) return;
    clearTimeout(this.timer);
    this.connect();
  }

  connect() {
    this.options.onLamp(this.failures ? "offline" : "connecting");
    const socket = new WebSocket(this.address());
    this.socket = socket;
    socket.addEventListener("open", () => this.onOpen());
    socket.addEventListener("message", (event) => this.onMessage(JSON.parse(String(event.data))));
    socket.addEventListener("close", (event) => socket === this.socket && this.onClose(event.code));
  }

  address() {
    const url = new URL(this.options.url, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const [room, me] = [this.places.get(""), this.places.get("me")];
    if (room) url.search = new URLSearchParams({ since: String(room.seq), epoch: room.epoch }).toString();
    if (me) url.search += `${url.search ? "&" : ""}${new URLSearchParams({ me: String(me.seq), me_epoch: me.epoch })}`;
    return url.href;
  }

  onOpen() {
    this.options.onLamp("behind");
    for (const { text } of this.waiting.values()) this.socket?.send(text);
  }

  /** @param {Frame} frame */
  onMessage(frame) {
    if (frame.ack !== undefined) return this.answered(frame.ack, (waiting) => waiting.resolve(frame));
    if (frame.nack !== undefined) {
      const refusal = new Refusal(frame.code ?? "", frame.text ?? "");
      return this.answered(frame.nack, (waiting) => waiting.reject(refusal));
    }
    const stream = frame.stream ?? "";
    if (frame.hello !== undefined) return this.onHello(frame, stream);
    if (frame.seq !== undefined && !this.advance(frame, stream)) return;
    if (frame.kind !== "skip") this.options.onEvent(frame, stream);
  }

  /** @param {Frame} frame @param {string} stream */
  onHello(frame, stream) {
    const known = this.places.get(stream);
    if (known?.epoch !== frame.epoch) this.places.set(stream, { seq: 0, epoch: frame.epoch ?? "" });
    if (stream !== "me") return;
    this.failures = 0;
    this.options.onLamp("live");
  }

  /**
   * Moves on to an event; an old one is left out, a gap makes the socket come back for the missing ones.
   * @param {Frame} frame
   * @param {string} stream
   */
  advance(frame, stream) {
    const place = this.places.get(stream) ?? { seq: 0, epoch: "" };
    const seq = frame.seq ?? 0;
    if (frame.kind === "snapshot") {
      this.places.set(stream, { ...place, seq });
      return true;
    }
    if (seq <= place.seq) return false;
    if (seq > place.seq + 1) {
      this.socket?.close(4000);
      return false;
    }
    place.seq = seq;
    return true;
  }

  /** @param {string} id @param {(waiting: Waiting) => void} settle */
  answered(id, settle) {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (waiting) settle(waiting);
  }

  /** @param {number} code */
  onClose(code) {
    if (this.stopped || LOST_FOR_GOOD.has(code)) return this.end(code);
    this.failures += 1;
    this.options.onLamp("offline");
    const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(this.failures, 6));
    this.timer = setTimeout(() => this.connect(), delay * (0.5 + Math.random()));
  }

  /** @param {number} code */
  end(code) {
    this.stopped = true;
    this.options.onLamp("closed");
    for (const waiting of this.waiting.values()) waiting.reject(new Refusal(`closed_${code}`, ""));
    this.waiting.clear();
  }

  /**
   * Sends a command, again after a lost connection, under the same id: the server does it once.
   * @param {string} verb
   * @param {object} [data]
   * @returns {Promise<Frame>}
   */
  send(verb, data = {}) {
    const id = clientId();
    const text = JSON.stringify({ id, do: verb, data });
    return new Promise((resolve, reject) => {
      if (this.stopped) return reject(new Refusal("closed", ""));
      this.waiting.set(id, { text, resolve, reject });
      if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(text);
    });
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    this.socket?.close(1000);
  }
}
