// What the small charts beside a picture share: their smallest text, how wide words are, how they fold.
import { colour, words } from "../svg.js";

export const SMALL = 11.5; // px, the smallest text
/** @typedef {{low: number, high: number, title: string, ticks: number[]}} Axis */
/** @typedef {{x: number, y: number, w: number, h: number}} Box */

/**
 * Words in muted ink.
 * @param {number} x
 * @param {number} y
 * @param {string} text
 * @param {"start" | "middle" | "end"} [anchor]
 */
export const label = (x, y, text, anchor = "start") =>
  words(x, y, text, { "font-size": SMALL, fill: colour("muted"), "text-anchor": anchor });

/** @type {CanvasRenderingContext2D | null} */
let ruler = null;

/**
 * How wide words are in units of a drawing whose text is 11.5 of them high.
 * @param {Element} el
 * @returns {(text: string) => number}
 */
export function measure(el) {
  ruler ??= document.createElement("canvas").getContext("2d");
  const { fontFamily } = getComputedStyle(el);
  return (text) => {
    if (!ruler) return 0.55 * SMALL * text.length;
    ruler.font = `650 ${SMALL}px ${fontFamily}`;
    return ruler.measureText(text).width;
  };
}

/**
 * A title in as many rows as it takes.
 * @param {string} title
 * @param {number} most
 * @param {(text: string) => number} wide
 */
export function folded(title, most, wide) {
  /** @type {string[]} */
  const rows = [];
  for (const word of title.split(" ")) {
    const longer = rows.length ? `${rows[rows.length - 1]} ${word}` : word;
    if (rows.length && wide(longer) <= most) rows[rows.length - 1] = longer;
    else rows.push(word);
  }
  return rows;
}

/**
 * Where a name of width w finds room beside its mark: right, left, above or below, then further and further off. The
 * `y` of a box is its middle.
 * @param {{x: number, y: number}} mark
 * @param {number} w
 * @param {{left: number, right: number, top: number, bottom: number}} room
 * @param {Box[]} taken
 * @returns {Box}
 */
export function beside(mark, w, room, taken) {
  const h = SMALL + 2;
  let best = { x: 0, y: 0, w, h, cost: Infinity };
  for (const [wishX, wishY] of places(mark, w)) {
    const x = Math.max(room.left, Math.min(room.right - w, wishX));
    const y = Math.max(room.top + h / 2, Math.min(room.bottom - h / 2, wishY));
    const far = Math.hypot(x + w / 2 - mark.x, 2 * (y - mark.y));
    const cost = 50 * covered({ x, y, w, h }, taken) + far;
    if (cost < best.cost) best = { x, y, w, h, cost };
  }
  return { x: best.x, y: best.y, w, h };
}

/** @param {{x: number, y: number}} mark @param {number} w */
function places(mark, w) {
  const found = [];
  for (let off = 0; off <= 96; off += 8) {
    for (const dy of off ? [-off, off] : [0]) found.push([mark.x + 8, mark.y + dy], [mark.x - 8 - w, mark.y + dy]);
  }
  for (const dy of [-12, 12, -24, 24]) found.push([mark.x - w / 2, mark.y + dy]);
  return found;
}

/** The area of a box that others have taken. @param {Box} box @param {Box[]} taken */
function covered(box, taken) {
  return taken.reduce((sum, other) => {
    const across = Math.min(box.x + box.w, other.x + other.w) - Math.max(box.x, other.x);
    const up = Math.min(box.y, other.y) - Math.max(box.y, other.y) + (box.h + other.h) / 2;
    return sum + Math.max(0, across) * Math.max(0, up);
  }, 0);
}
