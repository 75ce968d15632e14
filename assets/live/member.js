// One member line among many in one trace, by its number: each is a draw of the whole curve.
import { colour, path, tag, trail } from "./svg.js";

/** @typedef {import("./types.js").Line} Line */
/** @typedef {import("./plotly.js").Axes} Axes */

/**
 * The i-th line of a trace in which gaps part the lines.
 * @param {Line | undefined} trace
 * @param {number | null} i
 * @returns {Line | null}
 */
export function memberLine(trace, i) {
  if (i === null || !trace) return null;
  const { x, y } = trace;
  let start = 0;
  for (let k = 0, line = 0; k <= y.length; k++) {
    if (k < y.length && y[k] !== null && !Number.isNaN(y[k])) continue;
    if (line === i) return k > start ? { x: [...x.slice(start, k)], y: [...y.slice(start, k)] } : null;
    line += 1;
    start = k + 1;
  }
  return null;
}

/**
 * A line in bold over the others.
 * @param {Line | null} line
 * @param {string} concept
 * @param {number} width
 * @param {Axes} axes
 * @param {string} name
 */
export function boldLine(line, concept, width, axes, name) {
  if (!line) return "";
  const d = trail(
    line.x.length,
    (i) => axes.x(line.x[i]),
    (i) => axes.y(line.y[i]),
  );
  const halo = path(d, { stroke: colour("paper"), "stroke-width": width + 2.6, opacity: 0.8 });
  const look = { class: name, "clip-path": "url(#bl-inside)", fill: "none", "stroke-linejoin": "round" };
  return tag("g", look, halo + path(d, { stroke: colour(concept), "stroke-width": width }));
}
