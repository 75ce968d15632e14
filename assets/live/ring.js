// A ring on a map that one drags anywhere, by mouse, touch or keys.
import { one, within } from "./dom.js";
import { ringAt } from "./reading.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./reading.js").Spec} Spec */

/** @type {Object<string, [number, number]>} */
const KEYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const FINE = 1 / 60; // share of the map that a key moves it; with shift five times as far
const FAR = 5;

/** @param {Spec} s @param {HTMLElement} el @param {Chart} chart @param {() => void} moved */
export function wireRing(s, el, chart, moved) {
  const [box, ring] = [one(el, ".cm-map"), one(el, ".cm-ring")];
  const to = (/** @type {number} */ across, /** @type {number} */ up) => {
    ringAt(s, chart);
    chart.ring.at = [within(across, 0, 1), within(up, 0, 1)];
    moved();
  };
  const go = (/** @type {PointerEvent} */ event) => {
    const at = box.getBoundingClientRect();
    to((event.clientX - at.left) / at.width, 1 - (event.clientY - at.top) / at.height);
  };
  box.addEventListener("pointerdown", (event) => {
    const held = event.target instanceof Node && ring.contains(event.target);
    if (!held && event.pointerType !== "mouse") return; // a finger beside the ring scrolls the page
    event.preventDefault();
    box.setPointerCapture(event.pointerId);
    ring.focus({ preventScroll: true });
    go(event);
  });
  box.addEventListener("pointermove", (event) => {
    if (box.hasPointerCapture(event.pointerId)) go(event);
  });
  ring.addEventListener("keydown", (event) => {
    const way = KEYS[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const [far, [x, y]] = [event.shiftKey ? FAR * FINE : FINE, ringAt(s, chart)];
    to(x + far * way[0], y + far * way[1]);
  });
}
