// Taking a line across the picture and moving it sideways: by mouse or pen from where it is pressed, by a finger once it
// goes sideways (fingers.js).
import { sideways } from "./fingers.js";

/**
 * @typedef {object} Drag
 * @property {(clientX: number, clientY: number | null) => void} start where it is taken
 * @property {(clientX: number, clientY: number | null) => void} move a finger only goes sideways, and has no clientY
 * @property {() => void} end
 */

/** @param {HTMLElement} el @param {Drag} drag */
export function draggable(el, { start, move, end }) {
  const take = (/** @type {number} */ clientX, /** @type {number | null} */ clientY) => {
    el.classList.add("held");
    start(clientX, clientY);
  };
  const release = () => {
    if (!el.classList.contains("held")) return;
    el.classList.remove("held");
    end();
  };
  const byTouch = (/** @type {PointerEvent} */ { pointerType }) => pointerType === "touch";
  el.addEventListener("pointerdown", (event) => {
    if (event.button || byTouch(event)) return;
    event.preventDefault();
    el.setPointerCapture(event.pointerId);
    take(event.clientX, event.clientY);
  });
  el.addEventListener("pointermove", (event) => {
    if (el.classList.contains("held") && !byTouch(event)) move(event.clientX, event.clientY);
  });
  for (const kind of ["pointerup", "pointercancel"]) el.addEventListener(kind, release);
  let from = 0;
  const takes = (/** @type {PointerEvent} */ { clientX }) => {
    from = clientX;
    return true;
  };
  sideways(el, { takes, begins: () => take(from, null), moves: (by) => move(from + by, null), ends: release });
}
