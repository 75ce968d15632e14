// A map of all that could be chosen: lines of equal height, a cross where it is best, the way there, and where one is.
import { within } from "../dom.js";
import { colour, path, tag, trail } from "../svg.js";
import { safe, short } from "../text.js";
import { head } from "./head.js";
import { label } from "./small.js";

/** @typedef {{low: number, high: number, ticks: number[], title: string}} Axis */
/** @typedef {{id: string, concept: string, dash: string}} Way */
/** @typedef {{text: string, hint: string, alt: string, x: Axis, y: Axis, lines: number[][], best: [number, number][], ways: Way[]}} Spec */

const [LEFT, TOP, W, H] = [34, 20, 262, 134];
const [RIGHT, FOOT] = [LEFT + W, TOP + H];
const DASHES = { solid: "", dashed: "4 3", dotted: "1.5 3" };
let clips = 0;

/** @type {import("../types.js").Panel} */
export const landscape = { make, draw };

/** @param {Spec} p */
function make(p) {
  const hint = p.hint ? `<p class="bl-hint">${safe(p.hint)}</p>` : "";
  clips += 1;
  return `<div class="bl-small">${head(p.text)}<svg viewBox="0 0 300 190" role="img" data-clip="land-${clips}"></svg>${hint}</div>`;
}

/** @param {Spec} p */
function scales(p) {
  const log = Math.log(p.y.high / p.y.low);
  return {
    x: (/** @type {number} */ v) => LEFT + ((v - p.x.low) / (p.x.high - p.x.low)) * W,
    y: (/** @type {number} */ v) => FOOT - (Math.log(Math.max(v, 1e-9) / p.y.low) / log) * H,
  };
}

/** @param {Spec} p @param {HTMLElement} el @param {import("../types.js").Frame} frame */
function draw(p, el, frame) {
  const svg = el.querySelector("svg");
  if (!svg) return;
  const at = scales(p);
  const clip = svg.dataset.clip ?? "";
  const here = frame.row("land.here");
  const inside = p.lines.map((row) => pieces(row, at)).join("") + p.ways.map((way) => walked(way, frame, at)).join("");
  const frameOf = { x: LEFT, y: TOP, width: W, height: H };
  svg.innerHTML = [
    tag("clipPath", { id: clip }, tag("rect", frameOf)),
    tag("rect", { ...frameOf, fill: "none", stroke: colour("rule") }),
    tag("g", { "clip-path": `url(#${clip})` }, inside),
    ...p.best.map(([x, y]) => cross(at.x(x), at.y(y))),
    here
      ? tag("circle", {
          cx: within(at.x(here[0]), LEFT, RIGHT),
          cy: within(at.y(here[1]), TOP, FOOT),
          r: 5.5,
          fill: colour("posterior"),
          stroke: colour("paper"),
          "stroke-width": 1.5,
        })
      : "",
    ...inRange(p.x).map((v) => label(at.x(v), FOOT + 15, short(v), "middle")),
    ...inRange(p.y).map((v) => label(LEFT - 6, at.y(v) + 4, short(v), "end")),
    label(0, 11, p.y.title),
    label(RIGHT, FOOT + 31, p.x.title, "end"),
  ].join("");
  svg.setAttribute("aria-label", frame.word(p.alt) ?? p.text);
}

/** The marks that lie on an axis. @param {Axis} axis */
const inRange = ({ low, high, ticks }) => ticks.filter((v) => v >= low && v <= high);

/** Loose pieces of one line, two ends each. @param {number[]} row @param {ReturnType<typeof scales>} at */
function pieces(row, at) {
  let d = "";
  for (let i = 0; i + 3 < row.length; i += 4)
    d += `M${at.x(row[i]).toFixed(1)} ${at.y(row[i + 1]).toFixed(1)}L${at.x(row[i + 2]).toFixed(1)} ${at.y(row[i + 3]).toFixed(1)}`;
  return path(d, {
    fill: "none",
    stroke: colour("muted"),
    opacity: 0.55,
    "stroke-width": 1.1,
    "stroke-linecap": "round",
  });
}

/** @param {Way} way @param {import("../types.js").Frame} frame @param {ReturnType<typeof scales>} at */
function walked(way, frame, at) {
  const row = frame.row(way.id);
  if (!row) return "";
  const d = trail(
    row.length / 2,
    (i) => at.x(row[2 * i]),
    (i) => at.y(row[2 * i + 1]),
  );
  const ink = colour(way.concept);
  const start = { cx: at.x(row[0]), cy: at.y(row[1]), r: 3.4, fill: colour("paper"), stroke: ink, "stroke-width": 1.6 };
  const dash = DASHES[/** @type {keyof typeof DASHES} */ (way.dash)] || undefined;
  return (
    path(d, { fill: "none", stroke: ink, "stroke-width": 1.8, "stroke-dasharray": dash, "stroke-linejoin": "round" }) +
    tag("circle", start)
  );
}

/** @param {number} x @param {number} y */
const cross = (x, y) =>
  path(`M${x - 5} ${y}h10M${x} ${y - 5}v10`, { stroke: colour("data"), "stroke-width": 1.8, fill: "none" });
