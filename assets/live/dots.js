// The points of a drawing on the chart: its dots are drawn where the reader has put them, and over each lies a button
// that a pointer or the keyboard takes. What is held has a halo, its coordinates, and a thread to where it came from.
import { all } from "./dom.js";
import { field } from "./field.js";
import { mounted, quickDraw, quickParts, restyle } from "./plotly.js";
import { changedHere, classesOf } from "./points.js";
import { glyph } from "./reading.js";
import { stepOf, written } from "./readout.js";
import { colour, path, tag, words } from "./svg.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./plotly.js").Axes} Axes */

/** @type {import("./types.js").Line} */
const NONE = { x: [], y: [] };

/** How finely points are put: the finest of an axis, and the step of an arrow key. @param {Axes} at */
export const steps = (at) => {
  const [x, y] = [at.xRange[1] - at.xRange[0], at.yRange[1] - at.yRange[0]].map((span) => stepOf(span));
  return { x, y, fine: { x: x / 10, y: y / 10 } };
};

/** The points of a trace where the reader has changed them: null where the answer's own are drawn. @param {Chart} chart @param {string} name */
export function ownDots(chart, name) {
  const which = chart.spec.drawn.indexOf(name);
  return which >= 0 && changedHere(chart) ? dotsIn(chart, which) : null;
}

/** The points that one of the traces draws. @param {Chart} chart @param {number} which @returns {import("./types.js").Line} */
function dotsIn(chart, which) {
  const { x, y } = chart.pen.points;
  const traces = tracesOf(chart);
  const here = (/** @type {number} */ _, /** @type {number} */ i) => traces[i] === which;
  return { x: x.filter(here), y: y.filter(here) };
}

/**
 * Which of the traces draws each point: the one that had a dot nearest to it, as long as there is no other answer.
 * @param {Chart} chart @returns {number[]}
 */
function tracesOf(chart) {
  const { pen, shown, spec } = chart;
  const at = field(chart);
  if (pen.traces.length === pen.points.x.length || !at) return pen.traces;
  const there = spec.drawn.flatMap((name, which) => {
    const { x, y } = shown[name] ?? NONE;
    return Array.from(y, (value, i) => ({ which, x: at.x(x[i]), y: at.y(value) }));
  });
  pen.traces = pen.points.x.map((value, i) => {
    const [x, y] = [at.x(value), at.y(pen.points.y[i])];
    let [best, gap] = [0, Infinity];
    for (const dot of there) {
      const away = Math.hypot(dot.x - x, dot.y - y);
      if (away < gap) [best, gap] = [dot.which, away];
    }
    return best;
  });
  return pen.traces;
}

/** A place in the digits that a picture can show. @param {{x: number, y: number}} place @param {Axes} at */
export function rounded({ x, y }, at) {
  const { fine } = steps(at);
  const to = (/** @type {number} */ value, /** @type {number} */ step) =>
    Number((Math.round(value / step) * step).toPrecision(12)) + 0;
  return { x: to(x, fine.x), y: to(y, fine.y) };
}

/** Draw the dots where the points are. @param {Chart} chart */
export function showPoints(chart) {
  const { easel, shown, spec } = chart;
  if (easel) return easel.show();
  if (!mounted(chart.plot)) return;
  /** @type {import("./plotly.js").Lines} */
  const changed = {};
  for (const [which, name] of spec.drawn.entries()) {
    const line = dotsIn(chart, which);
    if (shown[name] && shown[name].y.length + line.y.length) changed[name] = line;
  }
  const same = Object.entries(changed).every(([name, { y }]) => y.length === shown[name].y.length);
  Object.assign(shown, changed);
  chart.parts ||= quickParts(chart.plot);
  if (same && chart.parts && quickDraw(chart.plot, chart.parts, changed)) return;
  restyle(chart.plot, changed);
  chart.parts = null;
}

/** A place in words, as the picture writes it. @param {Chart} chart @param {number} x @param {number} y @param {Axes} at */
export function placed(chart, x, y, at) {
  const { fine } = steps(at);
  const told = (
    /** @type {[string, string]} */ [before, unit],
    /** @type {number} */ value,
    /** @type {number} */ step,
  ) => `${before}${written(value, step)}${unit ? ` ${unit}` : ""}`;
  const names = chart.spec.draws?.names ?? { x: ["", ""], y: ["", ""] };
  return `${told(names.x, x, fine.x)}, ${told(names.y, y, fine.y)}`;
}

/** A point's class, as it is said of the point; nothing where there are no classes. @param {Chart} chart @param {number} i */
export function classed(chart, i) {
  const name = classesOf(chart)[chart.pen.points.k[i]];
  return name === undefined ? "" : `, ${name}`;
}

/** Put the pad over the plot and a button over every point. @param {Chart} chart @param {Axes | null} [where] */
export function placeDots(chart, where) {
  const pad = chart.root.querySelector(".bl-pad");
  const at = where ?? field(chart);
  if (!(pad instanceof HTMLElement) || pad.hidden || !at) return;
  const up = /** @type {HTMLElement} */ (chart.root.querySelector(".bl-box")).clientHeight;
  const size = { left: at.left, top: at.top - up, width: at.right - at.left, height: at.bottom - at.top };
  for (const [side, px] of Object.entries(size)) pad.style.setProperty(side, `${px}px`);
  const { points, held } = chart.pen;
  const dots = all(pad, ".bl-dot");
  for (const extra of dots.splice(points.x.length)) extra.remove();
  for (let i = 0; i < points.x.length; i++) {
    const dot = dots[i] ?? pad.appendChild(newDot(i));
    const [x, y] = [at.x(points.x[i]) - at.left, at.y(points.y[i]) - at.top];
    dot.hidden = x < -1 || y < -1 || x > size.width + 1 || y > size.height + 1; // zoomed elsewhere
    dot.style.transform = `translate(${x}px,${y}px)`;
    dot.setAttribute(
      "aria-label",
      `Point ${i + 1} of ${points.x.length}${classed(chart, i)}: ${placed(chart, points.x[i], points.y[i], at)}`,
    );
    dot.classList.toggle("held", held?.i === i);
  }
  nameCross(chart, pad, at);
  drawMarks(chart, at);
}

/** Put the cross where the keyboard would add a point, and say so. @param {Chart} chart @param {HTMLElement} pad @param {Axes} at */
function nameCross(chart, pad, at) {
  const el = pad.querySelector(".bl-cross");
  if (!(el instanceof HTMLElement)) return;
  const { xRange: x, yRange: y } = at;
  chart.pen.cross ??= rounded({ x: (x[0] + x[1]) / 2, y: (y[0] + y[1]) / 2 }, at);
  const { cross } = chart.pen;
  el.setAttribute("aria-label", `Cross at ${placed(chart, cross.x, cross.y, at)}: Enter adds a point here`);
  el.style.transform = `translate(${at.x(cross.x) - at.left}px,${at.y(cross.y) - at.top}px)`;
}

/** Draw what lies over the dots. @param {Chart} chart @param {Axes | null} [where] */
export function drawMarks(chart, where) {
  const svg = chart.root.querySelector(".bl-pad svg");
  const at = where ?? field(chart);
  if (svg && at) svg.innerHTML = drawn(chart, at);
}

/** @param {number} i */
function newDot(i) {
  const dot = document.createElement("button");
  Object.assign(dot, { type: "button", className: "bl-dot" });
  dot.dataset.i = String(i);
  dot.dataset.arrows = "";
  return dot;
}

/** What is held, and where a click would add a point. @param {Chart} chart @param {Axes} at */
function drawn(chart, at) {
  const { pen } = chart;
  const { held, at: pointer, cross } = pen;
  const parts = held ? heldParts(chart, at) : pointer ? pointerParts(chart, pointer) : [];
  if (cross && document.activeElement?.matches(".bl-cross:focus-visible")) {
    const [x, y] = [at.x(cross.x) - at.left, at.y(cross.y) - at.top];
    const ink = { fill: "none", stroke: colour("data"), "stroke-width": 1.6 };
    parts.push(path(`M${x - 11} ${y}H${x + 11}M${x} ${y - 11}V${y + 11}`, ink));
    parts.push(path(shapeOf(chart, pen.brush, x, y, 6.5), { ...ink, "stroke-dasharray": "3 2.5" }));
  }
  return parts.join("");
}

/** A point's outline: a circle, or its class's. @param {Chart} chart @param {number} k @param {number} x @param {number} y @param {number} r */
const shapeOf = (chart, k, x, y, r) => glyph(classesOf(chart).length ? k : 0, x, y, r);

/** A point's colour: the data's, or its class's. @param {Chart} chart @param {number} k */
const inkOf = (chart, k) => colour(classesOf(chart).length ? `class${k + 1}` : "data");

/** @param {Chart} chart @param {Axes} at */
function heldParts(chart, at) {
  const { pen, rem } = chart;
  const { points } = pen;
  const held = /** @type {NonNullable<typeof pen.held>} */ (pen.held);
  const [x, y] = [at.x(points.x[held.i]) - at.left, at.y(points.y[held.i]) - at.top];
  const [k, size] = [points.k[held.i], 0.82 * rem];
  const ink = inkOf(chart, k);
  const parts = [tag("circle", { cx: x, cy: y, r: 15, fill: ink, opacity: 0.18 })];
  if (held.from && held.moved) {
    const [a, b] = [at.x(held.from.x) - at.left, at.y(held.from.y) - at.top];
    const thread = { "stroke-width": 1.5, "stroke-dasharray": "1 4", "stroke-linecap": "round" };
    parts.push(path(`M${a} ${b}L${x} ${y}`, { fill: "none", stroke: colour("data"), ...thread }));
    const left = { fill: colour("paper"), stroke: colour("data"), "stroke-width": 1.5 };
    parts.push(path(shapeOf(chart, k, a, b, 5), left));
  }
  const edge = classesOf(chart).length ? colour("data") : colour("paper");
  parts.push(path(shapeOf(chart, k, x, y, 8), { fill: ink, stroke: edge, "stroke-width": 2 }));
  const { fine } = steps(at);
  const text = `${written(points.x[held.i], fine.x)}, ${written(points.y[held.i], fine.y)}`;
  const right = x < at.right - at.left - 9 * size;
  const low = y < at.bottom - at.top - 2 * size;
  const place = { "font-size": size, "font-weight": 650, fill: colour("data"), class: "bl-haloed" };
  const end = { "text-anchor": right ? "start" : "end" };
  parts.push(words(x + (right ? 17 : -17), y + (low ? 1.5 : -1) * size, text, { ...place, ...end }));
  return parts;
}

/** @param {Chart} chart @param {{x: number, y: number}} pointer */
function pointerParts(chart, pointer) {
  const size = 0.82 * chart.rem;
  const left = pointer.x > 8 * size;
  const ring = { fill: "none", stroke: colour("data"), "stroke-width": 1.6, "stroke-dasharray": "3 2.5" };
  const look = { "font-size": size, "font-style": "italic", fill: colour("muted"), class: "bl-haloed" };
  const text = classesOf(chart).length ? "click, or stroke" : "click to add";
  const end = { "text-anchor": left ? "end" : "start" };
  return [
    path(shapeOf(chart, chart.pen.brush, pointer.x, pointer.y, 6.5), ring),
    words(pointer.x + (left ? -13 : 13), pointer.y + 0.35 * size, text, { ...look, ...end }),
  ];
}
