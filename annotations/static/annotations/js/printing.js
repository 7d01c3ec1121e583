// @ts-check
/** What can be printed of a paper: the pages with notes or without, opened as PDF; notes as a list. */

import { words } from "annotations/texts";
import { el } from "ui/el";
import { icon } from "ui/icons";

/** @import { MountedViewer } from "documents/viewer/types" */
/** @import { NoteStore } from "annotations/store" */
/** @typedef {{ label: string, url: string }} Further another list to print */

/**
 * Puts "print" into the viewer's menu.
 * @param {MountedViewer} viewer
 * @param {{ store: NoteStore, version: string, further?: Further }} about
 * @returns {() => void} takes it away
 */
export function offerPrinting(viewer, { store, version, further }) {
  const open = () => {
    viewer.slots.menu.closest("details")?.removeAttribute("open");
    dialog(choices(viewer, store, version), viewer, store, further).showModal();
  };
  const attributes = { type: "button", class: "menu-item", "data-key": "print", "data-shortcut": "n i", onclick: open };
  const item = el("button", attributes, icon("printer"), words("print"));
  const rule = el("div", { class: "menu-rule" });
  viewer.slots.menu.append(rule, item);
  return () => {
    rule.remove();
    item.remove();
  };
}

/**
 * Which PDFs there are to print.
 * @param {MountedViewer} viewer
 * @param {NoteStore} store
 * @param {string} version
 * @returns {Array<[string, string]>} words and address
 */
function choices(viewer, store, version) {
  if (!viewer.source.file) return [];
  const here = store.shown().filter(([, note]) => note.version === version);
  const mine = here.some(([id]) => store.isMine(id));
  const others = here.some(([id]) => !store.isMine(id));
  const which = ["none", ...(mine ? ["mine"] : []), ...(others ? ["all"] : [])];
  return which.map((one) => [
    words({ none: "printBare", mine: "printMine", all: "printAll" }[one] ?? ""),
    `${notesOf(viewer)}export/pdf/?which=${one}&show=1&version=${viewer.source.version}`,
  ]);
}

/** @param {MountedViewer} viewer */
function notesOf({ source }) {
  return `/documents/${source.id}/annotations/`;
}

/**
 * @param {Array<[string, string]>} papers
 * @param {MountedViewer} viewer
 * @param {NoteStore} store
 * @param {Further | undefined} further
 */
function dialog(papers, viewer, store, further) {
  const { source } = viewer;
  const lists = [
    [words("printList"), `${notesOf(viewer)}print/?version=${source.version}`],
    ...(further ? [[further.label, further.url]] : []),
  ];
  const missing = el("p", { class: "alert tone-warning", role: "status" });
  const unwatch = store.watch(() => sayMissing(missing, store));
  sayMissing(missing, store);
  const made = /** @type {HTMLDialogElement} */ (
    el(
      "dialog",
      { class: "notes-dialog", "aria-label": words("print") },
      el("div", { class: "dialog-head" }, el("h2", {}, words("print"))),
      el(
        "div",
        { class: "dialog-body stack" },
        papers.length === 0 ? el("p", { class: "alert tone-warning" }, words("printProtected")) : null,
        source.watermark && papers.length > 0 ? el("p", { class: "faint" }, words("printMarked")) : null,
        missing,
        el(
          "ul",
          { class: "list" },
          papers.map(([label, url]) => choice("file-text", label, url)),
          lists.map(([label, url]) => choice("list-tree", label ?? "", url ?? "")),
        ),
      ),
      el(
        "div",
        { class: "dialog-foot" },
        el("button", { type: "button", class: "button", "data-dialog-close": true }, words("close")),
      ),
    )
  );
  made.addEventListener("close", () => {
    unwatch();
    made.remove();
  });
  made.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("a")) made.close();
  });
  document.body.append(made);
  return made;
}

/** What is on this device alone cannot be printed; it is being sent, and the line goes once it is. @param {HTMLElement} line @param {NoteStore} store */
function sayMissing(line, store) {
  const count = new Set([...store.waiting.values()].map(({ operation }) => operation.note)).size;
  line.hidden = count === 0;
  line.textContent = words("printMissing", { count });
}

/** @param {string} picture @param {string} label @param {string} url */
function choice(picture, label, url) {
  const attributes = { class: "list-row", href: url, target: "_blank", rel: "noopener" };
  return el("li", {}, el("a", attributes, icon(picture), el("span", { class: "list-title" }, label)));
}
