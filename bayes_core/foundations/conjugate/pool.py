r"""What several people believe, as one belief: the linear opinion pool, and the Beta that comes nearest to it.

Source: Stone (1961), The opinion pool, Annals of Mathematical Statistics 32; Genest & Zidek (1986), Combining
probability distributions: a critique and an annotated bibliography, Statistical Science 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import floats
from bayes_core.foundations.conjugate.beta import Beta


@dataclass(frozen=True, eq=False)
class Pool:
    """An even mixture of Betas: p(x) = 1/J sum_j Beta(x; a_j, b_j)."""

    parts: Beta

    @property
    def mean(self) -> float:
        """Return the mean of the means."""
        return float(self.parts.mean.mean())

    @property
    def variance(self) -> float:
        """Return what everybody is unsure of, on average, plus how far they disagree: E[var] + var[E]."""
        return float((self.parts.sd**2).mean() + self.parts.mean.var())

    @property
    def matched(self) -> Beta:
        r"""Return the Beta with the pool's mean m and variance v: it is worth m (1 - m) / v - 1 observations.

        The pool itself can have several peaks, which one Beta has not.
        """
        mean = self.mean
        return Beta.around(mean, mean * (1 - mean) / self.variance - 1)


def linear_pool(a: ArrayLike, b: ArrayLike) -> Pool:
    r"""Return J people's Betas (J,) pooled: p(x) = 1/J sum_j Beta(x; a_j, b_j).

    It keeps events' probabilities the mean of those that the people gave (Stone 1961). Raises ValueError for nobody.

    >>> pool = linear_pool([2.0, 6.0], [2.0, 2.0])
    >>> pool.mean, round(pool.variance, 6)
    (0.625, 0.051042)
    >>> [round(float(v), 4) for v in (pool.matched.a, pool.matched.b)]
    [2.2449, 1.3469]
    """
    first, second = floats(a, "a", 1), floats(b, "b", 1)
    if not len(first) or len(first) != len(second):
        raise ValueError(f"{len(first)} a and {len(second)} b: each person gives one of both, and one person is needed")
    return Pool(Beta(np.asarray(first), np.asarray(second)))
