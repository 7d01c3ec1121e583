// @ts-check
/** @import { ViewerDocument } from "documents/viewer/types" */

/**
 * The shapes of meetings/queries/pack.py, for the checker. A paper without `url` is read with a network only.
 *
 * @typedef {{ document: string, version: string, number: number, title: string, item: string, pages: number,
 *   sha256: string, size: number, url?: string, description?: ViewerDocument }} PackPaper
 * @typedef {{ id: string, label: string, depth: number, title: string, presenter?: string, owner?: string,
 *   minutes: number }} PackItem
 * @typedef {{ id: string, text: string, revision: number, created_at: string, changed_at: string }} PackNote
 * @typedef {{ id: string, title: string, agency: string, state: string, where?: string, starts_at: string,
 *   ends_at: string }} PackMeeting
 * @typedef {{ user: string, name: string, meeting: PackMeeting, until: string, agenda: PackItem[], papers: PackPaper[],
 *   notebook: PackNote[] }} Pack
 * @typedef {{ notes: Record<string, import("annotations/types").Note>, circles: import("annotations/types").Circle[] }} PaperNotes
 * @typedef {PackPaper & { url: string, description: ViewerDocument }} TakenPaper
 */

export {};
