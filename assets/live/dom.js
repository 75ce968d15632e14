// Small help with the page.

/**
 * The first element that a selector finds; it must be there.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function one(root, selector) {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`nothing in the picture is ${selector}`);
  return /** @type {HTMLElement} */ (found);
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export const all = (root, selector) =>
  [...root.querySelectorAll(selector)].map((el) => /** @type {HTMLElement} */ (el));

/** @param {ParentNode} root @param {string} handle */
export const slider = (root, handle) =>
  /** @type {HTMLInputElement} */ (one(root, `[data-handle="${handle}"] input[type="range"]`));

/** Whether the reader asked for less motion. */
export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Pixels of one rem. */
export const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

/** @param {number} value @param {number} low @param {number} high */
export const within = (value, low, high) => Math.max(low, Math.min(high, value));

/**
 * The index of the value that is nearest to one.
 * @param {number[]} values
 * @param {number} value
 */
export function nearestTo(values, value) {
  let best = 0;
  for (const [i, v] of values.entries()) if (Math.abs(v - value) < Math.abs(values[best] - value)) best = i;
  return best;
}
