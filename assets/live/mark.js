// Where a guess lies in the picture: a line across a place, or a band with an end above and one below at each of its
// places. It is the reader's: ink, dashed, and it says so.
import { colour, path, tag, words } from "./svg.js";

/** @typedef {import("./types.js").MarkSpec} MarkSpec */
/** @typedef {import("./plotly.js").Axes} Axes */

const CAP = 7; // px on either side of an end
const LINE = { fill: "none", stroke: colour("truth"), "stroke-width": 2, "stroke-dasharray": "2 4" };

/**
 * @param {{kind: string} & Pick<MarkSpec, "x" | "low" | "high">} mark
 * @param {Axes} at
 * @param {number} size px of the words
 */
export function markSvg(mark, at, size) {
  const drawn = mark.kind === "place" ? place(mark, at, size) : band(mark, at, size);
  return drawn ? tag("g", { class: "bl-guess-mark" }, drawn) : "";
}

/** @param {Pick<MarkSpec, "x">} mark @param {Axes} at @param {number} size */
function place({ x }, at, size) {
  if (!x.length) return "";
  const across = at.x(x[0]);
  if (!(across >= at.left - 1 && across <= at.right + 1)) return "";
  return path(`M${across} ${at.top}V${at.bottom}`, LINE) + name(across, at.top + size, at, size);
}

/** @param {Pick<MarkSpec, "x" | "low" | "high">} mark @param {Axes} at @param {number} size */
function band({ x, low = [], high = [] }, at, size) {
  const known = x.map((_, i) => i).filter((i) => Number.isFinite(low[i]) && Number.isFinite(high[i]));
  if (!known.length) return "";
  const across = (/** @type {number} */ i) => Math.min(at.x(x[i]), at.right - CAP);
  const up = (/** @type {number} */ value) => Math.max(at.top, Math.min(at.bottom, at.y(value)));
  const bars = known.map((i) => {
    const [a, b, c] = [up(high[i]), up(low[i]), across(i)];
    return `M${c - CAP} ${a}h${2 * CAP}M${c - CAP} ${b}h${2 * CAP}M${c} ${a}V${b}`;
  });
  const edge = (/** @type {number[]} */ values) => known.map((i) => `${across(i)} ${up(values[i])}`).join("L");
  const sides = known.length > 1 ? path(`M${edge(high)}M${edge(low)}`, LINE) : "";
  const solid = { fill: "none", stroke: colour("truth"), "stroke-width": 2.4 };
  const [first] = known;
  return sides + path(bars.join(""), solid) + name(across(first), up(high[first]) - 6, at, size);
}

/** @param {number} x @param {number} y @param {Axes} at @param {number} size */
function name(x, y, at, size) {
  const end = x > (at.left + at.right) / 2;
  const look = { "text-anchor": end ? "end" : "start", "font-size": size, "font-weight": 650, fill: colour("truth") };
  return words(x + (end ? -6 : 6), Math.max(at.top + size, y), "your guess", look);
}
