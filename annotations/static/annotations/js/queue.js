// @ts-check
/**
 * What was noted on this device and the server has not answered yet, and what the server said last: both outlive a
 * reload and a crash, in a database of this person alone. Where the browser keeps nothing, memory has to do.
 */

import { openDB } from "idb";

/** @import { IDBPDatabase } from "idb" */
/** @import { Answer, Circle, Note, Operation } from "annotations/types" */
/** `place`: in the order they were made. @typedef {{ place?: number, document: string, id: string, operation: Operation, at: string, refused?: Answer }} Row */
/** Answered, and not yet in what is kept of the streams. @typedef {{ document: string, id: string, operation: Operation, at: string }} Answered */
/** @typedef {{ label: string, document: string, seq: number, epoch: string, notes: Record<string, Note>, circles?: Circle[] }} Kept */

const VERSION = 2;
const [OPERATIONS, STREAMS, ANSWERED] = ["operations", "streams", "answered"];
const KEPT_MS = 7 * 86_400_000; // of a document that is not opened again

/** @param {string} user */
export const databaseOf = (user) => `nghisu-${user}`;

/** @param {string} user @returns {Promise<IDBPDatabase>} */
export function openDatabase(user) {
  return openDB(databaseOf(user), VERSION, {
    upgrade(database, before) {
      if (before < 1) {
        const operations = database.createObjectStore(OPERATIONS, { keyPath: "place", autoIncrement: true });
        operations.createIndex("document", "document");
        operations.createIndex("id", "id", { unique: true });
        database.createObjectStore(STREAMS, { keyPath: "label" }).createIndex("document", "document");
      }
      database.createObjectStore(ANSWERED, { keyPath: "id" }).createIndex("document", "document");
    },
    blocking: (_current, _next, event) => /** @type {IDBDatabase} */ (event.target).close(),
  });
}

export class Queue {
  /**
   * @param {string} user
   * @param {(user: string) => Promise<IDBPDatabase>} [open]
   */
  constructor(user, open = openDatabase) {
    this.user = user;
    this.database = open(user).catch(() => undefined); // a private window keeps nothing
    /** @type {Row[]} what could not be kept in the database */
    this.rows = [];
    this.places = 0;
  }

  /**
   * Keeps an operation until it is answered; the promise holds once it would survive a crash.
   * @param {string} document
   * @param {Operation} operation
   * @param {string} at
   */
  async add(document, operation, at) {
    const row = { document, id: operation.id, operation, at };
    try {
      const transaction = (await this.open()).transaction(OPERATIONS, "readwrite", { durability: "strict" });
      await Promise.all([transaction.store.add(row), transaction.done]);
    } catch {
      this.places += 1;
      this.rows.push({ ...row, place: this.places });
    }
  }

  /** What waits to be sent, in order. @param {string} [document] @returns {Promise<Row[]>} */
  async waiting(document) {
    return (await this.all(document)).filter((row) => !row.refused);
  }

  /** What the server would not do, kept until the person has seen it. @param {string} document @returns {Promise<Row[]>} */
  async refused(document) {
    return (await this.all(document)).filter((row) => row.refused);
  }

  /** @param {string} [document] @returns {Promise<Row[]>} */
  async all(document) {
    const inMemory = this.rows.filter((row) => document === undefined || row.document === document);
    try {
      const database = await this.open();
      const stored = document
        ? await database.getAllFromIndex(OPERATIONS, "document", document)
        : await database.getAll(OPERATIONS);
      return [...stored, ...inMemory];
    } catch {
      return inMemory;
    }
  }

  /** Takes in what was answered: done ones wait for `keep`, refused ones stay beside. @param {Answer[]} answers */
  async settle(answers) {
    for (const answer of answers) this.settleInMemory(answer);
    await this.within([OPERATIONS, ANSWERED], async ([operations, answered]) => {
      const byId = operations.index("id");
      // all at once: hundreds of answers, one after the other, would take seconds on a tablet
      const settled = answers.map(async (answer) => {
        const row = await byId.get(answer.id);
        if (row === undefined) return undefined;
        if (!answer.ok) return operations.put({ ...row, refused: answer });
        const { place, ...done } = row;
        return Promise.all([operations.delete(place), answered.put(done)]);
      });
      await Promise.all(settled);
    });
  }

  /** @param {Answer} answer */
  settleInMemory(answer) {
    if (answer.ok) this.rows = this.rows.filter((row) => row.id !== answer.id);
    else for (const row of this.rows) if (row.id === answer.id) row.refused = answer;
  }

  /** The person has seen what was refused. @param {string[]} ids */
  async drop(ids) {
    for (const id of ids) this.settleInMemory({ id, ok: true });
    await this.within([OPERATIONS], async ([operations]) => {
      for (const id of ids) {
        const place = await operations.index("id").getKey(id);
        if (place !== undefined) await operations.delete(place);
      }
    });
  }

  /**
   * Sends what waits of every document, each in order and in batches; what cannot be sent now goes on waiting.
   * @param {(document: string, operations: Operation[]) => Promise<Answer[]>} send
   * @param {{ most?: number, but?: string }} [options] `but`: a document that sends for itself
   */
  async flush(send, { most = 500, but = "" } = {}) {
    const waiting = (await this.waiting()).filter((row) => row.document !== but);
    for (const document of new Set(waiting.map((row) => row.document))) {
      const operations = waiting.filter((row) => row.document === document).map((row) => row.operation);
      for (let from = 0; from < operations.length; from += most)
        await this.settle(await send(document, operations.slice(from, from + most)));
    }
  }

  // --- what the server said last

  /** @param {string} document @returns {Promise<Kept[]>} */
  async streams(document) {
    try {
      return await (await this.open()).getAllFromIndex(STREAMS, "document", document);
    } catch {
      return [];
    }
  }

  /** What was answered and may not be in those streams yet. @param {string} document @returns {Promise<Answered[]>} */
  async answered(document) {
    try {
      return await (await this.open()).getAllFromIndex(ANSWERED, "document", document);
    } catch {
      return [];
    }
  }

  /**
   * @param {string} document
   * @param {Kept[]} kept all there is of this document
   * @param {(operation: Operation) => boolean} isSaid is it in there?
   */
  async keep(document, kept, isSaid) {
    await this.within([STREAMS, ANSWERED], async ([streams, answered]) => {
      const labels = new Set(kept.map(({ label }) => label));
      await Promise.all(kept.map((one) => streams.put(one)));
      for (const label of await streams.index("document").getAllKeys(document))
        if (!labels.has(label)) await streams.delete(label);
      const past = new Date(Date.now() - KEPT_MS).toISOString();
      const over = (await answered.index("document").getAll(document)).filter(
        (/** @type {Answered} */ { operation, at }) => at < past || isSaid(operation),
      );
      await Promise.all(over.map((/** @type {Answered} */ { id }) => answered.delete(id)));
    });
  }

  // --- the database

  async open() {
    const database = await this.database;
    if (!database) throw new Error("nothing is kept here");
    return database;
  }

  /**
   * @param {string[]} names
   * @param {(stores: any[]) => Promise<void>} work
   */
  async within(names, work) {
    try {
      const transaction = (await this.open()).transaction(names, "readwrite");
      await work(names.map((name) => transaction.objectStore(name)));
      await transaction.done;
    } catch {
      // memory has what is needed until the page goes
    }
  }

  /** Forgets everything of this person: after they were warned, if something waits. */
  async clear() {
    this.rows = [];
    await this.within([OPERATIONS, STREAMS, ANSWERED], async (stores) => {
      await Promise.all(stores.map((store) => store.clear()));
    });
  }

  async close() {
    (await this.database)?.close();
  }
}
