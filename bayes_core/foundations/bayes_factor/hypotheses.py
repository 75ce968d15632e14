"""Two hypotheses about one number: it lies at a value, or within a margin of it; or somewhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bayes_core.checks import FloatArray, floats

Side = Literal["both", "above", "below"]
SIDES: tuple[Side, ...] = ("both", "above", "below")
IMPROPER = (
    "a prior that spreads over everything has no area of one, so its height may be multiplied by any number, and the "
    "Bayes factor with it: give a prior that says what it expects"
)
"""Why an improper prior has no Bayes factor."""


class Ends(NamedTuple):
    """The ends of an interval, (V,) each."""

    low: FloatArray
    high: FloatArray


@dataclass(frozen=True, eq=False)
class Hypotheses:
    """H0: the number is within `margin` of `value` (exactly there, where that is 0); H1: it is outside, on a `side`.

    Both share one prior, cut to where each says the number is; of a point nothing is left to cut.

    >>> some = Hypotheses(0.5, [0.0, 0.1], "above")
    >>> some.inside.low.tolist(), some.outside(0.0, 1.0)[0].high.tolist()
    ([0.5, 0.4], [1.0, 1.0])
    """

    value: float
    margin: FloatArray
    side: Side = "both"

    def __post_init__(self) -> None:
        """Check that margins are 0 or more, and the side one that there is."""
        margin = np.atleast_1d(floats(self.margin, "the margin"))
        if (margin < 0).any():
            raise ValueError(f"the margin is {margin.min():g}: it must be 0 or more")
        if self.side not in SIDES:
            raise ValueError(f"side is {self.side!r}: it must be one of {', '.join(SIDES)}")
        object.__setattr__(self, "margin", margin)

    def at(self, margin: ArrayLike) -> Hypotheses:
        """Return the same hypotheses with another margin, or several."""
        return Hypotheses(self.value, np.asarray(margin, float), self.side)

    @property
    def point(self) -> NDArray[np.bool_]:
        """Return where (V,) H0 is a single value."""
        return np.asarray(self.margin == 0)

    @property
    def inside(self) -> Ends:
        """Return where H0 says the number is."""
        return Ends(self.value - self.margin, self.value + self.margin)

    def outside(self, lowest: float, highest: float) -> list[Ends]:
        """Return the pieces where H1 says the number is, of all it can be."""
        within = self.inside
        pieces = []
        if self.side != "above":
            pieces.append(Ends(np.full_like(within.low, lowest), np.maximum(within.low, lowest)))
        if self.side != "below":
            pieces.append(Ends(np.minimum(within.high, highest), np.full_like(within.high, highest)))
        return pieces


@dataclass(frozen=True, eq=False)
class Compared:
    """What data say of H0 and H1, along positions (V,): the log probability that either gave to them.

    `prior` and `posterior` (V, 2) are the shares of the prior, and of the posterior, inside H0 and inside H1; a point
    has a share of none, and there the two densities (V, 2), before and after, take their place: `heights`. `most` is
    the largest log Bayes factor against the value itself that any prior could have had.

    >>> Compared(np.log([0.2]), np.log([0.1]), np.zeros((1, 2)), np.zeros((1, 2)), np.zeros((1, 2)), np.ones(1)).bf01
    array([2.])
    """

    null: FloatArray
    other: FloatArray
    prior: FloatArray
    posterior: FloatArray
    heights: FloatArray
    most: FloatArray

    @property
    def log_bf10(self) -> FloatArray:
        """Return the log Bayes factor of H1 against H0."""
        return self.other - self.null

    @property
    def bf01(self) -> FloatArray:
        """Return how many times as probable the data are under H0."""
        with np.errstate(over="ignore"):
            found: FloatArray = np.exp(-self.log_bf10)
        return found

    @property
    def cut_heights(self) -> FloatArray:
        """Return both densities (V, 2) at the value under H1 alone, cut to its side: their ratio is the Bayes factor.

        NaN where H0 is an interval, of which areas tell, not heights.
        """
        shares = np.stack([self.prior[:, 1], self.posterior[:, 1]], -1)
        point = (self.prior[:, :1] == 0) & (shares > 0)
        return np.where(point, self.heights / np.where(shares > 0, shares, 1.0), np.nan)

    def cut(self, logs: FloatArray, at: FloatArray, hypotheses: Hypotheses, when: int) -> FloatArray:
        """Return log densities (V, G) before (0) or after (1) as H1 has them, where H0 is a point: cut to its side."""
        side = {"both": np.ones(len(at), bool), "above": at >= hypotheses.value, "below": at <= hypotheses.value}
        share = (self.prior, self.posterior)[when][:, 1:]
        point = (self.prior[:, :1] == 0) & (share > 0)
        cut = np.where(side[hypotheses.side], logs - np.log(np.where(share > 0, share, 1.0)), np.nan)
        return np.where(point, cut, logs)

    @property
    def chance(self) -> FloatArray:
        """Return the posterior probability of H0 where it was as probable as H1 before."""
        return 1 / (1 + np.exp(np.clip(self.log_bf10, -700, 700)))

    @property
    def other_chance(self) -> FloatArray:
        """Return the posterior probability of H1, which keeps its digits where H0 is all but sure."""
        return 1 / (1 + np.exp(np.clip(-self.log_bf10, -700, 700)))


def proper(size: ArrayLike, what: str) -> FloatArray:
    """Return the size of a prior (V,). Raises ValueError for one that is improper, with the reason.

    >>> proper(0.0, "the prior's worth")
    Traceback (most recent call last):
    ...
    ValueError: the prior's worth is 0: a prior that spreads over everything has no area of one, so its height may be \
multiplied by any number, and the Bayes factor with it: give a prior that says what it expects
    """
    found = np.atleast_1d(floats(size, what, finite=False))
    if np.isnan(found).any() or (found < 0).any():
        raise ValueError(f"{what} is {found.min():g}: it must be more than 0")
    if (found == 0).any() or np.isinf(found).any():
        raise ValueError(f"{what} is {found[(found == 0) | np.isinf(found)][0]:g}: {IMPROPER}")
    return found
