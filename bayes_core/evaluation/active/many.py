"""Fifty worlds at once: what strategies learn on average, how far worlds lie apart, and how sure the difference is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.active.fields import MOST, Field, invent
from bayes_core.evaluation.active.run import explore
from bayes_core.evaluation.active.strategies import strategies_for

WORLDS = 50
_SPREAD = (0.1, 0.9)


@dataclass(frozen=True, eq=False)
class Path:
    """A number after 0 to T measurements in W worlds (W, T + 1): its mean, the worlds' spread, and the mean's error."""

    values: FloatArray

    @property
    def mean(self) -> FloatArray:
        """Return the mean (T + 1,) over worlds."""
        middle: FloatArray = self.values.mean(0)
        return middle

    @property
    def mcse(self) -> FloatArray:
        """Return the standard error (T + 1,) of that mean: other worlds would give another one."""
        error: FloatArray = self.values.std(0, ddof=1) / np.sqrt(len(self.values))
        return error

    @property
    def spread(self) -> tuple[FloatArray, FloatArray]:
        """Return between which values eight worlds of ten lie."""
        low, high = np.quantile(self.values, _SPREAD, axis=0)
        return low, high

    def against(self, other: Path) -> tuple[FloatArray, FloatArray]:
        """Return how much more than the other, world by world, with its standard error, (T + 1,) each.

        Worlds are the same for both, so that their difference is known far better than either mean.

        >>> both = Path(np.array([[1.0], [5.0]])), Path(np.array([[0.5], [4.0]]))
        >>> [part.round(2).tolist() for part in both[0].against(both[1])]
        [[0.75], [0.25]]
        """
        off = Path(self.values - other.values)
        return off.mean, off.mcse

    def caught(self, other: Path) -> FloatArray:
        """Return after how many measurements (T + 1,) the other's mean error is as small as this one's; NaN if never.

        >>> fast, slow = Path(np.array([[4.0, 1.0, 0.5]])), Path(np.array([[4.0, 2.0, 1.0]]))
        >>> fast.caught(slow)
        array([ 0.,  2., nan])
        """
        below = other.mean[None, :] <= self.mean[:, None] + 1e-12
        return np.where(below.any(1), below.argmax(1), np.nan).astype(float)


@dataclass(frozen=True, eq=False)
class Race:
    """What strategies reach in the same worlds: errors and bits, by strategy."""

    error: dict[str, Path]
    bits: dict[str, Path]


def race(field: Field, seeds: Sequence[int] = range(WORLDS), steps: int = MOST) -> Race:
    """Return what every strategy of a field reaches in the worlds of some seeds.

    >>> from bayes_core.evaluation.active.fields import FIELDS
    >>> told = race(FIELDS["gap"], range(4), 2)
    >>> list(told.error), told.bits["random"].mean.shape
    (['information', 'variance', 'remaining', 'random'], (3,))
    """
    worlds = invent(field, seeds)
    runs = {name: explore(worlds, name, steps) for name in strategies_for(field.task)}
    return Race(
        {name: Path(run.error) for name, run in runs.items()}, {name: Path(run.bits) for name, run in runs.items()}
    )
