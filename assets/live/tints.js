// Colours of a map: a class is a tint in five steps, a doubt a ramp of one hue; both are mixed in OKLab, as the eye does.
import { within } from "./dom.js";

/** @typedef {[number, number, number]} Triple */

export const STEPS = [0.6, 0.75, 0.9, 0.97]; // of the likeliest class's probability
const SHARES = { light: [0, 0.24, 0.44, 0.66, 0.9], dark: [0, 0.3, 0.52, 0.76, 1] };
const DEEPEST = { light: 0.4, dark: 0.86 }; // lightness at the end of a ramp
const FULL = 0.74; // share of the ramp at which its chroma is full

/** Which step a probability is on. @param {number} p */
export function step(p) {
  let k = 0;
  while (k < STEPS.length && p >= STEPS[k]) k++;
  return k;
}

/** @param {number} c */
const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
/** @param {number} c */
const curved = (c) => 255 * within(c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055, 0, 1);

/** @param {Triple} rgb 0 to 255 @returns {Triple} */
export function toLab(rgb) {
  const [r, g, b] = rgb.map((c) => linear(c / 255));
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** @param {Triple} lab @returns {Triple} */
export function fromLab([lightness, a, b]) {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    curved(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    curved(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    curved(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** @param {Triple} one @param {Triple} other @param {number} share @returns {Triple} */
function mixed(one, other, share) {
  const [from, to] = [toLab(one), toLab(other)];
  const at = (/** @type {0 | 1 | 2} */ i) => from[i] + share * (to[i] - from[i]);
  return fromLab([at(0), at(1), at(2)]);
}

/**
 * The five tints of a class, palest first.
 * @param {Triple} paper
 * @param {Triple} full
 * @param {boolean} dark
 */
export const tintsOf = (paper, full, dark) => SHARES[dark ? "dark" : "light"].map((share) => mixed(paper, full, share));

/**
 * A ramp of 256 colours from paper on: the same doubt has the same lightness in any hue.
 * @param {Triple} paper
 * @param {Triple} concept
 * @param {boolean} dark
 * @param {boolean} grey
 */
export function ramp(paper, concept, dark, grey) {
  const [start, [, a, b]] = [toLab(paper), toLab(concept)];
  const end = DEEPEST[dark ? "dark" : "light"];
  return Array.from({ length: 256 }, (_, k) => {
    const t = k / 255;
    const strong = grey ? 0 : Math.min(t / FULL, 1);
    const rest = 1 - Math.min(t / FULL, 1);
    const lightness = start[0] + t * (end - start[0]);
    return fromLab([lightness, rest * start[1] + strong * a, rest * start[2] + strong * b]);
  });
}

/** @param {Triple} rgb */
export const css = (rgb) => `rgb(${rgb.map(Math.round).join(",")})`;
