r"""What is read off draws - mean, median, a quantile, an sd, a tail - and how far chance moves each of them.

Draws are :math:`y_s = Q(\Phi(z_s))` with z a stationary Gaussian chain of correlation rho from one draw to the next, so
every error is known and nothing is simulated. An estimate moves like the mean of its influence function
:math:`\psi`; with :math:`c_j` the coefficients of psi in Hermite polynomials,

.. math:: \mathrm{var} \approx \frac1S \Bigl(\sum_j c_j^2 + \sum_j c_j^2 \frac{2\rho^j}{1 - \rho^j}\Bigr).

Sources: van der Vaart (1998), Asymptotic Statistics, chapters 20 and 21 (influence functions); Geyer (1992), Practical
Markov chain Monte Carlo (variance of a mean of a chain); the covariance of functions of a Gaussian pair is Mehler's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.futures import Futures

_REACH, _NODES = 7.0, 1001  # of z: both tails beyond hold 3e-12
_TERMS = 160
MOST_CORRELATED = 0.95
"""Beyond it, the terms that are kept would no longer do."""


@dataclass(frozen=True, eq=False)
class Spread:
    """A distribution on nodes of z (N,): its values, their probabilities, exact mean and sd, and its density at y."""

    z: FloatArray
    weight: FloatArray
    values: FloatArray
    mean: float
    sd: float

    def at(self, probability: float) -> float:
        """Return a quantile."""
        from scipy.special import ndtri  # noqa: PLC0415 (a third of a second to import)

        return float(np.interp(float(ndtri(probability)), self.z, self.values))

    def density(self, y: FloatArray) -> FloatArray:
        """Return the density at values y, from the slope of z over y."""
        slope = np.gradient(self.z, self.values)
        bell = np.exp(-0.5 * self.z**2) / np.sqrt(2 * np.pi)
        return np.asarray(np.interp(y, self.values, bell * slope, left=0.0, right=0.0))


def spread_of(futures: Futures) -> Spread:
    """Return futures on nodes of z.

    >>> from bayes_core.evaluation.futures import Mixture
    >>> told = spread_of(Mixture.of(3.0, 2.0))
    >>> round(told.mean, 6), round(told.sd, 6), round(float(told.density(np.array(3.0))), 4)
    (3.0, 2.0, 0.1995)
    """
    from scipy.special import ndtr  # noqa: PLC0415

    z = np.linspace(-_REACH, _REACH, _NODES)
    weight = np.exp(-0.5 * z**2)
    weight /= weight.sum()
    values = np.asarray(futures.quantile(ndtr(z)), float).reshape(-1)
    mean = float(weight @ values)
    return Spread(z, weight, values, mean, float(np.sqrt(weight @ (values - mean) ** 2)))


@dataclass(frozen=True)
class Quantity:
    """Something read off draws: its exact value, its influence function (N,) on the nodes, and its estimate.

    `estimate(draws)` reads it off draws along the last axis; `tail` is the probability that it is about, 0 for none.
    """

    exact: Callable[[Spread], float]
    influence: Callable[[Spread], FloatArray]
    estimate: Callable[[FloatArray, Spread], FloatArray]
    tail: float = 0.0

    def error(self, spread: Spread, correlation: float) -> float:
        """Return the standard error of one draw's worth, so that S draws have this over the square root of S.

        Raises ValueError for a correlation outside 0 to 0.95.

        >>> from bayes_core.evaluation.futures import Mixture
        >>> bell = spread_of(Mixture.of(0.0, 2.0))
        >>> round(QUANTITIES["mean"].error(bell, 0.0), 4), round(QUANTITIES["mean"].error(bell, 0.8), 4)  # x 3
        (2.0, 6.0)
        """
        if not 0 <= correlation <= MOST_CORRELATED:
            raise ValueError(f"a correlation of {correlation:g} is outside 0 to {MOST_CORRELATED}: give one between")
        square, along = _moved(self, spread)
        power = correlation ** np.arange(1, len(along) + 1)
        return float(np.sqrt(square + (along**2 * 2 * power / (1 - power)).sum()))


@lru_cache(maxsize=128)  # no correlation changes it
def _moved(quantity: Quantity, spread: Spread) -> tuple[float, FloatArray]:
    """Return the mean square of a quantity's influence, and its Hermite coefficients (J,)."""
    psi = quantity.influence(spread)
    return float(spread.weight @ psi**2), _hermite(spread, psi)


def _hermite(spread: Spread, psi: FloatArray) -> FloatArray:
    """Return the coefficients (J,) of a function of z in normalised Hermite polynomials, from the first on."""
    return np.asarray(_polynomials() @ (spread.weight * psi))


@cache
def _polynomials() -> FloatArray:
    """Return the normalised Hermite polynomials 1 to J on the nodes, (J, N)."""
    z = np.linspace(-_REACH, _REACH, _NODES)
    rows = [np.ones_like(z), z]
    for j in range(1, _TERMS):
        rows.append((z * rows[-1] - np.sqrt(j) * rows[-2]) / np.sqrt(j + 1))
    return np.array(rows[1:])


def _quantile(probability: float) -> Quantity:
    def influence(spread: Spread) -> FloatArray:
        at = spread.at(probability)
        below = (spread.values <= at).astype(float)
        return (probability - below) / float(spread.density(np.array(at)))

    return Quantity(
        exact=lambda spread: spread.at(probability),
        influence=influence,
        estimate=lambda draws, _: np.quantile(draws, probability, axis=-1, method="median_unbiased"),
    )


def _sd(spread: Spread) -> FloatArray:
    value: FloatArray = ((spread.values - spread.mean) ** 2 - spread.sd**2) / (2 * spread.sd)
    return value


def _tail(share: float) -> Quantity:
    return Quantity(
        exact=lambda _: share,
        influence=lambda spread: (spread.values > spread.at(1 - share)).astype(float) - share,
        estimate=lambda draws, spread: (draws > spread.at(1 - share)).mean(-1),
        tail=share,
    )


QUANTITIES: Mapping[str, Quantity] = {
    "mean": Quantity(
        exact=lambda spread: spread.mean,
        influence=lambda spread: spread.values - spread.mean,
        estimate=lambda draws, _: draws.mean(-1),
    ),
    "median": _quantile(0.5),
    "upper": _quantile(0.95),
    "sd": Quantity(
        exact=lambda spread: spread.sd,
        influence=_sd,
        estimate=lambda draws, _: draws.std(-1, ddof=1),
    ),
    "rare": _tail(0.01),
}
"""By name: mean, median, the 95 % quantile, the sd, and the probability of what one in a hundred exceeds."""
