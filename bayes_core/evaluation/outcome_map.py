r"""Where a new y may be, at every x: a density with as many humps as it has, and the smallest region of a level.

A band says "between low and high"; the region of highest density (Hyndman 1996) says "here, or there".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.data.units import Units
from bayes_core.predict import log_likelihood, predict
from bayes_core.summaries.summary import outcome_density
from bayes_core.types import Dataset, Fit

_WORTH = 0.15
"""A hump counts if it rises that much above its valleys, as a share of the highest."""


@dataclass(frozen=True, eq=False)
class OutcomeMap:
    """A density (G, L) over even y (L,) at every x (G,).

    >>> y = np.linspace(-6, 6, 601)
    >>> bell = np.exp(-0.5 * (y - np.array([[-3.0], [3.0]])[..., None]) ** 2).sum(0) / (2 * np.sqrt(2 * np.pi))
    >>> two = OutcomeMap(np.zeros(1), y, bell)
    >>> two.humps()[0].round(1), float(two.lengths(0.5).round(2)[0])
    (array([-3.,  3.]), 2.7)
    """

    x: FloatArray
    y: FloatArray
    density: FloatArray

    @property
    def step(self) -> float:
        """Return how far two y lie apart."""
        return float(self.y[1] - self.y[0])

    def region(self, level: float) -> NDArray[np.bool_]:
        """Return which y (G, L) belong to the smallest region that holds a level."""
        order = np.sort(self.density, axis=1)[:, ::-1]
        held = np.cumsum(order, axis=1) / order.sum(1, keepdims=True)
        last = (held < level).sum(1)
        least = np.take_along_axis(order, last[:, None], axis=1)
        return np.asarray(self.density >= least)

    def lengths(self, level: float) -> FloatArray:
        """Return how long the region is, (G,), in the unit of y."""
        return np.asarray(self.region(level).sum(1) * self.step, float)

    def pieces(self, level: float) -> list[list[tuple[float, float]]]:
        """Return the intervals of the region, by x, rising."""
        found = []
        for row in self.region(level):
            edges = np.flatnonzero(np.diff(np.concatenate([[False], row, [False]]).astype(int)))
            ends = edges.reshape(-1, 2)
            found.append([(float(self.y[a] - self.step / 2), float(self.y[b - 1] + self.step / 2)) for a, b in ends])
        return found

    def humps(self) -> list[FloatArray]:
        """Return where the density has its tops, by x: those that rise above their valleys by a share of the highest.

        Averages of several networks have small dents, which are no answers of their own.
        """
        from scipy.signal import find_peaks  # noqa: PLC0415 (a third of a second to import)

        padded = np.pad(self.density, ((0, 0), (1, 1)))
        tops = [find_peaks(row, prominence=_WORTH * row.max())[0] - 1 for row in padded]
        return [self.y[at] for at in tops]


def outcome_map(fit: Fit, units: Units, x: FloatArray, y: FloatArray) -> OutcomeMap:
    """Return the predictive density of a fit in `units`, at x (G,) over y (L,) in the data's own."""
    told = outcome_density(predict(fit, units.x(x)), units.y(y)) / units.y_unit
    return OutcomeMap(np.asarray(x, float), np.asarray(y, float), told)


def log_scores(fit: Fit, units: Units, fresh: Dataset) -> FloatArray:
    """Return the log density (N,) of fresh rows, in nats, y in the data's own unit."""
    each = log_likelihood(fit, units.dataset(fresh))
    top = each.max(0)
    found: FloatArray = top + np.log(np.exp(each - top).mean(0)) - np.log(units.y_unit)
    return found


def held(told: OutcomeMap, fresh: Dataset, level: float) -> FloatArray:
    """Return which fresh rows (N,) lie in the region of a level, at the x of the map that is nearest to theirs."""
    at = np.abs(fresh.x[:, :1] - told.x).argmin(1)
    cell = np.clip(np.round((fresh.y - told.y[0]) / told.step).astype(int), 0, len(told.y) - 1)
    return np.asarray(told.region(level)[at, cell], float)
