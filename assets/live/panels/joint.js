// Two parameters against each other: outlines of their posterior, and a dot for every member line.
import { all, within } from "../dom.js";
import { colour, path, tag, trail, words } from "../svg.js";
import { safe, short } from "../text.js";
import { head } from "./head.js";

/** @typedef {import("../types.js").Frame} Frame */
/** @typedef {import("../state.js").Chart} Chart */
/** @typedef {import("../state.js").Dot} Dot */
/** @typedef {{id: string, low: number, high: number, ticks: number[], title: string}} Axis */
/** @typedef {{text: string, alt: string, hint: string, concept: string, x: Axis, y: Axis, outlines: string[]}} Spec */

const [LEFT, TOP, W, H] = [34, 6, 262, 128];
const SMALL = { "font-size": 11.5, fill: colour("muted") };

/** @type {import("../types.js").Panel} */
export const joint = { make, draw };

/** @param {Spec} p */
function make(p) {
  const svg = `<svg viewBox="0 0 300 168" tabindex="0" role="img" aria-label="${safe(p.alt)}"></svg>`;
  return `<div class="bl-joint">${head(p.text)}${svg}<p class="bl-one">${hint(p)}</p></div>`;
}

/** @param {Spec} p */
const hint = (p) => `<span class="bl-hint">${safe(p.hint)}</span>`;

/** @param {Spec} p */
function scales(p) {
  const x = (/** @type {number} */ v) => LEFT + ((v - p.x.low) / (p.x.high - p.x.low)) * W;
  const y = (/** @type {number} */ v) => TOP + H - ((v - p.y.low) / (p.y.high - p.y.low)) * H;
  return {
    x,
    y,
    insideX: (/** @type {number} */ v) => within(x(v), LEFT, LEFT + W),
    insideY: (/** @type {number} */ v) => within(y(v), TOP, TOP + H),
  };
}

/** @param {Spec} p @param {HTMLElement} el @param {Frame} frame @param {Chart} chart */
function draw(p, el, frame, chart) {
  const at = scales(p);
  chart.dots = dots(frame.row("joint.dots"), at);
  const parts = [
    ...p.y.ticks.map((v) => path(`M${LEFT} ${at.y(v)}H${LEFT + W}`, { stroke: colour("muted"), opacity: 0.16 })),
    ...p.y.ticks.map((v) => words(LEFT - 6, at.y(v) + 4, short(v), { "text-anchor": "end", ...SMALL })),
    ...p.x.ticks.map((v) => words(at.x(v), TOP + H + 15, short(v), { "text-anchor": "middle", ...SMALL })),
    ...p.outlines.map((name, i) => outline(p, frame.row(name), i ? 0.2 : 0.12, at)),
    cross(p, frame, at),
    ...chart.dots.map((dot) => drawn(p, dot, dot.i === chart.pointed)),
    words(LEFT + W, TOP + H + 30, p.x.title, { "text-anchor": "end", ...SMALL }),
    words(LEFT + 4, TOP + 9, p.y.title, SMALL),
  ];
  const one = chart.dots.find((dot) => dot.i === chart.pointed);
  for (const svg of all(el, "svg")) svg.innerHTML = parts.join("");
  for (const line of all(el, ".bl-one")) {
    const numbers = one && `intercept <b>${short(one.up)}</b>, slope <b>${short(one.across)}</b>`;
    line.innerHTML = numbers ? `This line: ${numbers}` : hint(p);
  }
}

/**
 * @param {Float64Array | null} row pairs (up, across)
 * @param {ReturnType<typeof scales>} at
 * @returns {Dot[]}
 */
function dots(row, at) {
  const found = [];
  for (let k = 0; row && k < row.length; k += 2) {
    const [up, across] = [row[k], row[k + 1]];
    if (Number.isFinite(up)) found.push({ i: k / 2, x: at.insideX(across), y: at.insideY(up), across, up });
  }
  return found;
}

/** @param {Spec} p @param {Dot} dot @param {boolean} on */
function drawn(p, { x, y }, on) {
  const look = on ? { stroke: colour("paper"), "stroke-width": 2 } : { opacity: 0.75 };
  return tag("circle", { cx: x, cy: y, r: on ? 6 : 2.6, fill: colour(p.concept), ...look });
}

/** @param {Spec} p @param {Float64Array | null} row @param {number} fill @param {ReturnType<typeof scales>} at */
function outline(p, row, fill, at) {
  if (!row) return "";
  const x = (/** @type {number} */ k) => at.insideX(row[2 * k + 1]);
  const d = trail(row.length / 2, x, (k) => at.insideY(row[2 * k]), true);
  const look = { fill: colour(p.concept), "fill-opacity": fill, stroke: colour(p.concept), "stroke-opacity": 0.7 };
  return path(d, look);
}

/** The truth. @param {Spec} p @param {Frame} frame @param {ReturnType<typeof scales>} at */
function cross(p, frame, at) {
  const [x, y] = [frame.row(`${p.x.id}.truth`), frame.row(`${p.y.id}.truth`)];
  if (!x || !y) return "";
  const look = { stroke: colour("truth"), "stroke-width": 1.1, "stroke-dasharray": "4 3", opacity: 0.8 };
  return path(`M${at.x(x[0])} ${TOP}V${TOP + H}M${LEFT} ${at.y(y[0])}H${LEFT + W}`, look);
}
