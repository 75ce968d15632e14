// Scores of calibration points: one dot each while they can be counted, bars beyond; hollow where the band ends before.

import { glyph } from "../reading.js";
import { colour, path, tag, words } from "../svg.js";
import { short } from "../text.js";

/** @typedef {{low: number, high: number, ticks: number[], unit: string, most: number, classes: number, text: string}} Spec */
/** @typedef {import("../types.js").Frame} Frame */

const [W, H, BASE] = [300, 124, 104];
const HEAD = 24; // px above the highest pile, for the threshold's words
const SMALL = { "font-size": 12.5, fill: colour("muted") };
const HOLLOW = { fill: colour("paper"), stroke: colour("data") };

/** @type {import("../types.js").Panel} */
export const scores = { make, draw };

function make() {
  const svg = `<svg viewBox="0 0 ${W} ${H}" aria-hidden="true"></svg>`;
  const head = `<h2 class="bl-head" data-word="scores.head"></h2>`;
  return `<div class="bl-scores">${head}${svg}<p data-word="scores.words"></p></div>`;
}

/** @param {Spec} p @param {HTMLElement} el @param {Frame} frame */
function draw(p, el, frame) {
  const svg = el.querySelector("svg");
  const [inside, outside, at] = ["inside", "outside", "at"].map((name) => frame.row(`scores.${name}`));
  if (!svg || !inside || !outside || !at) return;
  const piles = Array.from(inside, (count, b) => [Math.round(count), Math.round(outside[b])]);
  const days = piles.reduce((sum, [kept, lost]) => sum + kept + lost, 0);
  const drawn = days <= p.most ? dots(piles, days) : bars(piles);
  const axis = path(`M0 ${BASE}H${W}`, { stroke: colour("muted"), "stroke-width": 0.8 });
  svg.innerHTML = drawn + axis + lines(p, at, frame.word("scores.label") ?? "") + ticks(p);
}

/** @param {number[][]} piles @param {number} days */
function dots(piles, days) {
  const r = days <= 20 ? 4.6 : 3.1;
  const tallest = Math.max(1, ...piles.map(([kept, lost]) => kept + lost));
  const step = Math.min(2 * r + 0.6, (BASE - HEAD - 2 * r) / Math.max(1, tallest - 1));
  const filled = { fill: colour("data"), opacity: 0.82 };
  return piles
    .map(([kept, lost], b) => {
      const cx = ((b + 0.5) / piles.length) * W;
      return Array.from({ length: kept + lost }, (_, i) => {
        const look = i < kept ? filled : { ...HOLLOW, "stroke-width": 1.6 };
        return tag("circle", { cx, cy: BASE - r - 1.4 - i * step, r: i < kept ? r : r - 0.5, ...look });
      }).join("");
    })
    .join("");
}

/** @param {number[][]} piles */
function bars(piles) {
  const tallest = Math.max(1, ...piles.map(([kept, lost]) => kept + lost));
  const wide = W / piles.length;
  return piles
    .map(([kept, lost], b) => {
      const [low, high] = [kept, lost].map((count) => (count / tallest) * (BASE - HEAD));
      const box = { x: b * wide + 0.8, width: wide - 1.6 };
      const solid = low ? tag("rect", { ...box, y: BASE - low, height: low, fill: colour("data"), opacity: 0.82 }) : "";
      const open = high
        ? tag("rect", { ...box, y: BASE - low - high, height: high, ...HOLLOW, "stroke-width": 1.2 })
        : "";
      return solid + open;
    })
    .join("");
}

/**
 * One line for all, or one with its mark for every class.
 * @param {Spec} p
 * @param {Float64Array} at
 * @param {string} label
 */
function lines(p, at, label) {
  if (at.length === 1) return threshold(p, at[0], label);
  return Array.from(at, (value, k) => {
    if (!Number.isFinite(value)) return "";
    const x = Math.max(6, Math.min(W - 6, across(p, value)));
    const line = path(`M${x} ${BASE + 4}V18`, { fill: "none", stroke: colour("data"), "stroke-width": 2 });
    return line + path(glyph(k, x, 11, 5), { class: `cm-dot cm-fill${k + 1}` });
  }).join("");
}

/**
 * The line at the threshold with its words; an arrow that leaves the picture where there is none.
 * @param {Spec} p
 * @param {number} value
 * @param {string} label
 */
function threshold(p, value, label) {
  const ink = { fill: "none", stroke: colour("data"), "stroke-width": 2 };
  const bold = { "font-size": 12.5, "font-weight": 650, fill: colour("data"), class: "bl-halo" };
  if (!Number.isFinite(value)) {
    const arrow = `M${W - 20} ${BASE - 48}H${W - 2}M${W - 8} ${BASE - 53}l6 5l-6 5`;
    return path(arrow, ink) + words(W, BASE - 60, label, { ...bold, "text-anchor": "end" });
  }
  const x = Math.max(0, Math.min(W, across(p, value)));
  const right = x < 0.55 * W;
  const place = { ...bold, "text-anchor": right ? "start" : "end" };
  return path(`M${x} ${BASE + 4}V8`, ink) + words(right ? x + 6 : x - 6, 17, label, place);
}

/** @param {Spec} p */
function ticks(p) {
  const last = p.ticks.length - 1;
  return p.ticks
    .map((value, i) => {
      const anchor = i === 0 ? "start" : i === last ? "end" : "middle";
      const text = i === last ? `${short(value)} ${p.unit}` : short(value);
      return words(across(p, value), BASE + 17, text, { ...SMALL, "text-anchor": anchor });
    })
    .join("");
}

/** @param {Spec} p @param {number} value */
const across = (p, value) => ((value - p.low) / (p.high - p.low)) * W;
