// @ts-check
/** PDF.js behind a small door: loaded when first needed, reading only the byte ranges it needs. */

/** @import { PDFDocumentProxy, PDFPageProxy, PDFDocumentLoadingTask } from "pdfjs" */
/** @import { ViewerDocument } from "documents/viewer/types" */
/** @import { Piece } from "documents/viewer/words" */
/** @typedef {Awaited<ReturnType<PDFPageProxy["getTextContent"]>>} TextContent */

import { PageText } from "documents/viewer/words";

const RANGE = 256 * 1024;

/** @type {Promise<typeof import("pdfjs")> | null} */
let library = null;

/**
 * The library is written for browsers of this year; older ones get its own build for them.
 * @param {string} folder
 */
function load(folder) {
  const old = `${folder}legacy/`;
  library ??= (
    "getOrInsertComputed" in Map.prototype ? loadFrom("pdfjs", folder) : loadFrom(`${old}build/pdf.min.mjs`, old)
  ).catch((error) => {
    library = null; // a network that failed once may be there the next time
    throw error;
  });
  return library;
}

/**
 * @param {string} module
 * @param {string} folder
 * @returns {Promise<typeof import("pdfjs")>}
 */
async function loadFrom(module, folder) {
  const pdfjs = await import(module);
  pdfjs.GlobalWorkerOptions.workerSrc = `${folder}build/pdf.worker.min.mjs`;
  return pdfjs;
}

/** One open file. */
export class Engine {
  /** @param {ViewerDocument} source */
  constructor(source) {
    this.source = source;
    /** @type {PDFDocumentLoadingTask | null} */
    this.task = null;
    /** @type {Promise<PDFDocumentProxy> | null} */
    this.opening = null;
    this.closed = false;
  }

  /** @returns {Promise<typeof import("pdfjs")>} */
  library() {
    return load(this.source.pdfjs);
  }

  /** @returns {Promise<PDFDocumentProxy>} */
  file() {
    this.opening ??= this.open().catch((error) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }

  /** @returns {Promise<PDFDocumentProxy>} */
  async open() {
    const pdfjs = await this.library();
    if (this.closed) throw new Error("closed");
    const folder = this.source.pdfjs;
    this.task = pdfjs.getDocument({
      url: this.source.file,
      rangeChunkSize: RANGE,
      disableAutoFetch: true,
      disableStream: true,
      cMapUrl: `${folder}cmaps/`,
      standardFontDataUrl: `${folder}standard_fonts/`,
      wasmUrl: `${folder}wasm/`,
      iccUrl: `${folder}iccs/`,
      isEvalSupported: false,
      enableXfa: false,
    });
    return this.task.promise;
  }

  /**
   * @param {number} page
   * @returns {Promise<PDFPageProxy>}
   */
  async page(page) {
    return (await this.file()).getPage(page);
  }

  /**
   * What stands on a page: as the text layer wants it, and joined as it is read.
   * @param {number} page
   * @returns {Promise<[TextContent, PageText]>}
   */
  async text(page) {
    const proxy = await this.page(page);
    const content = await contentOf(proxy);
    return [content, new PageText(/** @type {Piece[]} */ (content.items))];
  }

  destroy() {
    this.closed = true;
    this.task?.destroy();
  }
}

/**
 * The library's own `getTextContent` loops over a stream, which Safari cannot: there pages would have no words.
 * @param {PDFPageProxy} page
 * @returns {Promise<TextContent>}
 */
async function contentOf(page) {
  const reader = page.streamTextContent({ includeMarkedContent: true, disableNormalization: true }).getReader();
  /** @type {TextContent} */
  const content = { items: [], styles: Object.create(null), lang: null };
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    content.lang ??= part.value.lang;
    Object.assign(content.styles, part.value.styles);
    content.items.push(...part.value.items);
  }
  return content;
}
