// Where words stand at the right edge of a chart: each wishes to be beside its line, and they push each other apart.

const PASSES = 60;

/** @typedef {import("./types.js").Line} Line */

/**
 * Lowest and highest value of a trace where it crosses x (bands are outlines, lines are themselves); null: nowhere.
 * @param {Line} trace
 * @param {number} x
 */
export function crossing(trace, x) {
  const { x: across, y: up } = trace;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i + 1 < up.length; i++) {
    const [a, b, p, q] = [across[i], across[i + 1], up[i], up[i + 1]];
    if (!Number.isFinite(p) || !Number.isFinite(q) || (a - x) * (b - x) > 0) continue;
    const y = a === b ? p : p + ((q - p) * (x - a)) / (b - a);
    low = Math.min(low, y);
    high = Math.max(high, y);
    if (a !== b) continue;
    low = Math.min(low, q);
    high = Math.max(high, q);
  }
  return low <= high ? { low, high } : null;
}

/**
 * Give every item a `place` as near to its `wish` as its neighbours let it, all of them within [top, bottom]: those who
 * overlap give way by half of it each, in turns. Sorts the items from top to bottom.
 * @param {{wish: number, order: number, height: number, place: number}[]} items
 * @param {number} top
 * @param {number} bottom
 */
export function relax(items, top, bottom) {
  items.sort((a, b) => a.wish - b.wish || a.order - b.order);
  for (const item of items) item.place = Math.max(top, Math.min(bottom, item.wish));
  if (!items.length) return;
  const first = items[0];
  const last = items[items.length - 1];
  for (let pass = 0, moved = true; moved && pass < PASSES; pass++) {
    moved = false;
    for (let i = 1; i < items.length; i++) {
      const [a, b] = [items[i - 1], items[i]];
      const lack = (a.height + b.height) / 2 - (b.place - a.place);
      if (lack <= 0.2) continue;
      a.place -= lack / 2;
      b.place += lack / 2;
      moved = true;
    }
    if (first.place < top + first.height / 2) {
      first.place = top + first.height / 2;
      moved = true;
    }
    if (last.place > bottom - last.height / 2) {
      last.place = bottom - last.height / 2;
      moved = true;
    }
  }
}
