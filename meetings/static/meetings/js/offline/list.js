// @ts-check
/** "Trên máy này": the packs that lie on this device, with what can be done about each. */

import { Card } from "meetings/offline/card";
import { carryOver } from "meetings/offline/carrying";
import { Contact } from "meetings/offline/contact";
import { packsHere } from "meetings/offline/kept";
import { drawLamp } from "meetings/offline/lamp";
import { say, timed } from "meetings/offline/texts";
import { holder, supported, unsent } from "ui/device";
import { el, fill } from "ui/el";
import { icon } from "ui/icons";

const host = /** @type {HTMLElement} */ (document.getElementById("offline-list"));
const lamp = document.getElementById("offline-lamp");

/** @param {string} title @param {string} text @param {HTMLElement | null} [more] */
const message = (title, text, more = null) =>
  fill(host, el("div", { class: "empty" }, el("p", { class: "empty-title" }, title), el("p", {}, text), more));

/** @param {import("meetings/offline/kept").Kept} kept @param {import("meetings/offline/types").Pack} pack */
function meeting(kept, pack) {
  const body = el("div", {});
  const card = new Card(body, {
    user: kept.user,
    meeting: kept.meeting,
    onState: ({ phase }) => phase === "none" && draw(),
  });
  void card.start();
  return el(
    "section",
    { class: "card offline-meeting", "data-meeting": kept.meeting },
    el("h2", {}, pack.meeting.title),
    el("p", { class: "soft" }, icon("calendar-days"), " ", timed(pack.meeting.starts_at), " · ", pack.meeting.agency),
    body,
  );
}

async function draw() {
  if (!supported()) return message(say("noList"), say(window.isSecureContext ? "packNoWorker" : "packInsecure"));
  if ((await holder())?.locked)
    return message(say("packLocked"), "", el("a", { class: "button button-primary", href: "/" }, say("signIn")));
  const found = await Promise.all((await packsHere()).map(async (kept) => ({ kept, pack: await kept.pack() })));
  const packs = found.flatMap(({ kept, pack }) => (pack ? [{ kept, pack }] : []));
  if (packs.length === 0) return message(say("noList"), say("noPackText"));
  packs.sort((a, b) => (a.pack.meeting.starts_at < b.pack.meeting.starts_at ? -1 : 1));
  return fill(
    host,
    packs.map(({ kept, pack }) => meeting(kept, pack)),
  );
}

async function tell() {
  const here = supported() ? await holder() : undefined;
  drawLamp(lamp, contact.online ?? navigator.onLine, here ? await unsent(here.user) : 0);
}

const contact = new Contact(
  () => fetch("/healthz", { cache: "no-store" }),
  async (online) => {
    const here = supported() ? await holder() : undefined;
    if (online && here && !here.locked) await carryOver(here.user);
    await tell();
  },
);

void draw();
void tell();
void contact.start();
