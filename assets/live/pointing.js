// Pointing at one member line, in the picture or in the joint plot: both light up.
import { one } from "./dom.js";
import { crossing } from "./labels.js";
import { memberLine } from "./member.js";
import { drawOverlay } from "./overlay.js";
import { panel } from "./panels.js";
import { axes } from "./plotly.js";

/** @typedef {import("./state.js").Chart} Chart */

const REACH = { dot: 30, line: 9 }; // units of the joint plot; px
/** @type {Object<string, number>} */
const KEYS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

/** @param {Chart} chart @param {number | null} i */
function point(chart, i) {
  if (i === chart.pointed || !chart.get) return;
  chart.pointed = i;
  drawOverlay(chart);
  for (const [k, p] of chart.spec.panels.entries()) {
    if (p.type === "joint") panel(p).draw?.(p, one(chart.root, `[data-panel="${k}"]`), chart.get, chart);
  }
}

/**
 * @param {{i: number, gap: number}[]} items
 * @param {number} reach
 * @returns {number | null}
 */
function nearest(items, reach) {
  /** @type {{i: number | null, gap: number}} */
  const none = { i: null, gap: reach };
  return items.reduce((best, item) => (item.gap < best.gap ? item : best), none).i;
}

/** @param {Chart} chart */
export function wirePointing(chart) {
  const joint = chart.root.querySelector(".bl-joint svg");
  if (!(joint instanceof SVGSVGElement)) return;
  joint.addEventListener("pointermove", (event) => {
    const screen = joint.getScreenCTM();
    if (!screen) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(screen.inverse());
    const gaps = chart.dots.map((dot) => ({ i: dot.i, gap: Math.hypot(dot.x - x, dot.y - y) }));
    point(chart, nearest(gaps, REACH.dot));
  });
  joint.addEventListener("pointerleave", () => point(chart, null));
  joint.addEventListener("blur", () => point(chart, null));
  joint.addEventListener("keydown", (event) => {
    const step = KEYS[event.key];
    const n = chart.dots.length;
    if (!step || !n) return;
    event.preventDefault();
    point(chart, ((chart.pointed ?? (step > 0 ? -1 : 0)) + step + n) % n);
  });
  chart.plot.addEventListener("pointermove", (event) => {
    const at = axes(chart.plot);
    if (!at || event.buttons) return;
    const box = chart.plot.getBoundingClientRect();
    const x = at.value(event.clientX - box.left);
    const y = event.clientY - box.top;
    const gaps = chart.dots.map(({ i }) => {
      const line = memberLine(chart.shown.members, i);
      const cross = line && crossing(line, x);
      return { i, gap: cross ? Math.abs(at.y(cross.low) - y) : Infinity };
    });
    point(chart, nearest(gaps, REACH.line));
  });
  chart.plot.addEventListener("pointerleave", () => point(chart, null));
}
