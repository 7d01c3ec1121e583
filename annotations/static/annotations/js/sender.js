// @ts-check
/**
 * Brings operations to the server: over the live line where there is one, else by a request; in order, one batch at a
 * time. What the server will not do is told and put aside, and never holds up the rest.
 */

import { Refusal } from "live/socket";
import { token } from "live/ways";

/** @import { Answer, Operation } from "annotations/types" */
/** @typedef {(operations: Operation[]) => Promise<Answer[]>} Send */

/** Whoever asks again may be heard: nothing was wrong with what was said. */
const LATER = new Set(["failed", "busy", "too_many_frames", "too_fast", "entrance_over", "offline"]);
/** All operations meet the same answer: this document is not open to the person. */
const ALL = new Set(["unseen", "not_found", "not_yours", "not_here", "http_404", "http_403"]);
const MOST = 500;
/** A frame of the line holds 64 KB. */
export const LINE_BYTES = 48_000;
const POST_BYTES = 900_000;
/** More than a hand makes: what was noted offline goes by few large requests. */
const MANY = 60;
const SLOWEST = 30_000;

/** Something that may be said again later. */
export class Later extends Error {}

/**
 * Sends operations by a request of its own.
 * @param {string} document
 * @param {Operation[]} operations
 * @param {string} user whose they are: somebody else may have signed in on the device meanwhile
 * @returns {Promise<Answer[]>}
 */
export async function post(document, operations, user) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() };
  const body = JSON.stringify({ operations });
  /** @type {Response} */
  let response;
  try {
    response = await fetch(`/documents/${document}/annotations/?as=${user}`, { method: "POST", headers, body });
  } catch {
    throw new Later("offline");
  }
  if (response.ok && !response.redirected) return (await response.json()).answers;
  if (response.redirected || response.status === 401 || response.status === 429 || response.status >= 500)
    throw new Later(String(response.status));
  const problem = await response.json().catch(() => ({}));
  if (problem.code === "page_of_another") throw new Later(problem.code);
  throw new Refusal(problem.code ?? `http_${response.status}`, problem.detail ?? problem.title ?? "");
}

/**
 * The beginning of what waits that fits into one message.
 * @param {Operation[]} operations
 * @param {number} bytes
 * @returns {Operation[]}
 */
export function batch(operations, bytes) {
  let size = 0;
  const taken = [];
  for (const operation of operations.slice(0, MOST)) {
    size += JSON.stringify(operation).length * 2; // Vietnamese letters are up to three bytes each
    if (size > bytes && taken.length > 0) break;
    taken.push(operation);
  }
  return taken;
}

export class Sender {
  /**
   * @param {object} options
   * @param {() => Operation[]} options.waiting what waits, in order
   * @param {(answers: Answer[]) => Promise<void> | void} options.settle
   * @param {Send} options.post
   * @param {{ ready: () => boolean, annotate: Send }} [options.line]
   * @param {(state: "saved" | "saving" | "waiting") => void} [options.onState]
   */
  constructor({ waiting, settle, post, line, onState = () => {} }) {
    this.waiting = waiting;
    this.settle = settle;
    this.post = post;
    this.line = line;
    this.onState = onState;
    this.busy = false;
    this.ended = false;
    this.failures = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** Something waits, or the line is back. */
  async work() {
    if (this.busy || this.ended) return;
    clearTimeout(this.timer);
    this.busy = true;
    try {
      while (!this.ended && this.waiting().length > 0) await this.step();
      this.failures = 0;
      this.onState("saved");
    } catch {
      this.again();
    } finally {
      this.busy = false;
    }
  }

  async step() {
    this.onState(this.failures ? "waiting" : "saving");
    const { send, bytes } = this.way();
    const answers = await this.judged(batch(this.waiting(), bytes), send);
    this.failures = 0;
    await this.settle(answers);
  }

  /** @returns {{ send: Send, bytes: number }} */
  way() {
    const waiting = this.waiting();
    const [first] = waiting;
    const fits = waiting.length <= MANY && (!first || JSON.stringify(first).length * 2 <= LINE_BYTES);
    const { line } = this;
    return line?.ready() && fits
      ? { send: (operations) => line.annotate(operations), bytes: LINE_BYTES }
      : { send: this.post, bytes: POST_BYTES };
  }

  /**
   * Answers to all of them: where a whole batch is refused, its halves are asked for, until the one at fault stands alone.
   * @param {Operation[]} operations
   * @param {Send} send
   * @returns {Promise<Answer[]>}
   */
  async judged(operations, send) {
    try {
      const answers = await send(operations);
      const known = new Map(answers.map((answer) => [answer.id, answer]));
      return operations.map(({ id }) => known.get(id) ?? { id, code: "unanswered", text: "" });
    } catch (error) {
      if (!(error instanceof Refusal) || LATER.has(error.code) || error.code.startsWith("closed_")) throw error;
      const { code, message: text } = error;
      if (operations.length === 1 || ALL.has(code)) return operations.map(({ id }) => ({ id, code, text }));
      const middle = Math.ceil(operations.length / 2);
      const first = await this.judged(operations.slice(0, middle), send);
      return [...first, ...(await this.judged(operations.slice(middle), send))];
    }
  }

  again() {
    if (this.ended) return;
    this.onState("waiting");
    const pause = Math.min(SLOWEST, 1000 * 2 ** Math.min(this.failures, 6)) * (0.5 + Math.random() / 2);
    this.failures += 1;
    this.timer = setTimeout(() => this.work(), pause);
  }

  /** The network is back: now, not in half a minute. */
  hurry() {
    this.failures = 0;
    this.work();
  }

  stop() {
    this.ended = true;
    clearTimeout(this.timer);
  }
}
