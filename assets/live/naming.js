// Where on a map of sets their names stand: inside their set, over fewest points, and where they stood before.
import { words } from "./svg.js";

/** @typedef {import("./subsets.js").Spec} Spec */

export const COARSE = 48; // places along a side, where room for a name is looked for
const EDGE = 1; // of these are left free at the map's edge

/** How far along a range a value is. @param {number} v @param {[number, number]} range */
export const share = (v, [low, top]) => (v - low) / (top - low);

/**
 * What a name should not hide, by place: points, and above all the ring with its words.
 * @param {Spec} s @param {{a: number, b: number, what: number}[]} points @param {HTMLElement} box
 * @param {[number, number]} ring
 * @param {[number, number, number, number]} chip left, top, width and height in px
 */
export function inTheWay(s, points, box, ring, [left, top, wide, high]) {
  const taken = new Float64Array(COARSE * COARSE);
  const [dx, dy] = [(COARSE - 1) / box.clientWidth, (COARSE - 1) / box.clientHeight];
  const fill = (/** @type {number[]} */ [a, b, c, d], /** @type {number} */ cost) => {
    for (let j = Math.max(c, 0); j <= Math.min(d, COARSE - 1); j++) {
      for (let i = Math.max(a, 0); i <= Math.min(b, COARSE - 1); i++) taken[j * COARSE + i] += cost;
    }
  };
  for (const { a, b, what } of points) {
    if (!what) continue;
    const x = Math.round(share(a, s.x_range) * (COARSE - 1));
    const y = Math.round((1 - share(b, s.y_range)) * (COARSE - 1));
    fill([x, x, y, y], 1);
  }
  const [x, y] = [Math.round(ring[0] * (COARSE - 1)), Math.round((1 - ring[1]) * (COARSE - 1))];
  fill([x - 1, x + 1, y - 1, y + 1], 2);
  fill([left * dx, (left + wide) * dx, top * dy, (top + high) * dy].map(Math.round), 2);
  return taken;
}

/**
 * Where the name of every set fits and hides fewest points, by code; -1: nowhere. It stays where it was if it can.
 * @param {Spec} s @param {Uint8Array} found @param {Float64Array} taken @param {HTMLElement} box @param {number} rem
 * @param {number[]} before
 */
export function placesOf(s, found, taken, box, rem, before) {
  return s.names.map((name, code) => {
    const wide = Math.ceil((0.27 * rem * name.length * COARSE) / box.clientWidth);
    const high = Math.max(1, Math.round((0.5 * rem * COARSE) / box.clientHeight));
    return place(found, taken, code, wide, high, before[code] ?? -1);
  });
}

/**
 * The names of the sets at their places.
 * @param {Spec} s @param {number[]} places @param {HTMLElement} box @param {number} rem
 */
export function named(s, places, box, rem) {
  const look = { class: "cs-name", "font-size": 0.86 * rem, "text-anchor": "middle" };
  const [dx, dy] = [box.clientWidth / (COARSE - 1), box.clientHeight / (COARSE - 1)];
  return places
    .map((at, code) => {
      if (at < 0) return "";
      return words((at % COARSE) * dx, Math.floor(at / COARSE) * dy + 0.3 * rem, s.names[code], look);
    })
    .join("");
}

/**
 * Where a box of 2 wide + 1 by 2 high + 1 places lies in its set, over fewest points, far from other sets; -1: nowhere.
 * @param {Uint8Array} found @param {Float64Array} taken @param {number} code @param {number} wide @param {number} high
 * @param {number} before where it was, which is worth a point
 */
function place(found, taken, code, wide, high, before) {
  let [best, least] = [-1, Infinity];
  for (let y = high + EDGE; y < COARSE - high - EDGE; y++) {
    for (let x = wide + EDGE; x < COARSE - wide - EDGE; x++) {
      const k = y * COARSE + x;
      if (found[k] !== code) continue;
      const cost = costOf(found, taken, code, [x - wide, x + wide, y - high, y + high]) - (k === before ? 1 : 0);
      if (cost < least) [best, least] = [k, cost];
    }
  }
  return best;
}

/**
 * What a box costs: its points, and a little for every other set in a higher box; Infinity where it leaves the set.
 * @param {Uint8Array} found @param {Float64Array} taken @param {number} code @param {number[]} box
 */
function costOf(found, taken, code, [left, right, top, bottom]) {
  let cost = 0;
  const more = bottom - top + 1;
  for (let y = Math.max(top - more, 0); y <= Math.min(bottom + more, COARSE - 1); y++) {
    const inside = y >= top && y <= bottom;
    for (let x = left; x <= right; x++) {
      const k = y * COARSE + x;
      if (found[k] !== code) {
        if (inside) return Infinity;
        cost += 0.02;
      } else if (inside) cost += taken[k];
    }
  }
  return cost;
}
