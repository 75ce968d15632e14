// Whether a split is clean: a verdict, and how well the noise is known, with its truth, on a line.
import { one, within } from "../dom.js";
import { colour, path, tag, words } from "../svg.js";
import { safe } from "../text.js";

/** @typedef {{text: string, most: number, unit: string}} Spec */

const [W, Y] = [300, 13];

/** @type {import("../types.js").Panel} */
export const clean = { make, draw };

/** @param {Spec} p */
function make(p) {
  const head = `<h3 class="bl-head">${safe(p.text)} <span data-word="clean.place"></span>?</h3>`;
  const svg = `<svg viewBox="0 0 ${W} 40" aria-hidden="true"></svg>`;
  return `<div class="bl-clean">${head}<b data-word="clean.verdict"></b>${svg}<p data-word="clean.words"></p></div>`;
}

/** @param {Spec} p @param {HTMLElement} el @param {import("../types.js").Frame} frame */
function draw(p, el, frame) {
  const row = frame.row("clean.noise");
  const svg = one(el, "svg");
  const line = tag("rect", { x: 0, y: Y - 2, width: W, height: 4, rx: 2, fill: colour("rule") });
  const look = { y: 37, "font-size": 13, fill: colour("muted") };
  const ends =
    tag("text", { ...look, x: 0 }, "0") + tag("text", { ...look, x: W, "text-anchor": "end" }, `${p.most} ${p.unit}`);
  if (!row || !Number.isFinite(row[1])) {
    svg.innerHTML = line + ends;
    return;
  }
  const [low, middle, high, truth] = [...row].map((value) => within((value / p.most) * W, 0, W));
  const inside = { y: Y - 5, height: 10, fill: colour("aleatoric"), opacity: 0.5 };
  const named = { ...look, "text-anchor": "middle", fill: colour("truth") };
  svg.innerHTML =
    line +
    ends +
    tag("rect", { ...inside, x: low, width: Math.max(high - low, 2) }) +
    tag("circle", { cx: middle, cy: Y, r: 5, fill: colour("aleatoric") }) +
    path(`M${truth} 1V25`, { stroke: colour("truth"), "stroke-width": 2, "stroke-dasharray": "4 3" }) +
    (truth > 30 && truth < W - 70 ? words(truth, 37, "truth", named) : "");
}
