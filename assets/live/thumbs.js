// Handles as they stand: thumb, number, the stretch from their start, the stretch that existing draws answer for, and a
// place of note on the track where a view names one ("mark.<handle>", a position and its words).
import { all, one, slider, within } from "./dom.js";
import { drawNumber } from "./numbers.js";

/** @typedef {import("./state.js").Chart} Chart */

const THUMB = 1.45; // rem

/**
 * Where a handle's first position lies on its track, and how far it is from one to the next, in px.
 * @param {Chart} chart
 * @param {import("./types.js").Handle} handle
 */
export function trackOf(chart, { id, values }) {
  const thumb = THUMB * chart.rem;
  return { left: thumb / 2, step: ((chart.widths[id] || 300) - thumb) / (values.length - 1) };
}

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
    const { left, step } = trackOf(chart, handle);
    const mark = (/** @type {string} */ name, /** @type {number} */ position) =>
      input.style.setProperty(name, `${left + step * position}px`);
    mark("--a", Math.min(at, handle.start));
    mark("--z", Math.max(at, handle.start));
    drawMark(chart, handle, box, left, step);
    const trusted = chart.reels[handle.id]?.trusted;
    box.classList.toggle("partly", Boolean(trusted));
    if (!trusted) continue;
    mark("--t0", trusted[0]);
    mark("--t1", trusted[1]);
  }
}

/**
 * A place of note on the track, with its words between those at the ends.
 * @param {Chart} chart
 * @param {import("./types.js").Handle} handle
 * @param {HTMLElement} box
 * @param {number} left of the first position
 * @param {number} step from one position to the next
 */
function drawMark(chart, handle, box, left, step) {
  const place = chart.get?.row(`mark.${handle.id}`)?.[0] ?? Number.NaN;
  const tick = one(box, ".bl-mark");
  tick.hidden = !Number.isFinite(place);
  if (tick.hidden) return;
  const x = left + step * place;
  tick.style.left = `${x}px`;
  const words = one(tick, "span");
  const told = `${words.textContent} ${chart.widths[handle.id]}`;
  if (tick.dataset.told !== told) {
    const [first, last] = all(box, ".bl-ends span").map((end) => end.offsetWidth + 6 + words.offsetWidth / 2);
    tick.dataset.told = told;
    tick.dataset.room = `${first} ${2 * left + step * (handle.values.length - 1) - last}`;
  }
  const [low, high] = (tick.dataset.room ?? "").split(" ").map(Number);
  words.style.left = `${within(x, low, Math.max(low, high)) - x}px`;
}
