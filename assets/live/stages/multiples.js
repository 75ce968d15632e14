// Small multiples: every method's band over the sampled posterior's, on one set of axes.
import { within } from "../dom.js";
import { colour, path, tag, trail } from "../svg.js";
import { safe } from "../text.js";

/** @typedef {[number, number]} Range */
/** @typedef {{id: string, title: string, concept: string, what: string}} Method `what` it is is HTML */
/** @typedef {{x_range: Range, y_range: Range, data_range: Range}} Ranges */
/** @typedef {Ranges & {key: string, methods: Method[], x: number[], points: Range[]}} Spec `key` is HTML */

const [W, H] = [300, 150];
const OFF = 60; // px beyond the picture at which a band is cut

/** @type {import("../types.js").Stage} */
export const multiples = { make, draw };

/** @param {Spec} s */
function make(s) {
  const pictures = s.methods.map(({ id, title, concept, what }) => {
    const name = `<b>${safe(title)}</b><i data-word="${id}.time"></i>`;
    const words = `<span data-word="${id}.line"></span><span data-word="${id}.ratios"></span>`;
    const caption = `<figcaption>${name}<p>${what}</p>${words}</figcaption>`;
    const svg = `<svg viewBox="0 0 ${W} ${H}" preserveAspectRatio="none"></svg>`;
    return `<figure data-method="${id}" style="--c:${colour(concept)}">${caption}${svg}</figure>`;
  });
  return `<p class="mm-key">${s.key}</p><div class="bl-many">${pictures.join("")}</div>`;
}

/** @param {Spec} s @param {HTMLElement} el @param {import("../types.js").Frame} frame */
function draw(s, el, frame) {
  const x = (/** @type {number} */ value) => ((value - s.x_range[0]) / (s.x_range[1] - s.x_range[0])) * W;
  const y = (/** @type {number} */ value) => H - ((value - s.y_range[0]) / (s.y_range[1] - s.y_range[0])) * H;
  const n = s.x.length;
  const along = (/** @type {Float64Array} */ row, backwards = false) =>
    trail(
      n,
      (k) => x(s.x[backwards ? n - 1 - k : k]),
      (k) => within(y(row[k]), -OFF, H + OFF),
    );
  const outline = (/** @type {Float64Array} */ row) =>
    `${along(row)}${along(row.subarray(n), true).replace("M", "L")}Z`;
  const known = (/** @type {Float64Array | null} */ row) => (row && Number.isFinite(row[0]) ? row : null);

  const reference = known(frame.row("reference"));
  const edges = reference ? path(along(reference) + along(reference.slice(n).reverse()), { class: "mm-ref" }) : "";
  const dots = s.points.map(([a, b]) => path(`M${x(a).toFixed(1)} ${y(b).toFixed(1)}h.01`, { class: "mm-dot" }));
  const [low, high] = s.data_range.map(x);
  const outside = { y: 0, height: H, class: "mm-out" };
  const sides = tag("rect", { x: 0, width: low, ...outside }) + tag("rect", { x: high, width: W - high, ...outside });
  for (const { id } of s.methods) {
    const svg = el.querySelector(`[data-method="${id}"] svg`);
    const band = known(frame.row(`${id}.band`));
    const filled = band ? path(outline(band), { class: "mm-band" }) : "";
    if (svg) svg.innerHTML = sides + filled + edges + dots.join("");
  }
}
