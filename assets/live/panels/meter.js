// The honesty meter: the coverage that was promised, and the coverage there really is.
import { within } from "../dom.js";
import { colour, path, tag, words } from "../svg.js";
import { safe } from "../text.js";
import { head } from "./head.js";

/** @typedef {{text: string, badge: string, promised: number}} Spec */

const W = 300;
const LOW = 0.4;
const SMALL = { "font-size": 12.5, fill: colour("muted") };

/** @type {import("../types.js").Panel} */
export const meter = { make, draw };

/** @param {Spec} p */
function make(p) {
  const share = `<span class="bl-big" data-word="meter.share"></span>`;
  const verdict = `<span class="bl-verdict" data-word="meter.verdict"></span>`;
  const svg = `<svg viewBox="0 0 ${W} 42" aria-hidden="true"></svg>`;
  const title = head(p.text, `<span class="bl-badge">${safe(p.badge)}</span>`);
  const told = `<p data-word="meter.words"></p>`;
  return `<div class="bl-meter">${title}<div class="bl-row">${share}${verdict}</div>${svg}${told}</div>`;
}

/** @param {Spec} p @param {HTMLElement} el @param {import("../types.js").Frame} frame */
function draw(p, el, frame) {
  const svg = el.querySelector("svg");
  const share = frame.row("meter.share")?.[0];
  el.classList.toggle("waiting", share === undefined);
  if (!svg) return;
  const x = (/** @type {number} */ value) => ((Math.max(LOW, value) - LOW) / (1 - LOW)) * W;
  const promised = x(p.promised);
  const dot = { fill: colour("posterior"), stroke: colour("paper"), "stroke-width": 2 };
  svg.innerHTML = [
    path(`M0 14H${W}`, { stroke: colour("rule"), "stroke-width": 4, "stroke-linecap": "round" }),
    share === undefined
      ? ""
      : path(`M${x(share)} 14H${promised}`, { stroke: colour("posterior"), "stroke-width": 4 }) +
        tag("circle", { cx: within(x(share), 7, W - 7), cy: 14, r: 6.5, ...dot }),
    path(`M${promised} 1V27`, { stroke: colour("truth"), "stroke-width": 1.5 }),
    words(Math.min(promised, W - 62), 39, `promised ${p.promised}`, { "text-anchor": "middle", ...SMALL }),
    words(0, 39, share !== undefined && share < LOW ? "below 0.4" : "0.4", SMALL),
    words(W, 39, "1", { "text-anchor": "end", ...SMALL }),
  ].join("");
}
