// @ts-check
/** The text of one page, its pieces joined as they are read. Pure. */

/** @typedef {{ str?: string, hasEOL?: boolean }} Piece what PDF.js tells of a piece of text */

export class PageText {
  /** @param {Piece[]} items */
  constructor(items) {
    this.joined = "";
    /** @type {number[]} where each piece begins */
    this.starts = [];
    for (const item of items) {
      if (item.str === undefined) continue;
      this.starts.push(this.joined.length);
      this.joined += item.hasEOL ? `${item.str}\n` : item.str;
    }
  }
}

const AROUND = 32;

/**
 * A quotation with what stands before and after it, so that it is found again in another version.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
export function quoted(text, start, end) {
  return {
    exact: text.slice(start, end),
    prefix: text.slice(Math.max(0, start - AROUND), start),
    suffix: text.slice(end, end + AROUND),
  };
}
