// @ts-check
/**
 * What was noted on this device and the server has not answered yet, and what the server said last: both outlive a
 * reload and a crash, in a database of this person alone. Where the browser keeps nothing, memory has to do.
 */

import { openDB } from "idb";

/** @import { IDBPDatabase } from "idb" */
/** @import { Answer, Circle, Note, Operation } from "annotations/types" */
/** `place`: in the order they were made. @typedef {{ place?: number, document: string, id: string, operation: Operation, at: string, refused?: Answer }} Row */
/** @typedef {{ label: string, document: string, seq: number, epoch: string, notes: Record<string, Note>, circles?: Circle[] }} Kept */

const VERSION = 1;
const [OPERATIONS, STREAMS] = ["operations", "streams"];

/** @param {string} user */
export const databaseOf = (user) => `nghisu-${user}`;

/** @param {string} user @returns {Promise<IDBPDatabase>} */
export function openDatabase(user) {
  return openDB(databaseOf(user), VERSION, {
    upgrade(database) {
      const operations = database.createObjectStore(OPERATIONS, { keyPath: "place", autoIncrement: true });
      operations.createIndex("document", "document");
      operations.createIndex("id", "id", { unique: true });
      database.createObjectStore(STREAMS, { keyPath: "label" }).createIndex("document", "document");
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

  /** Takes in what was answered: done ones go, refused ones stay beside. @param {Answer[]} answers */
  async settle(answers) {
    for (const answer of answers) this.settleInMemory(answer);
    await this.within(OPERATIONS, async (store) => {
      for (const answer of answers) {
        const key = await store.index("id").getKey(answer.id);
        if (key === undefined) continue;
        if (answer.ok) await store.delete?.(key);
        else await store.put?.({ ...(await store.get(key)), refused: answer });
      }
    });
  }

  /** @param {Answer} answer */
  settleInMemory(answer) {
    if (answer.ok) this.rows = this.rows.filter((row) => row.id !== answer.id);
    else for (const row of this.rows) if (row.id === answer.id) row.refused = answer;
  }

  /** The person has seen what was refused. @param {string[]} ids */
  drop(ids) {
    return this.settle(ids.map((id) => ({ id, ok: true })));
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

  /** @param {string} document @param {Kept[]} kept all there is of this document */
  async keep(document, kept) {
    await this.within(STREAMS, async (store) => {
      const labels = new Set(kept.map(({ label }) => label));
      await Promise.all(kept.map((one) => store.put?.(one)));
      for (const label of await store.index("document").getAllKeys(document))
        if (!labels.has(/** @type {string} */ (label))) await store.delete?.(label);
    });
  }

  // --- the database

  async open() {
    const database = await this.database;
    if (!database) throw new Error("nothing is kept here");
    return database;
  }

  /**
   * @param {string} name
   * @param {(store: import("idb").IDBPObjectStore<unknown, string[], string, "readwrite">) => Promise<void>} work
   */
  async within(name, work) {
    try {
      const transaction = (await this.open()).transaction(name, "readwrite");
      await work(/** @type {any} */ (transaction.store));
      await transaction.done;
    } catch {
      // memory has what is needed until the page goes
    }
  }

  /** Forgets everything of this person: after they were warned, if something waits. */
  async clear() {
    this.rows = [];
    await this.within(OPERATIONS, (store) => store.clear?.() ?? Promise.resolve());
    await this.within(STREAMS, (store) => store.clear?.() ?? Promise.resolve());
  }

  async close() {
    (await this.database)?.close();
  }
}
