// Colours: figures arrive in the light palette and are re-inked, concept by concept, to the theme on screen.

const DARK_FILL = 1.5; // dark paper needs stronger fills for the same weight to the eye

/** @typedef {Object<string, string>} Palette "r,g,b" by concept */
/** @typedef {{now: Palette, dark: boolean, key: string}} Ink */

/**
 * The colours of the theme on screen; `key` changes with any of them.
 * @param {HTMLElement} probe an element that may be coloured
 * @param {Palette} palette
 * @returns {Ink}
 */
export function readInk(probe, palette) {
  /** @type {Palette} */
  const now = {};
  for (const concept of Object.keys(palette)) {
    probe.style.color = `var(--c-${concept})`;
    now[concept] = (getComputedStyle(probe).color.match(/\d+(\.\d+)?/g) ?? []).slice(0, 3).join(",");
  }
  const scheme = getComputedStyle(probe).colorScheme;
  return { now, dark: scheme.includes("dark") && !scheme.includes("light"), key: JSON.stringify(now) };
}

/**
 * A figure in other colours. Where two concepts share a colour the first one's new colour counts.
 * @template T
 * @param {T} figure
 * @param {Palette} palette the figure's own colours
 * @param {Pick<Ink, "now" | "dark">} ink
 * @returns {T}
 */
export function reInk(figure, palette, ink) {
  /** @type {Object<string, string>} */
  const concepts = {};
  for (const [name, rgb] of Object.entries(palette)) concepts[rgb] ??= name;
  const text = JSON.stringify(figure, (key, value) => {
    if (typeof value !== "string" || !value.startsWith("rgba(")) return value;
    const [r, g, b, a] = value.slice(5, -1).split(",");
    const name = concepts[`${r},${g},${b}`];
    if (!name) return value;
    const alpha = ink.dark && key === "fillcolor" ? Math.min(1, +a * DARK_FILL) : a;
    return `rgba(${ink.now[name]},${alpha})`;
  });
  return JSON.parse(text);
}
