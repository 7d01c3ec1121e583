// @ts-check
/** What a plan is made of; rooms/plan.py says what each of it means. */

/** @typedef {{ id: string, x: number, y: number, kind: string, turn: number }} Seat */
/** @typedef {{ kind: string, x: number, y: number, w: number, h: number, turn: number, label: string }} Thing */
/** @typedef {{ width: number, height: number, seats: Seat[], things: Thing[] }} Plan */
/** @typedef {{ seats: number, things: number, number: number }} Limits */

export {};
