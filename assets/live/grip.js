// A line across the picture where a handle stands: whoever takes it moves the handle, by mouse or finger. The keys are
// the handle's own: taking the line gives it the keyboard.
import { one, slider } from "./dom.js";
import { sideways } from "./fingers.js";
import { axes } from "./plotly.js";
import { handleOf } from "./state.js";
import { path, tag } from "./svg.js";
import { safe } from "./text.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./plotly.js").Axes} Axes */

const SIGN = tag("svg", { viewBox: "0 0 16 16" }, path("M5.6 4.6L2.4 8L5.6 11.4M10.4 4.6L13.6 8L10.4 11.4", {}));

/** @param {{handle: string, text: string}} grip */
export function gripHtml({ text }) {
  return `<div class="bl-grip" aria-hidden="true"><i></i><span>${SIGN}</span><b>${safe(text)}</b></div>`;
}

/**
 * The position of a handle whose value is nearest to one.
 * @param {number[]} values
 * @param {number} value
 */
export function nearestTo(values, value) {
  let best = 0;
  for (const [i, v] of values.entries()) if (Math.abs(v - value) < Math.abs(values[best] - value)) best = i;
  return best;
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
  const input = slider(chart.root, grip.handle);
  const send = (/** @type {string} */ event) => input.dispatchEvent(new Event(event, { bubbles: true }));
  const follow = (/** @type {number} */ x) => {
    const at = axes(chart.plot);
    if (!at) return;
    const value = at.value(x - chart.plot.getBoundingClientRect().left);
    const to = String(nearestTo(handleOf(chart, grip.handle).values, value));
    if (to === input.value) return;
    input.value = to;
    send("input");
  };
  const take = () => {
    el.classList.add("held");
    input.focus({ preventScroll: true });
    send("pointerdown");
  };
  el.addEventListener("pointerdown", (event) => {
    if (event.button || event.pointerType === "touch") return;
    event.preventDefault();
    el.setPointerCapture(event.pointerId);
    take();
  });
  el.addEventListener("pointermove", (event) => {
    if (el.classList.contains("held") && event.pointerType !== "touch") follow(event.clientX);
  });
  const release = () => {
    if (!el.classList.contains("held")) return;
    el.classList.remove("held");
    send("pointerup");
    send("change");
  };
  el.addEventListener("pointerup", release);
  el.addEventListener("pointercancel", release);
  let from = 0;
  const takes = (/** @type {PointerEvent} */ { clientX }) => {
    from = clientX;
    return true;
  };
  sideways(el, { takes, begins: take, moves: (by) => follow(from + by), ends: release });
}
