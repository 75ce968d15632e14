// Which classes are in a conformal set: those that score no more than their thresholds.
import { stretched } from "./plane.js";

/** @typedef {import("./reading.js").Spec & {names: string[], score: string, fresh: number}} Spec */

const NEAR = 1e-6; // that a score may lie beyond its threshold: both are told in small numbers

/**
 * The scores of all classes where the probabilities are these: what a class lacks, or what likelier ones have.
 * @param {Spec} s
 * @param {ArrayLike<number>} p
 * @param {Float64Array} [made] where they are written
 */
export function scoresOf(s, p, made = new Float64Array(s.classes.length)) {
  const listed = s.score === "aps";
  for (let k = 0; k < made.length; k++) {
    made[k] = listed ? 0 : 1 - p[k];
    if (!listed) continue;
    for (let j = 0; j < made.length; j++) if (p[j] > p[k] || (p[j] === p[k] && j < k)) made[k] += p[j];
  }
  return made;
}

/**
 * The set of these scores, as a code: 2^a + 2^b + ... of its classes.
 * @param {ArrayLike<number>} scores
 * @param {Float64Array} limit NaN: always in it
 */
export function codeOf(scores, limit) {
  let code = 0;
  for (let k = 0; k < limit.length; k++) if (!(scores[k] > limit[k] + NEAR)) code |= 1 << k;
  return code;
}

/**
 * The scores of every class over w x h places of the whole map, row by row from the highest y.
 * @param {Spec} s @param {Float64Array} odds @param {number} w @param {number} h
 */
export function fieldsOf(s, odds, w, h) {
  const others = s.classes.length - 1;
  const size = odds.length / others;
  const side = Math.round(Math.sqrt(size));
  const fields = s.classes.map(() => new Float32Array(w * h));
  const [p, scores] = [new Float64Array(others + 1), new Float64Array(others + 1)];
  const [columns, rows] = [stretched(w, side), stretched(h, side, true)];
  for (let y = 0; y < h; y++) {
    const [j, b] = [rows.before[y], rows.share[y]];
    for (let x = 0; x < w; x++) {
      const [i, a] = [columns.before[x], columns.share[x]];
      p[0] = 1;
      for (let k = 0; k < others; k++) {
        const n = k * size + j * side + i;
        const low = odds[n] + a * (odds[n + 1] - odds[n]);
        const high = odds[n + side] + a * (odds[n + side + 1] - odds[n + side]);
        p[k + 1] = 1 / (1 + Math.exp(-(low + b * (high - low))));
        p[0] -= p[k + 1];
      }
      p[0] = Math.max(p[0], 0);
      scoresOf(s, p, scores);
      for (let k = 0; k <= others; k++) fields[k][y * w + x] = scores[k];
    }
  }
  return fields;
}

/** The sets over places with these scores, as codes. @param {Float32Array[]} fields @param {Float64Array} limit */
export function codesOf(fields, limit) {
  const found = new Uint8Array(fields[0].length);
  for (const [k, field] of fields.entries()) {
    const most = limit[k] + NEAR;
    const bit = 1 << k;
    for (let i = 0; i < found.length; i++) if (!(field[i] > most)) found[i] |= bit;
  }
  return found;
}
