// Where words hang: a density's name over its peak, a path's at its end, and over each other rather than on each other.

/** @typedef {import("./types.js").Line} Line */
/** @typedef {import("./types.js").Side} Side */
/** @typedef {import("./types.js").Label} Label */
/** @typedef {import("./plotly.js").Axes} Axes */
/** @typedef {{x: number, y: number, w: number, h: number}} Box */

const CLIMBS = 8;
const NEAR = 4; // px between words and the line that they stand under
const STEP = 4;

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
 * Where words of a size go that hang from a pixel.
 * @param {{x: number, y: number}} point
 * @param {{w: number, h: number}} size
 * @param {Side} side
 * @param {Pick<Axes, "left" | "right" | "top">} axes
 * @param {Box[]} taken
 * @returns {Box}
 */
export function place(point, { w, h }, side, { left, right, top }, taken) {
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
 * @returns {Box | null}
 */
export function under(line, { w, h }, { left, right, bottom, x, y }) {
  if (!line) return null;
  const points = Array.from(line.y, (up, i) => ({ x: x(line.x[i]), y: y(up) }));
  const dip = points.reduce((low, point) => (point.y > low.y ? point : low));
  /** @type {Box | null} */
  let best = null;
  for (let at = left + NEAR; at < right - w; at += STEP) {
    const over = points.filter((point) => point.x >= at - NEAR && point.x <= at + w + NEAR);
    const low = Math.max(...over.map((point) => point.y));
    if (!Number.isFinite(low) || low + h + NEAR > bottom) continue;
    const nearer = !best || Math.abs(at + w / 2 - dip.x) < Math.abs(best.x + w / 2 - dip.x);
    if (nearer) best = { x: at, y: low + NEAR, w, h };
  }
  return best;
}
