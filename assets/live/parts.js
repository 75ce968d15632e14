// Parts of pictures (films, and what no release changes), by the content that names them. Python sends each as an element
// of its own and pictures name them, so that a part that did not change need not be sent again. A part is at hand as long
// as an element shows it.

/** @template T @typedef {{name: string, value: Promise<T>}} Part */

/** @type {Map<string, Part<any>>} by the element that shows them */
const shown = new Map();
/** @type {Map<string, (() => void)[]>} who waits for a part */
const awaited = new Map();

/** @param {string} name */
const find = (name) => [...shown.values()].find((part) => part.name === name);

/**
 * Take what an element shows now, in place of what it showed before.
 * @template T
 * @param {string} element
 * @param {string} name
 * @param {() => Promise<T>} read
 */
export function show(element, name, read) {
  shown.set(element, find(name) ?? { name, value: read() });
  for (const heard of awaited.get(name) ?? []) heard();
  awaited.delete(name);
}

/** @param {string} element */
export function forget(element) {
  shown.delete(element);
}

/**
 * A part, as soon as it is there.
 * @param {string} name
 * @param {AbortSignal} signal ends the waiting
 * @returns {Promise<any>}
 */
export async function part(name, signal) {
  if (!find(name)) await shownLater(name, signal);
  return find(name)?.value;
}

/**
 * @param {string} name
 * @param {AbortSignal} signal
 */
function shownLater(name, signal) {
  return new Promise((/** @type {(value?: undefined) => void} */ heard, reject) => {
    signal.throwIfAborted();
    awaited.set(name, [...(awaited.get(name) ?? []), heard]);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
