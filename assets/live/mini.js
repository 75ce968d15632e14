// A lesson's miniature: a few layers at a few positions of its first handle (bayes_core/figures/miniature.py). It glides
// there and back while its stop is pointed at or has the focus, or, where nothing can point, while it is in view.
import { calm, one } from "./dom.js";
import { asJson, unseal } from "./message.js";
import { colour, path, tag, trail } from "./svg.js";

const SIZE = [1500, 700];
const THERE = 5200; // ms from one end to the other
const FRAME = 40; // ms between two drawings
const COLUMNS = 50; // of the crowd
const CELLS = [
  ["posterior", 1],
  ["prior", 1],
  ["likelihood", 0.75],
  ["muted", 0.28],
];

/** @typedef {(number | null)[][]} Rows */
/**
 * @typedef {object} Layer
 * @property {string} kind
 * @property {string} [concept]
 * @property {number} [opacity]
 * @property {string} [dash]
 * @property {number} [columns]
 * @property {Rows} [x]
 * @property {Rows} [y]
 * @property {Rows} [counts]
 * @property {Rows} [p]
 */
/** @typedef {{layers: Layer[], alt: string, home: number}} Mini */
/** @typedef {HTMLElement & {__mini?: Mini}} Root */

/** @param {import("./types.js").Component} component */
export function mini({ data, parentElement }) {
  if (!data) return undefined;
  const root = /** @type {Root} */ (one(parentElement, ".mi"));
  const first = !root.dataset.mini;
  root.dataset.mini = "waiting";
  unseal(data)
    .content()
    .then((bytes) => {
      root.__mini = asJson(bytes);
      root.dataset.mini = "drawn";
      draw(root, root.__mini?.home ?? 0);
    });
  return first ? liven(root) : undefined;
}

/** Let it move while somebody looks at it. @param {Root} root */
function liven(root) {
  const stop = root.closest('[class*="st-key-stop_"]') ?? root;
  let awake = false;
  const wake = () => {
    if (awake || calm()) return;
    awake = true;
    const begun = performance.now();
    requestAnimationFrame((now) => glide(root, () => awake, begun, now));
  };
  const rest = () => {
    awake = false;
    if (root.__mini) draw(root, root.__mini.home);
  };
  const ends = new AbortController();
  for (const [type, act] of /** @type {const} */ ([
    ["pointerenter", wake],
    ["focusin", wake],
    ["pointerleave", rest],
    ["focusout", rest],
  ])) {
    stop.addEventListener(type, act, { signal: ends.signal });
  }
  const seen = new IntersectionObserver((found) => (found.some((f) => f.isIntersecting) ? wake() : rest()), {
    threshold: 1,
  });
  if (matchMedia("(hover: none)").matches) seen.observe(root);
  return () => {
    ends.abort();
    seen.disconnect();
    awake = false;
  };
}

/** @param {Root} root @param {() => boolean} awake @param {number} begun @param {number} now @param {number} [last] */
function glide(root, awake, begun, now, last = 0) {
  if (!awake() || !root.isConnected) return;
  const miniature = root.__mini;
  const due = now - last > FRAME && miniature;
  if (due) {
    const end = Math.max(...miniature.layers.map(lengthOf)) - 1;
    const from = Math.acos(1 - (2 * miniature.home) / Math.max(end, 1)); // it starts where it stands
    draw(root, (end * (1 - Math.cos(from + (Math.PI * (now - begun)) / THERE))) / 2);
  }
  requestAnimationFrame((next) => glide(root, awake, begun, next, due ? now : last));
}

/** @param {Layer} layer */
const lengthOf = ({ x, y, counts, p }) => Math.max(...[x, y, counts, p].map((rows) => rows?.length ?? 1));

/** Between two positions lines lie between both; people and maps stay those of the nearer one. @param {Root} root @param {number} at */
function draw(root, at) {
  const miniature = root.__mini;
  if (!miniature) return;
  const parts = miniature.layers.map((layer) => shapes[layer.kind](layer, at));
  const look = { viewBox: `0 0 ${SIZE.join(" ")}`, role: "img", preserveAspectRatio: "none" };
  root.innerHTML = tag("svg", { ...look, "aria-label": miniature.alt.replaceAll('"', "”") }, parts.join(""));
  root.dataset.at = at.toFixed(2);
}

/** @type {Object<string, (layer: Layer, at: number) => string>} */
const shapes = {
  line: (layer, at) => {
    const look = { fill: "none", stroke: colour(layer.concept ?? ""), "stroke-width": 1.6, opacity: layer.opacity };
    return path(outline(layer, at), { ...look, "stroke-dasharray": layer.dash ? "5 4" : undefined });
  },
  band: (layer, at) => path(outline(layer, at), { fill: colour(layer.concept ?? ""), opacity: layer.opacity }),
  dots: ({ concept, x, y }, at) => {
    // a line of no length with round ends is a dot that no stretching flattens
    const [across, up] = [between(x, at), between(y, at)];
    const d = up.map((v, i) => (Number.isFinite(v) && Number.isFinite(across[i]) ? `M${across[i]} ${v}h0` : ""));
    const look = { fill: "none", stroke: colour(concept ?? ""), "stroke-linecap": "round" };
    return path(d.join(""), { ...look, "stroke-width": up.length > 60 ? 2 : 4 });
  },
  crowd: ({ counts }, at) => {
    const [w, h] = [SIZE[0] / COLUMNS, SIZE[1] / (1000 / COLUMNS)];
    let i = 0;
    return nearest(counts, at)
      .map((count, cell) => {
        let d = "";
        for (const until = i + (count ?? 0); i < until; i++) {
          const [column, row] = [Math.floor(i / (1000 / COLUMNS)), i % (1000 / COLUMNS)];
          d += `M${column * w + w * 0.15} ${row * h + h * 0.15}h${w * 0.7}v${h * 0.7}h${-w * 0.7}Z`;
        }
        return path(d, { fill: colour(String(CELLS[cell][0])), opacity: CELLS[cell][1] });
      })
      .join("");
  },
  map: ({ p, columns = 1 }, at) => {
    const chances = nearest(p, at);
    const [w, h] = [SIZE[0] / columns, SIZE[1] / (chances.length / columns)];
    const cell = (/** @type {number | null} */ chance, /** @type {number} */ i) => {
      const [x, y] = [(i % columns) * w, Math.floor(i / columns) * h];
      const sure = Math.abs((chance ?? 50) / 50 - 1);
      const look = { fill: colour((chance ?? 50) < 50 ? "class1" : "class2"), opacity: sure.toFixed(2) };
      return tag("rect", { x, y, width: w + 1, height: h + 1, ...look });
    };
    return chances.map(cell).join("");
  },
};

/** @param {Layer} layer @param {number} at */
function outline({ kind, x, y }, at) {
  const [across, up] = [between(x, at), between(y, at)];
  const d = trail(
    up.length,
    (i) => across[i],
    (i) => up[i],
  );
  return kind === "band" ? `${d}Z` : d;
}

/** @param {Rows | undefined} rows @param {number} at */
const nearest = (rows, at) => rows?.[Math.min(Math.round(at), rows.length - 1)] ?? [];

/** @param {Rows | undefined} rows @param {number} at @returns {number[]} */
function between(rows, at) {
  if (!rows) return [];
  const low = Math.min(Math.floor(at), rows.length - 1);
  const high = Math.min(low + 1, rows.length - 1);
  const share = rows.length > 1 ? at - low : 0;
  return rows[low].map((value, i) => {
    const other = rows[high][i];
    return value === null || other === null ? Number.NaN : value + (other - value) * share;
  });
}
