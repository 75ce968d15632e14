// How chains come to agree: what they say of themselves as they grow, on a logarithmic scale, with the line to pass.
import { within } from "../dom.js";
import { relax } from "../labels.js";
import { path, tag, trail, words } from "../svg.js";
import { safe } from "../text.js";
import { head } from "./head.js";
import { label, SMALL } from "./small.js";

/** @typedef {{id: string, title: string, dash: string}} Line */
/** @typedef {{marks: number[], good: number, base: number}} Scale of how far a value is above `base` */
/** @typedef {Scale & {text: string, times: number[], lines: Line[], hint: string, alt: string}} Spec */

const [LEFT, TOP, W, H] = [40, 10, 176, 92];
const EVERY = [30, 100, 300, 1000];

/** @type {import("../types.js").Panel} */
export const agreement = { make, draw };

/** @param {Spec} p */
function make(p) {
  const svg = `<svg viewBox="0 0 300 ${TOP + H + 22}" role="img" style="width:100%"></svg>`;
  return `<div class="bl-small">${head(p.text)}${svg}<p>${safe(p.hint)}</p></div>`;
}

/** @param {Scale} p */
function scale({ marks, base }) {
  const [low, high] = [marks[0] - base, marks[marks.length - 1] - base];
  const whole = Math.log(high / low);
  return (/** @type {number} */ v) => TOP + (Math.log(high / within(v - base, low, high)) / whole) * H;
}

/** @param {Spec} p @param {HTMLElement} el @param {import("../types.js").Frame} frame */
function draw(p, el, frame) {
  const svg = el.querySelector("svg");
  if (!svg) return;
  const y = scale(p);
  const [first, last] = [Math.log(p.times[0]), Math.log(p.times[p.times.length - 1])];
  const x = (/** @type {number} */ t) => LEFT + ((Math.log(t) - first) / (last - first)) * W;
  const parts = p.marks.map((v) =>
    label(LEFT - 6, y(v) + 4, v.toLocaleString("en", { maximumFractionDigits: 3 }), "end"),
  );
  parts.push(...EVERY.map((t) => label(x(t), TOP + H + 18, t.toLocaleString("en"), "middle")));
  const rule = { stroke: "var(--c-reference)", "stroke-width": 1.2, "stroke-dasharray": "1.5 3" };
  parts.push(path(`M${LEFT} ${y(p.good)}h${W}`, rule));
  const names = p.lines.flatMap((line, order) => {
    const row = frame.row(line.id);
    const end = row ? row.findLastIndex(Number.isFinite) : -1;
    if (!row || end < 0) return [];
    const look = { fill: "none", stroke: "var(--c-posterior)", "stroke-width": 1.8, "stroke-dasharray": line.dash };
    const at = { x: x(p.times[end]), y: y(row[end]) };
    const d = trail(
      row.length,
      (i) => x(p.times[i]),
      (i) => (Number.isFinite(row[i]) ? y(row[i]) : Number.NaN),
    );
    parts.push(path(d, look));
    const dot = { cx: at.x, cy: at.y, r: 3.6, stroke: "var(--c-posterior)", "stroke-width": 1.5 };
    parts.push(tag("circle", { ...dot, fill: order ? "var(--c-paper)" : "var(--c-posterior)" }));
    return [{ title: line.title, x: at.x, wish: at.y, place: at.y, order, height: SMALL + 3 }];
  });
  relax(names, TOP, TOP + H);
  for (const name of names) {
    const look = { "font-size": SMALL, "font-weight": 650, fill: "var(--c-posterior)" };
    parts.push(words(name.x + 8, name.place + 4, name.title, look));
  }
  svg.innerHTML = parts.join("");
  svg.setAttribute("aria-label", frame.word(p.alt) ?? p.alt);
}
