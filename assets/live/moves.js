// A move of a handle: it begins, it is drawn, and Python hears where it ended.
import { nearestTo } from "./dom.js";
import { handleOf } from "./state.js";
import { quietly } from "./visited.js";

/** @typedef {import("./state.js").Chart} Chart */

export const QUIET = 160; // ms without a further key press before Python is told

/** @param {Chart} chart @param {string} handle */
export function begin(chart, handle) {
  const reel = chart.reels[handle];
  const fits = reel?.fits(chart.spec.stamp, handle, chart.positions);
  const { said, told } = chart;
  const from = chart.positions[handle];
  const text = handleOf(chart, handle).texts[from];
  chart.move = { handle, from, text, reel: fits ? reel : null, at: performance.now(), said, told };
}

/** The values where the handles stand. @param {Chart} chart */
export const valuesOf = (chart) =>
  Object.fromEntries(chart.spec.handles.map(({ id, values }) => [id, values[chart.positions[id]]]));

/**
 * Take the handles to the same values among other positions: one that was typed is a position as long as it stands.
 * What was said of a move from there stays as it was said.
 * @param {Chart} chart
 * @param {import("./types.js").Handle[]} before
 */
export function keepValues(chart, before) {
  for (const { id, values } of chart.spec.handles) {
    const old = before.find((handle) => handle.id === id)?.values;
    if (!old || String(old) === String(values)) continue;
    chart.positions[id] = nearestTo(values, old[chart.positions[id]]);
    if (chart.move?.handle === id) chart.move = null;
  }
}

/**
 * Tell Python where the handles are, after `delay` ms in which nothing further was told.
 * @param {Chart} chart
 * @param {number} delay
 */
export function tell(chart, delay) {
  clearTimeout(chart.telling);
  const send = () => {
    chart.count = (chart.count ?? 0) + 1;
    chart.unheard = true;
    quietly();
    chart.component.setStateValue("moved", { ...valuesOf(chart), epoch: chart.spec.epoch, count: chart.count });
  };
  if (delay) chart.telling = setTimeout(send, delay);
  else send();
}
