// @ts-check
/** A document's own reading page: its notes, on a line that carries nothing else. */

import { NotesLine } from "annotations/line";
import { mountNotes } from "annotations/mount";
import { showAddressed } from "annotations/spot";
import { onViewer } from "documents/viewer/mounted";
import { RoomSocket } from "live/socket";

/** @type {{ user: string, name: string, document: string, version: string, socket: string }} */
const given = JSON.parse(document.getElementById("notes-page")?.textContent ?? "{}");

const socket = new RoomSocket({
  url: given.socket,
  onEvent: (frame, stream) => line.hear(frame, stream),
  onHello: () => line.greeted(),
  onLamp: () => {},
});
const line = new NotesLine(socket);
onViewer((viewer) => {
  if (viewer.source.uuid === given.version) mountNotes(viewer, { ...given, line });
  showAddressed(viewer);
});
socket.start();
