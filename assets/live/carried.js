// Whoever takes something on the picture moves its handle, by mouse or finger. The keys are the handle's own: taking it
// gives that the keyboard.
import { nearestTo, slider } from "./dom.js";
import { draggable } from "./drag.js";
import { handleOf } from "./state.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {(clientX: number, clientY: number | null) => number | null} Wish the value that is asked for, null for none */

/**
 * Let an element carry a handle; `taken` hears where it is taken.
 * @param {Chart} chart
 * @param {string} handle
 * @param {HTMLElement} el
 * @param {Wish} wish
 * @param {(clientX: number, clientY: number | null) => void} [taken]
 */
export function carries(chart, handle, el, wish, taken = () => {}) {
  const input = slider(chart.root, handle);
  const send = sender(input);
  draggable(el, {
    start: (clientX, clientY) => {
      input.focus({ preventScroll: true });
      taken(clientX, clientY);
      send("pointerdown");
    },
    move: (clientX, clientY) => {
      const value = wish(clientX, clientY);
      if (value === null) return;
      const to = String(nearestTo(handleOf(chart, handle).values, value));
      if (to === input.value) return;
      input.value = to;
      send("input");
    },
    end: () => {
      send("pointerup");
      send("change");
    },
  });
}

/**
 * The same for a stage's thumb, which is free unless its handle is locked; a double click takes the handle home.
 * @type {typeof carries}
 */
export function thumb(chart, handle, el, wish, taken) {
  if (handleOf(chart, handle).locked) return;
  el.classList.add("free");
  el.addEventListener("dblclick", () => sender(slider(chart.root, handle))("dblclick"));
  carries(chart, handle, el, wish, taken);
}

/** @param {HTMLInputElement} input */
const sender = (input) => (/** @type {string} */ event) => input.dispatchEvent(new Event(event, { bubbles: true }));
