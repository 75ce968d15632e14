// "Try this" lets a handle glide to where it shall be; with reduced motion it jumps.
import { calm, one } from "./dom.js";
import { draw } from "./draw.js";
import { begin } from "./moves.js";
import { say } from "./speech.js";

/** @typedef {import("./state.js").Chart} Chart */

/** Slow at both ends. @param {number} u in [0, 1] */
export const eased = (u) => (u < 0.5 ? 4 * u ** 3 : 1 - (2 - 2 * u) ** 3 / 2);

/** @param {Chart} chart @param {import("./types.js").GlideSpec} glide */
export function glide(chart, { handle, from, to, ms, said }) {
  if (!said) begin(chart, handle);
  const start = performance.now();
  const jump = calm();
  const run = {};
  chart.gliding = run;
  const step = (/** @type {number} */ now) => {
    if (chart.gliding !== run) return;
    const u = jump ? 1 : Math.min(1, Math.max(0, (now - start) / ms));
    chart.positions[handle] = Math.round(from + (to - from) * eased(u));
    draw(chart, handle, u < 1);
    say(chart);
    if (u < 1) requestAnimationFrame(step);
    else chart.gliding = null;
  };
  requestAnimationFrame(step);
}

/** @param {Chart} chart */
export function stopGlide(chart) {
  chart.gliding = null;
}

/** Scroll the picture into view: what a "try this" button changes must be seen to change. @param {Chart} chart */
export function reveal(chart) {
  const box = one(chart.root, ".bl-box").getBoundingClientRect();
  if (box.top >= 60 && box.bottom <= innerHeight) return;
  chart.root.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" });
}
