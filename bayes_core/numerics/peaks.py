"""Every maximum of a function of one variable, for many functions at once: a scan, then a zoom into each peak."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray

Rows = NDArray[np.intp]
Height = Callable[[FloatArray, Rows], FloatArray]

_NODES = 33
_PASSES = 12


@dataclass(frozen=True, eq=False)
class Peaks:
    """B peaks of V functions, from left to right function by function.

    `row` (B,) says of which function; a peak stands at `at` (B,), `value` (B,) high, between `low` and `high` (B,):
    beyond them it lies `drop` lower, or climbs to its neighbour. `sd` (B,) is 1 / sqrt(-curvature), its half-width
    were it a Gaussian's log density.
    """

    row: Rows
    low: FloatArray
    high: FloatArray
    at: FloatArray
    value: FloatArray
    sd: FloatArray

    def highest(self, rows: int) -> Rows:
        """Return which peak is the highest of each of the V functions, (V,)."""
        order = np.lexsort((self.value, self.row))
        last: Rows = order[np.searchsorted(self.row[order], np.arange(rows), side="right") - 1]
        return last

    def only(self, kept: NDArray[np.bool_]) -> Peaks:
        """Return some of the peaks."""
        low, high, at, value, sd = (part[kept] for part in (self.low, self.high, self.at, self.value, self.sd))
        return Peaks(self.row[kept], low, high, at, value, sd)


def peaks(height: Height, low: FloatArray, high: FloatArray, step: float, drop: float, lowest: float) -> Peaks:
    """Return all maxima between low and high (V,) that are at most `lowest` below the highest of their function.

    height(at (B, K), row (B,)) -> (B, K) says how high the functions `row` are. They must vary smoothly on the scale
    of `step`; a peak itself may be far narrower where the function is large.

    >>> two = lambda at, row: -200 * (at**2 - 1) ** 2 - at
    >>> found = peaks(two, np.array([-4.0]), np.array([4.0]), 0.2, 18.0, 18.0)
    >>> found.at.round(3), found.value.round(3)
    (array([-1.001,  0.999]), array([ 1., -1.]))
    """
    found = _zoomed(height, *_scanned(height, low, high, step, drop, lowest), drop)
    top = np.full(len(low), -np.inf)
    np.maximum.at(top, found.row, found.value)
    return found.only(found.value >= top[found.row] - lowest)


def _scanned(
    height: Height, low: FloatArray, high: FloatArray, step: float, drop: float, lowest: float
) -> tuple[Rows, FloatArray, FloatArray]:
    """Return a bracket around each maximum of an even grid that may count: its function, and both ends."""
    count = max(int(np.ceil(float((high - low).max()) / step)), 4) + 1
    at = low[:, None] + ((high - low) / (count - 1))[:, None] * np.arange(count)
    value = height(at, np.arange(len(low)))
    rises = np.ones((len(low), count + 1), bool)
    rises[:, 1:-1], rises[:, -1] = value[:, 1:] > value[:, :-1], False
    row, top = np.nonzero(rises[:, :-1] & ~rises[:, 1:])
    left, right, of = np.maximum(top - 1, 0), np.minimum(top + 1, count - 1), value[row, top]
    bend = np.maximum(2 * of - value[row, left] - value[row, right], 1e-300)
    above = (value[row, right] - value[row, left]) ** 2 / (8 * bend)  # of the parabola through three points
    kept = of + 2 * above >= value.max(1)[row] - lowest - drop
    row, top, of = row[kept], top[kept], of[kept]

    place, heavy = np.arange(count), value[row] > (of - drop)[:, None]
    same = np.flatnonzero(np.diff(row) == 0)
    if len(same):  # a valley is where the neighbour's ground begins
        begin, end = np.zeros(len(row), np.intp), np.full(len(row), count - 1)
        for b in same:
            between = value[row[b], top[b] : top[b + 1] + 1]
            end[b] = begin[b + 1] = top[b] + int(between.argmin())
        heavy &= (place >= begin[:, None]) & (place <= end[:, None])
        first, last = heavy.argmax(1), count - 1 - heavy[:, ::-1].argmax(1)
        first, last = np.maximum(first - 1, begin), np.minimum(last + 1, end)
    else:
        first, last = heavy.argmax(1), count - 1 - heavy[:, ::-1].argmax(1)
        first, last = np.maximum(first - 1, 0), np.minimum(last + 1, count - 1)
    return row, at[row, first], at[row, last]


def _zoomed(height: Height, row: Rows, low: FloatArray, high: FloatArray, drop: float) -> Peaks:
    """Return the peaks within brackets that shrink until nearly all of each is higher than the peak less `drop`."""
    each, most = np.arange(len(row)), _NODES - 1
    for _ in range(_PASSES):
        cell = (high - low) / most
        at = low[:, None] + cell[:, None] * np.arange(_NODES)
        value = height(at, row)
        top = value.argmax(1)
        heavy = value > value[each, top][:, None] - drop
        first, last = heavy.argmax(1), most - heavy[:, ::-1].argmax(1)
        first, last = np.maximum(first - 1, 0), np.minimum(last + 1, most)
        if (last - first > 0.75 * most).all():
            break
        low, high = np.where(first > 0, at[each, first], low), np.where(last < most, at[each, last], high)
    middle = np.clip(top, 1, most - 1)
    before, of, after = value[each, middle - 1], value[each, middle], value[each, middle + 1]
    bend = np.maximum(2 * of - before - after, 1e-300)
    shift = np.clip(0.5 * (after - before) / bend, -1.0, 1.0)
    return Peaks(
        row,
        low,
        high,
        at[each, middle] + shift * cell,
        of + 0.5 * bend * shift**2,
        cell / np.sqrt(bend),
    )
