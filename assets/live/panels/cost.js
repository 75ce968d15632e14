// What each method costs (across, on a log scale) and what its answer is worth (up). Every mark carries its own name.
import { within } from "../dom.js";
import { colour, path, tag, words } from "../svg.js";
import { plain, short } from "../text.js";
import { badge, head } from "./head.js";
import { beside, label, measure, SMALL } from "./small.js";

/** @typedef {{id: string, title: string, concept: string}} Point its row is "cost.<id>" = [across, up] */
/** @typedef {import("./small.js").Axis} Axis */
/** @typedef {{text: string, badge: string, alt: string, points: Point[], x: Axis, y: Axis}} Spec */
/** @typedef {Point & {x: number, y: number, turn: number | null}} Mark what lies outside turns to where it is */

const [LEFT, TOP, W, H] = [28, 24, 268, 140];

/** @type {import("../types.js").Panel} */
export const cost = { make, draw };

/** @param {Spec} p */
function make(p) {
  return `<div class="bl-small">${head(p.text, badge(p.badge))}<svg viewBox="0 0 300 200" role="img"></svg></div>`;
}

/** @param {Spec} p @param {HTMLElement} el @param {import("../types.js").Frame} frame */
function draw(p, el, frame) {
  const svg = el.querySelector("svg");
  if (!svg) return;
  const shown = marks(p, frame);
  const { names, threads } = named(shown, measure(el));
  svg.innerHTML = axes(p) + threads + shown.map(sign).join("") + names;
  svg.setAttribute("aria-label", frame.word(p.alt) ?? p.alt);
}

/** @param {Spec} p */
function scales(p) {
  const low = Math.log10(p.x.low);
  const decades = Math.log10(p.x.high) - low;
  return {
    x: (/** @type {number} */ value) => LEFT + ((Math.log10(value) - low) / decades) * W,
    y: (/** @type {number} */ value) => TOP + H - ((value - p.y.low) / (p.y.high - p.y.low)) * H,
  };
}

/** @param {Spec} p */
function axes(p) {
  const at = scales(p);
  const rule = { stroke: colour("muted"), opacity: 0.16 };
  return [
    ...p.y.ticks.map(
      (v) => path(`M${LEFT} ${at.y(v)}H${LEFT + W}`, rule) + label(LEFT - 6, at.y(v) + 4, short(v), "end"),
    ),
    ...p.x.ticks.map((v) => label(at.x(v), TOP + H + 15, plain(v), "middle")),
    label(0, 11, p.y.title),
    label(LEFT + W, TOP + H + 31, p.x.title, "end"),
  ].join("");
}

/** @param {Spec} p @param {import("../types.js").Frame} frame @returns {Mark[]} from left to right */
function marks(p, frame) {
  const at = scales(p);
  const found = [];
  for (const point of p.points) {
    const [across, up] = frame.row(`cost.${point.id}`) ?? [NaN, NaN];
    if (!(across > 0) || !Number.isFinite(up)) continue;
    const x = within(at.x(across), LEFT + 5, LEFT + W - 5);
    const y = within(at.y(up), TOP + 6, TOP + H);
    found.push({ ...point, x, y, turn: turned(p, across, up) });
  }
  return found.sort((a, b) => a.x - b.x);
}

/**
 * Where a triangle points to when a mark is outside, in degrees.
 * @param {Spec} p
 * @param {number} across
 * @param {number} up
 */
function turned(p, across, up) {
  if (up > p.y.high) return 0;
  if (up < p.y.low) return 180;
  if (across > p.x.high) return 90;
  return across < p.x.low ? -90 : null;
}

/** @param {Mark[]} shown @param {(text: string) => number} wide */
function named(shown, wide) {
  const room = { left: LEFT, right: LEFT + W, top: TOP - 8, bottom: TOP + H + 6 };
  const taken = shown.map((mark) => ({ x: mark.x - 6, y: mark.y, w: 12, h: 12 }));
  let [names, threads] = ["", ""];
  for (const mark of shown) {
    const at = beside(mark, wide(mark.title), room, taken);
    taken.push(at);
    threads += thread(mark, at);
    const ink = { fill: colour(mark.concept), stroke: colour("paper"), "stroke-width": 3, "paint-order": "stroke" };
    const look = { "font-size": SMALL, "font-weight": 650, ...ink, "data-point": mark.id };
    names += words(at.x, at.y + 4, mark.title, look);
  }
  return { names, threads };
}

/**
 * A line from a mark to a name that found room only further off.
 * @param {Mark} mark
 * @param {import("./small.js").Box} at
 */
function thread(mark, at) {
  if (Math.abs(at.y - mark.y) <= 14) return "";
  const near = mark.x < at.x ? at.x - 2 : mark.x > at.x + at.w ? at.x + at.w + 2 : mark.x;
  const gap = near === mark.x ? Math.sign(mark.y - at.y) * 6 : 0;
  return path(`M${mark.x} ${mark.y}L${near} ${at.y + gap}`, { stroke: colour(mark.concept), opacity: 0.6 });
}

/** A MAP is a diamond, the sampled reference hollow. @param {Mark} mark */
function sign({ x, y, turn, concept }) {
  const ink = { fill: colour(concept), stroke: colour("paper"), "stroke-width": 1.5 };
  if (turn !== null) return path("M-5 4.5L0 -5L5 4.5Z", { transform: `translate(${x} ${y}) rotate(${turn})`, ...ink });
  if (concept === "map") return path(`M${x} ${y - 6.5}l6.5 6.5l-6.5 6.5l-6.5 -6.5Z`, ink);
  const hollow = { r: 4.5, fill: colour("paper"), stroke: colour(concept), "stroke-width": 2 };
  return tag("circle", { cx: x, cy: y, ...(concept === "reference" ? hollow : { r: 5, ...ink }) });
}
