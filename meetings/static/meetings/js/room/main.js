// @ts-check
/** The room: one store, one socket, three panes drawn from them. */

import { NotesLine } from "annotations/line";
import { mountNotes } from "annotations/mount";
import { RoomSocket } from "live/socket";
import { drawAgenda } from "meetings/room/agenda";
import { Ballots } from "meetings/room/ballots";
import { takeCalls } from "meetings/room/calls/kept";
import { keepCounting } from "meetings/room/countdown";
import { forgetTold, keepDelivered } from "meetings/room/delivered";
import { Desk } from "meetings/room/desk";
import { wireDialog } from "meetings/room/dialog";
import { drawLamp } from "meetings/room/lamp";
import { Leading } from "meetings/room/leading";
import { rememberingUndo } from "meetings/room/order/part";
import { outsideData } from "meetings/room/outside";
import { keepPack } from "meetings/room/pack";
import { PaperPane } from "meetings/room/paper";
import { Tabs } from "meetings/room/parts";
import { hear, tell } from "meetings/room/passing";
import { wirePreparing } from "meetings/room/prepare";
import { keepProgress } from "meetings/room/progress";
import { offerRemarks, openPlace } from "meetings/room/remarks";
import { keepTime } from "meetings/room/speaking/clock";
import { wireSpeaking } from "meetings/room/speaking/dialogs";
import { readySound } from "meetings/room/speaking/sound";
import { Store } from "meetings/room/store";
import { say } from "meetings/room/texts";
import { Unsent } from "meetings/room/unsent";
import { keepAwake } from "ui/awake";
import { toast } from "ui/toast";

/** @import { Frame, Lamp, Refusal } from "live/socket" */
/** @import { WayName } from "live/ways" */
/** @import { Context } from "meetings/room/parts" */

const LOOK_EVERY = 10_000;

/** @param {string} id */
const pane = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const given = JSON.parse(document.getElementById("room-data")?.textContent ?? "{}");
const time = { now: given.now, before: given.check_in_before };
const store = new Store(given.shared.data, given.me.data, given.opened, given.drafts, time);
const desk = new Desk(store);
const paper = new PaperPane(pane("paper-pane"), `${given.urls.paper}viewer.json`);
const places = { "": place(given.shared), me: place(given.me), support: { seq: -1, epoch: "" } };
const onHello = () => notesLine.greeted();
const socket = new RoomSocket({ url: given.urls.socket, places, onEvent, onLamp, onHello });
const notesLine = new NotesLine(socket);
paper.layNotes = (viewer) => {
  const { id: document, uuid: version } = viewer.source;
  const home = `meeting:${store.room.meeting.id}`;
  const further = { label: say("printMeetingNotes"), url: `${given.urls.page}notes/` };
  return mountNotes(viewer, { document, version, user: given.user, name: given.name, line: notesLine, home, further });
};
const ballots = new Ballots(store, new Unsent(given.user, localStorage), (verb, data, id) =>
  socket.send(verb, data, id),
);
const tabs = new Tabs(pane("parts"), pane("now"));
/** @type {Context} what every part is drawn from */
const context = {
  store,
  desk,
  act: rememberingUndo(store, act),
  pass: (verb, data) => socket.pass(verb, data),
  hear,
  say,
  ballots,
  urls: given.urls,
  tabs,
  openPlace: (opinion) => openPlace(context, paper, opinion),
};
offerRemarks(context, paper, given.user);

const leading = new Leading(context, paper, { bar: pane("lead-pane"), toggle: pane("lead-toggle") });

/** @param {{ seq: number, epoch: string }} from */
function place({ seq, epoch }) {
  return { seq, epoch };
}

/**
 * @param {Frame} frame
 * @param {string} stream
 */
function onEvent(frame, stream) {
  if (notesLine.hear(frame, stream)) return undefined;
  if (stream === "support") return calls(frame);
  const patch = stream === "me" ? "patchMine" : "patchRoom";
  if (frame.kind === "snapshot")
    store.replace(stream === "me" ? store.room : frame.data, stream === "me" ? frame.data : store.mine);
  else if (frame.seq !== undefined) store[patch](frame.data);
  else tell(frame.kind ?? "", frame.data);
}

/** What is called for from the seats reaches secretaries beside the room. @param {Frame} frame */
function calls(frame) {
  if (frame.seq !== undefined) takeCalls(frame);
  store.changed();
}

let stateBefore = store.room.meeting.state;

/** The meeting's end is told whatever pane one looks at: a notice once, a chip in the bar from then on. */
function tellState() {
  const { state } = store.room.meeting;
  const over = state === "closed" || state === "cancelled";
  const chip = pane("over");
  chip.hidden = !over;
  if (over) chip.textContent = say(state === "closed" ? "chipClosed" : "chipCancelled");
  if (over && state !== stateBefore) toast(say(state === "closed" ? "stateClosed" : "stateCancelled"), "warning");
  stateBefore = state;
}

/** @type {WayName | undefined} */
let wayBefore;

/**
 * @param {Lamp} state
 * @param {number} _unanswered
 * @param {WayName | undefined} way
 */
function onLamp(state, _unanswered, way) {
  const connected = state === "live" || state === "behind";
  if (connected !== store.connected || way !== wayBefore) forgetTold();
  store.connected = connected;
  wayBefore = way;
  store.changed();
  drawLamp(pane("lamp"), state, way);
}

/**
 * Sends a command; a refusal is shown in the server's words.
 * @param {string} verb
 * @param {any} data
 */
async function act(verb, data) {
  store.changed();
  try {
    return await socket.send(verb, data);
  } catch (refusal) {
    const words = /** @type {Refusal} */ (refusal).message;
    if (words) toast(words, "danger");
    store.changed();
    return undefined;
  }
}

function draw() {
  desk.keepUp();
  leading.draw();
  tellState();
  drawAgenda(pane("agenda-pane"), context);
  tabs.draw(context);
  pane("follow").hidden = desk.following || leading.presenter !== "";
  paper.draw(store, desk);
  leading.keepUp();
}

/**
 * The open vote stands on top of the right pane; on a narrow window it is a sheet above the bar, over whatever pane.
 * @param {HTMLElement} now
 */
function placeNow(now) {
  const stage = /** @type {HTMLElement} */ (now.closest("[data-stage]"));
  const narrow = matchMedia("(max-width: 63.99rem)");
  const home = /** @type {HTMLElement} */ (pane("parts").parentElement);
  const place = () => (narrow.matches ? stage.querySelector(".stage-switch")?.before(now) : home.prepend(now));
  stage.classList.add("room-stage");
  narrow.addEventListener("change", place);
  place();
}

placeNow(pane("now"));
pane("follow").addEventListener("click", () => desk.rejoin());
const onTable = () => store.room.meeting.current_item ?? desk.item;
wirePreparing(context, given.votes);
wireDialog("outside-dialog", "record_outside", outsideData, act);
wireDialog(
  "annul-dialog",
  "annul_vote",
  (form) => ({ vote: pane("annul-dialog").dataset.vote, reason: String(form.get("reason")) }),
  act,
);
wireDialog("conclude-dialog", "conclude", (form) => ({ item: onTable(), text: String(form.get("text")) }), context.act);
wireDialog("lead-dialog", "lead", (form) => ({ person: String(form.get("person")) }), act);
wireSpeaking(context, () => paper.viewer?.page() ?? 0);
keepTime(store);
readySound();
store.watch(draw);
draw();
keepProgress(pane("progress-pane"), store);
keepCounting(store);
keepDelivered(context);
keepPack(pane("pack-pane"), given.user, context);
addEventListener("online", () => store.changed());
addEventListener("offline", () => store.changed());
let early = store.isEarly;
setInterval(() => {
  if (early !== store.isEarly) store.changed(); // check-in begins while the page is open
  early = store.isEarly;
}, LOOK_EVERY);
keepAwake((on) => {
  document.documentElement.dataset.awake = on ? "yes" : "no";
});
socket.start();
ballots.resume();
