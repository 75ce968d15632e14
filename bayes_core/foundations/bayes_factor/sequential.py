"""Evidence as it comes in: the Bayes factor after every toss, or value, is the one of all of them so far."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray, floats
from bayes_core.foundations.bayes_factor import mean, proportion
from bayes_core.foundations.bayes_factor.hypotheses import Compared, Hypotheses, proper

_PATH = 60


def along_tosses(
    tosses: ArrayLike, at: FloatArray, hypotheses: Hypotheses, worth: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Return log BF10 (V, P) after so many tosses `at` (P,), and the heads (P,) that were seen by then.

    Every toss multiplies the Bayes factor by the ratio of what either predicted of it; the product is that of the count
    as a whole, whatever the order.

    >>> path, heads = along_tosses([1, 1, 0], np.arange(4.0), Hypotheses(0.5, 0.0), 2.0)
    >>> np.exp(path).round(4).tolist(), heads.tolist()
    ([[1.0, 1.0, 1.3333, 0.6667]], [0.0, 1.0, 2.0, 2.0])
    """
    record = floats(tosses, "the tosses", 1)
    heads = np.concatenate([[0.0], np.cumsum(record)])[at.astype(int)]
    count = proportion.Count(heads, at)
    both = zip(*np.broadcast_arrays(proper(worth, "the prior's worth"), hypotheses.margin), strict=True)
    rows = [proportion.compare(count, hypotheses.at(margin), one).log_bf10 for one, margin in both]
    return np.stack(rows), heads


def along_values(
    values: ArrayLike, against: float, at: FloatArray, hypotheses: Hypotheses, width: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Return log BF10 (V, P) after so many values `at` (P,), and the t statistics (P,) that they had by then.

    Fewer than two values, or several that are all the same, have no t: the Bayes factor of one value is 1, whatever it
    was; where the noise has not shown yet, both are NaN.

    >>> path, t = along_values([1.2, 2.4, 1.3], 0.0, np.arange(4.0), Hypotheses(0.0, 0.0), 0.5**0.5)
    >>> np.exp(path).round(3).tolist(), t.round(3).tolist()
    ([[1.0, 1.0, 1.299, 2.522]], [0.0, 0.0, 3.0, 4.249])
    """
    y = floats(values, "the values", 1)
    widths = proper(width, "the prior's width")
    path = np.zeros((max(len(widths), len(hypotheses.margin)), len(at)))
    t = np.zeros(len(at))
    for k, n in enumerate(at.astype(int)):
        if n < 2:
            continue
        try:
            seen = mean.Effect.of(y[:n], against)
        except ValueError:
            path[:, k], t[k] = np.nan, np.nan
            continue
        path[:, k], t[k] = mean.compare(seen, hypotheses, widths).log_bf10, seen.t[0]
    return path, t


def after_values(
    values: ArrayLike, against: float, at: FloatArray, hypotheses: Hypotheses, width: ArrayLike
) -> tuple[Compared, FloatArray, FloatArray]:
    """Return what either hypothesis is worth after so many values `at` (V,), or at (1,) of them; with t and p.

    Of fewer than two values, or of several that are all the same, both say the same, and p is 1.
    """
    y, found = floats(values, "the values", 1), []
    for n in at.astype(int):
        try:
            seen = mean.Effect.of(y[:n], against)
        except ValueError:
            found.append((_nothing(hypotheses, proper(width, "the prior's width")), 0.0, 1.0))
            continue
        told = mean.compare(seen, hypotheses, width)
        found.append((told, float(seen.t[0]), float(mean.p_value(seen, hypotheses.side)[0])))
    parts = [one for one, *_ in found]
    names = ("null", "other", "prior", "posterior", "heights", "most")
    together = Compared(*(np.concatenate([getattr(one, name) for one in parts]) for name in names))
    return together, np.array([t for _, t, _ in found]), np.array([p for *_, p in found])


def _nothing(hypotheses: Hypotheses, widths: FloatArray) -> Compared:
    """Return what is known before there is a t: posterior and prior are one."""
    prior = mean.compare(mean.Effect(np.zeros(1), 1.0, 1e-12), hypotheses, widths)
    zero, before = np.zeros_like(prior.null), prior.heights[:, :1]
    return Compared(zero, zero, prior.prior, prior.prior, np.repeat(before, 2, 1), zero)


def places(n: int, most: int = _PATH) -> FloatArray:
    """Return numbers of observations from none to n at which a path is worth drawing.

    >>> places(5).tolist(), len(places(100_000)) <= 61
    ([0.0, 1.0, 2.0, 3.0, 4.0, 5.0], True)
    """
    if n <= most:
        return np.arange(n + 1.0)
    return np.unique(np.concatenate([np.arange(11.0), np.round(np.linspace(10, n, most - 10))]))
