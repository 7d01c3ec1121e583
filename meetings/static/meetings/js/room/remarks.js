// @ts-check
/** Notes on a paper become remarks in the room: handed to the chair, or a request to speak about that very place. */

import { registerNoteAct } from "annotations/acts";
import { spotlight } from "annotations/spot";
import { mayAsk } from "meetings/room/speaking/state";
import { say } from "meetings/room/texts";
import { ask } from "ui/dialogs";
import { toast } from "ui/toast";

/** @import { Note } from "annotations/types" */
/** @import { PaperPane } from "meetings/room/paper" */
/** @import { Context } from "meetings/room/parts" */
/** @import { Opinion } from "meetings/room/types" */

const PATIENCE_MS = 6000;
const LOOK_MS = 80;
const LONGEST_SUBJECT = 400;

/**
 * Offers both beside every note of one's own.
 * @param {Context} context
 * @param {PaperPane} paper
 * @param {string} user
 */
export function offerRemarks(context, paper, user) {
  const { store } = context;
  registerNoteAct({
    key: "remark",
    icon: "send",
    label: say("remarkHandIn"),
    offered: (id, note) => note.owner === user && note.body.trim() !== "" && mayRemark(context) && !store.remarkOf(id),
    act: (id) => handIn(context, paper, id),
  });
  registerNoteAct({
    key: "speak",
    icon: "mic",
    label: say("remarkSpeak"),
    offered: (_id, note) => note.owner === user && mayAsk(store) && onDesk(context) !== undefined,
    act: (_id, note) => askToSpeak(context, note),
  });
}

/** The paper on the desk, with its item. @param {Context} context */
function onDesk({ store, desk }) {
  const paper = store.papers[desk.paper];
  return paper && { key: desk.paper, item: paper.item };
}

/** Members hand in remarks from the invitation to the end. @param {Context} context */
function mayRemark(context) {
  const { store } = context;
  const runs = ["published", "open"].includes(store.room.meeting.state);
  return runs && store.mine.me !== undefined && store.mine.me.role !== "guest" && onDesk(context) !== undefined;
}

/**
 * @param {Context} context
 * @param {PaperPane} paper
 * @param {string} note
 */
async function handIn(context, paper, note) {
  const place = onDesk(context);
  if (!place || !(await ask(say("remarkSure"), { yes: say("remarkHandIn") }))) return;
  await until(() => !isUnsent(paper, note));
  const answer = await context.act("submit_remark", { note, item: place.item });
  if (answer !== undefined) toast(say("remarkGiven"), "success");
}

/** Is what was noted still on its way? @param {PaperPane} paper @param {string} note */
function isUnsent(paper, note) {
  return [...(paper.notes?.store.waiting.values() ?? [])].some(({ operation }) => operation.note === note);
}

/** What the note says stays its author's: the queue hears the words of the paper alone. @param {Context} context @param {Note} note */
async function askToSpeak(context, note) {
  const place = onDesk(context);
  if (!place) return;
  const quoted = (note.quote?.exact ?? "").replace(/\s+/g, " ").trim();
  const subject = quoted ? `“${quoted.slice(0, LONGEST_SUBJECT)}”` : "";
  const wish = { item: place.item, lane: "speech", subject, paper: place.key, page: note.page };
  if ((await context.act("ask_to_speak", wish)) !== undefined)
    toast(say("remarkAsked", { page: note.page }), "success");
}

/**
 * Opens the paper at the place a remark is about; a version that is not on the table opens on a page of its own.
 * @param {Context} context
 * @param {PaperPane} paper
 * @param {Opinion} opinion
 */
export async function openPlace(context, paper, opinion) {
  const { store, desk } = context;
  const { paper: key, document, version, page, area } = opinion;
  if (!key || !document || !page || !area) return;
  if (store.papers[key]?.version !== version) {
    open(`/documents/${document}/versions/${version}/#page=${page}&area=${area.join(",")}`, "_blank", "noopener");
    return;
  }
  desk.show(opinion.item, key);
  await until(() => paper.viewer?.source.id === document);
  if (paper.viewer?.source.id === document) spotlight(paper.viewer, { page, area });
}

/** Waits for something for a while. @param {() => boolean} reached */
async function until(reached) {
  const start = performance.now();
  while (!reached() && performance.now() - start < PATIENCE_MS) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
