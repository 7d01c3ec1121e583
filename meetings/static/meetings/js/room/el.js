// @ts-check
/** Building elements in the room: the same as everywhere. */

export { el, fill, handle, handlersOf, keep, nodes } from "ui/el";

/** @typedef {import("ui/el").Child} Child */
/** @typedef {import("ui/el").Attributes} Attributes */
/** @typedef {import("ui/el").Handlers} Handlers */
