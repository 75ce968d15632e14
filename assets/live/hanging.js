// Where words hang: a density's name over its peak, a path's at its end, and over each other rather than on each other.

/** @typedef {import("./types.js").Line} Line */
/** @typedef {import("./types.js").Side} Side */
/** @typedef {import("./types.js").Label} Label */
/** @typedef {import("./plotly.js").Axes} Axes */
/** @typedef {import("./boxes.js").Box} Box */

const CLIMBS = 8;
const NEAR = 4; // px between words and the line that they stand under
const STEP = 4;
const ASIDE = 8; // px between words that moved aside and the place that they are of

/** Whether a label hangs from its line, instead of standing at the right edge. @param {Label} label */
export const hangs = (label) => ["peak", "top", "start", "end", "under"].includes(label.at[0][1]);

/**
 * The point of a line that words hang from: its highest in view, its highest inside the picture ("top"), its first or
 * its last; null if there is none.
 * @param {Line | undefined} line
 * @param {Side} side
 * @param {Pick<Axes, "xRange" | "yRange">} axes
 */
export function anchor(line, side, { xRange: [low, high], yRange: [, ceiling] }) {
  /** @type {{x: number, y: number} | null} */
  let best = null;
  for (let i = 0; line && i < line.y.length; i++) {
    const [x, y] = [line.x[i], line.y[i]];
    if (!Number.isFinite(y) || x < low || x > high) continue;
    if (side === "start" && best) return best;
    const better = side === "end" || !best || y > best.y;
    if (better && (side !== "top" || y <= ceiling)) best = { x, y };
  }
  return best;
}

/**
 * Where words of a size go that hang from a pixel: beside that, or a little higher, where other lines would strike them
 * through.
 * @param {{x: number, y: number}} point
 * @param {{w: number, h: number}} size
 * @param {Side} side
 * @param {Pick<Axes, "left" | "right" | "top">} axes
 * @param {Box[]} taken
 * @param {Line[]} [lines] of others, in pixels
 * @returns {Box}
 */
export function place(point, size, side, axes, taken, lines = []) {
  const first = hung(point, size, side, axes, taken);
  let [best, least] = [first, struck(first, lines)];
  if (!least) return first;
  const [right, left] = [point.x + ASIDE, point.x - size.w - ASIDE]; // hardly further: words stand at what they are of
  const over = Math.abs(first.x + size.w / 2 - point.x) < 1;
  const some = over ? [0.5, -0.5, 1.5, -1.5].map((by) => first.x + by * (size.w / 2 + ASIDE)) : [];
  for (const up of [0, size.h, 2 * size.h, -size.h, -2 * size.h]) {
    for (const x of [first.x, right, left, ...some]) {
      const box = { ...first, x, y: first.y - up };
      const inside = box.x >= axes.left && box.x + box.w <= axes.right && box.y >= axes.top - 4;
      if (!inside || taken.some((one) => meet(box, one))) continue;
      const lost = struck(box, lines);
      if (lost < least) [best, least] = [box, lost];
      if (!least) return best;
    }
  }
  return best;
}

/** @param {Box} a @param {Box} b */
const meet = (a, b) => a.x < b.x + b.w + 4 && a.x + a.w + 4 > b.x && a.y < b.y + b.h && a.y + a.h > b.y;

/** How many lines pass through the middle of a box. @param {Box} box @param {Line[]} lines */
const struck = (box, lines) => lines.filter((line) => passes(line, box)).length;

/** @param {Line} line @param {Box} box */
function passes({ x, y }, box) {
  const [left, right, top, bottom] = [box.x + 1, box.x + box.w - 1, box.y + 3, box.y + box.h - 3];
  for (let i = 0; i + 1 < y.length; i++) {
    const [a, b, p, q] = [x[i], x[i + 1], y[i], y[i + 1]];
    if (!(Number.isFinite(p) && Number.isFinite(q)) || Math.max(a, b) < left || Math.min(a, b) > right) continue;
    if (a === b) {
      if (Math.max(p, q) > top && Math.min(p, q) < bottom) return true;
      continue;
    }
    const at = (/** @type {number} */ across) => p + ((q - p) * (across - a)) / (b - a);
    const ends = [at(Math.max(left, Math.min(a, b))), at(Math.min(right, Math.max(a, b)))];
    if (Math.max(...ends) > top && Math.min(...ends) < bottom) return true;
  }
  return false;
}

/**
 * Where words of a size hang from a pixel, clear of words that are there.
 * @param {{x: number, y: number}} point
 * @param {{w: number, h: number}} size
 * @param {Side} side
 * @param {Pick<Axes, "left" | "right" | "top">} axes
 * @param {Box[]} taken
 * @returns {Box}
 */
function hung(point, { w, h }, side, { left, right, top }, taken) {
  let x = Math.max(left, Math.min(right - w, point.x - w / 2));
  let y = point.y - h - 5;
  if (side === "end") {
    const room = point.x + 8 + w < right;
    x = room ? point.x + 8 : point.x - w - 8;
    y = room ? point.y - h / 2 : point.y - h - 3;
  }
  let down = y < top - 4; // no room above: then inside, and downwards
  if (down) {
    y = Math.max(point.y + 4, top + 2);
    if (point.x + w + 6 < right) x = point.x + 5;
  }
  for (let climb = 0; climb < CLIMBS; climb++) {
    const hit = taken.find((b) => x < b.x + b.w + 4 && x + w + 4 > b.x && y < b.y + b.h && y + h > b.y);
    if (!hit) break;
    down ||= hit.y - h < top - 4;
    y = down ? hit.y + hit.h : hit.y - h;
  }
  return { x, y, w, h };
}

/**
 * Where words of a size fit between a line and the bottom of the picture, as near to its lowest point as can be; null if
 * they fit nowhere.
 * @param {Line | undefined} line
 * @param {{w: number, h: number}} size
 * @param {Pick<Axes, "left" | "right" | "bottom" | "x" | "y">} axes
 * @param {Line[]} [lines] of others, in pixels: they strike the words through only where there is no other place
 * @returns {Box | null}
 */
export function under(line, { w, h }, { left, right, bottom, x, y }, lines = []) {
  if (!line) return null;
  const points = Array.from(line.y, (up, i) => ({ x: x(line.x[i]), y: y(up) }));
  const dip = points.reduce((low, point) => (point.y > low.y ? point : low));
  /** @type {Box | null} */
  let best = null;
  let least = Infinity;
  for (let at = left + NEAR; at < right - w; at += STEP) {
    const over = points.filter((point) => point.x >= at - NEAR && point.x <= at + w + NEAR);
    const low = Math.max(...over.map((point) => point.y));
    if (!Number.isFinite(low) || low + h + NEAR > bottom) continue;
    const box = { x: at, y: low + NEAR, w, h };
    const lost = struck(box, lines);
    const nearer = !best || Math.abs(at + w / 2 - dip.x) < Math.abs(best.x + w / 2 - dip.x);
    if (lost < least || (lost === least && nearer)) [best, least] = [box, lost];
  }
  return best;
}
