// A line across the picture where a handle stands: whoever takes it moves the handle, by mouse or finger. The keys are
// the handle's own: taking the line gives it the keyboard.
import { carries } from "./carried.js";
import { one } from "./dom.js";
import { axes } from "./plotly.js";
import { handleOf } from "./state.js";
import { path, tag } from "./svg.js";
import { safe } from "./text.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./plotly.js").Axes} Axes */

/** What says that something moves sideways. */
export const ARROWS = tag(
  "svg",
  { viewBox: "0 0 16 16" },
  path("M5.6 4.6L2.4 8L5.6 11.4M10.4 4.6L13.6 8L10.4 11.4", {}),
);

/** @param {{handle: string, text: string}} grip */
export function gripHtml({ text }) {
  return `<div class="bl-grip" aria-hidden="true"><i></i><span>${ARROWS}</span><b>${safe(text)}</b></div>`;
}

/** Put the line where its handle stands. @param {Chart} chart @param {Axes} at */
export function drawGrip(chart, at) {
  const { grip } = chart.spec;
  if (!grip) return;
  const el = one(chart.root, ".bl-grip");
  const handle = handleOf(chart, grip.handle);
  const x = at.x(handle.values[chart.positions[grip.handle]]);
  const [low, high] = [at.left - 1, at.right + 1];
  el.hidden = x < low || x > high; // zoomed elsewhere
  el.classList.toggle("locked", handle.locked);
  el.classList.toggle("left", at.right - x < 4 * chart.rem);
  el.style.transform = `translateX(${x}px)`;
  el.style.top = `${at.top}px`;
  el.style.height = `${(at.strip ?? at).bottom - at.top}px`;
}

/** @param {Chart} chart */
export function wireGrip(chart) {
  const { grip } = chart.spec;
  if (!grip || handleOf(chart, grip.handle).locked) return;
  const el = one(chart.root, ".bl-grip");
  carries(chart, grip.handle, el, (clientX) => {
    const at = axes(chart.plot);
    return at ? at.value(clientX - chart.plot.getBoundingClientRect().left) : null;
  });
}
