// An axis that stands still: round ticks between two ends, and numbers as they are written on it.
import { plain } from "../text.js";

/** A round number that is at least as large: 1, 2 or 5 times a power of ten. @param {number} value */
export function round(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5, 10].find((times) => times * power >= value * (1 - 1e-9)) ?? 10);
}

/**
 * Round ticks from one end to the other, about so many.
 * @param {number} low @param {number} high @param {number} [about]
 */
export function ticks(low, high, about = 5) {
  const step = round((high - low) / about);
  const found = [];
  for (let n = Math.ceil(low / step - 1e-9); n * step <= high + step * 1e-9; n++)
    found.push(Number((n * step).toPrecision(12)));
  return found;
}

/** The step in which values of a range are chosen. @param {number} low @param {number} high */
export const stepOf = (low, high) => round((high - low) / 250);

/** A number of this axis, in words. @param {number} value @param {string} [unit] */
export const told = (value, unit = "") => `${plain(Number(value.toPrecision(6)))}${unit ? `\u00a0${unit}` : ""}`;
