// Where the dots of a cloud lie: each falls at its value to the lowest place that is free, in the order in which they
// came. So whoever comes later moves nobody, and dots of one value are a column that can be counted.

/** @typedef {{x: number, y: number}} Place y upwards, from the axis to the dot's middle */

const STEPS = 12; // radii that are tried
const GAP = 1.5; // px between two dots

/**
 * Places of dots of one radius on an axis.
 * @param {number[]} xs px, in the order in which they came
 * @param {number} radius px
 * @returns {Place[]}
 */
export function swarm(xs, radius) {
  const apart = 2 * radius + GAP;
  /** @type {Place[]} */
  const placed = [];
  for (const x of xs) {
    const near = placed.filter((other) => Math.abs(other.x - x) < apart);
    const floors = near.map((other) => other.y + Math.sqrt(Math.max(0, apart ** 2 - (other.x - x) ** 2)));
    const y = [radius, ...floors]
      .sort((a, b) => a - b)
      .find((height) => near.every((other) => Math.hypot(other.x - x, other.y - height) > apart - 1e-6));
    placed.push({ x, y: y ?? radius });
  }
  return placed;
}

/**
 * The largest radius with which a cloud fits its height, and the places; the smallest where none does.
 * @param {number[]} xs px
 * @param {number} height px
 * @param {number} least radius, px
 * @param {number} most radius, px
 * @returns {{radius: number, places: Place[]}}
 */
export function fitted(xs, height, least, most) {
  for (let i = 0; i < STEPS; i++) {
    const radius = most * (least / most) ** (i / (STEPS - 1));
    const places = swarm(xs, radius);
    if (i === STEPS - 1 || places.every(({ y }) => y + radius <= height)) return { radius, places };
  }
  return { radius: least, places: [] };
}

/**
 * The row of each segment, by its middle: so that a cloud of them is a slope.
 * @param {[number, number][]} ends @returns {number[]}
 */
export function rows(ends) {
  const middle = (/** @type {number} */ i) => ends[i][0] + ends[i][1];
  const order = ends.map((_, i) => i).sort((a, b) => middle(a) - middle(b) || a - b);
  /** @type {number[]} */
  const row = [];
  for (const [at, i] of order.entries()) row[i] = at;
  return row;
}
