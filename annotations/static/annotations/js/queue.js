// @ts-check
/**
 * What was noted on this device and the server has not answered yet, and what the server said last: both outlive a
 * reload and a crash, in a database of this person alone. Where the browser keeps nothing, memory has to do.
 */

import { openDB } from "idb";

/** @import { IDBPDatabase } from "idb" */
/** @import { Answer, Circle, Note, Operation } from "annotations/types" */
/** `place`: in the order they were made. @typedef {{ place?: number, document: string, id: string, operation: Operation, at: string, refused?: Answer }} Row */
/** Answered, and not yet in what is kept of the streams. @typedef {{ document: string, id: string, operation: Operation, at: string, answeredAt?: string }} Answered */
/** `said`: when the stream was last heard. @typedef {{ label: string, document: string, seq: number, epoch: string, said?: string, notes: Record<string, Note>, circles?: Circle[] }} Kept */
/** @typedef {(user: string, wiped: () => void) => Promise<IDBPDatabase>} Open */

const VERSION = 2;
const [OPERATIONS, STREAMS, ANSWERED] = ["operations", "streams", "answered"];
const KEPT_MS = 7 * 86_400_000; // of a document that is not opened again
const OPEN_MS = 3_000; // a page that sleeps may hold up the database without end
/** What a connection says that is there no more: another page has closed it, or the system has. */
const CLOSED = new Set(["InvalidStateError", "UnknownError"]);

/** @param {string} user */
export const databaseOf = (user) => `nghisu-${user}`;

/** @type {Open} `wiped`: called when everything on the device is taken away */
export function openDatabase(user, wiped) {
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
    blocking: (_current, next, event) => {
      if (next === null) wiped();
      /** @type {IDBDatabase} */ (event.target).close();
    },
  });
}

export class Queue {
  /**
   * @param {string} user
   * @param {Open} [open]
   * @param {number} [patience] milliseconds
   */
  constructor(user, open = openDatabase, patience = OPEN_MS) {
    this.user = user;
    this.opening = open;
    this.patience = patience;
    this.ended = false;
    /** @type {Row[]} what could not be kept in the database */
    this.rows = [];
    this.places = 0;
    /** @type {IDBPDatabase | undefined} the connection that stands */
    this.standing = undefined;
    this.database = this.opened();
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
      await this.reach(async (database) => {
        const transaction = database.transaction(OPERATIONS, "readwrite", { durability: "strict" });
        await Promise.all([transaction.store.add(row), transaction.done]);
      });
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
    const inMemory = () => this.rows.filter((row) => document === undefined || row.document === document);
    try {
      const stored = await this.reach((database) =>
        document ? database.getAllFromIndex(OPERATIONS, "document", document) : database.getAll(OPERATIONS),
      );
      const known = new Set(stored.map(({ id }) => id));
      return [...stored, ...inMemory().filter(({ id }) => !known.has(id))];
    } catch {
      return inMemory();
    }
  }

  /** Takes in what was answered: done ones wait for `keep`, refused ones stay beside. @param {Answer[]} answers */
  async settle(answers) {
    for (const answer of answers) this.settleInMemory(answer);
    const answeredAt = new Date().toISOString();
    await this.within([OPERATIONS, ANSWERED], async ([operations, answered]) => {
      const byId = operations.index("id");
      // all at once: hundreds of answers, one after the other, would take seconds on a tablet
      const settled = answers.map(async (answer) => {
        const row = await byId.get(answer.id);
        if (row === undefined) return undefined;
        if (!answer.ok) return operations.put({ ...row, refused: answer });
        const { place, ...done } = row;
        return Promise.all([operations.delete(place), answered.put({ ...done, answeredAt })]);
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
    await this.sweep();
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
      return await this.reach((database) => database.getAllFromIndex(STREAMS, "document", document));
    } catch {
      return [];
    }
  }

  /** What was answered and may not be in those streams yet. @param {string} document @returns {Promise<Answered[]>} */
  async answered(document) {
    try {
      return await this.reach((database) => database.getAllFromIndex(ANSWERED, "document", document));
    } catch {
      return [];
    }
  }

  /**
   * Keeps what this page has heard, unless another page of this person has heard more.
   * @param {string} document
   * @param {Kept[]} kept
   * @param {string[]} gone streams that may not be seen any more
   * @param {(answered: Answered) => boolean} isSaid is it in there, or over?
   */
  async keep(document, kept, gone, isSaid) {
    await this.within([STREAMS, ANSWERED], async ([streams, answered]) => {
      const there = await Promise.all(kept.map(({ label }) => streams.get(label)));
      const newer = kept.filter((one, place) => isNews(one, there[place]));
      await Promise.all([...newer.map((one) => streams.put(one)), ...gone.map((label) => streams.delete(label))]);
      if (newer.length < kept.length) return;
      /** @type {Answered[]} */
      const rows = await answered.index("document").getAll(document);
      await Promise.all(rows.filter(isSaid).map(({ id }) => answered.delete(id)));
    });
  }

  /** What was answered long ago, and never seen again in a stream, is dropped whatever document it is of. */
  async sweep() {
    const past = new Date(Date.now() - KEPT_MS).toISOString();
    await this.within([ANSWERED], async ([answered]) => {
      /** @type {Answered[]} */
      const rows = await answered.getAll();
      const over = rows.filter(({ at, answeredAt = at }) => answeredAt < past);
      await Promise.all(over.map(({ id }) => answered.delete(id)));
    });
  }

  // --- the database

  /** Opens it, or gives up for now; when it comes late, what memory had to hold goes in. */
  async opened() {
    const asked = Promise.resolve().then(() => this.opening(this.user, () => this.leaveIt()));
    const late = asked.then((database) => this.arrived(database)).catch(() => undefined); // a private window keeps nothing
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const enough = new Promise((done) => {
      timer = setTimeout(done, this.patience);
    });
    const database = await Promise.race([late, enough.then(() => undefined)]);
    clearTimeout(timer);
    return database;
  }

  /** @param {IDBPDatabase} database */
  async arrived(database) {
    if (this.ended) {
      database.close();
      return undefined;
    }
    this.standing = database;
    this.database = Promise.resolve(database);
    await this.moveIn(database).catch(() => undefined); // memory goes on holding it
    return database;
  }

  /** What memory had to hold goes into the database, in order. @param {IDBPDatabase} database */
  async moveIn(database) {
    const moved = this.rows.slice();
    if (moved.length === 0) return;
    const transaction = database.transaction(OPERATIONS, "readwrite", { durability: "strict" });
    for (const row of moved) {
      const known = await transaction.store.index("id").getKey(row.id);
      const { place: _place, ...kept } = row;
      if (known === undefined && this.rows.includes(row)) await transaction.store.add(kept);
    }
    await transaction.done;
    this.rows = this.rows.filter((row) => !moved.includes(row));
  }

  /** Nothing is kept here from now on. */
  leaveIt() {
    this.ended = true;
    this.database = Promise.resolve(undefined);
  }

  /**
   * Does something in the database; a connection that was closed behind the page's back is opened again, once.
   * @template T
   * @param {(database: IDBPDatabase) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async reach(work) {
    const used = await this.database;
    if (!used) throw new Error("nothing is kept here");
    try {
      return await work(used);
    } catch (error) {
      if (this.ended || !CLOSED.has(/** @type {Error} */ (error).name)) throw error;
      if (this.standing === used) {
        this.standing = undefined;
        this.database = this.opened();
      }
      const again = await this.database;
      if (!again) throw error;
      return work(again);
    }
  }

  /**
   * @param {string[]} names
   * @param {(stores: any[]) => Promise<void>} work
   */
  async within(names, work) {
    try {
      await this.reach(async (database) => {
        const transaction = database.transaction(names, "readwrite");
        await work(names.map((name) => transaction.objectStore(name)));
        await transaction.done;
      });
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
    const { database } = this;
    this.leaveIt();
    (await database)?.close();
  }
}

/**
 * Has this page heard more of a stream than what is kept? Where the epochs differ, the numbers say nothing.
 * @param {Kept} one
 * @param {Kept | undefined} there
 */
function isNews(one, there) {
  if (!there || there.seq < 0) return true;
  return there.epoch === one.epoch ? one.seq >= there.seq : (one.said ?? "") >= (there.said ?? "");
}
