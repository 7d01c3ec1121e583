// @ts-check
/** My own part in speaking: one large button to ask, my place in the queue, the way back. */

import { el } from "meetings/room/el";
import { openAsking } from "meetings/room/speaking/dialogs";
import {
  laneName,
  lanesOf,
  laneWord,
  mayAsk,
  myRefusal,
  myStanding,
  nameOf,
  queues,
} from "meetings/room/speaking/state";
import { say } from "meetings/room/texts";
import { icon } from "ui/icons";

/** @import { Context } from "meetings/room/parts" */
/** @import { Entry } from "meetings/room/speaking/state" */

/** @param {Context} context */
export function askPart(context) {
  const { store, desk } = context;
  if (!mayAsk(store) || !desk.item) return null;
  const here = store.room.meeting.state === "published" || store.self?.present === true;
  const mine = myStanding(store, desk.item);
  const free = lanesOf(store).filter(({ code }) => code === "question" || !mine.some(([, one]) => one.lane === code));
  const item = store.room.items[desk.item];
  const ahead = desk.item !== store.room.meeting.current_item;
  return el(
    "section",
    { class: "room-part speech-ask", "aria-label": say("askToSpeak") },
    ahead && el("p", { class: "soft" }, say("askAhead", { number: item?.label ?? "", title: item?.title ?? "" })),
    refusal(context),
    mine.map((entry) => standing(entry, context)),
    here ? buttons(free, mine.length > 0, context) : el("p", { class: "soft" }, say("checkInToSpeak")),
  );
}

/**
 * The first lane is the large button; what needs more words than a tap opens a dialog.
 * @param {Array<{ code: string, label: string }>} lanes
 * @param {boolean} waits
 * @param {Context} context
 */
function buttons(lanes, waits, context) {
  const { store, desk, act } = context;
  const made = lanes.map(({ code }, place) => {
    const large = place === 0 && !waits;
    const once = () => act("ask_to_speak", { item: desk.item, lane: code });
    const attributes = {
      type: "button",
      class: `button ${large ? "button-primary speech-large" : ""}`,
      "data-key": `ask-${code}`,
      onclick: () => (code === "question" ? openAsking(context, code) : once()),
    };
    return el("button", attributes, large && icon("mic"), say("askLane", { lane: laneWord(store, code) }));
  });
  const attributes = { type: "button", class: "button button-quiet", "data-key": "ask-more" };
  const more = lanes.some(({ code }) => code !== "question");
  return el(
    "div",
    { class: "speech-buttons" },
    ...made,
    more &&
      el(
        "button",
        { ...attributes, onclick: () => openAsking(context, lanes[0]?.code ?? "speech") },
        say("askWithSubject"),
      ),
  );
}

/**
 * @param {Entry} entry
 * @param {Context} context
 */
function standing([id, speech], context) {
  const { store, act } = context;
  const place = (queues(store, speech.item)[speech.lane] ?? []).indexOf(id) + 1;
  const words = {
    waiting: say("myPlace", { place }),
    called: say("myCall"),
    speaking: say("yourFloor"),
    paused: say("speechPaused"),
  };
  const asked = speech.asked ? say("putTo", { name: nameOf(store, speech.asked) }) : "";
  const withdraw = () => act("withdraw_speech", { speech: id });
  return el(
    "div",
    { class: "speech-mine", "data-key": `mine-${id}`, "data-state": speech.state },
    el(
      "p",
      { role: "status" },
      el("strong", {}, words[/** @type {keyof typeof words} */ (speech.state)] ?? ""),
      el("span", { class: "soft" }, [laneName(store, speech.lane), asked, speech.subject].filter(Boolean).join(" · ")),
    ),
    ["waiting", "called"].includes(speech.state) &&
      el(
        "button",
        { type: "button", class: "button", "data-key": `back-${id}`, onclick: withdraw },
        say("withdrawSpeech"),
      ),
  );
}

/** @param {Context} context */
function refusal({ store, desk }) {
  const refused = myRefusal(store, desk.item);
  if (!refused) return null;
  const lane = laneWord(store, refused.lane);
  const words = refused.words
    ? say("refusedBecause", { lane, reason: refused.words })
    : say("refusedPlainly", { lane });
  return el("p", { class: "speech-refused tone-warning", role: "status" }, words);
}
