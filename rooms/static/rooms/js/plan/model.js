// @ts-check
/** The plan being drawn: what is chosen, every step undone and done again. Knows no page. */

/** @typedef {import("./types.js").Plan} Plan */
/** @typedef {import("./types.js").Seat} Seat */
/** @typedef {import("./types.js").Thing} Thing */
/** @typedef {Seat | Thing} Piece */

const MOST_STEPS = 200;

/**
 * Is this piece a seat?
 * @param {Piece} piece
 * @returns {piece is Seat}
 */
export const isSeat = (piece) => "id" in piece;

export class Model {
  /**
   * @param {Plan} plan
   * @param {import("./types.js").Limits} limits
   */
  constructor(plan, limits) {
    this.plan = plan;
    this.limits = limits;
    /** @type {Set<Piece>} */
    this.chosen = new Set();
    /** @type {string[]} */
    this.past = [];
    /** @type {string[]} */
    this.future = [];
    this.saved = JSON.stringify(plan);
  }

  get dirty() {
    return JSON.stringify(this.plan) !== this.saved;
  }

  /** Remembers how it stands before a step. */
  remember() {
    this.past.push(JSON.stringify(this.plan));
    if (this.past.length > MOST_STEPS) this.past.shift();
    this.future = [];
  }

  /** Forgets the last step, which changed nothing. */
  forget() {
    this.past.pop();
  }

  undo() {
    return this.swap(this.past, this.future);
  }

  redo() {
    return this.swap(this.future, this.past);
  }

  /**
   * @param {string[]} from
   * @param {string[]} to
   */
  swap(from, to) {
    const state = from.pop();
    if (state === undefined) return false;
    to.push(JSON.stringify(this.plan));
    this.plan = JSON.parse(state);
    this.chosen.clear();
    return true;
  }

  /** @param {Plan} plan */
  replace(plan) {
    this.remember();
    this.plan = plan;
    this.chosen.clear();
  }

  /** @returns {Piece[]} */
  pieces() {
    return [...this.plan.things, ...this.plan.seats];
  }

  /**
   * Moves what is chosen, as one: nothing of it leaves the room.
   * @param {number} dx
   * @param {number} dy
   * @param {Map<Piece, { x: number, y: number }>} [from]
   */
  shift(dx, dy, from = this.places()) {
    const starts = [...from.values()];
    if (!starts.length) return;
    const x = within(
      dx,
      -Math.min(...starts.map((one) => one.x)),
      this.plan.width - Math.max(...starts.map((one) => one.x)),
    );
    const y = within(
      dy,
      -Math.min(...starts.map((one) => one.y)),
      this.plan.height - Math.max(...starts.map((one) => one.y)),
    );
    for (const [piece, start] of from) {
      piece.x = Math.round(start.x + x);
      piece.y = Math.round(start.y + y);
    }
  }

  places() {
    return new Map([...this.chosen].map((piece) => [piece, { x: piece.x, y: piece.y }]));
  }

  /** The next number nobody has: A7 after A6, 13 after 12. @param {string} [like] */
  next(like) {
    const taken = new Set(this.plan.seats.map((seat) => seat.id));
    const last = like ?? this.plan.seats.at(-1)?.id ?? "0";
    const [, head = "", tail = "0"] = /^(.*?)(\d*)$/.exec(last) ?? [];
    let number = Number(tail || "0");
    let name = "";
    do {
      number += 1;
      name = `${head}${number}`.slice(-this.limits.number);
    } while (taken.has(name));
    return name;
  }

  /** @param {number} seats @param {number} things */
  hasRoom(seats, things) {
    return (
      this.plan.seats.length + seats <= this.limits.seats && this.plan.things.length + things <= this.limits.things
    );
  }

  /**
   * Adds pieces and chooses them.
   * @param {Piece[]} pieces
   */
  add(pieces) {
    const seats = pieces.filter(isSeat).length;
    if (!this.hasRoom(seats, pieces.length - seats)) return false;
    this.remember();
    this.chosen = new Set(pieces);
    for (const piece of pieces) {
      piece.x = Math.round(within(piece.x, 0, this.plan.width));
      piece.y = Math.round(within(piece.y, 0, this.plan.height));
      if (isSeat(piece)) this.plan.seats.push({ ...piece, id: "" });
      else this.plan.things.push(piece);
      if (isSeat(piece)) {
        piece.id = this.next(piece.id || undefined);
        this.plan.seats[this.plan.seats.length - 1] = piece;
      }
    }
    return true;
  }

  duplicate() {
    const copies = [...this.chosen].map((piece) => ({ ...piece, x: piece.x + 30, y: piece.y + 30 }));
    return copies.length ? this.add(copies) : true;
  }

  remove() {
    if (!this.chosen.size) return;
    this.remember();
    this.plan.seats = this.plan.seats.filter((seat) => !this.chosen.has(seat));
    this.plan.things = this.plan.things.filter((thing) => !this.chosen.has(thing));
    this.chosen.clear();
  }

  /** @param {number} degrees */
  turn(degrees) {
    if (!this.chosen.size) return;
    this.remember();
    for (const piece of this.chosen) piece.turn = (piece.turn + degrees + 360) % 360;
  }

  /**
   * Makes the room another size; what would stand outside moves to the wall.
   * @param {number} width
   * @param {number} height
   */
  resize(width, height) {
    this.remember();
    this.plan.width = width;
    this.plan.height = height;
    for (const piece of this.pieces()) {
      piece.x = within(piece.x, 0, width);
      piece.y = within(piece.y, 0, height);
    }
  }
}

/**
 * @param {number} value
 * @param {number} least
 * @param {number} most
 */
export const within = (value, least, most) => Math.max(least, Math.min(most, value));
