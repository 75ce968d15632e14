// The shape of a Beta(a, b), to draw it.

const LANCZOS = [
  76.18009172947146, -86.50532032941678, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2,
  -0.5395239384953e-5,
];

/** The logarithm of the gamma function (Lanczos). @param {number} z */
export function logGamma(z) {
  const series = LANCZOS.reduce((sum, c, i) => sum + c / (z + 1 + i), 1.000000000190015);
  return (z + 0.5) * Math.log(z + 5.5) - (z + 5.5) + Math.log((2.5066282746310002 * series) / z);
}

/** The density of a Beta at p. @param {number} p @param {number} a @param {number} b */
export function density(p, a, b) {
  if (p <= 0) return a < 1 ? Infinity : a === 1 ? b : 0;
  if (p >= 1) return b < 1 ? Infinity : b === 1 ? a : 0;
  const log = logGamma(a + b) - logGamma(a) - logGamma(b) + (a - 1) * Math.log(p) + (b - 1) * Math.log1p(-p);
  return Math.exp(log);
}

/**
 * The two numbers of a Beta by its mean, and how many observations it is worth.
 * @param {number} mean @param {number} worth
 */
export const numbersOf = (mean, worth) => ({ a: mean * worth, b: (1 - mean) * worth });
