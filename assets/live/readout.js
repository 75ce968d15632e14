// What a probe says of the curves at an x: numbers read off the lines as they are drawn, in the picture's words.
import { crossing } from "./labels.js";

/** @typedef {import("./types.js").ProbeSpec} ProbeSpec */
/** @typedef {import("./types.js").Reading} Reading */
/** @typedef {import("./types.js").Line} Line */

const CUT = 3; // heights of the picture beyond its edges at which films cut their numbers off
const PLACES = 100; // steps of a number, or of the line, over a whole axis
const FINEST = 1e-4; // of the picture's height: films are exact to half of that

/** The largest power of ten up to a value. @param {number} value */
const power = (value) => 10 ** Math.floor(Math.log10(value) + 1e-9);

/**
 * The step that numbers on an axis are written in; those of an interval in no more than an eighth of its width, which
 * is what draws at hand tell of its ends.
 * @param {number} span
 * @param {number} [width]
 */
export const stepOf = (span, width = 0) => {
  const coarse = span / PLACES;
  return power(Math.max(span * FINEST, width > 0 ? Math.min(width / 8, coarse) : coarse));
};

/** A number to a step, thousands set apart, with a true minus sign. @param {number} value @param {number} step */
export function written(value, step) {
  const digits = Math.max(0, -Math.round(Math.log10(step)));
  const whole = Math.round(value / step) * step + 0;
  const text = whole.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return text.replace(/^-(?=[0.,]*$)/, "").replace("-", "\u2212");
}

/**
 * What a reading says at x; "" where its line, or a word of the picture that it needs, is not there.
 * @param {Reading} reading
 * @param {Line | undefined} line
 * @param {number} x
 * @param {[number, number]} range of the vertical axis
 * @param {(name: string) => string | null} word
 */
export function readOff(reading, line, x, range, word) {
  const found = line ? crossing(line, x) : null;
  if (!found) return "";
  const span = range[1] - range[0];
  const step = stepOf(span, found.high - found.low);
  const ends = [range[0] - CUT * span, range[1] + CUT * span];
  const near = span / 1000;
  const told = (/** @type {number} */ y) =>
    y <= ends[0] + near
      ? `${written(ends[0], step)} or less`
      : y >= ends[1] - near
        ? `${written(ends[1], step)} or more`
        : written(y, step);
  /** @type {Object<string, string>} */
  const said = { low: told(found.low), high: told(found.high), y: told((found.low + found.high) / 2) };
  let known = true;
  const text = reading.text.replace(/\{(.+?)\}/g, (_, name) => {
    const here = said[name] ?? word(name);
    known &&= Boolean(here);
    return here ?? "";
  });
  return known ? text : "";
}

/**
 * All that is read at x, in one sentence without its place; "" where no line is there.
 * @param {Reading[]} readings
 * @param {(reading: Reading) => Line | undefined} lineOf
 * @param {number} x
 * @param {[number, number]} range
 * @param {(name: string) => string | null} word
 */
export function reading(readings, lineOf, x, range, word) {
  const told = readings.map((one) => readOff(one, lineOf(one), x, range, word)).filter(Boolean);
  return told.length ? `${told.join("; ")}.` : "";
}
