"""From draws to the numbers and bands that are shown: intervals, densities, tables with honest digits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor, isfinite, log10

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray, floats
from bayes_core.inference.sigma import half_cauchy_quantiles
from bayes_core.intervals import Band, Kind, level_words
from bayes_core.likelihoods import MixtureDensity, of_numbers
from bayes_core.numerics.draws import density, ellipses, quantile_error, weighted_quantiles
from bayes_core.summaries.answers import Equal, Mixed
from bayes_core.summaries.answers.protocol import told_at
from bayes_core.types import Fit, Predictive


def band(predictive: Predictive, level: float = 0.9, kind: Kind = "function") -> Band:
    r"""Return the equal-tailed interval of f(x) ("function") or of a new y at x ("observation").

    The observation interval takes quantiles of the mixture :math:`\frac1S \sum_s N(f_s(x), \sigma_s^2)` itself, so no
    extra Monte-Carlo noise is added. Where a draw is a mixture too, f is its mean, and the observation's mixture has
    all components of all draws; an interval says nothing about humps in it: see `outcome_density`. Shapes (G,).
    Raises ValueError for a level outside (0, 1) or several outputs.

    >>> f = np.array([-1.0, 0.0, 1.0])[:, None, None]
    >>> band(Predictive(np.zeros((1, 1)), f, np.ones(3)), 0.5).label
    '50 % credible'
    """
    if kind not in ("function", "observation"):
        raise ValueError(f"the kind is {kind!r}: choose 'function' or 'observation'")
    if kind == "observation" and not predictive.likelihood.noisy:
        raise ValueError("a new y is a class, which has no interval: take predictive.probabilities")
    found = predictive.exact or _Blocks(predictive)
    lower, median, upper = (part[0] for part in found.quantiles(told_at(level), kind))
    x = predictive.x[:, 0] if predictive.x.shape[1] == 1 else np.arange(len(predictive.x), dtype=float)
    return Band(x, lower, upper, level, kind, found.mean()[0], median)


@dataclass(frozen=True, eq=False)
class _Blocks:
    """The draws of a predictive as marginals, in blocks of inputs."""

    predictive: Predictive

    def quantiles(self, probabilities: Sequence[float], kind: Kind = "function") -> tuple[FloatArray, ...]:
        """Return quantiles (1, G)."""
        parts = [part.quantiles(probabilities, kind) for part in self._parts()]
        return tuple(np.concatenate(of_one, axis=1) for of_one in zip(*parts, strict=True))

    def mean(self) -> FloatArray:
        """Return the mean of f, (1, G)."""
        return np.concatenate([part.mean() for part in self._parts()], axis=1)

    def _parts(self) -> Iterator[Equal | Mixed]:
        likelihood = self.predictive.likelihood
        for f, noise in self.predictive.blocks():
            if isinstance(likelihood, MixtureDensity):
                yield Mixed(likelihood.mean(f), *likelihood.parts(f, noise))
                continue
            if f.shape[2] != 1:
                raise ValueError(f"f has {f.shape[2]} outputs: a band needs exactly 1")
            yield Equal(f[:, :, 0], noise)


def outcome_density(predictive: Predictive, y: ArrayLike) -> FloatArray:
    r"""Return the predictive density of a new y over a grid y (L,) at every x, (G, L): its humps, which no band shows.

    .. math:: \frac1S \sum_s p(y \mid f_s(x), \sigma_s)

    Raises ValueError for classes.

    >>> f = np.array([-1.0, 1.0])[:, None, None]
    >>> outcome_density(Predictive(np.zeros((1, 1)), f, np.full(2, 0.5)), [-1.0, 0.0, 1.0]).round(3)
    array([[0.399, 0.108, 0.399]])
    """
    at, likelihood = floats(y, "y", 1), of_numbers(predictive.likelihood)
    return np.concatenate(
        [
            np.stack([np.exp(likelihood.log_density(one, f, noise)).mean(0) for one in at], axis=-1)
            for f, noise in predictive.blocks()
        ]
    )


_LOPSIDED = 1.3
"""How much longer than the other one half of an interval may be for "±" to be said of both."""


@dataclass(frozen=True)
class Estimate:
    """A parameter's posterior in numbers, with Monte-Carlo standard errors (0 for an exact answer).

    A symmetric one is told by mean and posterior sd; a skewed one, such as a noise, by its median and its equal-tailed
    interval of a `level`, low to high, because its sd does not say where its mass is, or does not exist (mean and
    sd are NaN then). `errors` are those of low, median and high.
    """

    name: str
    mean: float
    sd: float
    mcse: float = 0.0
    r_hat: float | None = None
    ess_bulk: float | None = None
    ess_tail: float | None = None
    median: float = np.nan
    low: float = np.nan
    high: float = np.nan
    errors: tuple[float, float, float] = (0.0, 0.0, 0.0)
    symmetric: bool = True
    level: float = 0.9

    @property
    def centre(self) -> float:
        """Return the number that stands for the parameter: the mean of a symmetric one, the median of a skewed one."""
        return self.mean if self.symmetric else self.median

    @property
    def error(self) -> float:
        """Return the Monte-Carlo standard error of the centre."""
        return self.mcse if self.symmetric else self.errors[1]

    @property
    def decimals(self) -> int:
        """Return how many decimals the Monte-Carlo error allows, and never more than two digits of the sd."""
        return decimals(self.mean, self.sd, self.mcse)

    @property
    def interval(self) -> str:
        """Return "low to high", with only the digits that are known; nothing for a point.

        >>> Estimate("sigma", np.nan, np.nan, median=10.0, low=0.787, high=127.06, symmetric=False).interval
        '0.79 to 127'
        """
        return self._told()[1]

    @property
    def spread(self) -> str:
        """Return how sure one is of the centre, and in which words: a posterior sd, an interval, or nothing.

        >>> Estimate("slope", 44.341, 1.19).spread
        '± 1.2 (posterior sd)'
        """
        if not self.symmetric:
            return f"{self.interval} ({level_words(self.level)})" if self.interval else ""
        return f"± {number(self.sd, self.decimals)} (posterior sd)" if self.sd > 0 else ""

    @property
    def text(self) -> str:
        """Return "mean ± sd", or "median (low to high)", with only the digits that are known."""
        if not self.symmetric:
            return f"{self._told()[0]} ({self.interval})" if self.interval else self._told()[0]
        centre = number(self.mean, self.decimals)
        return f"{centre} ± {number(self.sd, self.decimals)}" if self.sd > 0 else centre

    def _told(self) -> tuple[str, str]:
        low, median, high = (np.array([end]) for end in (self.low, self.median, self.high))
        (centre,), (between,) = medians(low, median, high, np.array([self.errors]).T)
        return centre, between


def decimals(mean: float, sd: float, mcse: float = 0.0) -> int:
    """Return the number of decimals to print.

    >>> decimals(44.34, 1.19), decimals(44.34, 1.19, mcse=0.2), decimals(1234.0, 250.0)
    (1, 0, -1)
    """
    if sd <= 0:
        sd = abs(mean) or 1.0
        allowed = 2 - floor(log10(sd))  # a point estimate: three digits
    else:
        allowed = 1 - floor(log10(sd))
    if mcse > 0:
        allowed = min(allowed, floor(-log10(mcse)))
    return allowed


def number(value: float, places: int) -> str:
    """Return a value rounded to `places` decimals (negative: to tens, hundreds...), with a true minus sign.

    >>> number(-0.04, 1), number(-12.345, 1), number(1234.0, -1)
    ('0.0', '−12.3', '1230')
    """
    rounded = round(value, places)
    if abs(rounded) >= 1e7 or 0 < abs(value) < 1e-5:
        mantissa, exponent = f"{value:.2e}".split("e")
        return f"{mantissa}e{int(exponent)}".replace("-", "−")
    return f"{rounded + 0.0:.{max(places, 0)}f}".replace("-", "−")


def estimates(mean: FloatArray, sd: FloatArray, mcse: FloatArray) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts (V,) of a mean and of its sd, each with the digits that their Monte-Carlo error allows.

    >>> estimates(np.array([44.34, np.nan]), np.array([1.19, 1.0]), np.array([0.02, 0.0]))
    (('44.3', '–'), ('1.2', ''))
    """
    centre, spread = [], []
    for m, s, e in zip(mean.tolist(), sd.tolist(), mcse.tolist(), strict=True):
        if not isfinite(m):
            centre.append("–")
            spread.append("")
            continue
        places = decimals(m, s, e)
        centre.append(number(m, places))
        spread.append(number(s, places) if s > 0 else "")
    return tuple(centre), tuple(spread)


def medians(
    low: FloatArray, median: FloatArray, high: FloatArray, errors: FloatArray | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts (V,) of a median and of the interval around it, for what is skewed or has no sd.

    `errors` (3, V) are the Monte-Carlo errors of low, median and high. Each number has two digits of its own at least,
    as many as the interval's width makes worth reading, and none that its error does not allow.

    >>> medians(np.array([0.787, np.nan]), np.array([10.0, np.nan]), np.array([127.06, np.nan]))
    (('10', '–'), ('0.79 to 127', ''))
    """
    centre, between = [], []
    known = np.zeros((3, len(median))) if errors is None else errors
    rows = zip(low.tolist(), median.tolist(), high.tolist(), known.T.tolist(), strict=True)
    for a, middle, b, error in rows:
        if not isfinite(middle):
            centre.append("–")
            between.append("")
            continue
        width = (b - a) / 3.3  # that many sds, were it normal
        told = [
            number(end, decimals(end, min(width, abs(end) or width) if width > 0 else 0.0, e))
            for end, e in zip((a, middle, b), error, strict=True)
        ]
        centre.append(told[1])
        between.append(f"{told[0]} to {told[2]}" if b > a else "")
    return tuple(centre), tuple(between)


def percent(share: float, digits: int = 2) -> str:
    """Return a probability as people read it, with `digits` digits of whichever is smaller, it or its complement.

    >>> percent(0.07764), percent(0.00012), percent(0.99987), percent(1.0), percent(float("nan"))
    ('7.8 %', '0.012 %', '99.987 %', '100 %', '–')
    >>> percent(1e-13)
    '1.00e−11 %'
    """
    if not np.isfinite(share):
        return "–"
    small = min(share, 1 - share)
    if share == 0 or 1 - share < 1e-12:  # what is missing to 1 is known to sixteen decimals
        return f"{100 * round(share):.0f} %"
    places = max(0, digits - 3 - int(np.floor(np.log10(small) + 1e-9)))
    if places > 8:
        return f"{number(100 * share, 12)} %"
    return f"{100 * share:.{places}f} %"


def table(fit: Fit, level: float = 0.9) -> tuple[Estimate, ...]:
    """Return mean, sd, median, interval, Monte-Carlo errors and diagnostics of every scalar parameter.

    The Monte-Carlo standard error is sd / sqrt(ESS); independent draws count fully, a point estimate has none. A noise
    is always told by its median, any other parameter where one half of its interval is 1.3 times the other. The
    half-Cauchy prior of a noise has neither mean nor sd, and quantiles s tan(pi p / 2) in closed form.

    >>> from bayes_core import Dataset, fit
    >>> line = Dataset.from_arrays([0.0, 1, 2, 3, 4, 6], [0.1, 1.2, 1.9, 2.7, 4.3, 5.8])
    >>> rows = table(fit(line, method="exact"))
    >>> [(row.name, row.symmetric) for row in rows]
    [('intercept', True), ('coef[0]', True), ('sigma', False)]
    """
    about, at = fit.diagnostics, told_at(level)
    rows = []
    for name, values in fit.columns().items():
        r_hat, bulk, tail = (told.get(name) for told in (about.r_hat, about.ess_bulk, about.ess_tail))
        if fit.method == "prior" and name == "sigma" and not fit.prior.noise_known:
            low, median, high = half_cauchy_quantiles(fit.prior.noise, at)
            made = Estimate(name, np.nan, np.nan, median=median, low=low, high=high, symmetric=False, level=level)
            rows.append(made)
            continue
        sd = float(values.std(ddof=1)) if len(values) > 1 else 0.0
        low, median, high = (float(q) for q in np.quantile(values, at))
        total = float(len(values))
        shares = [np.sqrt(total / max(ess or total, 1.0)) for ess in (tail, bulk, tail)]
        low_error, error, high_error = (
            float(quantile_error(values[None], np.array([q]), p)[0] * share) if sd > 0 else 0.0
            for q, p, share in zip((low, median, high), at, shares, strict=True)
        )
        even = sd == 0 or not (name == "sigma" or lopsided(low, median, high))
        mcse = sd / np.sqrt(max(bulk or total, 1.0))
        made = Estimate(name, float(values.mean()), sd, mcse, r_hat, bulk, tail)
        errors = (low_error, error, high_error)
        rows.append(replace(made, median=median, low=low, high=high, errors=errors, symmetric=even, level=level))
    return tuple(rows)


def lopsided(low: float, median: float, high: float) -> bool:
    """Return whether one half of an interval is so much longer than the other that no "±" can speak for both.

    >>> lopsided(-1.6, 0.0, 1.7), lopsided(0.8, 1.0, 2.0)
    (False, True)
    """
    below, above = median - low, high - median
    return max(below, above) > _LOPSIDED * min(below, above)


def named(rows: tuple[Estimate, ...]) -> Mapping[str, Estimate]:
    """Return a table's rows by parameter name."""
    return {row.name: row for row in rows}


__all__ = [
    "Estimate",
    "band",
    "decimals",
    "density",
    "ellipses",
    "estimates",
    "half_cauchy_quantiles",
    "medians",
    "named",
    "number",
    "outcome_density",
    "percent",
    "table",
    "weighted_quantiles",
]
