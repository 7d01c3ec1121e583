// @ts-check
/** A room screen: it waits with a code, then shows its meeting; it has no controls. */

import { apply } from "live/apply";
import { RoomSocket } from "live/socket";
import { el, fill } from "meetings/room/el";
import { say } from "meetings/room/texts";
import { drawFoot, drawQuorum, drawScene, drawSide, hour } from "screens/draw";
import { LedPage } from "screens/led";
import { doorSize, sceneOf } from "screens/scene";
import { wait } from "screens/waiting";
import { keepAwake } from "ui/awake";

/** @import { Frame, Lamp } from "live/socket" */
/** @import { Room, Scene } from "screens/scene" */
/** @import { Ticking } from "screens/draw" */
/** @import { Look } from "screens/led" */

const PATIENCE = 3_000;

const given = JSON.parse(document.getElementById("screen-data")?.textContent ?? "{}");
const skew = Date.parse(given.now) - Date.now();
const now = () => Date.now() + skew;

/** @param {string} id */
const pane = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @type {Room | undefined} */
let room;
/** @type {Look | undefined} */
let look;
/** @type {Ticking[]} */
let ticking = [];
let drawn = "";
let door = "none";
let scheduled = false;
let live = false;
let since = Date.now();
/** @type {Map<string, Map<string, string[]>>} by vote and state, by process: who has it on screen */
const delivered = new Map();

function changed() {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    draw();
  });
}

/** Shows nothing at once, then asks the server what this screen is now. */
function blank() {
  document.body.dataset.blank = "yes";
  fill(pane("scene"));
  location.reload();
}

/** @param {Frame} frame */
function onEvent(frame) {
  if (frame.kind === "snapshot") room = frame.data;
  else if (frame.seq !== undefined) room = /** @type {Room} */ (apply(room, frame.data));
  else if (frame.kind === "lead") look = frame.data;
  else if (frame.kind === "shown") hearShown(frame.data);
  if (frame.kind === "lead") return showLook();
  return changed();
}

/** @param {{ vote: string, state: string, process?: string, people: string[] }} data */
function hearShown({ vote, state, process = "", people }) {
  const key = `${vote}:${state}`;
  delivered.set(key, new Map(delivered.get(key)).set(process, people));
}

/** @param {Scene} scene */
function deliveredOf({ kind, id }) {
  return new Set(kind === "result" ? [...(delivered.get(`${id}:declared`)?.values() ?? [])].flat() : []);
}

function draw() {
  if (!room) return;
  const scene = sceneOf(room, now());
  /** @type {Ticking[]} */
  const fresh = [];
  const wall = { room, scene, ticking: fresh, delivered: deliveredOf(scene) };
  drawn = `${scene.kind}:${scene.id ?? ""}`;
  pane("wall").dataset.scene = scene.kind;
  pane("title").textContent = scene.kind === "before" || scene.kind === "over" ? "" : room.meeting.title;
  fill(pane("site"), given.site ? (room.sites?.[given.site]?.name ?? "") : "");
  fill(pane("quorum"), ...drawQuorum(room));
  if (scene.kind === "led") fill(pane("scene"), page.element);
  else pane("scene").replaceChildren(...rows(drawScene(wall)));
  pane("side").replaceChildren(...rows(drawSide(wall)));
  pane("foot").replaceChildren(...rows(drawFoot(wall)));
  ticking = fresh;
  door = doorSize(room, scene, now());
  pane("door").dataset.size = door;
  showLook();
  tick();
}

/** @param {import("meetings/room/el").Child[]} children */
function rows(children) {
  return [...el("div", {}, ...children).childNodes];
}

const page = new LedPage(given.urls.picture);

function showLook() {
  const meeting = room?.meeting;
  const mine = look?.by === meeting?.presenter ? look : undefined;
  if (!room || !meeting?.presenter) return;
  const open = Object.values(room.papers).some(({ document }) => document === meeting.led?.document);
  page.show(mine, meeting.led, open);
}

/** What changes every second changes alone. */
function tick() {
  const at = now();
  pane("clock").textContent = hour(at);
  for (const { element, tell, tone } of ticking) {
    element.textContent = tell(at);
    if (tone) element.dataset.tone = tone(at);
  }
  const scene = room && sceneOf(room, at);
  const turned =
    scene && (`${scene.kind}:${scene.id ?? ""}` !== drawn || doorSize(/** @type {Room} */ (room), scene, at) !== door);
  if (turned) changed();
}

/** @param {Lamp} lamp */
function onLamp(lamp) {
  if (live && lamp !== "live") since = Date.now();
  live = lamp === "live";
  showLamp(live ? "live" : "offline");
}

/** @param {"live" | "offline"} state */
function showLamp(state) {
  const element = pane("lamp");
  const patient = state === "offline" && Date.now() - since < PATIENCE;
  element.dataset.lamp = patient ? "wait" : state;
  element.textContent = patient || state === "live" ? "" : say("wallOffline");
}

/** The door's code is fetched anew before it grows old. */
async function showDoor() {
  let seconds = 1;
  if (["large", "small"].includes(door)) {
    const answer = await fetch(given.urls.door).catch(() => undefined);
    if (answer?.status === 404) return blank();
    const told = answer?.ok ? await answer.json() : undefined;
    const drawn = new DOMParser().parseFromString(told?.svg ?? "", "text/html").querySelector("svg");
    if (drawn) pane("qr").replaceChildren(document.importNode(drawn, true));
    pane("qr").dataset.address = told?.address ?? "";
    seconds = told?.seconds ?? seconds;
  }
  setTimeout(showDoor, seconds * 1000);
  return undefined;
}

function start() {
  const places = { "": { seq: -1, epoch: "" } };
  new RoomSocket({ url: given.urls.socket, places, onEvent, onLamp, onEnd: blank }).start();
  setInterval(tick, 250);
  setTimeout(showDoor, 300);
}

keepAwake(() => {});
if (given.paired) start();
else wait(given.urls);
