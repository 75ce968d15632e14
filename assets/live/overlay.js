// What lies over the chart: a gauge at its right edge repeats the intervals, labels hang from it, one line is in bold.
import { within } from "./dom.js";
import { placeDots } from "./dots.js";
import { ghostLabel, ghostSvg } from "./ghost.js";
import { drawGrip } from "./grip.js";
import { anchor, hangs, place, under } from "./hanging.js";
import { crossing, relax } from "./labels.js";
import { markSvg } from "./mark.js";
import { boldLine, memberLine } from "./member.js";
import { axes } from "./plotly.js";
import { drawReader } from "./reader.js";
import { narrow } from "./state.js";
import { colour, path, tag } from "./svg.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./types.js").Label} Label */
/** @typedef {import("./plotly.js").Axes} Axes */
/** @typedef {{wish: number, order: number, height: number, place: number}} Wish */
/** @typedef {Wish & {el: HTMLElement, concept: string, from: number, start: number}} Item */

const MANY = 2000; // points of a line that words do not go round
const BESIDE = 5; // px between a bar with ends and another one

/** @param {Chart} chart */
export function drawOverlay(chart) {
  const at = axes(chart.plot);
  if (!at) return;
  const gauge = at.right + (narrow(chart) ? 3 : 9);
  const bars = [];
  const leaders = [];
  const named = [...chart.spec.labels, ...ghostLabel(chart)];
  for (const field of at.strip ? [at, at.strip] : [at]) {
    const { items, bars: drawn } = measured(chart, labelsIn(chart, named, at, field), field, gauge);
    relax(items, field === at ? 0 : field.top - 0.6 * chart.rem, roomBelow(chart, at, field));
    bars.push(...drawn);
    leaders.push(...items.map((item) => leader(chart, item, gauge)));
  }
  hang(chart, named, at);
  const lowest = at.strip ?? at;
  const { walk, present } = chart.spec;
  const walked = walk && memberLine(chart.shown[walk.trace], chart.walk.at);
  chart.overlay.innerHTML = [
    definitions(at),
    ghostSvg(chart, at),
    ...bars,
    ...leaders,
    note(chart, at),
    boldLine(memberLine(chart.shown.members, chart.pointed), "posterior", 2.4, at, "bl-one-line"),
    marked(chart, at),
    walk && walked ? boldLine(walked, walk.concept, present ? 3.3 : 2.2, at, "bl-draw") : "",
  ].join("");
  drawAim(chart, at);
  chart.xTitle.style.transform = `translate(${at.left}px,${lowest.bottom + 1.55 * chart.rem}px)`;
  drawGrip(chart, at);
  drawReader(chart, at);
  placeDots(chart, at);
  if (at.strip) chart.stripTitle.style.transform = `translate(0,${at.strip.top - 1.72 * chart.rem}px)`;
}

/** The guess that was made, or stands in its fields. @param {Chart} chart @param {Axes} at */
function marked(chart, at) {
  const { mark } = chart.spec;
  const guess = mark?.open ? chart.aim : mark;
  return mark && guess ? markSvg({ ...guess, kind: mark.kind }, at, 0.82 * chart.rem) : "";
}

/** What takes the pointer while a guess is to be made lies over the plot. @param {Chart} chart @param {Axes} at */
function drawAim(chart, at) {
  const el = chart.root.querySelector(".bl-aim");
  if (!(el instanceof HTMLElement)) return;
  const [left, top, width, height] = [at.left, at.top, at.right - at.left, at.bottom - at.top];
  Object.assign(el.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
}

/** The axes that a label's line is drawn on. @param {Chart} chart @param {Axes} at @param {Label} label */
function fieldOf(chart, at, label) {
  const trace = chart.plot.data.find(({ name }) => name === label.at[0][0]);
  return at.strip && trace?.yaxis === "y2" ? at.strip : at;
}

/** The labels at the right edge of one of the plots. @param {Chart} chart @param {Label[]} named @param {Axes} at @param {Axes} field */
const labelsIn = (chart, named, at, field) =>
  named.filter((label) => !hangs(label) && fieldOf(chart, at, label) === field);

/** How far down labels may go. @param {Chart} chart @param {Axes} at @param {Axes} field */
const roomBelow = (chart, at, field) =>
  field === at && at.strip ? at.strip.top - 0.8 * chart.rem : field.bottom + 1.2 * chart.rem;

/** @param {Axes} at */
function definitions({ left, right, top, bottom }) {
  const inside = tag("rect", { x: left, y: top, width: right - left, height: bottom - top });
  const box = { viewBox: "0 0 6 6", refX: 5, refY: 3, markerWidth: 7, markerHeight: 7, orient: "auto" };
  const tip = path("M0 0L6 3L0 6", { fill: "none", stroke: colour("muted") });
  return tag("defs", {}, tag("clipPath", { id: "bl-inside" }, inside) + tag("marker", { id: "bl-tip", ...box }, tip));
}

/**
 * The labels that stand at the right edge, with where they wish to be, and the bars of the gauge.
 * @param {Chart} chart
 * @param {Label[]} labels
 * @param {Axes} at
 * @param {number} gauge
 */
function measured(chart, labels, at, gauge) {
  const edge = at.xRange[1];
  const inside = (/** @type {number} */ pixel) => within(pixel, at.top, at.bottom);
  const ends = (/** @type {string} */ name) => (chart.shown[name] ? crossing(chart.shown[name], edge) : null);
  const last = (/** @type {Label} */ { at: [[name, side]] }) =>
    side === "last" ? anchor(chart.shown[name], "end", at) : null;
  /** @type {Item[]} */
  const items = [];
  /** @type {string[]} */
  const bars = [];
  for (const label of labels) {
    const el = chart.labels[label.id];
    const point = last(label);
    const heights = label.at.map(([name, side]) => point?.y ?? ends(name)?.[/** @type {"low" | "high"} */ (side)]);
    const known = heights.filter((height) => height !== undefined);
    el.hidden = known.length < heights.length || !el.firstElementChild?.textContent;
    if (el.hidden) continue;
    const bar = label.bar ? ends(label.id) : null;
    if (bar) {
      const look = { stroke: colour(label.concept), "stroke-width": label.bar * (chart.spec.present ? 1.5 : 1) };
      const x = gauge + (label.caps || !labels.some(({ caps }) => caps) ? 0 : BESIDE);
      bars.push(tag("line", { x1: x, x2: x, y1: inside(at.y(bar.low)), y2: inside(at.y(bar.high)), ...look }));
      const caps = label.caps ? [bar.low, bar.high].map(at.y).filter((pixel) => pixel === inside(pixel)) : [];
      bars.push(...caps.map((pixel) => path(`M${gauge - 3} ${pixel}h6`, look)));
    }
    const wish = at.y(known.reduce((sum, height) => sum + height, 0) / known.length);
    const start = point ? at.x(point.x) + 4 : gauge + (label.bar || 2) / 2 + 1;
    const [order, height] = [chart.spec.labels.indexOf(label), heightOf(chart, label.id)];
    items.push({ el, order, concept: label.concept, from: inside(wish), wish, height, start, place: wish });
  }
  return { items, bars };
}

/**
 * Put a label at its place, and return the line that leads to it.
 * @param {Chart} chart
 * @param {Item} item
 * @param {number} gauge
 */
function leader(chart, item, gauge) {
  const [text, first, second] = narrow(chart) ? [20, 7, 14] : [26, 9, 18];
  item.el.style.transform = `translate(${gauge + text}px,${item.place - item.height / 2}px)`;
  const [a, b] = [gauge + first, gauge + second];
  const d = `M${item.start} ${item.from}H${a}L${b} ${item.place}H${b + 4}`;
  return path(d, { fill: "none", stroke: colour(item.concept), opacity: 0.7 });
}

/** Hang the labels that hang. @param {Chart} chart @param {Label[]} named @param {Axes} at */
function hang(chart, named, at) {
  /** @type {import("./hanging.js").Box[]} */
  const taken = [];
  const others = inPixels(chart, at);
  chart.words = taken;
  for (const label of named.filter(hangs)) {
    const el = chart.labels[label.id];
    const [name, side] = label.at[0];
    const field = fieldOf(chart, at, label);
    el.hidden = !el.firstElementChild?.textContent;
    if (el.hidden) continue;
    chart.labelWidths[label.id] ||= el.offsetWidth;
    const size = { w: chart.labelWidths[label.id], h: heightOf(chart, label.id) };
    if (side === "under") {
      const free = under(chart.shown[name], size, field, others(label, field));
      el.hidden = !free;
      if (free) el.style.transform = `translate(${free.x}px,${free.y}px)`;
      if (free) taken.push(free);
      continue;
    }
    const point = anchor(chart.shown[name], side, field);
    el.hidden = !point;
    if (!point) continue;
    const [low, high] = field.yRange;
    const from = { x: field.x(point.x), y: field.y(within(point.y, low, high)) };
    const box = place(from, size, side, field, taken, side === "end" ? [] : others(label, field));
    taken.push(box);
    el.style.transform = `translate(${box.x}px,${box.y}px)`;
  }
}

/**
 * The lines of a picture in pixels, by their names, in the plot that each is drawn in: worked out once a frame, when first
 * asked for. Of very many points there is no way round.
 * @param {Chart} chart @param {Axes} at
 */
function inPixels(chart, at) {
  /** @type {{name: string, lower: boolean, line: import("./types.js").Line}[] | null} */
  let known = null;
  const all = () =>
    chart.plot.data
      .filter(({ name, mode, line, visible }) => {
        const drawn = String(mode).includes("lines") && visible !== false && !(line?.width === 0);
        return drawn && chart.shown[name]?.y.length < MANY;
      })
      .map(({ name, yaxis }) => {
        const [{ x, y }, lower] = [chart.shown[name], yaxis === "y2"];
        const field = lower && at.strip ? at.strip : at;
        return { name, lower, line: { x: Array.from(x, field.x), y: Array.from(y, field.y) } };
      });
  return (/** @type {Label} */ label, /** @type {Axes} */ field) => {
    known ??= all();
    const own = label.at.map(([name]) => name);
    const lower = field === at.strip;
    return known.filter((one) => one.lower === lower && !own.includes(one.name)).map(({ line }) => line);
  };
}

/** @param {Chart} chart @param {string} id */
function heightOf(chart, id) {
  chart.heights[id] ||= chart.labels[id].offsetHeight + 2;
  return chart.heights[id];
}

/**
 * "Nobody was tested here": an arrow along the bottom, from the last data point to the edge of the picture.
 * @param {Chart} chart
 * @param {Axes} at
 */
function note(chart, at) {
  const spec = chart.spec.note;
  const from = spec ? at.x(spec.from) + 14 : 0;
  const fits = Boolean(spec) && at.right - from > 40 && from > at.left;
  chart.note.hidden = !fits;
  if (!fits) return "";
  const y = at.bottom - 9;
  const x = Math.min(from, at.right - chart.noteWidth);
  chart.words.push({ x, y: y - 1.5 * chart.rem, w: chart.noteWidth, h: 1.2 * chart.rem });
  chart.note.style.transform = `translate(${x}px,${y - 1.5 * chart.rem}px)`;
  const look = { stroke: colour("muted"), fill: "none", "marker-end": "url(#bl-tip)" };
  return path(`M${from} ${y}H${at.right - 4}`, look);
}
