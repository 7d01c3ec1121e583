// @ts-check
/** Strokes while they are drawn: one's own go out to those who will see them, others' are drawn as they come. */

import { strokePath } from "annotations/ink";
import { svg } from "annotations/shapes";

/** @import { Drawn, Style, To } from "annotations/types" */
/** @import { NotesLayer } from "annotations/layer" */
/** @import { Tools } from "annotations/tools" */
/** @typedef {{ stroke: Drawn, points: number[], element: Element, at: number }} Living */

const AT_MOST_EVERY = 66; // a line takes 30 passing frames a second, leading needs some of them
const LOST_AFTER = 6_000;
const MOST_WATCHERS = 12; // people named; more of them get the finished stroke

export class Drawing {
  /**
   * @param {{ layer: NotesLayer, tools: Tools, document: string, version: string, user: string }} about
   * @param {((data: Record<string, unknown>) => void) | undefined} pass
   */
  constructor(about, pass) {
    this.about = about;
    this.pass = pass;
    this.stroke = "";
    this.said = 0;
    this.saidAt = 0;
    /** @type {Map<string, Living>} */
    this.living = new Map();
    this.scheduled = 0;
    this.sweeping = setInterval(() => this.sweep(), LOST_AFTER / 3);
  }

  /** Passes on what is new of one's own stroke, if others will see it. @param {string} stroke @param {number} page @param {Style} style @param {number[]} points */
  say(stroke, page, style, points) {
    if (stroke !== this.stroke) Object.assign(this, { stroke, said: 0, saidAt: 0 });
    if (performance.now() - this.saidAt < AT_MOST_EVERY) return;
    this.tell(page, style, points, {});
  }

  /** @param {string} stroke @param {number} page @param {Style} style @param {number[]} points */
  end(stroke, page, style, points) {
    if (stroke === this.stroke) this.tell(page, style, points, { end: true });
    this.stroke = "";
  }

  /** @param {number} page @param {Style} style @param {number[]} points @param {{ end?: true }} more */
  tell(page, style, points, more) {
    const { tools, document, version } = this.about;
    const news = points.slice(this.said);
    if (!this.pass || !isWatched(tools.to) || (news.length === 0 && !more.end)) return;
    this.said = Math.max(this.said, points.length);
    this.saidAt = performance.now();
    this.pass({ document, version, page, stroke: this.stroke, to: tools.to, style, points: news, ...more });
  }

  // --- others'

  /** @param {Drawn[]} strokes */
  heard(strokes) {
    const { layer, user, version } = this.about;
    for (const stroke of strokes) {
      if (stroke.by === user || stroke.version !== version || layer.store.note(stroke.stroke)) continue;
      const known = this.living.get(stroke.stroke) ?? this.begun(stroke);
      known.points.push(...stroke.points);
      known.at = performance.now();
    }
    this.scheduled ||= requestAnimationFrame(() => this.draw());
  }

  /** @param {Drawn} stroke @returns {Living} */
  begun(stroke) {
    const element = svg("path", { fill: stroke.style.colour, opacity: stroke.style.opacity, "data-by": stroke.by });
    const living = { stroke, points: [], element, at: 0 };
    this.living.set(stroke.stroke, living);
    return living;
  }

  draw() {
    this.scheduled = 0;
    const { layer, tools } = this.about;
    for (const { stroke, points, element } of this.living.values()) {
      const place = tools.othersHidden ? undefined : layer.live(stroke.page);
      if (!place) element.remove();
      else if (element.parentElement !== place) place.append(element);
      if (place) element.setAttribute("d", strokePath(points, stroke.style.width, { done: false }));
    }
  }

  /** The finished ones take over. */
  settle() {
    for (const id of this.living.keys()) if (this.about.layer.store.note(id)) this.drop(id);
  }

  /** @param {string} id */
  drop(id) {
    this.living.get(id)?.element.remove();
    this.living.delete(id);
  }

  /** Whoever was cut off while drawing leaves nothing behind. */
  sweep() {
    const limit = performance.now() - LOST_AFTER;
    for (const [id, { at }] of this.living) if (at < limit) this.drop(id);
  }

  destroy() {
    clearInterval(this.sweeping);
    cancelAnimationFrame(this.scheduled);
    for (const id of [...this.living.keys()]) this.drop(id);
  }
}

/** Does anybody see it grow? @param {To} to */
function isWatched(to) {
  return to !== null && ("circle" in to || to.people.length <= MOST_WATCHERS);
}
