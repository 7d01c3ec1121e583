// @ts-check
/**
 * The shapes annotations have on the wire, for the checker (docs/protocol.md). Coordinates are PDF points of the page,
 * origin top left, y down.
 *
 * @typedef {"ink" | "highlight" | "underline" | "strike" | "text" | "arrow" | "box" | "ellipse"} Kind
 * @typedef {[number, string]} Stamp counter and id of the operation
 * @typedef {[number, number, number, number]} Rect left, top, width, height
 * @typedef {{ points?: number[], rects?: Rect[], at?: [number, number], line?: Rect, rect?: Rect }} Shape
 * @typedef {{ exact: string, prefix: string, suffix: string }} Quote
 * @typedef {{ colour: string, width: number, opacity: number }} Style
 * @typedef {{ circle: string } | { people: string[] } | null} To
 * @typedef {{ owner: string, name: string, body: string, at: string, stamp?: Stamp, gone?: boolean }} Reply
 * @typedef {{ version: string, number?: number, page: number, kind: Kind, shape: Shape, quote?: Quote | null, style: Style,
 *   body: string, owner: string, name: string, at: string, changed_at?: string, stamps: Record<string, Stamp>, to: To,
 *   erased?: boolean, origin?: string, replies: Record<string, Reply> }} Note
 * @typedef {{ id: string, stamp: number, do: "put" | "erase" | "restore" | "say" | "restyle" | "share" | "reply" | "erase_reply",
 *   note: string, version?: string, page?: number, kind?: Kind, shape?: Shape, quote?: Quote | null, style?: Style, body?: string,
 *   to?: To, reply?: string }} Operation
 * @typedef {{ id: string, ok?: true, code?: string, text?: string }} Answer
 * @typedef {{ name: string, label: string }} Circle
 * @typedef {{ owner: string, name: string }} Author
 * @typedef {{ stroke: string, by: string, name: string, version: string, page: number, style: Style, points: number[] }} Drawn
 */

export {};
