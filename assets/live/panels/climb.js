// How a fit climbs: lines over its steps, on axes that stay. Every line carries its own name at its end.
import { within } from "../dom.js";
import { relax } from "../labels.js";
import { colour, path, trail, words } from "../svg.js";
import { plain, short } from "../text.js";
import { badge, head } from "./head.js";
import { folded, label, measure, SMALL } from "./small.js";

/** @typedef {import("./small.js").Axis} Axis */
/** @typedef {"solid" | "dashed" | "dotted"} Dash */
/** @typedef {{id: string, title: string, concept: string, dash: Dash}} Curve its row is a value for every step */
/** @typedef {{text: string, badge: string, alt: string, hint: string}} Words */
/** @typedef {Words & {steps: number, left: Axis, lines: Curve[]}} Spec */
/** @typedef {{wish: number, order: number, height: number, place: number}} Wish */
/** @typedef {Curve & Wish & {x: number, y: number, rows: string[]}} Name */

const [LEFT, TOP, W, H] = [34, 22, 174, 132];
const RIGHT = LEFT + W;
const ROW = 13; // px from a row of a name to the next
const NAME = 74; // px that a name may be wide
const DASHES = { solid: "", dashed: "4 3", dotted: "1.5 3" };

/** @type {import("../types.js").Panel} */
export const climb = { make, draw };

/** @param {Spec} p */
function make(p) {
  const svg = `<svg viewBox="0 0 300 190" role="img"></svg>`;
  return `<div class="bl-small">${head(p.text, badge(p.badge))}${svg}<p data-word="${p.hint}"></p></div>`;
}

/** @param {Spec} p @param {HTMLElement} el @param {import("../types.js").Frame} frame */
function draw(p, el, frame) {
  const svg = el.querySelector("svg");
  if (!svg) return;
  const up = scale(p);
  const wide = measure(el);
  /** @type {Name[]} */
  const names = [];
  const curves = p.lines.map((line, order) => {
    const row = frame.row(line.id);
    const end = row ? row.findLastIndex(Number.isFinite) : -1;
    if (!row || end < 0) return "";
    const x = (/** @type {number} */ i) => LEFT + (i / Math.max(1, row.length - 1)) * W;
    const y = (/** @type {number} */ i) => (Number.isFinite(row[i]) ? up(row[i]) : NaN);
    const rows = folded(line.title, NAME, wide);
    const at = { x: x(end), y: y(end), wish: y(end), place: y(end) };
    names.push({ ...line, ...at, order, rows, height: ROW * rows.length + 3 });
    return curve(line, trail(row.length, x, y));
  });
  relax(names, TOP - 8, TOP + H + 8);
  svg.innerHTML = axes(p) + curves.join("") + names.map(drawn).join("");
  svg.setAttribute("aria-label", frame.word(p.alt) ?? p.alt);
}

/** @param {Spec} p */
function scale({ left: { low, high } }) {
  return (/** @type {number} */ v) => TOP + H - ((within(v, low, high) - low) / (high - low)) * H;
}

/** @param {Spec} p */
function axes(p) {
  const up = scale(p);
  const rule = { stroke: colour("muted"), opacity: 0.16 };
  return [
    ...p.left.ticks.map((v) => path(`M${LEFT} ${up(v)}H${RIGHT}`, rule) + label(LEFT - 6, up(v) + 4, short(v), "end")),
    label(0, 10, p.left.title),
    label(LEFT, TOP + H + 15, "0"),
    label(RIGHT, TOP + H + 15, plain(p.steps), "end"),
    label(RIGHT, TOP + H + 31, "steps of Adam", "end"),
  ].join("");
}

/** @param {Curve} line @param {string} d */
function curve({ concept, dash }, d) {
  const ends = { "stroke-linejoin": "round", "stroke-linecap": dash === "dotted" ? "round" : "butt" };
  const look = { fill: "none", stroke: colour(concept), "stroke-width": 1.8, ...ends };
  return path(d, { ...look, "stroke-dasharray": DASHES[dash] ?? "" });
}

/** A name, and the line that leads to it from the end of its curve. @param {Name} name */
function drawn({ x, y, place, concept, rows }) {
  const look = { fill: "none", stroke: colour(concept), opacity: RIGHT - x > 12 ? 0.35 : 0.7 };
  const bold = { "font-size": SMALL, "font-weight": 650, fill: colour(concept) };
  const middle = (rows.length - 1) / 2;
  const text = rows.map((row, i) => words(RIGHT + 15, place + 4 + ROW * (i - middle), row, bold));
  return path(`M${x + 2} ${y}L${RIGHT + 9} ${place}H${RIGHT + 12}`, look) + text.join("");
}
