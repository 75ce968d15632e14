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


def window_means(trace: FloatArray, windows: int) -> FloatArray:
    """Return the means (W,) of W stretches of a trace (T,); the first T mod W are one longer than the others.

    Raises ValueError for more windows than entries.

    >>> window_means(np.array([1.0, 2.0, 6.0, 10.0, 20.0]), 2)
    array([ 3., 15.])
    """
    windows = count(windows, "the number of windows", 1, len(trace))
    return np.array([part.mean() for part in np.array_split(trace, windows)])
