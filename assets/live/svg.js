// SVG as text: it is written anew at every position, which is faster than changing it element by element.
import { safe } from "./text.js";

/** @typedef {Object<string, string | number | undefined>} Look */

/** A concept's colour in the theme on screen. @param {string} concept */
export const colour = (concept) => `var(--c-${concept})`;

/** @param {string} name @param {Look} look @param {string} [inside] */
export function tag(name, look, inside = "") {
  const set = Object.entries(look).map(([key, value]) => (value === undefined ? "" : ` ${key}="${value}"`));
  return `<${name}${set.join("")}>${inside}</${name}>`;
}

/** @param {string} d @param {Look} look */
export const path = (d, look) => tag("path", { d, ...look });

/** Stripes that a shape may be filled with, `apart` pixels from each other. @param {string} id @param {number} apart @param {Look} line */
export function stripes(id, apart, line) {
  const size = { width: apart, height: apart, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  return tag("pattern", { id, ...size }, path(`M0 0V${apart}`, line));
}

/** @param {number} x @param {number} y @param {string} text @param {Look} look */
export const words = (x, y, text, look) => tag("text", { x, y, ...look }, safe(text));

/**
 * A path through n points. Where one is missing the pen is lifted, or, `bridged`, goes on to the next.
 * @param {number} n
 * @param {(i: number) => number} x
 * @param {(i: number) => number} y
 * @param {boolean} [bridged]
 */
export function trail(n, x, y, bridged = false) {
  let d = "";
  let pen = false;
  for (let i = 0; i < n; i++) {
    const across = x(i);
    const up = y(i);
    if (!Number.isFinite(across) || !Number.isFinite(up)) {
      pen = pen && bridged;
      continue;
    }
    d += `${pen ? "L" : "M"}${across.toFixed(1)} ${up.toFixed(1)}`;
    pen = true;
  }
  return d;
}
