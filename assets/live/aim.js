// Pointing at a place, or drawing a band, where the picture asks for one: what is pointed at goes into the fields of the
// question, and what stands in them is drawn. Before the reader does either nothing is marked.
import { all, nearestTo, one } from "./dom.js";
import { drawOverlay } from "./overlay.js";
import { axes } from "./plotly.js";

/** @typedef {import("./state.js").Chart} Chart */

export const aimHtml = () => `<div class="bl-aim" aria-hidden="true"></div>`;

/**
 * Draw what stands in the fields of a question.
 * @param {Chart} chart
 * @param {HTMLInputElement[]} inputs
 */
export function aimed(chart, inputs) {
  const { mark } = chart.spec;
  if (!mark?.open) return;
  const numbers = inputs.map((input) => (input.value.trim() === "" ? Number.NaN : +input.value));
  if (mark.kind === "place") chart.aim = { x: numbers.filter(Number.isFinite), low: [], high: [] };
  else {
    const pairs = mark.x.map((_, i) => [numbers[2 * i], numbers[2 * i + 1]]);
    chart.aim = {
      x: mark.x,
      low: pairs.map((pair) => Math.min(...pair)),
      high: pairs.map((pair) => Math.max(...pair)),
    };
  }
  drawOverlay(chart);
}

/** @param {Chart} chart */
export function wireAim(chart) {
  const { mark } = chart.spec;
  chart.aim = null;
  if (!mark?.open) return;
  const el = one(chart.root, ".bl-aim");
  const inputs = /** @type {HTMLInputElement[]} */ (all(chart.root, ".bl-ask input"));
  let knot = 0;
  const set = (/** @type {number} */ i, /** @type {number} */ value) => {
    inputs[i].value = String(+value.toPrecision(3));
  };
  const follow = (/** @type {PointerEvent} */ event, /** @type {boolean} */ first) => {
    const at = axes(chart.plot);
    if (!at) return;
    const box = chart.plot.getBoundingClientRect();
    const [x, y] = [at.value(event.clientX - box.left), at.level(event.clientY - box.top)];
    if (mark.kind === "place") set(0, x);
    else {
      if (first) {
        knot = nearestTo(mark.x.map(at.x), event.clientX - box.left);
        set(2 * knot, y);
      }
      set(2 * knot + 1, y);
    }
    inputs[0].dispatchEvent(new Event("input", { bubbles: true }));
  };
  el.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    el.setPointerCapture(event.pointerId);
    follow(event, true);
  });
  el.addEventListener("pointermove", (event) => {
    if (el.hasPointerCapture(event.pointerId)) follow(event, false);
  });
}
