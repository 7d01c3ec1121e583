// @ts-check
/** The chair's order of business: the next step as one clear button, and the dialogs that go with it. */

import { el } from "meetings/room/el";
import { clockWords } from "meetings/room/presence";
import { say } from "meetings/room/texts";
import { ask, open as openDialog } from "ui/dialogs";

/** @import { Store } from "meetings/room/store" */
/** @typedef {(verb: string, data: object) => Promise<unknown>} Act */

/**
 * What the chair can do now; nothing for the others.
 * @param {{ store: Store, act: Act }} context
 */
export function conductPart({ store, act }) {
  if (!store.leads) return null;
  const steps =
    store.room.meeting.state === "published"
      ? [opening(store, act)]
      : store.room.meeting.state === "open"
        ? running(store, act)
        : [];
  return steps.length > 0 && el("section", { class: "room-part room-conduct", "aria-label": say("conduct") }, steps);
}

/**
 * Whoever opens early or with too few in the room is asked first: both may be right, neither by a slip of the finger.
 * @param {Store} store
 * @param {Act} act
 */
function opening(store, act) {
  const start = async () => {
    const doubts = doubtsOf(store);
    const question = [...doubts, say("openAnyway")].join(" ");
    if (doubts.length === 0 || (await ask(question, { yes: say("openMeeting") }))) await act("open_meeting", {});
  };
  return button("open-meeting", say("openMeeting"), start, "button-primary");
}

/** @param {Store} store */
function doubtsOf(store) {
  const { quorum, starts_at: start } = store.room.meeting;
  const { met, present, members, needed } = quorum;
  const early = store.isEarly ? [say("openEarly", { when: clockWords(Date.parse(start)) })] : [];
  return met ? early : [...early, say("openWithoutQuorum", { present, members, needed })];
}

/**
 * @param {Store} store
 * @param {Act} act
 */
function running(store, act) {
  const hasVote = store.openVote() !== undefined;
  const close = async () => {
    if (await ask(say("closeMeetingSure"), { yes: say("closeMeeting"), danger: true })) await act("close_meeting", {});
  };
  return [
    button("prepare-vote", say("prepareVote"), () => openDialog("vote-dialog")),
    button("conclude", say("conclude"), () => openDialog("conclude-dialog")),
    button("close-meeting", say("closeMeeting"), close, "button-danger", hasVote ? say("voteStillOpen") : ""),
  ];
}

/**
 * @param {string} key
 * @param {string} label
 * @param {() => unknown} act
 * @param {string} [kind]
 * @param {string} [reason] why it cannot be pressed now
 */
function button(key, label, act, kind = "", reason = "") {
  const attributes = {
    type: "button",
    class: `button ${kind}`,
    "data-key": key,
    title: reason,
    disabled: reason !== "",
  };
  return el("button", { ...attributes, onclick: () => act() }, label);
}

/**
 * Sends a dialog's form as a command; the dialog stays open until the server has said yes, so nothing typed is lost.
 * @param {string} dialogId
 * @param {string} verb
 * @param {(form: FormData) => object} read
 * @param {Act} act
 */
export function wireDialog(dialogId, verb, read, act) {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById(dialogId));
  const form = dialog?.querySelector("form");
  if (!dialog || !form) return;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = /** @type {HTMLButtonElement | null} */ (form.querySelector("[type=submit]"));
    if (button) button.disabled = true;
    const done = await act(verb, read(new FormData(form)));
    if (button) button.disabled = false;
    if (done) {
      form.reset();
      dialog.close();
    }
  });
}
