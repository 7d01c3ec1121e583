// @ts-check
/** @import { Leading } from "documents/viewer/leading" */

/**
 * What the server says about one version (`documents/manifest.py`).
 * @typedef {object} ViewerDocument
 * @property {string} id
 * @property {number} version
 * @property {string} title
 * @property {number} pages
 * @property {[number, number][]} sizes width and height of every page in PDF points
 * @property {string} file address of the PDF, byte ranges served
 * @property {string} download
 * @property {string} self address of this description, asked again while the previews are made
 * @property {string} preview address of a picture, with `{page}` and `{width}`
 * @property {number[]} widths widths there are pictures in; none while they are made
 * @property {boolean} waiting pictures are still being made
 * @property {string} pdfjs folder of PDF.js
 */

/**
 * @typedef {object} ViewerOptions
 * @property {ViewerDocument} document
 * @property {number} [page] where to begin
 * @property {boolean} [thumbnails] open the list of pages at the left
 * @property {boolean} [download] offer the file (default: yes)
 */

/**
 * What an embedding page may do.
 * @typedef {object} MountedViewer
 * @property {(page: number, options?: { smooth?: boolean }) => void} goTo
 * @property {() => number} page
 * @property {(page: number) => HTMLElement | undefined} sheet the element of one page, for overlays
 * @property {(listener: (page: number) => void) => () => void} onPage called when another page is the current one
 * @property {Leading} leading what is on screen, showing the same as somebody else, pointing
 * @property {() => void} destroy
 */

/** A part of a page: left, top, width, height, in shares of the page. @typedef {[number, number, number, number]} Area */
/** A place on a page, in shares of the page. @typedef {[number, number]} Point */

export {};
