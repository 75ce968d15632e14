"""Estimates as draws come in: streams of draws with and without memory, read after 10, 12, ... of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.monte_carlo.quantities import Quantity, Spread


def draws_of(spread: Spread, normal: FloatArray, correlation: float) -> FloatArray:
    r"""Return draws (R, S) of a chain :math:`z_s = \rho z_{s-1} + \sqrt{1 - \rho^2} e_s` from its noise e (R, S).

    The same noise serves every correlation, so that a handle reshapes the same streams.
    """
    from scipy.signal import lfilter  # noqa: PLC0415

    shocks = normal * np.sqrt(1 - correlation**2)
    shocks[:, 0] = normal[:, 0]  # it starts where it will stay: no warm-up
    z = lfilter([1.0], [1.0, -correlation], shocks, axis=-1)
    return np.asarray(np.interp(z, spread.z, spread.values))


@dataclass(frozen=True, eq=False)
class Running:
    """An estimate by R streams after each of T numbers of draws, and how far chance moves it.

    `estimates` (R, T), `counts` (T,), `error` (T,) the standard error, `exact` the value, and `effective` the number of
    independent draws that one draw of the chain is worth.
    """

    counts: FloatArray
    estimates: FloatArray
    error: FloatArray
    exact: float
    effective: float


def running(
    spread: Spread, quantity: Quantity, counts: FloatArray, normal: FloatArray, correlation: float = 0.0
) -> Running:
    """Return a quantity's estimates as draws come in: after counts (T,) of the streams (R, S) that `normal` makes.

    >>> from bayes_core.evaluation.futures import Mixture
    >>> from bayes_core.evaluation.monte_carlo import QUANTITIES, spread_of
    >>> noise = np.random.default_rng(1).standard_normal((3, 400))
    >>> told = running(spread_of(Mixture.of(5.0, 2.0)), QUANTITIES["mean"], np.array([100.0, 400.0]), noise)
    >>> told.estimates.shape, told.error.round(3).tolist(), round(told.effective, 6)
    ((3, 2), [0.2, 0.1], 1.0)
    """
    return read(spread, quantity, counts, draws_of(spread, normal, correlation), correlation)


def read(spread: Spread, quantity: Quantity, counts: FloatArray, draws: FloatArray, correlation: float) -> Running:
    """Return the same of draws (R, S) of that correlation, which serve every quantity."""
    seen = np.stack([quantity.estimate(draws[:, : int(count)], spread) for count in counts], axis=1)
    one, alone = quantity.error(spread, correlation), quantity.error(spread, 0.0)
    return Running(counts, seen, one / np.sqrt(counts), quantity.exact(spread), (alone / one) ** 2)
