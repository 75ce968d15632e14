// Taking something in the picture and moving it sideways, by mouse, finger or pen. A finger that moves up or down scrolls
// the page (the element's touch-action is pan-y), and gives it back.

/**
 * @typedef {object} Drag
 * @property {() => void} start
 * @property {(clientX: number) => void} move
 * @property {() => void} end
 */

/** @param {HTMLElement} el @param {Drag} drag */
export function draggable(el, { start, move, end }) {
  el.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    el.setPointerCapture(event.pointerId);
    el.classList.add("held");
    start();
  });
  el.addEventListener("pointermove", (event) => {
    if (el.hasPointerCapture(event.pointerId)) move(event.clientX);
  });
  const release = () => {
    if (!el.classList.contains("held")) return;
    el.classList.remove("held");
    end();
  };
  el.addEventListener("pointerup", release);
  el.addEventListener("pointercancel", release);
}
