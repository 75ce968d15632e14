// Curves over the positions of a handle, with a hairline where it stands.
import { within } from "../dom.js";
import { relax } from "../labels.js";
import { handleOf } from "../state.js";
import { colour, path, trail, words } from "../svg.js";
import { badge, head } from "./head.js";
import { folded, label, measure, SMALL } from "./small.js";

/** @typedef {import("./small.js").Axis} Axis */
/** @typedef {{id: string, title: string, concept: string, dash: "solid" | "dashed" | "dotted"}} Line */
/** @typedef {{text: string, badge: string, alt: string, hint: string, handle: string, x: Axis, y: Axis, lines: Line[]}} Spec */
/** @typedef {Line & {rows: string[], height: number, wish: number, place: number, order: number}} Name */

const [LEFT, TOP, W, H, NAME] = [34, 22, 174, 112, 80];
const RIGHT = LEFT + W;
const BASE = TOP + H;
const ROW = 13; // px from a row of a name to the next
const DASHES = { solid: "", dashed: "4 3", dotted: "1.5 3" };

/** @type {import("../types.js").Panel} */
export const along = { make, draw };

/** @param {Spec} p */
function make(p) {
  const svg = `<svg viewBox="0 0 300 176" role="img"></svg>`;
  return `<div class="bl-small">${head(p.text, badge(p.badge))}${svg}<p data-word="${p.hint}"></p></div>`;
}

/** @param {Spec} p @param {HTMLElement} el @param {import("../types.js").Frame} frame @param {import("../state.js").Chart} chart */
function draw(p, el, frame, chart) {
  const svg = el.querySelector("svg");
  if (!svg) return;
  const x = (/** @type {number} */ v) => LEFT + ((v - p.x.low) / (p.x.high - p.x.low)) * W;
  const y = (/** @type {number} */ v) => BASE - ((within(v, p.y.low, p.y.high) - p.y.low) / (p.y.high - p.y.low)) * H;
  const here = handleOf(chart, p.handle).values[chart.positions[p.handle]];
  const wide = measure(el);
  /** @type {Name[]} */
  const names = [];
  const at = frame.row("along.at");
  const curves = p.lines.map((line, order) => {
    const row = frame.row(line.id);
    const last = row ? row.findLastIndex(Number.isFinite) : -1;
    if (!at || !row || last < 0) return "";
    const end = y(row[last]);
    const rows = folded(line.title, NAME, wide);
    names.push({ ...line, rows, height: ROW * rows.length + 3, wish: end, place: end, order });
    const d = trail(
      row.length,
      (i) => x(at[i]),
      (i) => (Number.isFinite(row[i]) ? y(row[i]) : NaN),
    );
    const look = { fill: "none", stroke: colour(line.concept), "stroke-width": 1.8 };
    const dot = spot(x(here), y(row[chart.positions[p.handle]]), line.concept);
    return path(d, { ...look, "stroke-dasharray": DASHES[line.dash] || undefined }) + dot;
  });
  relax(names, TOP - 8, BASE + 8);
  const hair = path(`M${x(here).toFixed(1)} ${TOP - 4}V${BASE}`, { stroke: colour("data"), "stroke-width": 1.2 });
  svg.innerHTML = axes(p, x, y) + hair + curves.join("") + names.map(named).join("");
  svg.setAttribute("aria-label", frame.word(p.alt) ?? p.text);
}

/** A curve's own place where the handle stands. @param {number} x @param {number} y @param {string} concept */
function spot(x, y, concept) {
  const look = { stroke: colour(concept), "stroke-width": 7, "stroke-linecap": "round" };
  return Number.isFinite(y) ? path(`M${x.toFixed(1)} ${y.toFixed(1)}h.01`, look) : "";
}

/** @param {Spec} p @param {(v: number) => number} x @param {(v: number) => number} y */
function axes(p, x, y) {
  const rule = { stroke: colour("muted"), "stroke-width": 0.8, opacity: 0.35 };
  const up = p.y.ticks.map(
    (v) => path(`M${LEFT} ${y(v)}H${RIGHT}`, rule) + label(LEFT - 5, y(v) + 4, String(v), "end"),
  );
  const across = p.x.ticks.map((v) => label(x(v), BASE + 15, String(v), "middle"));
  return [...up, ...across, label(0, 10, p.y.title), label(RIGHT, BASE + 31, p.x.title, "end")].join("");
}

/** @param {Name} name */
function named({ rows, place, height, concept }) {
  const top = place - height / 2 + SMALL;
  const look = { "font-size": SMALL, "font-weight": 650, fill: colour(concept) };
  return rows.map((row, i) => words(RIGHT + 8, top + i * ROW, row, look)).join("");
}
