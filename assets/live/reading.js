// A map of classes as it is read: its rows, its marks, and what they say at one place.
import { within } from "./dom.js";
import { between } from "./plane.js";
import { path } from "./svg.js";

/** @typedef {import("./tints.js").Triple} Triple */
/** @typedef {[number, number]} Range */
/** @typedef {{x_range: Range, y_range: Range, x_ticks: number[], y_ticks: number[], x_title: string, y_title: string}} Axes */
/** @typedef {{classes: string[], points: [number, number, number][], ring: Range, side: number}} Told */
/** @typedef {Axes & Told & {type: string, who: string, concept: string, levels: number, sure: number, one: number, voice: boolean}} Spec `voice`: whether MAP stands beside */
/** @typedef {{tints: Triple[][], ramps: Triple[][], key: string}} Inks */
/**
 * What the map shows at a position of the handle: probabilities of all classes but the first, mutual information, the
 * one voice, and log odds of `count` draws where there are any, in `levels` of its own to the nat for each of them;
 * `inks` are the colours on screen.
 * @typedef {Float64Array | null} Row
 * @typedef {{p: Row, mi: Row, single: Row, draws: Row, count: number, levels: Row}} Rows
 */
/** @typedef {Rows & {inks: Inks}} Shown */

/** @type {WeakMap<HTMLElement, Shown>} */
const shown = new WeakMap();

/** What is shown, for the ring and its panel. @param {HTMLElement} el */
export const rowsOf = (el) => shown.get(el) ?? null;

/** @param {HTMLElement} el @param {Shown} rows */
export const keepRows = (el, rows) => shown.set(el, rows);

/** A class's mark as a small picture. @param {number} k */
export const mark = (k, tint = `var(--c-class${k + 1})`) =>
  `<svg viewBox="-7 -7 14 14" class="cm-mark" aria-hidden="true">${path(glyph(k, 0, 0, 5.2), { style: `fill:${tint}` })}</svg>`;

/** Circle, square, triangle. @param {number} k @param {number} x @param {number} y @param {number} r */
export function glyph(k, x, y, r) {
  if (k === 0) return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
  const half = 0.89 * r;
  if (k === 1) return `M${x - half} ${y - half}h${2 * half}v${2 * half}h${-2 * half}Z`;
  return `M${x} ${y - 1.2 * r}L${x + 1.12 * r} ${y + 0.8 * r}H${x - 1.12 * r}Z`;
}

/** @param {number} odds its logarithm */
export const probability = (odds) => 1 / (1 + Math.exp(-odds));

const [REACH, FINE] = [8, 4096];
const TABLE = Float64Array.from({ length: FINE + 1 }, (_, i) => probability(((2 * i) / FINE - 1) * REACH));

/** The same to four digits, for every pixel of a map. @param {number} odds */
export const quick = (odds) => TABLE[Math.round((within(odds, -REACH, REACH) / REACH + 1) * (FINE / 2))];

/** @param {number} p */
const bits = (p) => (p > 0 ? -p * Math.log2(p) : 0);

/**
 * What both parts and the whole doubt are where the probabilities and the mutual information are these, in bits.
 * @param {number[]} p of all classes
 * @param {number} mutual
 * @returns {Object<string, number>}
 */
export function doubtOf(p, mutual) {
  const total = p.reduce((sum, q) => sum + bits(q), 0);
  return { total, mutual: Math.min(mutual, total), expected: Math.max(total - mutual, 0) };
}

/** Probabilities of all classes from those of all but the first. @param {Spec} s @param {(c: number) => number} rest */
export function every(s, rest) {
  const p = s.classes.slice(1).map((_, c) => Math.max(rest(c), 0));
  return [Math.max(1 - p.reduce((sum, q) => sum + q, 0), 0), ...p];
}

/** Where the ring is, as shares of the way across and up: it stays while points are drawn. @param {Spec} s @param {import("./state.js").Chart} chart */
export function ringAt(s, chart) {
  const of = chart.spec.draws?.of ?? `${s.ring} ${s.x_range} ${s.classes}`;
  if (chart.ring.of !== of) {
    const share = (/** @type {number} */ v, /** @type {[number, number]} */ [low, high]) => (v - low) / (high - low);
    chart.ring = { of, at: [share(s.ring[0], s.x_range), share(s.ring[1], s.y_range)] };
  }
  return chart.ring.at;
}

/** A probability in per cent, with a digit more near its ends. @param {number} p */
export function perCent(p) {
  const v = 100 * p;
  if (v > 99.5) return "> 99";
  if (v < 0.5) return "< 1";
  return v.toFixed(0);
}

/** The likeliest of some. @param {number[]} p */
export const likeliest = (p) => p.indexOf(Math.max(...p));

/**
 * What probabilities are at a place: `levels` of p are a nat of log odds.
 * @param {Spec} s
 * @param {Float64Array} p
 * @param {number} levels
 * @param {[number, number]} at
 */
export function readMap(s, p, levels, [x, y]) {
  const size = p.length / (s.classes.length - 1);
  const side = Math.round(Math.sqrt(size));
  return every(s, (c) => probability(between(p, side, c * size, x, y) / levels));
}
