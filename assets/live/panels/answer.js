// One large answer, its share as a bar, and the reader's guess beside it.
import { within } from "../dom.js";
import { colour, path, tag, words } from "../svg.js";
import { badge, head } from "./head.js";

/** @typedef {{id: string, text: string, badge: string, concept: string}} Spec */

const W = 300;

/** @type {import("../types.js").Panel} */
export const answer = { make, draw };

/** @param {Spec} p */
function make(p) {
  const huge = `<div class="bl-huge" style="color:${colour(p.concept)}" data-word="${p.id}"></div>`;
  const svg = `<svg viewBox="0 0 ${W} 30" aria-hidden="true"></svg>`;
  const told = `<p data-word="${p.id}.words"></p>`;
  return `<div class="bl-answer">${head(p.text, badge(p.badge))}${huge}${svg}${told}</div>`;
}

/** @param {Spec} p @param {HTMLElement} el @param {import("../types.js").Frame} frame */
function draw(p, el, frame) {
  const svg = el.querySelector("svg");
  if (!svg) return;
  const share = frame.row(`${p.id}.share`)?.[0] ?? NaN;
  const guess = frame.row("guess")?.[0] ?? NaN;
  const x = (/** @type {number} */ value) => within(value, 0, 1) * W;
  const bar = { x: 0, y: 4, height: 8, rx: 4 };
  svg.innerHTML = tag("rect", { ...bar, width: W, fill: colour("rule") });
  if (Number.isFinite(share))
    svg.innerHTML += tag("rect", { ...bar, width: Math.max(4, x(share)), fill: colour(p.concept) });
  if (!Number.isFinite(guess)) return;
  const look = { "text-anchor": "middle", "font-size": 12.5, fill: colour("truth") };
  svg.innerHTML +=
    path(`M${x(guess)} 0V17`, { stroke: colour("truth"), "stroke-width": 2 }) +
    words(within(x(guess), 30, W - 30), 29, "your guess", look);
}
