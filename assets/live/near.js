// Lines around a point that is held: known at some places, drawn between them as the polynomial through all of them.
// pages/_ui/nearby.py works them out, and has looked how far that may be wrong (bayes_core/figures/between.py).

/** @typedef {import("./film.js").Film} Film */
/** @typedef {{x: number, y: number}} Place */
/** Lines with point `i` at places x and y: `film` has a position for each, y by y for every x. @typedef {{i: number, fineness: number, x: number[], y: number[], film: Film}} Near */

const INNER = 0.5; // share of the way to the edge, beyond which others are asked for
const FINEST = 2;
const FORGETS = 0.25; // of a step of fineness with every answer: what was too wild here may be smooth there

/** The weight of what is known at each place, at another place (Lagrange). @param {number[]} places @param {number} at */
export const weights = (places, at) =>
  places.map((here, k) =>
    places.reduce((product, other, j) => (j === k ? product : (product * (at - other)) / (here - other)), 1),
  );

/** How far a value is from the middle of places, as a share of the way to their edge. @param {number[]} places @param {number} at */
function away(places, at) {
  const [low, high] = [places[0], places[places.length - 1]];
  if (low === high) return at === low ? 0 : Infinity;
  return Math.abs(at - (low + high) / 2) / ((high - low) / 2);
}

/** Whether lines are known around a place, and not only just. @param {Near | null} near @param {number} i @param {Place} place */
export const amidst = (near, i, { x, y }) => near?.i === i && away(near.x, x) <= INNER && away(near.y, y) <= INNER;

/**
 * What the lines are at a place: a row by its name, null where there is none; null where the place is not between.
 * @param {Near | null} near
 * @param {number} i
 * @param {Place} place
 * @returns {((name: string) => Float64Array | null) | null}
 */
export function between(near, i, { x, y }) {
  if (near?.i !== i || away(near.x, x) > 1 || away(near.y, y) > 1) return null;
  const { film } = near;
  const [across, up] = [weights(near.x, x), weights(near.y, y)];
  return (name) => {
    if (!film.has(name)) return null;
    const made = new Float64Array(film.spec.numbers[name].size);
    across.forEach((a, column) => {
      up.forEach((b, row) => {
        const known = film.row(name, column * up.length + row);
        if (known) for (let n = 0; n < made.length; n++) made[n] += a * b * known[n];
      });
    });
    return made;
  };
}

/** How fine to ask for lines next. @param {number} fine as it was @param {{fineness: number} | null} near what came of it */
export function finer(fine, near) {
  const came = near ? near.fineness : FINEST;
  return came > Math.ceil(fine) ? came : Math.max(0, fine - FORGETS);
}
