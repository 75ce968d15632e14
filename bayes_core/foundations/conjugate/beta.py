"""Beta-Binomial: a belief about a probability."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray
from bayes_core.foundations.conjugate.belief import BoolArray, Place, Seen, picked, positive_fields


@dataclass(frozen=True, eq=False)
class Beta:
    """A belief about a probability p: Beta(a, b); heads and tails add to a and b.

    >>> after = Beta(2.0, 2.0).learn(Seen.of([1, 1, 0, 1, 0]))
    >>> float(after.a), float(after.b), float(after.mean.round(4))
    (5.0, 4.0, 0.5556)
    """

    a: FloatArray
    b: FloatArray

    def __post_init__(self) -> None:
        """Check that both are positive."""
        positive_fields(self, a="a, the imagined heads,", b="b, the imagined tails,")

    @classmethod
    def around(cls, mean: ArrayLike, worth: ArrayLike) -> Beta:
        """Return the Beta with this mean that is worth this many observations."""
        centre, size = np.asarray(mean, float), np.asarray(worth, float)
        return cls(centre * size, (1 - centre) * size)

    def at(self, place: Place) -> Beta:
        """Return the belief at one place of many, or at several."""
        return Beta(picked(self.a, place), picked(self.b, place))

    def learn(self, seen: Seen) -> Beta:
        r"""Return Beta(a + heads, b + tails)."""
        if (seen.total < 0).any() or (seen.total > seen.n).any():
            raise ValueError(f"{seen.total} heads in {seen.n} flips: heads must lie between 0 and the number of flips")
        return Beta(self.a + seen.total, self.b + (seen.n - seen.total))

    @property
    def mean(self) -> FloatArray:
        """Return a / (a + b)."""
        return np.asarray(self.a / (self.a + self.b))

    @property
    def sd(self) -> FloatArray:
        """Return sqrt(m (1 - m) / (a + b + 1))."""
        return np.sqrt(self.mean * (self.b / (self.a + self.b)) / (self.a + self.b + 1))

    @property
    def worth(self) -> FloatArray:
        """Return a + b: the flips this belief is worth."""
        return np.asarray(self.a + self.b)

    @property
    def infinite(self) -> tuple[BoolArray, BoolArray]:
        """Return where (...,) the density is infinite at 0 (a < 1) and at 1 (b < 1)."""
        return np.asarray(self.a < 1), np.asarray(self.b < 1)

    @property
    def u_shaped(self) -> BoolArray:
        """Return where (...,) the density is infinite at both ends."""
        low, high = self.infinite
        return np.asarray(low & high)

    @property
    def support(self) -> tuple[float, float]:
        """Return 0 and 1."""
        return 0.0, 1.0

    @property
    def predictive_sd(self) -> FloatArray:
        """Return sqrt(m (1 - m)): the next observation is one flip."""
        return np.sqrt(self.mean * (self.b / (self.a + self.b)))

    def log_density(self, grid: FloatArray) -> FloatArray:
        r"""Return :math:`(a-1)\log p + (b-1)\log(1-p) - \log B(a, b)`."""
        from scipy.special import betaln, xlog1py, xlogy  # noqa: PLC0415

        a, b = self.a[..., None], self.b[..., None]
        value: FloatArray = xlogy(a - 1, grid) + xlog1py(b - 1, -grid) - betaln(a, b)
        return value

    def quantile(self, probability: ArrayLike) -> FloatArray:
        """Invert the incomplete beta function."""
        from scipy.special import betaincinv  # noqa: PLC0415

        value: FloatArray = betaincinv(self.a, self.b, np.asarray(probability, float))
        return value

    def log_evidence(self, seen: Seen) -> FloatArray:
        r"""Return :math:`\log B(a + h, b + t) - \log B(a, b)`: of the sequence, not of the count."""
        from scipy.special import betaln  # noqa: PLC0415

        after = self.learn(seen)
        value: FloatArray = betaln(after.a, after.b) - betaln(self.a, self.b)
        return value

    def log_predictive(self, values: FloatArray) -> FloatArray:
        """Return log P(next flip is 0 or 1) at values of 0 and 1."""
        chance_of_tails = np.asarray(self.b / (self.a + self.b))  # not 1 - mean, which rounds to 0
        value: FloatArray = np.log(np.where(values == 1, self.mean[..., None], chance_of_tails[..., None]))
        return value

    def log_predictive_count(self, heads: FloatArray, flips: int) -> FloatArray:
        r"""Return the beta-binomial :math:`\log P(h \text{ heads in } m \text{ flips})`, shape (..., M)."""
        from scipy.special import betaln, gammaln  # noqa: PLC0415

        a, b = self.a[..., None], self.b[..., None]
        ways = gammaln(flips + 1) - gammaln(heads + 1) - gammaln(flips - heads + 1)
        value: FloatArray = ways + betaln(a + heads, b + flips - heads) - betaln(a, b)
        return value
