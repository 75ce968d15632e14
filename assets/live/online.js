// A connection that was lost and is back: what the reader did in between is told then, and where the handles stand in
// any case. It may be another server that has not run this page yet, and it hears only changes of what it knows.
import { tell } from "./moves.js";

/** @typedef {import("./state.js").Chart} Chart */

const STATE = "data-test-connection-state";

/** @param {Chart} chart @returns {() => void} ends it */
export function tellWhenBack(chart) {
  const app = document.querySelector(`[${STATE}]`);
  if (!app) return () => {};
  let there = true;
  const changed = new MutationObserver(() => {
    const before = there;
    there = app.getAttribute(STATE) === "CONNECTED";
    if (before || !there) return;
    for (const [id, state] of Object.entries(chart.typed)) if (state === "sent") chart.typed[id] = "edited";
    tell(chart, 0);
  });
  changed.observe(app, { attributes: true, attributeFilter: [STATE] });
  return () => changed.disconnect();
}
