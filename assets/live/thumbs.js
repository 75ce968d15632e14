// Handles as they stand: thumb, number, the stretch from their start, and the stretch that existing draws answer for.
import { one, slider } from "./dom.js";
import { drawNumber } from "./numbers.js";

/** @typedef {import("./state.js").Chart} Chart */

const THUMB = 1.45; // rem

/** @param {Chart} chart */
export function drawThumbs(chart) {
  for (const handle of chart.spec.handles) {
    const box = one(chart.root, `[data-handle="${handle.id}"]`);
    const input = slider(chart.root, handle.id);
    const at = chart.positions[handle.id];
    input.max = String(handle.values.length - 1);
    input.value = String(at);
    input.setAttribute("aria-valuetext", handle.texts[at]);
    drawNumber(chart, handle);
    const thumb = THUMB * chart.rem;
    const room = (chart.widths[handle.id] || 300) - thumb;
    const mark = (/** @type {string} */ name, /** @type {number} */ position) =>
      input.style.setProperty(name, `${thumb / 2 + (room * position) / (handle.values.length - 1)}px`);
    mark("--a", Math.min(at, handle.start));
    mark("--z", Math.max(at, handle.start));
    const trusted = chart.reels[handle.id]?.trusted;
    box.classList.toggle("partly", Boolean(trusted));
    if (!trusted) continue;
    mark("--t0", trusted[0]);
    mark("--t1", trusted[1]);
  }
}
