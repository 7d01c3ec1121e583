// @ts-check
/**
 * Three ways for the same frames: a WebSocket, a stream of events, polling. Which one is taken is decided in
 * live/race; the addresses are described in docs/protocol.md.
 */

/** @import { Frame } from "live/socket" */

/** @typedef {"socket" | "events" | "poll"} WayName */

/**
 * @typedef {object} Hooks
 * @property {(way: Way, frame: Frame) => void} heard
 * @property {(way: Way, code: number) => void} over once: why it ended, 1006 when nobody said
 * @property {(way: Way) => void} [opened] something of the server has come through, though no frame yet
 */

/** @typedef {{ name: WayName, send: (text: string) => void, close: () => void }} Way */

const LOST = 1006;
const SAY_AGAIN = 1_000;
const CSRF = /(?:^|;\s*)csrftoken=([^;]+)/;

/** What stands in for a socket's address over HTTP. @param {string} socket @param {string} part */
export function besides(socket, part) {
  const url = new URL(socket);
  url.protocol = url.protocol.replace("ws", "http");
  url.pathname = `${url.pathname.replace(/^\/ws\//, "/live/")}${part}/`;
  return url;
}

/** @implements {Way} */
export class SocketWay {
  /**
   * @param {string} address
   * @param {Hooks} hooks
   */
  constructor(address, hooks) {
    /** @type {WayName} */
    this.name = "socket";
    this.socket = new WebSocket(address);
    this.socket.addEventListener("open", () => hooks.opened?.(this));
    this.socket.addEventListener("message", (event) => hooks.heard(this, JSON.parse(event.data)));
    this.socket.addEventListener("close", (event) => hooks.over(this, event.code));
  }

  /** @param {string} text */
  send(text) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(text);
  }

  close() {
    this.socket.close(1000);
  }
}

/** What events and polling have in common: saying is a request of its own. */
class LineWay {
  /**
   * @param {string} address of the socket it stands in for
   * @param {Hooks} hooks
   */
  constructor(address, hooks) {
    this.address = address;
    this.hooks = hooks;
    this.line = "";
    this.leaving = new AbortController();
  }

  get open() {
    return !this.leaving.signal.aborted;
  }

  /** @returns {Way} */
  get self() {
    return /** @type {Way} */ (/** @type {unknown} */ (this));
  }

  /** What a line is asked once it is there; whom the page was made for is said every time. @param {string} part @param {Record<string, string>} asked */
  goingOn(part, asked) {
    const url = besides(this.address, part);
    const made = url.searchParams.get("as");
    url.search = new URLSearchParams({ ...asked, ...(made ? { as: made } : {}) }).toString();
    return url;
  }

  /** Says one frame, again and again until it is answered: the server does it once. @param {string} text */
  async send(text) {
    const url = this.goingOn("say", { line: this.line });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token() };
    while (this.open) {
      try {
        const response = await fetch(url, { method: "POST", headers, body: text, signal: this.leaving.signal });
        if (response.status === 204) return;
        const answer = await response.json();
        if (answer.close === undefined) return this.hooks.heard(this.self, answer);
        if (response.status !== 503) return this.over(answer.close);
      } catch {
        // the request was lost; what was not answered is said again
      }
      if (!text.includes('"id"')) return;
      await new Promise((resolve) => setTimeout(resolve, SAY_AGAIN));
    }
  }

  close() {
    this.leaving.abort();
  }

  /** @param {number} code */
  over(code) {
    if (!this.open) return;
    this.close();
    this.hooks.over(this.self, code);
  }

  /** Takes what the line says of itself, and passes on what it carries. @param {any} frame */
  take(frame) {
    if (!this.open) return;
    if (frame.line !== undefined) this.line = frame.line;
    else if (frame.close !== undefined) this.over(frame.close);
    else this.hooks.heard(this.self, frame);
  }
}

/** @implements {Way} */
export class EventsWay extends LineWay {
  /**
   * @param {string} address
   * @param {Hooks} hooks
   */
  constructor(address, hooks) {
    super(address, hooks);
    /** @type {WayName} */
    this.name = "events";
    this.run().catch(() => this.over(LOST));
  }

  async run() {
    const headers = { Accept: "text/event-stream" };
    const response = await fetch(besides(this.address, "events"), {
      headers,
      cache: "no-store",
      signal: this.leaving.signal,
    });
    if (!response.ok || !response.body) return this.over(await reason(response));
    const [reader, decoder] = [response.body.getReader(), new TextDecoder()];
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return this.over(LOST);
      this.hooks.opened?.(this);
      const events = (rest + decoder.decode(value, { stream: true })).split("\n\n");
      rest = events.pop() ?? "";
      for (const event of events) if (event.startsWith("data: ")) this.take(JSON.parse(event.slice(6)));
    }
  }
}

/** @implements {Way} */
export class PollWay extends LineWay {
  /**
   * @param {string} address
   * @param {Hooks} hooks
   */
  constructor(address, hooks) {
    super(address, hooks);
    /** @type {WayName} */
    this.name = "poll";
    this.run().catch(() => this.over(LOST));
  }

  async run() {
    let url = besides(this.address, "poll");
    while (this.open) {
      const response = await fetch(url, { cache: "no-store", signal: this.leaving.signal });
      if (!response.ok) return this.over(await reason(response));
      const { line, turn, frames, close } = await response.json();
      this.line = line;
      for (const frame of frames) this.take(frame);
      if (close !== undefined) return this.over(close);
      url = this.goingOn("poll", { line, turn });
    }
  }
}

/** Why a line was not opened: what the server says, nothing when somebody between us answered. @param {Response} response */
async function reason(response) {
  try {
    return Number((await response.json()).close ?? LOST);
  } catch {
    return LOST;
  }
}

/** The token against forged forms, as the browser has it now. */
export function token() {
  const kept = CSRF.exec(document.cookie)?.[1];
  return kept ?? JSON.parse(document.body?.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
}
