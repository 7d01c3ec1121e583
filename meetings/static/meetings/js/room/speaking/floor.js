// @ts-check
/** Who has the floor, on top of everything: a timer for all, a banner for who is called, large buttons for the chair. */

import { el } from "meetings/room/el";
import { timer } from "meetings/room/speaking/clock";
import { isMuted, mute } from "meetings/room/speaking/sound";
import { aboutPage, holderOf, inState, laneName, laneWord, nameOf, turnOf } from "meetings/room/speaking/state";
import { say } from "meetings/room/texts";
import { icon } from "ui/icons";

/** @import { Context } from "meetings/room/parts" */
/** @import { Entry } from "meetings/room/speaking/state" */
/** @import { Speech } from "meetings/room/types" */

const MORE = 60;

/** @param {Context} context */
export function floorPart(context) {
  const { store } = context;
  if (store.room.meeting.state !== "open") return null;
  const cards = [
    ...inState(store, "speaking").map((entry) => speakingCard(entry, context)),
    ...inState(store, "paused").map((entry) => pausedCard(entry, context)),
    ...inState(store, "called").map((entry) => calledCard(entry, context)),
  ];
  return cards.length > 0 && el("section", { class: "floor", "aria-label": say("floor") }, cards);
}

/** @param {Context} context @param {string} person */
const isMe = ({ store }, person) => store.mine.me?.person === person;

/**
 * @param {Entry} entry
 * @param {Context} context
 */
function speakingCard([id, speech], context) {
  const { store } = context;
  const turn = turnOf(speech);
  const holder = holderOf(speech);
  return el(
    "article",
    { class: "floor-card", "data-key": `floor-${id}`, "data-state": "speaking", "data-mine": isMe(context, holder) },
    el(
      "div",
      { class: "floor-line" },
      el(
        "div",
        { class: "floor-who" },
        el("p", { class: "floor-what" }, whatNow(speech, context)),
        who(speech, context),
      ),
      turn ? timer(turn, store, { key: id, large: isMe(context, holder) || store.leads }) : null,
    ),
    about(speech, context),
    store.leads && el("div", { class: "floor-acts" }, ...running(id, speech, context)),
  );
}

/** @param {Speech} speech @param {Context} context */
function whatNow(speech, context) {
  const { store } = context;
  if (isMe(context, holderOf(speech))) return say("yourFloor");
  if (turnOf(speech)?.phase === "answer") return say("nowAnswering", { name: nameOf(store, speech.person) });
  return say("nowSpeaking", { lane: laneWord(store, speech.lane) });
}

/** @param {Speech} speech @param {Context} context */
function who(speech, { store }) {
  const person = store.room.people[holderOf(speech)];
  return el(
    "p",
    { class: "floor-name" },
    person?.name ?? "",
    person?.title && el("span", { class: "soft" }, person.title),
  );
}

/** What the request is about, whom it is put to, and its page where I may see the paper. @param {Speech} speech @param {Context} context */
function about(speech, context) {
  const { store, desk } = context;
  const page = aboutPage(store, speech);
  const asked =
    speech.asked && turnOf(speech)?.phase !== "answer" ? say("putTo", { name: nameOf(store, speech.asked) }) : "";
  const words = [asked, speech.subject].filter(Boolean).join(" · ");
  if (!words && !page) return null;
  const show = () => desk.show(speech.item, speech.paper);
  return el(
    "p",
    { class: "floor-about" },
    words,
    page &&
      el(
        "button",
        { type: "button", class: "floor-page", "data-key": "floor-page", onclick: show },
        icon("file-text"),
        page,
      ),
  );
}

/** @param {string} id @param {Speech} speech @param {Context} context */
function running(id, speech, { act, store }) {
  const answers = speech.asked && turnOf(speech)?.phase !== "answer";
  const answer =
    answers &&
    act_(`answer-${id}`, say("passToAnswer", { name: nameOf(store, speech.asked) }), "button-primary", () =>
      act("pass_to_answer", { speech: id }),
    );
  return [
    answer,
    act_(`end-${id}`, say("endSpeech"), answer ? "" : "button-primary", () => act("end_speech", { speech: id })),
    act_(`pause-${id}`, say("pauseSpeech"), "", () => act("pause_speech", { speech: id })),
    (turnOf(speech)?.limit ?? 0) > 0 &&
      act_(`more-${id}`, say("oneMoreMinute"), "", () => act("give_more_time", { speech: id, seconds: MORE })),
    soundToggle(store),
  ];
}

/** @param {Context["store"]} store */
function soundToggle(store) {
  const muted = isMuted();
  const turn = () => {
    mute(!muted);
    store.changed();
  };
  const label = say(muted ? "soundOn" : "soundOff");
  const attributes = { type: "button", class: "button button-quiet button-icon", "data-key": "sound", title: label };
  return el("button", { ...attributes, "aria-label": label, onclick: turn }, icon(muted ? "volume-x" : "volume-2"));
}

/** @param {Entry} entry @param {Context} context */
function pausedCard([id, speech], context) {
  const { store, act } = context;
  const turn = turnOf(speech);
  const others = inState(store, "speaking").length > 0;
  return el(
    "article",
    { class: "floor-card", "data-key": `floor-${id}`, "data-state": "paused" },
    el(
      "div",
      { class: "floor-line" },
      el("div", { class: "floor-who" }, el("p", { class: "floor-what" }, say("speechPaused")), who(speech, context)),
      turn && timer(turn, store, { key: id }),
    ),
    store.leads &&
      el(
        "div",
        { class: "floor-acts" },
        act_(`resume-${id}`, say("resumeSpeech"), others ? "" : "button-primary", () =>
          act("resume_speech", { speech: id }),
        ),
        act_(`end-${id}`, say("endSpeech"), "", () => act("end_speech", { speech: id })),
      ),
  );
}

/** @param {Entry} entry @param {Context} context */
function calledCard([id, speech], context) {
  const { store, act } = context;
  const mine = isMe(context, speech.person);
  const lane = laneWord(store, speech.lane);
  const othersSpeak = inState(store, "speaking").length > 0;
  return el(
    "article",
    {
      class: "floor-card",
      "data-key": `floor-${id}`,
      "data-state": "called",
      "data-mine": mine,
      role: mine ? "alert" : undefined,
    },
    mine
      ? el("p", { class: "floor-banner" }, say(othersSpeak ? "yourTurnNext" : "yourTurn", { lane }))
      : el(
          "div",
          { class: "floor-who" },
          el("p", { class: "floor-what" }, say(othersSpeak ? "calledNext" : "calledNow", { lane })),
          who(speech, context),
        ),
    about(speech, context),
    el(
      "div",
      { class: "floor-acts" },
      ...(store.leads ? called(id, othersSpeak, context) : []),
      mine &&
        act_(`withdraw-${id}`, say("withdrawSpeech"), "button-quiet", () => act("withdraw_speech", { speech: id })),
    ),
  );
}

/** @param {string} id @param {boolean} othersSpeak @param {Context} context */
function called(id, othersSpeak, { act }) {
  const start = (/** @type {boolean} */ pausing) => act("start_speech", { speech: id, pausing });
  return [
    act_(`start-${id}`, say(othersSpeak ? "startNext" : "startSpeech"), "button-primary", () => start(false)),
    othersSpeak && act_(`between-${id}`, say("startBetween"), "", () => start(true)),
    act_(`callback-${id}`, say("callBack"), "", () => act("call_back", { speech: id })),
  ];
}

/** @param {string} key @param {string} label @param {string} kind @param {() => unknown} onclick */
function act_(key, label, kind, onclick) {
  return el("button", { type: "button", class: `button ${kind}`, "data-key": key, onclick: () => onclick() }, label);
}

/** What a lane is called, for a chip beside a name. @param {Context} context @param {Speech} speech */
export function laneChip({ store }, speech) {
  return el("span", { class: "speech-lane", "data-lane": speech.lane }, laneName(store, speech.lane));
}
