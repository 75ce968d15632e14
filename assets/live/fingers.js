// A finger on something that moves sideways. Up and down is the page's own: such a swipe scrolls it and moves nothing,
// whatever lies under it. A finger that is put down and taken away again moves nothing either.

const SIDEWAYS = 6; // px until a finger has said which way it goes
const AFTER = 700; // ms in which the browser may still make clicks of a touch

/**
 * @typedef {object} Finger
 * @property {(event: PointerEvent) => boolean} takes whether the finger is on what moves
 * @property {() => void} begins
 * @property {(by: number) => void} moves in px, from where the finger was put down
 * @property {() => void} ends
 */

/**
 * @param {HTMLElement} el
 * @param {Finger} finger
 * @returns {() => boolean} whether a finger is, or just was, on the element: what it does by itself then is void
 */
export function sideways(el, finger) {
  /** @type {{id: number, x: number, y: number, going: boolean} | null} */
  let held = null;
  let until = 0;
  el.addEventListener("pointerdown", (event) => {
    const touch = event.pointerType === "touch";
    until = touch ? Number.POSITIVE_INFINITY : 0;
    const { pointerId: id, clientX: x, clientY: y } = event;
    held = touch && finger.takes(event) ? { id, x, y, going: false } : null;
  });
  el.addEventListener("pointermove", (event) => {
    if (!held || event.pointerId !== held.id) return;
    const [across, down] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.going && Math.abs(across) < Math.max(SIDEWAYS, Math.abs(down))) return;
    if (!held.going) finger.begins();
    held.going = true;
    finger.moves(across);
  });
  const end = (/** @type {PointerEvent} */ event) => {
    if (event.pointerType !== "touch") return;
    until = performance.now() + AFTER;
    const was = held;
    held = null;
    if (!was?.going) return;
    if (event.type === "pointercancel") finger.moves(0); // it scrolls after all
    finger.ends();
  };
  el.addEventListener("pointerup", end);
  el.addEventListener("pointercancel", end);
  return () => performance.now() < until;
}
