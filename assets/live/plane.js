// Numbers over a square of places, side x side, row by row from the lowest y: read between places, and where they change sign.
import { within } from "./dom.js";

/** @typedef {import("./types.js").Numbers} Numbers */

/**
 * The value at shares of the way across and up, 0 to 1, mixed of the four places around.
 * @param {Numbers} values
 * @param {number} side
 * @param {number} start where these numbers begin in `values`
 * @param {number} across
 * @param {number} up
 */
export function between(values, side, start, across, up) {
  const x = within(across, 0, 1) * (side - 1);
  const y = within(up, 0, 1) * (side - 1);
  const i = Math.min(Math.floor(x), side - 2);
  const j = Math.min(Math.floor(y), side - 2);
  const [a, b] = [x - i, y - j];
  const k = start + j * side + i;
  const low = values[k] * (1 - a) + values[k + 1] * a;
  const high = values[k + side] * (1 - a) + values[k + side + 1] * a;
  return low * (1 - b) + high * b;
}

/**
 * Where n pixels in a row lie among `side` places: the place before each, and the share of the way to the next.
 * @param {number} n @param {number} side @param {boolean} falling whether the first pixel is at the last place
 */
export function stretched(n, side, falling = false) {
  const [before, share] = [new Uint16Array(n), new Float64Array(n)];
  for (let k = 0; k < n; k++) {
    const at = k / (n - 1);
    const place = (falling ? 1 - at : at) * (side - 1);
    before[k] = Math.min(Math.floor(place), side - 2);
    share[k] = place - before[k];
  }
  return { before, share };
}

/**
 * The same numbers, each mixed with its eight neighbours (1 2 1 both ways): whole ones lose their steps.
 * @param {Numbers} values
 * @param {number} side
 * @param {number} start
 */
export function smoothed(values, side, start) {
  const [across, both] = [new Float64Array(side * side), new Float64Array(side * side)];
  const last = side - 1;
  for (let k = 0; k < side * side; k++) {
    const i = k % side;
    const at = start + k;
    across[k] = (values[at - (i > 0 ? 1 : 0)] + 2 * values[at] + values[at + (i < last ? 1 : 0)]) / 4;
  }
  for (let k = 0; k < side * side; k++) {
    const j = Math.floor(k / side);
    both[k] = (across[k - (j > 0 ? side : 0)] + 2 * across[k] + across[k + (j < last ? side : 0)]) / 4;
  }
  return both;
}

/**
 * Where a function of the places is zero, as an SVG path over a picture of w x h px (marching squares).
 * @param {(k: number) => number} value at place k
 * @param {number} side
 * @param {number} w
 * @param {number} h
 */
export function zeros(value, side, w, h) {
  const parts = [];
  const [dx, dy] = [w / (side - 1), h / (side - 1)];
  for (let j = 0; j < side - 1; j++) {
    for (let i = 0; i < side - 1; i++) {
      const k = j * side + i;
      const [a, b, c, d] = [value(k), value(k + 1), value(k + side + 1), value(k + side)];
      if (a > 0 === b > 0 && b > 0 === c > 0 && c > 0 === d > 0) continue;
      const cuts = [];
      if (a > 0 !== b > 0) cuts.push([i + a / (a - b), j]);
      if (b > 0 !== c > 0) cuts.push([i + 1, j + b / (b - c)]);
      if (d > 0 !== c > 0) cuts.push([i + d / (d - c), j + 1]);
      if (a > 0 !== d > 0) cuts.push([i, j + a / (a - d)]);
      for (let n = 0; n + 1 < cuts.length; n += 2) {
        const [p, q] = [cuts[n], cuts[n + 1]].map(([x, y]) => `${(x * dx).toFixed(1)} ${(h - y * dy).toFixed(1)}`);
        parts.push(`M${p}L${q}`);
      }
    }
  }
  return parts.join("");
}
