r"""The Bayes factor of a proportion: how well two hypotheses about a share predicted a count.

.. math:: BF_{01} = \frac{p(k \mid H_0)}{p(k \mid H_1)}, \qquad
    p(k \mid H) = \int \binom nk \theta^k (1 - \theta)^{n - k} \, p(\theta \mid H) \, d\theta

Under H1 the share has a Beta prior around the value that is tested, cut to where H1 says it is; so has an interval H0.
Source: Jeffreys (1961), Theory of Probability, 5.1; Klugkist and Hoijtink (2007) for intervals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, xlog1py, xlogy

from bayes_core.checks import FloatArray
from bayes_core.foundations.bayes_factor.areas import log_inside
from bayes_core.foundations.bayes_factor.hypotheses import Compared, Hypotheses, proper
from bayes_core.foundations.conjugate.beta import Beta

MOST = 10**7
"""Tosses of one record."""


@dataclass(frozen=True, eq=False)
class Count:
    """How many of n came out one way, (V,) or one number each.

    >>> Count(115, 200).share.round(3)
    array([0.575])
    """

    heads: FloatArray
    n: FloatArray

    def __post_init__(self) -> None:
        """Check that heads are whole numbers among n."""
        heads, n = np.broadcast_arrays(*(np.atleast_1d(np.asarray(part, float)) for part in (self.heads, self.n)))
        if not (np.isfinite(heads) & np.isfinite(n) & (heads == np.floor(heads)) & (n == np.floor(n))).all():
            raise ValueError("heads and tosses must be whole numbers")
        if (heads < 0).any() or (heads > n).any() or (n > MOST).any():
            raise ValueError(f"{heads.min():g} to {heads.max():g} heads in {n.max():g} tosses: give 0 to n heads")
        object.__setattr__(self, "heads", heads)
        object.__setattr__(self, "n", n)

    @property
    def share(self) -> FloatArray:
        """Return the share of heads, a half where there were no tosses."""
        return np.where(self.n > 0, self.heads / np.maximum(self.n, 1), 0.5)


def prior_around(value: float, worth: ArrayLike) -> Beta:
    """Return the Beta around a value that is worth so many tosses. Raises ValueError for an improper one."""
    if not 0 < value < 1:
        raise ValueError(f"the tested share is {value:g}: it must lie between 0 and 1")
    return Beta.around(value, proper(worth, "the prior's worth"))


def compare(count: Count, hypotheses: Hypotheses, worth: ArrayLike) -> Compared:
    """Return what a count says of two hypotheses; the prior around the value is worth so many tosses, (V,).

    >>> one = compare(Count(9, 10), Hypotheses(0.5, 0.0), 2.0)
    >>> float((1 / one.bf01[0]).round(7)), float(compare(Count(115, 200), Hypotheses(0.5, 0.0), 2.0).bf01[0].round(7))
    (9.3090909, 1.1971343)
    """
    told = _told(count, hypotheses, worth)
    best = log_binomial(count, np.clip(count.share, 0, 1)) - log_binomial(count, hypotheses.value)
    at = np.array([hypotheses.value])
    heights = [np.exp(some.log_density(at)[..., 0]) for some in (told.prior, told.after)]
    size, (before, after) = told.null.shape, told.shares
    return Compared(
        told.null,
        told.other,
        _beside(size, *map(np.exp, before)),
        _beside(size, *map(np.exp, after)),
        _beside(size, *heights),
        np.broadcast_to(_most(count, hypotheses, best), size),
    )


class _Told(NamedTuple):
    """The log probabilities that H0 and H1 gave to a count, the whole prior before and after, and the log shares of
    both in H0 and in H1.
    """

    null: FloatArray
    other: FloatArray
    prior: Beta
    after: Beta
    shares: tuple[tuple[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]


def _told(count: Count, hypotheses: Hypotheses, worth: ArrayLike) -> _Told:
    prior = prior_around(hypotheses.value, worth)
    after = Beta(prior.a + count.heads, prior.b + count.n - count.heads)
    whole, pieces = _log_beta_binomial(prior, count), hypotheses.outside(0.0, 1.0)
    if not np.any([piece.high > piece.low for piece in pieces], axis=0).all():
        raise ValueError(f"a margin of {hypotheses.margin.max():g} leaves H1 no share to be: give a narrower one")
    before_in, after_in = (log_inside(some, hypotheses.inside) for some in (prior, after))
    before_out, after_out = (np.logaddexp.reduce([log_inside(some, one) for one in pieces]) for some in (prior, after))
    with np.errstate(invalid="ignore"):  # of a point no share is left
        null = np.where(hypotheses.point, log_binomial(count, hypotheses.value), whole + after_in - before_in)
    null, other = np.broadcast_arrays(null, whole + after_out - before_out)
    return _Told(null, other, prior, after, ((before_in, before_out), (after_in, after_out)))


def _most(count: Count, hypotheses: Hypotheses, best: FloatArray) -> FloatArray:
    """Return the largest log Bayes factor of any prior on H1's side."""
    if hypotheses.side == "both":
        return best
    away = count.share < hypotheses.value if hypotheses.side == "above" else count.share > hypotheses.value
    return np.where(away, 0.0, best)


def predicted(n: int, at: FloatArray, hypotheses: Hypotheses, worth: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return the log probabilities (V, K) that H0 and H1 gave to counts `at` (K,) of n, before any was seen.

    >>> h0, h1 = predicted(2, np.arange(3.0), Hypotheses(0.5, 0.0), 2.0)
    >>> np.exp(h0).round(4).tolist(), np.exp(h1).round(4).tolist()
    ([[0.25, 0.5, 0.25]], [[0.3333, 0.3333, 0.3333]])
    """
    worths = proper(worth, "the prior's worth")
    margins = hypotheses.margin
    if len(margins) > 1:
        margins = margins[:, None]
    told = _told(Count(at, np.asarray(n)), hypotheses.at(margins), worths[:, None])
    return told.null, told.other


def p_value(count: Count, value: float, side: str = "both") -> FloatArray:
    """Return the exact p-value (V,) of a count against a share; two-sided: all counts that are no more probable.

    >>> p_value(Count([9, 115], [10, 200]), 0.5).round(4).tolist()
    [0.0215, 0.04]
    """
    from scipy.special import bdtr, bdtrc  # noqa: PLC0415

    heads, n = count.heads, count.n.astype(np.intp)
    at_least = np.where(heads > 0, bdtrc(np.maximum(heads - 1, 0), n, value), 1.0)
    at_most: FloatArray = bdtr(heads, n, value)
    if side != "both":
        return np.asarray(at_least if side == "above" else at_most)
    found = np.ones(len(heads))
    for size in np.unique(n):
        here = n == size
        every = log_binomial(Count(np.arange(size + 1.0), np.asarray(size)), value)
        ranked = np.sort(every)
        total = np.concatenate([[0.0], np.cumsum(np.exp(ranked))])
        at = every[heads[here].astype(int)] + 1e-7  # counts that are as probable, up to rounding, count as well
        found[here] = np.minimum(total[np.searchsorted(ranked, at, side="right")], 1.0)
    return found


def log_binomial(count: Count, value: ArrayLike) -> FloatArray:
    """Return the log probability of counts where every toss falls on heads with one and the same chance."""
    p = np.asarray(value, float)
    found: FloatArray = _log_ways(count) + xlogy(count.heads, p) + xlog1py(count.n - count.heads, -p)
    return found


def _log_ways(count: Count) -> FloatArray:
    found: FloatArray = gammaln(count.n + 1) - gammaln(count.heads + 1) - gammaln(count.n - count.heads + 1)
    return found


def _log_beta_binomial(prior: Beta, count: Count) -> FloatArray:
    """Return the log probability of a count under a whole Beta prior."""
    from scipy.special import betaln  # noqa: PLC0415

    found: FloatArray = (
        _log_ways(count) + betaln(prior.a + count.heads, prior.b + count.n - count.heads) - betaln(prior.a, prior.b)
    )
    return found


def _beside(size: tuple[int, ...], *columns: FloatArray) -> FloatArray:
    return np.stack([np.broadcast_to(column, size) for column in columns], -1)
