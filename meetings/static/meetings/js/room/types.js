// @ts-check
/**
 * The shapes of meetings/snapshot/, for the checker.
 *
 * @typedef {{ met: boolean, present: number, needed: number, members: number }} Quorum
 * @typedef {{ id: string, title: string, state: string, presenter?: string, led?: { document: string, version: number }, current_item?: string, item_since?: string, quorum: Quorum, place?: string,
 *   queue_order?: string, lanes?: Array<{ code: string, label: string }>,
 *   starts_at: string, ends_at: string, opened_at?: string, closed_at?: string, self_check_in?: boolean, join_link?: string }} Meeting
 * @typedef {{ position: number, label: string, depth: number, title: string, presenter: string, minutes: number,
 *   owner?: string, hidden?: boolean }} Item
 * @typedef {{ item: string, position: number, title: string, document: string, version: number, pages: number,
 *   supplement?: boolean, changed_at?: string, change_note?: string, protection?: string }} Paper
 * @typedef {{ name: string, sort: string, title: string, role: string, votes: boolean, seat: string, present: boolean,
 *   checked_in_at?: string, left_at?: string, attends?: string, site?: string, by?: string, unit?: string,
 *   removed?: boolean }} Person
 * @typedef {{ name: string, place: string, link?: string, position: number }} Site
 * @typedef {{ code: string, label: string, remark?: boolean, aside?: boolean }} Option
 * @typedef {{ code?: string, name?: string, base?: string, threshold?: { kind: string, share?: number[], number?: number },
 *   carrying?: string, board?: string, basis?: string, change?: boolean, seconds?: number, min?: number, max?: number,
 *   who?: string, [more: string]: unknown }} Rule
 * @typedef {{ person: string, manner: string, choice?: string, choices?: string[], remark?: string, by?: string,
 *   confirmed_by?: string, state: string }} Entry
 * @typedef {{ members: number, present: number, late: number, absent: number, cast: number, unanswered: number,
 *   counts: Record<string, number>, shares: Record<string, string>, base: number, needed: number, reached: number,
 *   carried: boolean, chosen?: string[], tied?: string[] }} Result
 * @typedef {{ item: string, position: number, question: string, options: Option[], rule: Rule, state: string,
 *   form?: string, manner?: string, seconds?: number, opened_at?: string, closes_at?: string, closed_at?: string,
 *   declared_at?: string, annulled?: { reason: string, at: string }, replaces?: string, digest?: string,
 *   revision?: number, outside?: { note?: string },
 *   missed?: Record<string, boolean>, entries?: Record<string, Entry>,
 *   cast?: number, counts?: Record<string, number>, voted?: Record<string, boolean>, result?: Result,
 *   choices?: Record<string, string | string[]>, remarks?: Record<string, string> }} Vote
 * @typedef {{ item?: string, position: number, text: string, at: string,
 *   files?: Array<{ document: string, title: string }> }} Conclusion
 * @typedef {{ item: string, text: string, at: string, name?: string, note?: string, paper?: string, document?: string,
 *   version?: number, page?: number, area?: [number, number, number, number], quote?: string }} Opinion
 * @typedef {{ person: string, phase: string, limit: number, used: number, since?: string }} Turn
 * @typedef {{ item: string, person: string, lane: string, subject?: string, asked?: string, paper?: string, page?: number,
 *   position: number, state: string, at: string, called_at?: string, turns: Turn[] }} Speech
 * @typedef {{ item: string, lane: string, words?: string, at: string }} Refusal
 * @typedef {{ meeting: Meeting, items: Record<string, Item>, papers: Record<string, Paper>,
 *   people: Record<string, Person>, votes: Record<string, Vote>, conclusions: Record<string, Conclusion>,
 *   opinions?: Record<string, Opinion>, speeches?: Record<string, Speech>, sites?: Record<string, Site> }} Room
 * @typedef {{ person: string, role: string, votes: boolean, view: string }} Me
 * @typedef {{ me?: Me, ballots?: Record<string, { choice?: string, choices?: string[], remark?: string, at: string }>,
 *   papers?: Record<string, Paper>, opinions?: Record<string, Opinion>, refusals?: Record<string, Refusal>, calls?: import("meetings/room/calls/line").Calls }} Mine
 */

export {};
