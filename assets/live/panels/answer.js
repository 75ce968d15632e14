// One large answer, its share as a bar, and the reader's guess beside it.
import { within } from "../dom.js";
import { colour, path, tag, words } from "../svg.js";
import { badge, head } from "./head.js";

/** @typedef {{id: string, text: string, badge: string, concept: string, promise?: string, bar?: boolean}} Spec */

const W = 300;

/** @type {import("../types.js").Panel} */
export const answer = { make, draw };

/** @param {Spec} p */
function make(p) {
  const huge = `<div class="bl-huge" style="color:${colour(p.concept)}" data-word="${p.id}"></div>`;
  const svg = p.bar === false ? "" : `<svg viewBox="0 0 ${W} 30" aria-hidden="true"></svg>`;
  const told = `<p data-word="${p.id}.words"></p>`;
  return `<div class="bl-answer">${head(p.text, badge(p.badge))}${huge}${svg}${told}</div>`;
}

/** @param {Spec} p @param {HTMLElement} el @param {import("../types.js").Frame} frame */
function draw(p, el, frame) {
  const svg = el.querySelector("svg");
  if (!svg) return;
  const number = (/** @type {string} */ name) => frame.row(name)?.[0] ?? Number.NaN;
  const share = number(`${p.id}.share`);
  const bar = { x: 0, y: 4, height: 8, rx: 4 };
  svg.innerHTML = tag("rect", { ...bar, width: W, fill: colour("rule") });
  if (Number.isFinite(share))
    svg.innerHTML += tag("rect", { ...bar, width: Math.max(4, place(share)), fill: colour(p.concept) });
  svg.innerHTML += mark(number("guess"), "your guess") + mark(number(`${p.id}.promised`), p.promise ?? "");
}

/** @param {number} share */
const place = (share) => within(share, 0, 1) * W;

/** A stroke across the bar with its name; nothing where there is no such share. @param {number} share @param {string} name */
function mark(share, name) {
  if (!Number.isFinite(share)) return "";
  const look = { "text-anchor": "middle", "font-size": 12.5, fill: colour("truth") };
  const stroke = path(`M${place(share)} 0V17`, { stroke: colour("truth"), "stroke-width": 2 });
  return stroke + words(within(place(share), 30, W - 30), 29, name, look);
}
