// @ts-check
/** The annotations of one paper on one viewer: every part of it, and what goes to and fro between them. */

import { Carrying } from "annotations/carrying";
import { Drawing } from "annotations/drawing";
import { bounds, kept } from "annotations/geometry";
import { Hand } from "annotations/hand";
import { Keeping } from "annotations/keeping";
import { onNoteKey } from "annotations/keys";
import { NotesLayer } from "annotations/layer";
import { Panel } from "annotations/panel";
import { offerPrinting } from "annotations/printing";
import { Selecting } from "annotations/selecting";
import { post, Sender } from "annotations/sender";
import { Sharing } from "annotations/sharing";
import { NoteStore } from "annotations/store";
import { words } from "annotations/texts";
import { Thread } from "annotations/thread";
import { Toolbar } from "annotations/toolbar";
import { Tools } from "annotations/tools";
import { Wording } from "annotations/wording";
import { randomId } from "live/socket";
import { toast } from "ui/toast";

/** @import { Frame } from "live/socket" */
/** @import { MountedViewer } from "documents/viewer/types" */
/** @import { NotesLine } from "annotations/line" */
/** @import { Queue } from "annotations/queue" */
/** @import { FindPeople } from "annotations/sharing" */
/** @import { Answer, Circle, Note } from "annotations/types" */
/**
 * @typedef {object} NotesOptions
 * @property {string} document
 * @property {string} version its id; what is noted belongs to it
 * @property {string} user
 * @property {string} name
 * @property {Queue} queue
 * @property {NotesLine} [line]
 * @property {Circle[]} circles
 * @property {FindPeople} findPeople
 * @property {string} home the circle of the room one sits in, if it is one
 * @property {boolean} readOnly
 * @property {import("annotations/printing").Further} [further] another list of notes to print
 * @property {{ notes: Record<string, Note> }} [snapshot] what a pack brought, for a device that has nothing newer
 */

const CORNER = 28; // pixels from the edges of the page

export class Notes {
  /** @param {MountedViewer} viewer @param {NotesOptions} options */
  constructor(viewer, options) {
    this.viewer = viewer;
    this.options = options;
    const { document, version, user, name, queue, line, circles, findPeople, readOnly } = options;
    this.store = new NoteStore({ owner: user, name }, { newId: randomId });
    this.tools = new Tools(localStorage);
    this.sharing = new Sharing(circles, findPeople);
    this.sharing.home = options.home;
    this.layer = new NotesLayer(this.store, this.tools, version);
    this.drawing = new Drawing(
      { layer: this.layer, tools: this.tools, document, version, user },
      line && ((data) => line.draw(data)),
    );
    this.keeping = new Keeping({ store: this.store, queue, document, places: () => line?.socket.places ?? {} });
    this.sender = new Sender(this.sending());
    this.thread = new Thread(viewer.element, this.threading());
    this.carrying = line && !readOnly ? this.carryingOver(viewer.source.version) : undefined;
    this.panel = new Panel({
      ...(this.carrying && { carrying: this.carrying }),
      store: this.store,
      tools: this.tools,
      sharing: this.sharing,
      version,
      go: (id) => this.go(id),
      forget: (ids) => this.forget(ids),
    });
    this.toolbar = new Toolbar(viewer.slots, {
      tools: this.tools,
      store: this.store,
      sharing: this.sharing,
      list: () => this.panel.show(!this.panel.open),
      listOpen: () => this.panel.open,
      behind: () => this.carrying?.waits ?? false,
      readOnly,
      pageNote: () => this.notePage(),
      chooseWords: () => this.chooseWords(),
    });
    this.hand = new Hand(
      { store: this.store, tools: this.tools, layer: this.layer, drawing: this.drawing, version },
      { tapped: (id) => this.tapped(id), write: (page, at) => this.write(page, at) },
    );
    this.selecting = readOnly
      ? undefined
      : new Selecting(viewer, {
          store: this.store,
          tools: this.tools,
          version,
          marked: (id, write) => write && this.look(id, true),
        });
    this.wording = readOnly
      ? undefined
      : new Wording(viewer, {
          chosen: () => this.selecting?.take(),
          nothing: () => toast(words("noWords"), "warning"),
        });
    this.wanted = wantedNote();
    this.scheduled = 0;
    /** @type {(tool: import("annotations/tools").Tool) => void} called when another tool is taken up */
    this.onTool = () => {};
    this.ending = new AbortController();
    this.unprint = () => {};
  }

  /** @returns {ConstructorParameters<typeof Sender>[0]} */
  sending() {
    const { document, line, user } = this.options;
    return {
      waiting: () => [...this.store.waiting.values()].map(({ operation }) => operation),
      settle: (answers) => this.settled(answers),
      post: (operations) => post(document, operations, user),
      ...(line && { line: { ready: () => line.ready, annotate: (operations) => line.annotate(document, operations) } }),
      onState: (state) => this.saving({ state }),
    };
  }

  /** @param {number} number */
  carryingOver(number) {
    const { document, version, user } = this.options;
    return new Carrying(this.store, { document, version, number, user }, () => this.panel.draw());
  }

  /** @returns {ConstructorParameters<typeof Thread>[1]} */
  threading() {
    return {
      store: this.store,
      sharing: this.sharing,
      linkTo: (id) => `${location.origin}/documents/${this.options.document}/#note=${id}`,
      write: ({ page, shape }, body) => {
        this.store.act({
          do: "put",
          note: randomId(),
          version: this.options.version,
          page,
          kind: "text",
          shape,
          style: this.tools.style,
          body,
          to: this.tools.to,
        });
        this.tools.choose("read");
      },
      selected: (id) => this.layer.select(id),
      erased: () => this.tools.offerUndo(),
      readOnly: this.options.readOnly,
    };
  }

  /** Begins: with what is on the device, then with the line. */
  async start() {
    const { viewer, store, tools } = this;
    const { document, line, snapshot, version, further } = this.options;
    if (line) this.unprint = offerPrinting(viewer, { store, version, ...(further && { further }) });
    this.layer.onShow = (sheet) => this.hand.attach(sheet);
    store.watch(() => this.changed());
    tools.watch(() => this.turned());
    viewer.slots.side.append(this.panel.element);
    this.panel.onTurn = () => this.toolbar.draw();
    viewer.layers.add(this.layer);
    this.listen();
    this.turned();
    store.onOperation = (operation) => {
      this.keeping.add(operation);
      if (this.keeping.restored) this.sender.work();
    };
    const places = await this.keeping.restore(snapshot);
    if (this.ending.signal.aborted) return;
    this.setCircles(this.keeping.circles);
    this.saving({ refused: await this.options.queue.refused(document) });
    line?.read(document, this.reader(), places);
    this.sender.work();
  }

  listen() {
    const { signal } = this.ending;
    const { element } = this.viewer;
    addEventListener("keydown", (event) => onNoteKey(event, this), { signal });
    addEventListener("online", () => this.sender.hurry(), { signal });
    element.addEventListener("viewer:pinch", () => this.hand.drop(), { signal });
    element.addEventListener("pointerdown", (event) => this.outside(event), { signal, capture: true });
  }

  /** A tap beside the open annotation closes it. @param {PointerEvent} event */
  outside(event) {
    const target = /** @type {Element} */ (event.target);
    if (!target.closest(".notes-thread, .notes-dialog, .notes-panel")) this.thread.close();
  }

  /** @returns {import("annotations/line").Reader} */
  reader() {
    const { store, keeping } = this;
    return {
      heard: (stream, frame) => this.heard(stream, frame),
      gone: (stream) => {
        store.forget(stream);
        keeping.gone(stream);
      },
      asking: () => [...store.answered.keys()],
      drawing: (strokes) => this.drawing.heard(strokes),
      followed: (streams, circles, answered) => {
        for (const stream of [...store.streams.keys()]) if (!streams.includes(stream)) store.forget(stream);
        keeping.past(streams.length > 0 ? answered : [...store.answered.keys()]);
        this.setCircles(circles);
        this.sender.hurry();
      },
    };
  }

  /** @param {Circle[]} circles */
  setCircles(circles) {
    if (circles.length === 0 && this.sharing.circles.length === 0) return;
    this.keeping.circles = this.sharing.circles = circles;
    this.toolbar.draw();
  }

  /** @param {string} stream @param {Frame} frame */
  heard(stream, frame) {
    if (frame.kind === "snapshot") this.store.replace(stream, frame.data);
    else this.store.patch(stream, frame.data);
    this.keeping.heard(stream);
  }

  // --- what changes

  changed() {
    this.scheduled ||= requestAnimationFrame(() => {
      this.scheduled = 0;
      this.draw();
    });
  }

  draw() {
    this.layer.drawAll();
    this.drawing.settle();
    this.panel.draw();
    this.thread.draw();
    this.saving({});
    if (this.wanted && this.store.note(this.wanted)) this.go(this.wanted);
  }

  /** Another tool, another colour, another circle. */
  turned() {
    const { tool } = this.tools;
    if (this.viewer.gesture !== tool) {
      this.viewer.gesture = tool;
      this.hand.drop();
      this.onTool(tool);
    }
    this.toolbar.draw();
    this.panel.draw();
    this.layer.draw();
  }

  /** @param {{ state?: "saved" | "saving" | "waiting", refused?: import("annotations/queue").Row[] }} news */
  saving({ state, refused }) {
    const { toolbar, panel } = this;
    if (refused) panel.refused = refused;
    toolbar.saving = { state: state ?? toolbar.saving.state, waiting: this.unsaved(), refused: panel.refused.length };
    toolbar.draw();
    if (refused) panel.draw();
  }

  /** How many annotations are on this device alone. */
  unsaved() {
    return new Set([...this.store.waiting.values()].map(({ operation }) => operation.note)).size;
  }

  /** @param {Answer[]} answers */
  async settled(answers) {
    this.saving({ refused: await this.keeping.settle(answers) });
  }

  /** @param {string[]} ids */
  async forget(ids) {
    await this.options.queue.drop(ids);
    this.saving({ refused: await this.options.queue.refused(this.options.document) });
  }

  // --- what is looked at

  /** @param {string} id */
  tapped(id) {
    if (this.thread.id !== id) this.look(id, false);
  }

  /** @param {string} id @param {boolean} write */
  look(id, write) {
    this.layer.drawPage(this.store.note(id)?.page ?? 0);
    this.thread.open(id, this.layer.placeOf(id));
    if (write) this.thread.turn("edit");
    this.uncover(id);
  }

  /** On a narrow window what is opened may lie over the note it is about: the page moves up. @param {string} id */
  uncover(id) {
    const [note, opened] = [this.layer.placeOf(id), this.thread.floating.element.getBoundingClientRect()];
    const over = note && note.bottom > opened.top && note.top < opened.bottom ? note.bottom - opened.top + 16 : 0;
    const scroller = this.viewer.element.querySelector(".viewer-scroll");
    if (over > 0 && this.viewer.element.clientWidth < 480) scroller?.scrollBy({ top: over });
  }

  /** @param {number} page @param {[number, number]} at */
  write(page, [x, y]) {
    const sheet = this.viewer.sheet(page);
    if (!sheet) return;
    const place = sheet.element.getBoundingClientRect();
    const [left, top] = sheet.toScreen(x, y);
    const shape = { at: /** @type {[number, number]} */ ([Math.round(x * 100) / 100, Math.round(y * 100) / 100]) };
    this.thread.begin({ page, shape }, new DOMRect(place.left + left, place.top + top, 1, 1));
  }

  /** A text note for the page as a whole: at its upper right corner as it lies, under those that are there already. */
  notePage() {
    const page = this.viewer.page();
    const sheet = this.viewer.sheet(page);
    if (!sheet) return;
    this.tools.choose("read");
    const box = sheet.element.getBoundingClientRect();
    for (let down = CORNER; down < box.height; down += CORNER) {
      const [x, y] = kept(sheet.toPage(box.right - CORNER, box.top + down), sheet.size);
      if (this.layer.under(page, [x, y], CORNER / 2 / sheet.scale).some(([, { kind }]) => kind === "text")) continue;
      this.viewer.goTo(page, { area: [x, y, 1, 1] });
      return this.write(page, [x, y]);
    }
  }

  /** Words are selected with the arrow keys. */
  chooseWords() {
    this.tools.choose("read");
    this.wording?.begin();
  }

  /** Turns to an annotation and opens it. @param {string} id */
  go(id) {
    const note = this.store.note(id);
    this.wanted = "";
    if (!note) return;
    const [x, y, w, h] = bounds(note.kind, note.shape);
    this.viewer.goTo(note.page, { area: [x, y, w, h] });
    if (this.viewer.element.clientWidth < 700) this.panel.show(false);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        this.look(id, false);
        this.thread.floating.element.focus({ preventScroll: true });
      }),
    );
  }

  destroy() {
    this.ending.abort();
    this.hand.onRest = () => {};
    this.hand.finish();
    this.keeping.stop(); // while the line still knows where it stands
    this.options.line?.leave(this.options.document);
    this.sender.stop();
    cancelAnimationFrame(this.scheduled);
    for (const part of [this.thread, this.selecting, this.wording, this.toolbar, this.drawing, this.layer])
      part?.destroy();
    this.panel.element.remove();
    this.unprint();
  }
}

/** The annotation an address leads to: `…#note=<id>`. */
function wantedNote() {
  return new URLSearchParams(location.hash.slice(1)).get("note") ?? "";
}
