// @ts-check
/** The agenda against the clock: the same figures as meetings/progress.py, proved by the same cases. */

/**
 * @param {number[]} depths
 * @param {number} start
 */
function endOf(depths, start) {
  const next = depths.findIndex((depth, place) => place > start && depth <= (depths[start] ?? 0));
  return next < 0 ? depths.length : next;
}

/**
 * How long each row takes: what is planned under it, or for itself where nothing is.
 * @param {number[]} depths
 * @param {number[]} minutes
 */
function spans(depths, minutes) {
  const result = [...minutes];
  for (let start = depths.length - 1; start >= 0; start -= 1) {
    let under = 0;
    for (let place = start + 1; place < endOf(depths, start); place += 1)
      if (depths[place] === (depths[start] ?? 0) + 1) under += result[place] ?? 0;
    result[start] = under || (minutes[start] ?? 0);
  }
  return result;
}

/**
 * @param {number[]} depths
 * @param {number[]} minutes
 * @param {number} current row, -1 before the first
 * @param {number} spent minutes at that row
 */
export function progress(depths, minutes, current, spent) {
  const taken = spans(depths, minutes);
  /** @type {number[]} */
  const starts = [];
  /** @type {number[]} where the next row of each depth starts */
  let ends = [];
  taken.forEach((span, place) => {
    const depth = depths[place] ?? 0;
    const start = depth < ends.length ? (ends[depth] ?? 0) : (starts.at(-1) ?? 0);
    starts.push(start);
    ends = [...ends.slice(0, depth), start + span];
  });
  const planned = taken.reduce((sum, span, place) => sum + (depths[place] === 0 ? span : 0), 0);
  if (current < 0) return { planned, left: planned, over: 0 };
  const from = starts[current] ?? 0;
  const own = (starts[current + 1] ?? planned) - from;
  return { planned, left: planned - from - Math.min(spent, own), over: own ? Math.max(0, spent - own) : 0 };
}
