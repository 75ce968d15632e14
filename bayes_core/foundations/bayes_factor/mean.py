r"""The Bayes factor of a mean (JZS t test): the effect delta = (mean - value) / sd has a Cauchy prior of some width.

.. math:: BF_{10} = \int \frac{p(t \mid \delta)}{p(t \mid 0)} \, p(\delta \mid H_1) \, d\delta

Nothing has to be known of the noise: both hypotheses share p(sigma) = 1 / sigma, which is improper and cancels.
Source: Rouder, Speckman, Sun, Morey and Iverson (2009); Morey and Rouder (2011) for an interval H0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray, floats
from bayes_core.foundations.bayes_factor.effect import Growth
from bayes_core.foundations.bayes_factor.hypotheses import Compared, Ends, Hypotheses, proper

_AROUND = np.array([-14.0, -9, -6, -4.5, -3, -2, -1, 0, 1, 2, 3, 4.5, 6, 9, 14])
_OF_PRIOR = np.array([-120.0, -30, -8, -3, -1, -0.4, 0, 0.4, 1, 3, 8, 30, 120])
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(8)


@dataclass(frozen=True, eq=False)
class Effect:
    """What values say of their mean: t (V,) with nu degrees of freedom, and how many values it is worth.

    >>> one = Effect.of([1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4])
    >>> float(one.t[0].round(4)), one.nu, one.n
    (4.0621, 9.0, 10.0)
    """

    t: FloatArray
    nu: float
    n: float

    def __post_init__(self) -> None:
        """Check that there is a t, and that it has a degree of freedom."""
        object.__setattr__(self, "t", np.atleast_1d(floats(self.t, "t")))
        if self.nu < 1 or self.n <= 0:
            raise ValueError(f"{self.nu:g} degrees of freedom: a t statistic needs 1 at least, so two values")

    @classmethod
    def of(cls, values: ArrayLike, against: ArrayLike = 0.0) -> Effect:
        """Return the t of values against a mean, or several (V,). Raises ValueError where the values do not vary."""
        y = floats(values, "the values", 1)
        if len(y) < 2:
            raise ValueError(f"{len(y)} values: a t statistic needs two at least")
        sd = float(y.std(ddof=1))
        if not sd > 1e-12 * float(np.abs(y).max()):
            raise ValueError("all values are the same, so there is no spread to measure a mean by")
        return cls((y.mean() - np.atleast_1d(against)) / (sd / np.sqrt(len(y))), len(y) - 1.0, float(len(y)))

    @classmethod
    def of_groups(cls, t: ArrayLike, first: int, second: int) -> Effect:
        """Return the t of two groups' difference: worth n1 n2 / (n1 + n2) values, with n1 + n2 - 2 freedoms.

        >>> float((1 / compare(Effect.of_groups(3.5, 20, 20), Hypotheses(0.0, 0.0), 0.5**0.5).bf01[0]).round(2))
        26.74
        """
        if min(first, second) < 1:
            raise ValueError(f"groups of {first} and {second}: each needs one value at least")
        return cls(np.asarray(t), first + second - 2.0, first * second / (first + second))

    @property
    def reach(self) -> tuple[float, float]:
        """Return the highest size of an effect's peak, and how wide its likelihood is there."""
        size = float(np.abs(self.t).max())
        return size / np.sqrt(self.n), float(np.sqrt((1 + size**2 / self.nu) / self.n))

    def growth(self) -> Growth:
        """Return the part of the likelihood that is an integral, as far as it is asked for."""
        peak, width = self.reach
        size = float(np.abs(self.t).max())
        return Growth.of(self.nu, float(np.sqrt(self.n)) * (peak + 14 * width) * size / np.sqrt(size**2 + self.nu) + 1)

    def log_ratio(self, delta: FloatArray, growth: Growth | None = None) -> FloatArray:
        """Return log p(t | delta) / p(t | 0) at effects (V, G) or (G,)."""
        told = growth or self.growth()
        pull = (np.sqrt(self.n) * self.t / np.sqrt(self.t**2 + self.nu))[:, None]
        found: FloatArray = told.at(pull * delta) - self.n * delta**2 / 2
        return found


def compare(effect: Effect, hypotheses: Hypotheses, width: ArrayLike, growth: Growth | None = None) -> Compared:
    """Return what a t statistic says of two hypotheses about the effect; the Cauchy prior's width is (V,).

    Where the same t statistics are asked about again, their `growth` need not be worked out again.

    >>> sleep = Effect.of([1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4])
    >>> float((1 / compare(sleep, Hypotheses(0.0, 0.0), 0.5**0.5).bf01[0]).round(3))
    17.259
    """
    widths = proper(width, "the prior's width")
    size = max(len(effect.t), len(widths), len(hypotheses.margin))
    t, widths, margin = (np.broadcast_to(part, size) for part in (effect.t, widths, hypotheses.margin))
    seen = Effect(t, effect.nu, effect.n)
    growth = growth or seen.growth()
    several = hypotheses.at(margin)
    inner = _inside(seen, growth, widths, several.inside) if margin.any() else _of_a_point(size)
    outer = [_inside(seen, growth, widths, piece) for piece in several.outside(-np.inf, np.inf)]
    log_out, share_out = np.logaddexp.reduce([one for one, _ in outer]), np.sum([one for _, one in outer], 0)
    whole = np.logaddexp(inner[0], log_out) if several.side == "both" else _whole(seen, growth, widths)
    with np.errstate(divide="ignore", invalid="ignore"):
        null = np.where(several.point, 0.0, inner[0] - np.log(inner[1]))
        other = log_out - np.log(share_out)
    central = _log_central(seen)
    before = 1 / (np.pi * widths * (1 + (hypotheses.value / widths) ** 2))
    return Compared(
        null + central,
        other + central,
        np.stack([inner[1], share_out], -1),
        np.exp(np.stack([inner[0], log_out], -1) - whole[:, None]),
        np.stack([before, before * np.exp(-whole)], -1),
        _most(seen, growth, several.side),
    )


def density(effect: Effect, width: ArrayLike, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the log density of an effect before and after, (V, G) at effects (G,), under the whole prior."""
    widths = proper(width, "the prior's width")
    size = max(len(effect.t), len(widths))
    seen, widths = Effect(np.broadcast_to(effect.t, size), effect.nu, effect.n), np.broadcast_to(widths, size)
    growth = seen.growth()
    before = _log_cauchy(delta, widths[:, None])
    return before, before + seen.log_ratio(delta, growth) - _whole(seen, growth, widths)[:, None]


def predicted(
    nu: float, n: float, t: FloatArray, hypotheses: Hypotheses, width: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Return the log densities (V, T) that H0 and H1 gave to t statistics (T,) before any value was seen."""
    widths = proper(width, "the prior's width")
    size = max(len(widths), len(hypotheses.margin))
    both = [np.broadcast_to(part, size) for part in (widths, hypotheses.margin)]
    seen = Effect(t, nu, n)
    growth = seen.growth()
    told = [compare(seen, hypotheses.at(margin), one, growth) for one, margin in zip(*both, strict=True)]
    return np.stack([one.null for one in told]), np.stack([one.other for one in told])


def p_value(effect: Effect, side: str = "both") -> FloatArray:
    """Return the p-value (V,) of a t statistic.

    >>> float(p_value(Effect(np.array([4.0621]), 9.0, 10.0))[0].round(5))
    0.00283
    """
    from scipy.special import stdtr  # noqa: PLC0415

    if side == "both":
        found: FloatArray = 2 * stdtr(effect.nu, -np.abs(effect.t))
        return found
    return np.asarray(stdtr(effect.nu, -effect.t if side == "above" else effect.t))


def _whole(seen: Effect, growth: Growth, widths: FloatArray) -> FloatArray:
    everything = np.full(len(widths), np.inf)
    log, _ = _inside(seen, growth, widths, Ends(-everything, everything))
    return log


def _inside(seen: Effect, growth: Growth, widths: FloatArray, ends: Ends) -> tuple[FloatArray, FloatArray]:
    """Return the log of prior times likelihood ratio over an interval (V,), and the prior's share of it.

    Gauss-Legendre between places that are close where the likelihood or the prior bends.
    """
    low, high = (np.broadcast_to(end, widths.shape)[:, None] for end in ends)
    centre = seen.t / np.sqrt(seen.n)
    spread = np.sqrt((1 + seen.t**2 / seen.nu) / seen.n)
    near = centre[:, None] + spread[:, None] * _AROUND
    cuts = np.concatenate([near, np.clip(widths[:, None] * _OF_PRIOR, near[:, :1], near[:, -1:])], 1)
    clipped = np.clip(
        np.concatenate([cuts, low, high], 1), np.maximum(low, near[:, :1]), np.minimum(high, near[:, -1:])
    )
    edges = np.sort(np.where(low < high, clipped, 0.0), 1)
    half = np.diff(edges, axis=1)[..., None] / 2
    delta = (edges[:, :-1, None] + half * (1 + _NODES)).reshape(len(widths), -1)
    weight = (half * _WEIGHTS).reshape(len(widths), -1)
    log = seen.log_ratio(delta, growth) + _log_cauchy(delta, widths[:, None])
    with np.errstate(divide="ignore"):
        log = np.where(weight > 0, log + np.log(np.maximum(weight, 1e-300)), -np.inf)
        top = np.maximum(log.max(1, keepdims=True), -1e300)
        total = np.log(np.exp(log - top).sum(1)) + top[:, 0]
    share = (np.arctan(ends.high / widths) - np.arctan(ends.low / widths)) / np.pi
    return total, np.broadcast_to(share, widths.shape)


def _of_a_point(size: int) -> tuple[FloatArray, FloatArray]:
    return np.full(size, -np.inf), np.zeros(size)


def _log_cauchy(delta: FloatArray, width: FloatArray) -> FloatArray:
    return np.asarray(-np.log(np.pi * width) - np.log1p((delta / width) ** 2))


def _log_central(seen: Effect) -> FloatArray:
    from scipy.special import gammaln  # noqa: PLC0415

    nu = seen.nu
    scale = gammaln((nu + 1) / 2) - gammaln(nu / 2) - np.log(nu * np.pi) / 2
    found: FloatArray = scale - (nu + 1) / 2 * np.log1p(seen.t**2 / nu)
    return found


def _most(seen: Effect, growth: Growth, side: str) -> FloatArray:
    """Return the largest log likelihood ratio of any effect on H1's side."""
    centre, spread = seen.t / np.sqrt(seen.n), np.sqrt((1 + seen.t**2 / seen.nu) / seen.n)
    best = seen.log_ratio(centre[:, None] + spread[:, None] * np.linspace(-1.5, 1.5, 601), growth).max(1)
    wrong = {"both": np.zeros(len(centre), bool), "above": centre < 0, "below": centre > 0}
    return np.where(wrong[side], 0.0, np.maximum(best, 0.0))
