"""A classifier over a plane as one can read it everywhere: its map's log odds, straight lines between the places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.class_map import Plane

_MOST = 12.0
"""Log odds are told up to this either way: beyond, a probability differs from 0 or 1 by less than 1e-5."""


@dataclass(frozen=True, eq=False)
class PlaneForecast:
    """Class probabilities between side x side places of a plane; `odds` (K - 1, side, side) are those of all but one.

    They are log odds of every class but the first against all others. Conformal prediction takes any function of the
    inputs for a forecast, so that what is read here is the forecast, not an approximation of it.
    """

    plane: Plane
    odds: FloatArray

    @classmethod
    def of(cls, plane: Plane, probabilities: FloatArray) -> PlaneForecast:
        """Return the forecast that says `probabilities` (side^2, K) at `plane.places(side)`."""
        side = round(np.sqrt(len(probabilities)))
        p = np.clip(probabilities[:, 1:].T, 1e-12, 1 - 1e-12)
        odds = np.clip(np.log(p / (1 - p)), -_MOST, _MOST)
        return cls(plane, odds.reshape(-1, side, side))

    @property
    def side(self) -> int:
        """Return how many places there are along each side."""
        return int(self.odds.shape[-1])

    def at(self, x: FloatArray) -> FloatArray:
        """Return class probabilities (n, K) at inputs x (n, D); beyond the plane's edge, those at the edge.

        >>> corners = np.array([[0.5, 0.5], [0.5, 0.5], [0.5, 0.5], [0.1, 0.9]])
        >>> read = PlaneForecast.of(Plane((0, 1), (0.0, 1.0), (0.0, 1.0), (0.0, 0.0)), corners)
        >>> read.at(np.array([[1.0, 1.0], [1.0, 0.5], [0.0, 3.0]])).round(3)
        array([[0.1 , 0.9 ],
               [0.25, 0.75],
               [0.5 , 0.5 ]])
        """
        last, parts = self.side - 1, []
        for column, (low, high) in zip(self.plane.columns, (self.plane.x_range, self.plane.y_range), strict=True):
            parts.append(np.clip((x[:, column] - low) / (high - low), 0, 1) * last)
        left, down = (np.minimum(part.astype(int), last - 1) for part in parts)
        a, b = parts[0] - left, parts[1] - down
        o = self.odds
        below = o[:, down, left] * (1 - a) + o[:, down, left + 1] * a
        above = o[:, down + 1, left] * (1 - a) + o[:, down + 1, left + 1] * a
        rest = 1 / (1 + np.exp(-(below * (1 - b) + above * b)))
        first = np.maximum(1 - rest.sum(0), 0.0)
        told = np.stack([first, *rest], axis=1)
        made: FloatArray = told / told.sum(1, keepdims=True)
        return made
