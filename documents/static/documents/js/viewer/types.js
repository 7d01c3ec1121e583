// @ts-check
/** @import { Layers } from "documents/viewer/layers" */
/** @import { Leading } from "documents/viewer/leading" */
/** @import { Rect } from "documents/viewer/turning" */
/** @import { Sheet } from "documents/viewer/sheet" */

/**
 * What the server says about one version (`documents/manifest.py`).
 * @typedef {object} ViewerDocument
 * @property {string} id
 * @property {number} version
 * @property {string} uuid public id of the version; what is noted belongs to it
 * @property {string} title
 * @property {number} pages
 * @property {[number, number][]} sizes width and height of every page in PDF points
 * @property {string} file address of the PDF, byte ranges served
 * @property {string} download
 * @property {string} self address of this description, asked again while the previews are made
 * @property {string} preview address of a picture, with `{page}` and `{width}`
 * @property {number[]} widths widths there are pictures in; none while they are made
 * @property {boolean} waiting pictures are still being made
 * @property {number} prepared pages there are pictures of so far
 * @property {string} pdfjs folder of PDF.js
 * @property {string} protection "none", "watermark", or "pictures": then `file` is empty and pictures are all there is
 * @property {string} watermark written over the pages
 * @property {string} reader whose place is remembered
 * @property {Newer | null} newer
 */

/**
 * A newer version of the same document.
 * @typedef {object} Newer
 * @property {number} number
 * @property {string} url its page
 * @property {string} self its description
 * @property {number[] | null} changed its pages that differ; null until they were compared
 */

/**
 * @typedef {object} ViewerOptions
 * @property {ViewerDocument} document
 * @property {number} [page] where to begin; otherwise where this person was last on this device
 * @property {(page?: number) => void} [openNewer] how the newer version is opened (default: its own page)
 * @property {boolean} [thumbnails] open the list of pages at the left
 * @property {boolean} [download] offer the file (default: yes)
 */

/**
 * What an embedding page may do.
 * @typedef {object} MountedViewer
 * @property {HTMLElement} element
 * @property {ViewerDocument} source
 * @property {(page: number, options?: { smooth?: boolean, area?: Rect }) => void} goTo to a page, or to a part of it
 *   (points of the upright page)
 * @property {() => number} page
 * @property {(page: number) => Sheet | undefined} sheet one page: its element, sizes, and the places on it
 * @property {(listener: (page: number) => void) => () => void} onPage called when another page is the current one
 * @property {Layers} layers what others lay over the pages: `viewer.layers.add(layer)`
 * @property {Gesture} gesture what pen and mouse do on the pages; may be set
 * @property {(query: string) => Promise<void>} mark the words of a search over all documents, where the text is at hand
 * @property {() => Selected | null} textSelection the selected text, of the first page it touches
 * @property {() => Selected[]} textSelections the selected text, page by page
 * @property {Slots} slots empty places in the viewer for others' tools
 * @property {() => Promise<void>} askNewer asks the server whether there is a newer version, and says so
 * @property {Leading} leading what is on screen, showing the same as somebody else, pointing
 * @property {() => void} destroy
 */

/**
 * Something laid over the pages. Near pages are shown to it, the others are hidden from it; a page far away has a bare
 * element. An element with the class `viewer-layer` inside `sheet.element` is upright, as large as the page at its
 * present size, and turns with it: an SVG in it with `viewBox="0 0 w h"` of `sheet.size` draws in points of the page and
 * needs no `resized`. Whoever places without it asks `sheet.toScreen(x, y)` again in `resized`, and may turn an upright
 * box with `sheet.transform`. `sheet.toPage(clientX, clientY)` is right at any size and rotation.
 * @typedef {object} Layer
 * @property {(sheet: Sheet) => void} show
 * @property {(sheet: Sheet) => void} hide
 * @property {(sheet: Sheet) => void} [resized] size or rotation has changed
 */

/**
 * "read": text is selected, a finger scrolls. Anything else: the pages carry `data-gesture`, text is not selected, and
 * pen and mouse belong to the layers; one finger still scrolls, two fingers pinch. Whoever lets a finger draw puts
 * `touch-action: none` on their layer; two fingers pinch all the same. While they do, `viewer.element` has the class
 * `viewer-pinching`, and gets the event `viewer:pinch` when it begins: what was being drawn is to be given up.
 * @typedef {string} Gesture
 */

/**
 * Places for others' elements.
 * @typedef {object} Slots
 * @property {HTMLElement} tools in the tool bar
 * @property {HTMLElement} side a pane at the right of the pages
 * @property {HTMLElement} over floats over the lower edge of the pages
 * @property {HTMLElement} menu at the end of the viewer's menu
 */

/**
 * Selected text of one page, as W3C text quotation; `rects` in points of the upright page, one for each line.
 * @typedef {{ page: number, rects: Rect[], exact: string, prefix: string, suffix: string }} Selected
 */

/** A part of a page: left, top, width, height, in shares of the page. @typedef {[number, number, number, number]} Area */
/** A place on a page, in shares of the page. @typedef {[number, number]} Point */

export {};
