r"""Rates that are known only from studies, and what they leave of a predictive value: by quadrature, without draws.

The log odds of the PPV are a sum of independent parts, each rate's own:

.. math:: \operatorname{logit} \text{PPV} = \operatorname{logit} p + \log s - \log f

(prevalence p, sensitivity s, false alarm rate f). Each rate is Beta(c + yes, c + no) after a study of n people, c being
its prior's imagined cases of either kind. The first part's distribution function is the incomplete beta function; over
the other two it is averaged at normal scores, where the trapezoid rule converges faster than any power of its step.
Probabilities are right to 5e-5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray, floats

RATE_PRIORS = {"jeffreys": 0.5, "uniform": 1.0, "none": 0.0}
"""How many imagined cases of either kind a prior of a rate adds: Beta(c, c). None is the limit c -> 0, the data alone.

Source: Brown, Cai, DasGupta (2001), Interval estimation for a binomial proportion, on why Jeffreys' is the usual one.
"""
_SCORES = np.linspace(-6, 6, 49)  # normal scores, 0.25 apart
_BLOCKS = 160  # of log(s / f), each a twentieth of a normal score wide
_ROUND = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)


@dataclass(frozen=True, eq=False)
class StudiedPpv:
    """The posterior of V predictive values: the prevalence is Beta(a, b) (V,), log(s / f) has nodes and weights (V, K).

    >>> ppv = StudiedPpv.of(0.01, 0.8, 0.904, [200, 100_000], prior=0.5)
    >>> ppv.quantile(0.05).round(3), ppv.quantile(0.95).round(3)
    (array([0.022, 0.074]), array([0.201, 0.082]))
    """

    a: FloatArray
    b: FloatArray
    node: FloatArray
    weight: FloatArray

    @classmethod
    def of(
        cls,
        prevalence: ArrayLike,
        sensitivity: ArrayLike,
        specificity: ArrayLike,
        studied: ArrayLike,
        prior: float = RATE_PRIORS["jeffreys"],
    ) -> StudiedPpv:
        """Learn each rate from a study of its own, of `studied` people; all are numbers or (V,).

        Raises ValueError for a negative number of people or of imagined cases, or a rate outside 0 to 1.
        """
        parts = (prevalence, sensitivity, specificity, studied)
        p, sens, spec, size = np.broadcast_arrays(*(np.atleast_1d(floats(part, "a rate of a study")) for part in parts))
        if (size < 0).any():
            raise ValueError(f"{size.min():g} people were studied: give 0 or more")
        if prior < 0:
            raise ValueError(f"the prior imagines {prior:g} cases: give 0 or more")
        for rate in (p, sens, spec):
            if ((rate < 0) | (rate > 1)).any():
                raise ValueError(f"the rate is {rate[(rate < 0) | (rate > 1)][0]}: a probability lies between 0 and 1")
        hit = _log_quantiles(prior + sens * size, prior + (1 - sens) * size)
        alarm = _log_quantiles(prior + (1 - spec) * size, prior + spec * size)
        with np.errstate(invalid="ignore"):
            ratio = (hit[:, :, None] - alarm[:, None, :]).reshape(len(hit), -1)
        mass = np.exp(-0.5 * (_SCORES[:, None] ** 2 + _SCORES**2)).ravel()
        return cls(prior + p * size, prior + (1 - p) * size, *_blocks(ratio, mass / mass.sum()))

    def cdf(self, at: ArrayLike) -> FloatArray:
        """Return P(PPV <= at) (V, G) at (G,), or (V, G) if each has its own."""
        from scipy.special import betainc, expit, logit  # noqa: PLC0415

        with np.errstate(divide="ignore", invalid="ignore"):
            place = logit(np.asarray(at, float))[..., None] - self.node[:, None]
            below = betainc(self.a[:, None, None], self.b[:, None, None], expit(place))
        sure = np.where(self.a == 0, 1.0, 0.0)[:, None, None]  # nobody was ill, and no prior doubts it
        below = np.where(np.isnan(below), np.where(np.isnan(place), np.nan, sure), below)
        value: FloatArray = np.einsum("vgk,vk->vg", below, self.weight)
        return value

    def density(self, at: ArrayLike) -> FloatArray:
        """Return the density (V, G) at (G,), or (V, G) if each has its own; it may be infinite at 0 and 1."""
        t = np.asarray(at, float)
        with np.errstate(divide="ignore", invalid="ignore"):
            value: FloatArray = self._slope(np.log(t) - np.log1p(-t)) / (t * (1 - t))
        return np.where((t <= 0) | (t >= 1), np.nan, value)

    def _slope(self, log_odds: FloatArray) -> FloatArray:
        """Return the density (V, G) of the log odds."""
        from scipy.special import betaln, log_expit  # noqa: PLC0415

        with np.errstate(invalid="ignore"):
            place = np.asarray(log_odds)[..., None] - self.node[:, None]
            a, b = self.a[:, None, None], self.b[:, None, None]
            height = np.exp(a * log_expit(place) + b * log_expit(-place) - betaln(a, b))
        value: FloatArray = np.einsum("vgk,vk->vg", np.where(np.isnan(height), 0.0, height), self.weight)
        return value

    def quantile(self, probability: float) -> FloatArray:
        """Return the PPV (V,) that holds a probability below it; NaN where nobody can test positive.

        By Newton's rule on the distribution function of the log odds, kept in a bracket, from a weighted sum of nodes.
        """
        from scipy.special import expit  # noqa: PLC0415

        place = self._first(probability)
        low, high = np.full_like(place, -745.0), np.full_like(place, 745.0)
        inside = np.abs(place) < high
        for _ in range(40):
            at = np.where(inside, place, 0.0)
            gap = self.cdf(expit(at)[:, None])[:, 0] - probability
            low, high = np.where(gap < 0, at, low), np.where(gap < 0, high, at)
            step = gap / np.maximum(self._slope(at[:, None])[:, 0], 1e-300)
            newton = at - step
            near = np.where((newton >= low) & (newton <= high), newton, 0.5 * (low + high))
            if (np.abs(gap[inside]) < 1e-10).all():
                break
            place = np.where(inside, near, place)
        value: FloatArray = expit(place)
        return value

    def _first(self, probability: float) -> FloatArray:
        """Return roughly the log odds (V,) of a quantile."""
        log_p = _log_quantiles(self.a, self.b)[:, ::2]
        with np.errstate(divide="ignore", invalid="ignore"):
            odds = log_p - np.log(-np.expm1(log_p))
            sums = (odds[:, :, None] + self.node[:, None]).reshape(len(odds), -1)
        mass = (np.exp(-0.5 * _SCORES[::2] ** 2)[:, None] * self.weight[:, None]).reshape(len(odds), -1)
        order = np.argsort(sums, axis=1)
        below = np.cumsum(np.take_along_axis(mass, order, 1), axis=1)
        found = np.argmax(below >= probability * below[:, -1:], axis=1)
        value: FloatArray = np.take_along_axis(sums, np.take_along_axis(order, found[:, None], 1), 1)[:, 0]
        return value


def _log_quantiles(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return log quantiles (V, Z) of Beta(a, b) (V,) at the normal scores; a = 0 is certain of 0, b = 0 of 1."""
    from scipy.special import betaincinv, betaln, log_ndtr, ndtr  # noqa: PLC0415 (slow to import)

    yes, no = (np.where((a == 0) | (b == 0), 1.0, part)[:, None] for part in (a, b))
    found = betaincinv(yes, no, ndtr(_SCORES))
    with np.errstate(divide="ignore"):
        # below the smallest number that there is, the incomplete beta function is a power
        deep = (log_ndtr(_SCORES) + np.log(yes) + betaln(yes, no)) / yes
        logs = np.where(found > 1e-290, np.log(found), deep)
    logs = np.where((a == 0)[:, None], -np.inf, logs)
    value: FloatArray = np.where(((b == 0) & (a > 0))[:, None], 0.0, logs)
    return value


def _blocks(values: FloatArray, mass: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return values (V, N) of these masses (N,) as blocks of neighbours: their means and masses (V, K)."""
    from scipy.special import ndtri  # noqa: PLC0415

    order = np.argsort(values, axis=1)
    ranked, share = np.take_along_axis(values, order, 1), mass[order]
    middle = np.clip(np.cumsum(share, axis=1) - 0.5 * share, 1e-15, 1 - 1e-15)
    block = np.clip(((ndtri(middle) + 4) / 8 * _BLOCKS).astype(int), 0, _BLOCKS - 1)
    at = (block + _BLOCKS * np.arange(len(values))[:, None]).ravel()
    size = len(values) * _BLOCKS
    heap: FloatArray = np.bincount(at, share.ravel(), size).astype(float)
    with np.errstate(invalid="ignore"):
        mean = np.bincount(at, (share * ranked).ravel(), size) / np.where(heap > 0, heap, 1)
    shape = (len(values), _BLOCKS)
    return np.where(heap > 0, mean, 0.0).reshape(shape), heap.reshape(shape)


def ppv_reach(likely: float, times: float = 3.0) -> float:
    """Return a round PPV up to which a picture is worth drawing: `times` what it `likely` stays below, at most 1.

    >>> ppv_reach(0.095)
    0.5
    """
    return next((end for end in _ROUND if end >= times * likely), 1.0)
