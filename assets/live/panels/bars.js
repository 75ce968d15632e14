// Probabilities as bars.
import { all, within } from "../dom.js";
import { colour } from "../svg.js";
import { safe } from "../text.js";
import { badge, head } from "./head.js";

/** @typedef {{id: string, text: string, badge?: string, names: string[], concepts: string[]}} Spec */

/** @type {import("../types.js").Panel} */
export const bars = { make, draw };

/** @param {Spec} p */
function make(p) {
  const lines = p.names.map((name, i) => {
    const bar = `<span>${safe(name)}</span><i><u></u></i><b data-word="${p.id}.${i}"></b>`;
    return `<div class="bl-bar" style="--c:${colour(p.concepts[i])}">${bar}</div>`;
  });
  return `<div class="bl-bars">${head(p.text, p.badge ? badge(p.badge) : "")}${lines.join("")}</div>`;
}

/** @param {Spec} p @param {HTMLElement} el @param {import("../types.js").Frame} frame */
function draw(p, el, frame) {
  const shares = frame.row(p.id);
  if (!shares) return;
  for (const [i, bar] of all(el, "u").entries()) bar.style.width = `${100 * within(shares[i], 0, 1)}%`;
}
