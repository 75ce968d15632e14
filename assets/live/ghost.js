// The ghost of a pinned answer: its outlines as they were, quiet and in a pattern of their own, behind the labels.
import { hangs } from "./hanging.js";
import { colour, path, stripes, tag, trail } from "./svg.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./types.js").Label} Label */
/** @typedef {import("./plotly.js").Axes} Axes */

const NAME = "pinned";
const LOOK = {
  stroke: colour("muted"),
  "stroke-width": 1.6,
  "stroke-dasharray": "9 3 1.5 3",
  "stroke-linecap": "round",
};

/** The name of the ghost, where there is one: beside its lower edge, or at its end. @param {Chart} chart @returns {Label[]} */
export function ghostLabel(chart) {
  const { pin, spec, shown, labels } = chart;
  if (!pin?.lines.length) {
    if (labels[NAME]) labels[NAME].hidden = true;
    return [];
  }
  const [line] = pin.lines;
  shown[NAME] = line; // what a label stands beside
  const all = spec.labels.length > 0 && spec.labels.every(hangs);
  return [
    {
      id: NAME,
      text: NAME,
      gloss: pin.label,
      concept: "muted",
      at: [[NAME, all ? "peak" : "low"]],
      bar: 0,
      caps: false,
    },
  ];
}

/** Its lines; they are worked out once for axes. @param {Chart} chart @param {Axes} at */
export function ghostSvg(chart, at) {
  const { pin, ghost } = chart;
  if (!pin?.lines.length) return "";
  const of = JSON.stringify([at.left, at.right, at.top, at.bottom, at.xRange, at.yRange, at.strip?.top]);
  if (ghost.of !== of) chart.ghost = { of, svg: drawn(pin.lines, at) };
  return chart.ghost.svg;
}

/** @param {import("./types.js").GhostLine[]} lines @param {Axes} at */
function drawn(lines, at) {
  const lower = at.strip ?? at;
  const striped = stripes("bl-stripes", 7, { stroke: colour("muted"), "stroke-width": 1.2, opacity: 0.4 });
  const inside = (/** @type {Axes} */ field, /** @type {string} */ id) => {
    const size = { x: field.left, y: field.top, width: field.right - field.left, height: field.bottom - field.top };
    return tag("clipPath", { id }, tag("rect", size));
  };
  const last = lines.findLastIndex(({ closed }) => closed); // of nested bands the inner one is striped
  const paths = lines.map((line, i) => {
    const field = line.lower ? lower : at;
    const d = trail(
      line.y.length,
      (n) => (line.x[n] === null ? NaN : field.x(line.x[n])),
      (n) => (line.y[n] === null ? NaN : field.y(line.y[n])),
    );
    const fill = i === last ? "url(#bl-stripes)" : "none";
    return path(line.closed && d ? `${d}Z` : d, {
      ...LOOK,
      fill,
      "clip-path": `url(#bl-ghost-${line.lower ? "low" : "up"})`,
    });
  });
  const made = [striped, inside(at, "bl-ghost-up"), inside(lower, "bl-ghost-low")];
  return `<g class="bl-ghost">${tag("defs", {}, made.join(""))}${paths.join("")}</g>`;
}
