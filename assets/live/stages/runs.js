// Traces of several runs, four chains each: what one looks at before one trusts any.
import { one } from "../dom.js";
import { narrow } from "../state.js";
import { path, words } from "../svg.js";

/** @typedef {import("../types.js").Frame} Frame */
/** @typedef {import("../state.js").Chart} Chart */
/** @typedef {{type: string, names: string[], times: number[], truths: number[]}} Spec */

const CHAINS = 4;
const DASHES = ["", "7 2", "2 2", "9 2 2 2"];

/** @type {import("../types.js").Stage} */
export const runs = { make: () => `<svg class="ch" aria-hidden="true"></svg>`, draw };

/** @param {Spec} s @param {HTMLElement} el @param {Frame} frame @param {Chart} chart */
function draw(s, el, frame, chart) {
  const [w, h, rem, small] = [el.clientWidth, el.clientHeight, chart.rem, narrow(chart)];
  const columns = small ? 1 : 2;
  const rows = s.names.length / columns;
  const [gap, head, foot] = [1.8 * rem, 2.5 * rem, 1.5 * rem];
  const wide = (w - gap * (columns - 1)) / columns;
  const high = h / rows - head - foot;
  const [time = 0] = frame.row("runs.time") ?? [];
  const last = s.times[s.times.length - 1];
  const told = frame.row("exact");
  const parts = s.names.map((name, r) => {
    const [x0, y0] = [(r % columns) * (wide + gap), Math.floor(r / columns) * (head + high + foot) + head];
    const x = (/** @type {number} */ t) => x0 + (t / last) * wide;
    const y = (/** @type {number} */ v) => y0 + high - (v / 1000) * high;
    const title = words(x0, y0 - 0.7 * rem, name, { class: "ch-name", "font-size": 1.05 * rem });
    const what = words(x0 + (0.62 * name.length + 0.5) * rem, y0 - 0.7 * rem, frame.word(`${r}.what`) ?? "", {
      class: "ch-small",
      "font-size": 0.86 * rem,
    });
    const row = frame.row(`runs.${r}`);
    const lines = row ? Array.from({ length: CHAINS }, (_, c) => trace(s, row, CHAINS - 1 - c, time, x, y)) : [];
    const inside = told && s.truths[r] >= 0 && s.truths[r] <= 1000;
    const truth = inside ? path(`M${x0} ${y(s.truths[r])}h${wide}`, { class: "ch-truth ch-bold" }) : "";
    const ticks = [0, 400, 800, 1200, 1600].map((t, i) =>
      words(x(t), y0 + high + 1.15 * rem, t.toLocaleString("en"), {
        class: "ch-small",
        "font-size": 0.78 * rem,
        "text-anchor": i === 0 ? "start" : i === 4 ? "end" : "middle",
      }),
    );
    const frameLine = path(`M${x0} ${y0 + high + 0.5}h${wide}M${x0} ${y0}h${wide}`, { class: "ch-grid" });
    return title + what + frameLine + lines.join("") + truth + ticks.join("");
  });
  const svg = one(el, "svg");
  svg.setAttribute("viewBox", `0 0 ${w} ${h}`);
  svg.innerHTML = parts.join("");
}

/**
 * @param {Spec} s @param {Float64Array} row @param {number} chain @param {number} time
 * @param {(t: number) => number} x @param {(v: number) => number} y
 */
function trace(s, row, chain, time, x, y) {
  const n = s.times.length;
  let d = "";
  for (let i = 0; i < n && s.times[i] <= time; i++) {
    const [a, b] = [x(s.times[i]).toFixed(1), y(row[chain * n + i]).toFixed(1)];
    d += d ? `H${a}V${b}` : `M${a} ${b}`;
  }
  return path(d, { class: `ch-run ch-run${chain}`, "stroke-dasharray": DASHES[chain] });
}
