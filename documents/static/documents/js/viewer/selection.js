// @ts-check
/** The selected text of the viewer's pages, as places on the pages and as quotations. */

/** @import { Rect } from "documents/viewer/turning" */
/** @import { Selected } from "documents/viewer/types" */
/** @import { Sheet } from "documents/viewer/sheet" */

import { joined } from "documents/viewer/turning";
import { quoted } from "documents/viewer/words";

/**
 * What is selected, page by page.
 * @param {Iterable<Sheet>} sheets in the order of their pages
 * @returns {Selected[]}
 */
export function selections(sheets) {
  const selection = document.getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return [];
  const range = selection.getRangeAt(0);
  return [...sheets].flatMap((sheet) => selectedOn(sheet, range) ?? []);
}

/**
 * @param {Sheet} sheet
 * @param {Range} range
 * @returns {Selected | undefined}
 */
function selectedOn(sheet, range) {
  const { text, words, textElement } = sheet;
  if (!text || !words || !textElement || !range.intersectsNode(textElement)) return undefined;
  /** @type {Rect[]} */
  const rects = [];
  let [start, end] = [Number.POSITIVE_INFINITY, -1];
  for (const [index, piece] of text.textDivs.entries()) {
    const part = partOf(piece, range);
    if (!part) continue;
    const begins = words.starts[index] ?? 0;
    start = Math.min(start, begins + part.startOffset);
    end = Math.max(end, begins + part.endOffset);
    for (const box of part.getClientRects()) rects.push(sheet.rectOf(box));
  }
  if (end <= start) return undefined;
  return { page: sheet.page, rects: joined(rects), ...quoted(words.joined, start, end) };
}

/**
 * The part of a piece of text that lies in the range.
 * @param {HTMLElement} piece
 * @param {Range} range
 */
function partOf(piece, range) {
  const node = piece.firstChild;
  if (!(node instanceof Text) || !range.intersectsNode(node)) return undefined;
  const part = document.createRange();
  part.setStart(node, range.startContainer === node ? range.startOffset : 0);
  part.setEnd(node, range.endContainer === node ? range.endOffset : node.length);
  return part.collapsed ? undefined : part;
}
