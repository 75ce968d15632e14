// A presenter's arrow keys step from scene to scene, Escape leaves.

/** @type {Object<string, number>} */
const STEPS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1, Escape: 0 };
const BUSY = "input,textarea,[role=radiogroup],svg[tabindex],[data-arrows]"; // these have arrow keys of their own

/**
 * @param {import("./state.js").Chart} chart
 * @returns {() => void} ends it
 */
export function listenToKeys(chart) {
  const heard = (/** @type {KeyboardEvent} */ event) => {
    const by = STEPS[event.key];
    const busy = event.target instanceof Element && event.target.closest(BUSY);
    if (by === undefined || !chart.spec.present || (by && chart.spec.fixed) || busy) return;
    event.preventDefault();
    chart.component.setTriggerValue("step", { by });
  };
  document.addEventListener("keydown", heard);
  return () => document.removeEventListener("keydown", heard);
}
