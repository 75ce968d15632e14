// Dots in columns one dot wide, and a line that steps round those of its own column: what lies right of it is counted.

/** @typedef {{x: number, y: number, column: number, size: number}} Dot `y` counts down from the axis at 0 */

const LEAST = 7; // px of a dot

/**
 * Where dots go: columns centred on a place, each dot as large as the tallest column and the room allow.
 * @param {number[]} xs rising, in px
 * @param {number} middle
 * @param {number} room height in px
 * @param {number} largest
 * @param {number} [axis] the y of the axis
 * @returns {Dot[]}
 */
export function columns(xs, middle, room, largest, axis = 0) {
  const of = (/** @type {number} */ x, /** @type {number} */ size) => Math.floor((x - middle) / size + 0.5);
  let size = largest;
  for (; size > LEAST; size -= 0.5) {
    const heights = new Map();
    for (const x of xs) heights.set(of(x, size), (heights.get(of(x, size)) ?? 0) + 1);
    if (Math.max(...heights.values()) * size <= room - 4) break;
  }
  const filled = new Map();
  return xs.map((x) => {
    const column = of(x, size);
    const under = filled.get(column) ?? 0;
    filled.set(column, under + 1);
    return { x: middle + column * size, y: axis - 2 - (under + 0.5) * size, column, size };
  });
}

/**
 * The line of a threshold at `here`, from its top to the axis: it stands between columns, and steps where it cuts one.
 * @param {Dot[]} dots
 * @param {number[]} above whether each is counted
 * @param {number} here
 * @param {number} axis the y of the axis
 */
export function step(dots, above, here, axis) {
  const { size } = dots[0];
  const own = dots
    .map((dot, i) => ({ ...dot, counted: Boolean(above[i]) }))
    .filter((dot) => Math.abs(dot.x - here) <= size / 2);
  const low = own.filter((dot) => !dot.counted).length;
  if (!own.length) return { top: here, line: `V${axis + 2}` };
  const [left, right] = [own[0].x - size / 2, own[0].x + size / 2];
  if (low === 0) return { top: left, line: `V${axis + 2}` };
  if (low === own.length) return { top: right, line: `V${axis + 2}` };
  return { top: left, line: `V${(axis - low * size).toFixed(1)}H${right.toFixed(1)}V${axis + 2}` };
}
