// Boxes that words take: of two places for a name the one is better that covers less.

/** @typedef {{x: number, y: number, w: number, h: number}} Box */

/** The area that two boxes share. @param {Box} a @param {Box} b */
export function shared(a, b) {
  const wide = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return wide > 0 && high > 0 ? wide * high : 0;
}
