// @ts-check
/** What was done in one document, to be taken back and done again: every step knows its way forth and back. */

/** @import { Wish } from "annotations/store" */
/** Without a way back a step is passed over. @typedef {{ forth: Wish, back: Wish | undefined }} Step */

const MOST = 200;

export class History {
  constructor() {
    /** @type {Step[][]} */
    this.done = [];
    /** @type {Step[][]} */
    this.undone = [];
  }

  get canUndo() {
    return this.done.length > 0;
  }

  get canRedo() {
    return this.undone.length > 0;
  }

  /** Something new was done: what was undone before is gone. @param {Step[]} steps */
  did(steps) {
    const back = steps.filter((step) => step.back !== undefined);
    if (back.length === 0) return;
    this.done = [...this.done, back].slice(-MOST);
    this.undone = [];
  }

  /** This annotation does not exist: there is nothing to take back. @param {string} note */
  forget(note) {
    const others = (/** @type {Step[][]} */ acts) =>
      acts.map((steps) => steps.filter(({ forth }) => forth.note !== note)).filter((steps) => steps.length > 0);
    this.done = others(this.done);
    this.undone = others(this.undone);
  }

  /** @returns {Wish[] | undefined} what takes the last act back, its last step first */
  undo() {
    const steps = this.done.pop();
    if (!steps) return undefined;
    this.undone.push(steps);
    return steps.map(({ back }) => /** @type {Wish} */ (back)).reverse();
  }

  /** @returns {Wish[] | undefined} */
  redo() {
    const steps = this.undone.pop();
    if (!steps) return undefined;
    this.done.push(steps);
    return steps.map(({ forth }) => forth);
  }
}
