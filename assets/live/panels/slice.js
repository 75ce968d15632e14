// Where futures come from: data under a band, and the cut through it on which they lie, dot by dot.
import { colour, path, tag, words } from "../svg.js";
import { safe, short } from "../text.js";
import { head } from "./head.js";
import { label, SMALL } from "./small.js";

/** @typedef {{text: string, xs: number[], ys: number[], places: number[], band: [number[], number[], number[]]}} Seen */
/** @typedef {Seen & {at: number, dots: number[], x: string, y: string, hint: string, alt: string}} Spec */

const [LEFT, TOP, W, H] = [8, 22, 284, 118];

/** @type {import("../types.js").Panel} */
export const slice = { make };

/** @param {Spec} p */
function make(p) {
  const at = scales(p);
  const parts = [band(p, at), data(p, at), cut(p, at), axes(p, at)];
  const svg = `<svg viewBox="0 0 300 176" role="img" aria-label="${safe(p.alt)}">${parts.join("")}</svg>`;
  return `<div class="bl-small">${head(p.text)}${svg}<p class="bl-hint">${safe(p.hint)}</p></div>`;
}

/** @param {Spec} p */
function scales(p) {
  const [low, high] = span([...p.places, ...p.xs, p.at], 0.03);
  const [under, over] = span([...p.ys, ...p.band[0], ...p.band[2], ...p.dots], 0.04);
  return {
    x: (/** @type {number} */ v) => LEFT + ((v - low) / (high - low)) * W,
    y: (/** @type {number} */ v) => TOP + H - ((v - under) / (over - under)) * H,
  };
}

/** The ends of values, with some room. @param {number[]} values @param {number} room @returns {[number, number]} */
function span(values, room) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const more = room * (high - low) || 1;
  return [low - more, high + more];
}

/** @param {Spec} p @param {ReturnType<typeof scales>} at */
function band({ places, band: [low, middle, high] }, at) {
  const points = (/** @type {number[]} */ ys) =>
    places.map((x, i) => `${at.x(x).toFixed(1)} ${at.y(ys[i]).toFixed(1)}`);
  const ink = colour("aleatoric");
  const edge = { fill: "none", stroke: ink };
  return [
    path(`M${points(low).join("L")}L${points(high).reverse().join("L")}Z`, { fill: ink, opacity: 0.18 }),
    path(`M${points(low).join("L")}`, { ...edge, opacity: 0.65 }),
    path(`M${points(high).join("L")}`, { ...edge, opacity: 0.65 }),
    path(`M${points(middle).join("L")}`, { ...edge, "stroke-width": 1.6 }),
  ].join("");
}

/** @param {Spec} p @param {ReturnType<typeof scales>} at */
function data({ xs, ys }, at) {
  const look = { fill: colour("data"), r: xs.length > 60 ? 1.6 : 2.6, opacity: xs.length > 60 ? 0.5 : 1 };
  return xs.map((x, i) => tag("circle", { cx: at.x(x).toFixed(1), cy: at.y(ys[i]).toFixed(1), ...look })).join("");
}

/** @param {Spec} p @param {ReturnType<typeof scales>} at */
function cut(p, at) {
  const x = at.x(p.at);
  const look = { r: 3, fill: colour("aleatoric"), stroke: colour("paper"), "stroke-width": 0.8 };
  const line = path(`M${x} ${TOP}V${TOP + H}`, { stroke: colour("data"), "stroke-width": 1.2 });
  return line + p.dots.map((y) => tag("circle", { cx: x, cy: at.y(y).toFixed(1), ...look })).join("");
}

/** @param {Spec} p @param {ReturnType<typeof scales>} at */
function axes(p, at) {
  const [first, last] = [Math.min(...p.places, ...p.xs), Math.max(...p.places, ...p.xs)];
  const x = at.x(p.at);
  const own = { "font-size": SMALL, "font-weight": 650, fill: colour("data"), "text-anchor": "middle" };
  const ends = [first, last]
    .filter((v) => Math.abs(at.x(v) - x) > 40)
    .map((v) => label(at.x(v), TOP + H + 14, short(v), v === first ? "start" : "end"));
  return [
    path(`M${LEFT} ${TOP + H}H${LEFT + W}`, { stroke: colour("muted"), opacity: 0.45 }),
    ...ends,
    words(Math.min(Math.max(x, LEFT + 14), LEFT + W - 14), TOP + H + 14, short(p.at), own),
    label(LEFT + W, TOP + H + 30, p.x, "end"),
    label(LEFT, 12, p.y),
  ].join("");
}
