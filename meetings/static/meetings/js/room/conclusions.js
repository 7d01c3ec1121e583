// @ts-check
/** What the chair concluded. */

import { el } from "meetings/room/el";
import { say } from "meetings/room/texts";
import { icon } from "ui/icons";

/** @import { Context } from "meetings/room/parts" */
/** @import { Conclusion } from "meetings/room/types" */

/**
 * Conclusions of the item shown and of the whole meeting.
 * @param {Context} context
 */
export function conclusionsPart({ store, desk, urls }) {
  const rows = Object.values(store.room.conclusions)
    .filter((line) => !line.item || line.item === desk.item)
    .sort((a, b) => a.position - b.position || (a.at < b.at ? -1 : 1))
    .map((line) => el("li", {}, line.text, files(line, urls.document)));
  return (
    rows.length > 0 &&
    el(
      "section",
      { class: "room-part" },
      el("h2", { class: "room-pane-title" }, say("conclusions")),
      el("ol", { class: "room-conclusions" }, rows),
    )
  );
}

/**
 * The files of a conclusion, each opened beside the room.
 * @param {Conclusion} line
 * @param {string} address of a document, with `{document}` in it
 */
function files(line, address) {
  return (line.files ?? []).map((file) => {
    const attributes = { class: "room-file", href: address.replace("{document}", file.document), target: "_blank" };
    return el("a", attributes, icon("file-text"), el("span", {}, file.title));
  });
}
