// One parameter: its estimate in words, its density over its prior's, the truth where it is known.
import { colour, path, trail, words } from "../svg.js";
import { safe, short } from "../text.js";

/** @typedef {import("../types.js").Frame} Frame */
/** @typedef {{low: number, high: number, ticks: number[]}} Axis */
/** @typedef {Axis & {id: string, name: string, unit: string, concept: string}} Spec */

const [W, H, BASE] = [140, 58, 44];
const TALL = 38; // px of the highest density
const CUT = 1.3; // a prior that is higher than this many posteriors is cut off

/** @type {import("../types.js").Panel} */
export const spark = { make, draw };

/** @param {Spec} p */
function make(p) {
  const name = `<div class="bl-name">${safe(p.name)} <small>${safe(p.unit)}</small></div>`;
  const estimate = `<span data-word="${p.id}"></span><i data-word="${p.id}.spread" data-before=" "></i>`;
  const told = `<div class="bl-told" data-word="${p.id}.interval"></div>`;
  const svg = `<svg viewBox="0 0 ${W} ${H}" aria-hidden="true"></svg>`;
  return `<div class="bl-par"><div>${name}<div class="bl-num">${estimate}</div>${told}</div>${svg}</div>`;
}

/** @param {Spec} p @param {HTMLElement} el @param {Frame} frame */
function draw(p, el, frame) {
  const svg = el.querySelector("svg");
  const after = frame.row(`${p.id}.density`);
  const before = frame.row(`${p.id}.prior`);
  if (!svg || !after || !before) return;
  const top = height(after, before);
  const x = (/** @type {number} */ value) => ((value - p.low) / (p.high - p.low)) * W;
  const curve = (/** @type {Float64Array} */ a) =>
    trail(
      a.length,
      (i) => (i / (a.length - 1)) * W,
      (i) => BASE - Math.min(a[i] / top, CUT) * TALL,
      true,
    );
  const closed = `L${W} ${BASE}L0 ${BASE}Z`;
  const [prior, posterior] = [curve(before), curve(after)];
  const truth = frame.row(`${p.id}.truth`);
  const parts = [
    path(prior + closed, { fill: colour("prior"), opacity: 0.12 }),
    path(prior, { fill: "none", stroke: colour("prior"), "stroke-width": 1.6, "stroke-dasharray": "4 3" }),
  ];
  if (posterior) {
    parts.push(path(posterior + closed, { fill: colour(p.concept), opacity: 0.22 }));
    parts.push(path(posterior, { fill: "none", stroke: colour(p.concept), "stroke-width": 1.8 }));
  }
  parts.push(path(`M0 ${BASE}H${W}`, { stroke: colour("muted"), "stroke-width": 0.8 }));
  if (truth && truth[0] >= p.low && truth[0] <= p.high) {
    const look = { stroke: colour("truth"), "stroke-width": 1.3, "stroke-dasharray": "4 3" };
    parts.push(path(`M${x(truth[0])} ${BASE}V3`, look));
  }
  svg.innerHTML = parts.join("") + p.ticks.map((value) => tick(x(value), value)).join("");
}

/**
 * The density that the panel's height stands for: the posterior's highest, or a prior's that is far higher.
 * @param {Float64Array} after
 * @param {Float64Array} before
 */
function height(after, before) {
  let top = 0;
  for (const value of after) if (value > top) top = value;
  for (const value of before) if (value > top * 1.25) top = value / 1.25;
  return top > 0 ? top : 1; // both lie outside the picture: a flat line at zero
}

/** @param {number} x @param {number} value */
function tick(x, value) {
  const anchor = x < 6 ? "start" : x > W - 6 ? "end" : "middle";
  return words(x, H, short(value), { "font-size": 11.5, "text-anchor": anchor, fill: colour("muted") });
}
