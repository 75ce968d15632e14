// Colours: figures arrive in the light palette and are re-inked, concept by concept, to the theme on screen.
const DARK_FILL = 1.5; // dark paper needs stronger fills for the same weight to the eye

function readInk(probe, palette) {
  const now = {};
  for (const concept of Object.keys(palette)) {
    probe.style.color = `var(--c-${concept})`;
    now[concept] = getComputedStyle(probe).color.match(/\d+(\.\d+)?/g).slice(0, 3).join(",");
  }
  const dark = getComputedStyle(probe).colorScheme.includes("dark") && !getComputedStyle(probe).colorScheme.includes("light");
  return { now, dark, key: JSON.stringify(now) };
}

function reInk(figure, palette, ink) {
  const concept = {};
  for (const [name, rgb] of Object.entries(palette)) if (!(rgb in concept)) concept[rgb] = name;
  const text = JSON.stringify(figure, (key, value) => {
    if (typeof value !== "string" || !value.startsWith("rgba(")) return value;
    const [r, g, b, a] = value.slice(5, -1).split(",");
    const name = concept[`${r},${g},${b}`];
    if (!name) return value;
    const alpha = ink.dark && key === "fillcolor" ? Math.min(1, a * DARK_FILL) : a;
    return `rgba(${ink.now[name]},${alpha})`;
  });
  return JSON.parse(text);
}
