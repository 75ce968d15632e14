// What bands hold in repeated worlds: a histogram with the exact law over it, their average, and what was promised.
import { one, within } from "../dom.js";
import { colour, path, tag, words } from "../svg.js";
import { safe } from "../text.js";
import { head } from "./head.js";

/** @typedef {{text: string, badge: string, low: number, names: [string, string]}} Spec */
/** @typedef {import("../types.js").Frame} Frame */

const [W, H, RAIL, TOP] = [300, 82, 52, 4];
const SMALL = { "font-size": 12.5, fill: colour("muted") };

/** @type {import("../types.js").Panel} */
export const kept = { make, draw };

/** @param {Spec} p */
function make(p) {
  const title = head(p.text, `<span class="bl-badge">${safe(p.badge)}</span>`);
  const share = `<span class="bl-big" data-word="kept.share"></span>`;
  const verdict = `<span class="bl-verdict" data-word="kept.verdict"></span>`;
  const svg = `<svg viewBox="0 0 ${W} ${H}" aria-hidden="true"></svg>`;
  const told = `<div class="bl-row">${share}${verdict}</div>${svg}<p data-word="kept.words"></p>`;
  return `<div class="bl-kept">${title}${told}</div>`;
}

/** @param {Spec} p @param {HTMLElement} el @param {Frame} frame */
function draw(p, el, frame) {
  const [counts, law, mean, level] = ["counts", "law", "mean", "level"].map((name) => frame.row(`kept.${name}`));
  if (!counts || !law || !mean || !level) return;
  const x = (/** @type {number} */ value) => ((Math.max(p.low, value) - p.low) / (1 - p.low)) * W;
  const tallest = Math.max(1e-9, ...counts, ...law);
  const up = (/** @type {number} */ value) => RAIL - 5 - (value / tallest) * (RAIL - 5 - TOP);
  const wide = W / counts.length;
  const bars = Array.from(counts, (count, b) =>
    count
      ? tag("rect", {
          x: b * wide + 0.4,
          y: up(count),
          width: wide - 0.8,
          height: RAIL - 5 - up(count),
          class: "bl-count",
        })
      : "",
  );
  const from = law.findIndex((value) => value > 0.002 * tallest);
  const to = law.findLastIndex((value) => value > 0.002 * tallest);
  const steps = Array.from(law, (value, b) => `H${b * wide}V${up(value)}H${(b + 1) * wide}`).slice(from, to + 1);
  const edge = from < 0 ? "" : `M${from * wide} ${up(0)}${steps.join("")}V${up(0)}`;
  const [here, there] = [within(x(mean[0]), 7, W - 7), x(level[0])];
  const rail = { "stroke-width": 4, "stroke-linecap": "round", stroke: colour("rule") };
  const dot = { cx: here, cy: RAIL, r: 6.5, fill: colour("data"), stroke: colour("paper"), "stroke-width": 2 };
  const promised = { ...SMALL, "text-anchor": there > 0.7 * W ? "end" : there < 0.3 * W ? "start" : "middle" };
  one(el, "svg").innerHTML = [
    ...bars,
    path(edge, { fill: "none", stroke: colour("data"), "stroke-width": 1.2 }),
    path(`M2 ${RAIL}H${W - 2}`, rail),
    path(`M${here} ${RAIL}H${there}`, { stroke: colour("data"), "stroke-width": 4 }),
    tag("circle", dot),
    path(`M${there} ${RAIL - 13}V${RAIL + 13}`, { stroke: colour("truth"), "stroke-width": 1.5 }),
    words(within(there, 0, W), H - 3, `${p.names[0]} ${Math.round(1000 * level[0]) / 10} %`, promised),
    there > 0.42 * W ? words(0, H - 3, `${Math.round(100 * p.low)} %`, SMALL) : "",
  ].join("");
}
