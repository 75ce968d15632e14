// A move of a handle: it begins, it is drawn, and Python hears where it ended.

/** @typedef {import("./state.js").Chart} Chart */

export const QUIET = 160; // ms without a further key press before Python is told

/** @param {Chart} chart @param {string} handle */
export function begin(chart, handle) {
  const reel = chart.reels[handle];
  const fits = reel?.fits(chart.spec.stamp, handle, chart.positions);
  const { said, told } = chart;
  const from = chart.positions[handle];
  chart.move = { handle, from, reel: fits ? reel : null, at: performance.now(), said, told };
}

/**
 * Tell Python where the handles are, after `delay` ms in which nothing further was told.
 * @param {Chart} chart
 * @param {number} delay
 */
export function tell(chart, delay) {
  clearTimeout(chart.telling);
  const send = () => {
    const { handles, epoch } = chart.spec;
    const values = Object.fromEntries(handles.map(({ id, values }) => [id, values[chart.positions[id]]]));
    chart.count = (chart.count ?? 0) + 1;
    chart.component.setStateValue("moved", { ...values, epoch, count: chart.count });
  };
  if (delay) chart.telling = setTimeout(send, delay);
  else send();
}
