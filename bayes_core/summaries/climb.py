"""The climb of a variational fit: its ELBO and the two parts of it, step by step, in few enough points to draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray, count
from bayes_core.types import Fit


@dataclass(frozen=True, eq=False)
class Climb:
    """Means over W windows of steps, in nats, (W,) each; elbo = likelihood - kl, whatever KL weighed in the search."""

    elbo: FloatArray
    likelihood: FloatArray
    kl: FloatArray


def climb(answer: Fit, windows: int = 60) -> Climb | None:
    r"""Return ELBO, expected log likelihood and KL(q || prior) of a fit, averaged in windows of its steps.

    .. math:: \mathrm{ELBO} = \mathbb E_q[\log p(y \mid \theta)] - \mathrm{KL}(q \,\|\, p)

    A single step's ELBO is a rough estimate. Windows have equal lengths, or differ by one step. Returns None for a fit
    that was not found by climbing an ELBO.
    """
    elbo, kl = answer.diagnostics.elbo, answer.diagnostics.kl
    if elbo is None or kl is None:
        return None
    return Climb(window_means(elbo, windows), window_means(elbo + kl, windows), window_means(kl, windows))


@dataclass(frozen=True, eq=False)
class Smooth:
    """A trace as its running mean over `window` steps, at some of them (W,); `low` is what all but its start needs."""

    steps: FloatArray
    values: FloatArray
    window: int
    low: float


def smooth(trace: FloatArray, window: int = 50, most: int = 400) -> Smooth:
    """Return the running mean of a trace (T,), at no more than about `most` steps.

    The first twentieth lies far below the rest: `low` is the hundredth part of what comes after it.

    >>> smooth(np.array([0.0, 2.0, 4.0, 6.0]), window=2).values
    array([1., 3., 5.])
    """
    window = min(window, len(trace))
    mean = np.convolve(trace, np.full(window, 1 / window), mode="valid")
    every = max(1, len(mean) // most)
    steps = np.arange(window - 1.0, len(trace))[::every]
    return Smooth(steps, mean[::every], window, float(np.quantile(mean[len(mean) // 20 :], 0.01)))


def window_means(trace: FloatArray, windows: int) -> FloatArray:
    """Return the means (W,) of W stretches of a trace (T,); the first T mod W are one longer than the others.

    Raises ValueError for more windows than entries.

    >>> window_means(np.array([1.0, 2.0, 6.0, 10.0, 20.0]), 2)
    array([ 3., 15.])
    """
    windows = count(windows, "the number of windows", 1, len(trace))
    return np.array([part.mean() for part in np.array_split(trace, windows)])
