// @ts-check
/**
 * The live line as annotations use it: any number of documents are read on one socket, whatever else that socket carries.
 * After every hello they are asked for again, from where the page stands.
 */

/** @import { Frame, Place, RoomSocket } from "live/socket" */
/** @import { Answer, Circle, Drawn, Operation } from "annotations/types" */
/**
 * @typedef {object} Reader who wants to hear of one document
 * @property {(stream: string, frame: Frame) => void} heard snapshots and events
 * @property {(stream: string) => void} gone nothing of the stream may be seen any more
 * @property {(strokes: Drawn[]) => void} drawing strokes others are drawing
 * @property {() => string[]} [asking] the document is about to be asked for: which operations have been answered by now
 * @property {(streams: string[], circles: Circle[], answered: string[]) => void} followed the line stands (again), and
 *   carries these streams: everything that had been `answered` before it was asked has come on them, or is past
 */

export const PREFIX = "notes:";

/** @param {string} document @param {string} stream */
export function isOf(document, stream) {
  return stream === PREFIX + document || stream.startsWith(`${PREFIX}${document}:`);
}

export class NotesLine {
  /** @param {Pick<RoomSocket, "send" | "pass" | "places" | "greetedNow">} socket */
  constructor(socket) {
    this.socket = socket;
    /** @type {Map<string, Reader>} by document */
    this.readers = new Map();
  }

  /** Does the line carry anything now? */
  get ready() {
    return this.socket.greetedNow;
  }

  /**
   * Follows a document's annotations.
   * @param {string} document
   * @param {Reader} reader
   * @param {Record<string, Place>} places where the page stands
   */
  read(document, reader, places = {}) {
    this.readers.set(document, reader);
    for (const [stream, place] of Object.entries(places)) this.socket.places[stream] = place;
    if (this.ready) this.ask(document);
  }

  /** @param {string} document */
  async ask(document) {
    const places = Object.fromEntries(
      Object.entries(this.socket.places).filter(([stream, { seq }]) => isOf(document, stream) && seq >= 0),
    );
    const answered = this.readers.get(document)?.asking?.() ?? [];
    try {
      const { data } = await this.socket.send("read", { document, places });
      this.readers.get(document)?.followed(data?.streams ?? [], data?.circles ?? [], answered);
    } catch (refusal) {
      // not open to the person any more; anything else is asked for again after the next hello
      if (/** @type {{ code?: string }} */ (refusal).code === "unseen")
        this.readers.get(document)?.followed([], [], answered);
    }
  }

  /** @param {string} document */
  leave(document) {
    if (!this.readers.delete(document)) return;
    for (const stream of Object.keys(this.socket.places)) if (isOf(document, stream)) delete this.socket.places[stream];
    if (this.ready) this.socket.send("stop_reading", { document }).catch(() => {});
  }

  /** The socket has said hello. */
  greeted() {
    for (const document of this.readers.keys()) this.ask(document);
  }

  /**
   * A frame of the socket; says whether it was one of these.
   * @param {Frame & { gone?: boolean }} frame
   * @param {string} stream
   */
  hear(frame, stream) {
    if (!stream.startsWith(PREFIX)) return false;
    for (const [document, reader] of this.readers) if (isOf(document, stream)) this.tell(reader, frame, stream);
    return true;
  }

  /**
   * @param {Reader} reader
   * @param {Frame & { gone?: boolean }} frame
   * @param {string} stream
   */
  tell(reader, frame, stream) {
    if (frame.gone) {
      delete this.socket.places[stream];
      reader.gone(stream);
    } else if (frame.kind === "drawing") reader.drawing(frame.data?.strokes ?? []);
    else if (frame.seq !== undefined) reader.heard(stream, frame);
  }

  /**
   * @param {string} document
   * @param {Operation[]} operations
   * @returns {Promise<Answer[]>}
   */
  async annotate(document, operations) {
    const ack = await this.socket.send("annotate", { document, operations });
    return ack.data?.answers ?? [];
  }

  /** @param {Record<string, unknown>} data */
  draw(data) {
    this.socket.pass("draw", data);
  }
}
