"""What a forecast said against what happened, bin by bin, with what chance alone would do to a calibrated one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bayes_core.checks import FloatArray, count
from bayes_core.evaluation.forecasts import class_probabilities, of_class, shares
from bayes_core.intervals import tails
from bayes_core.numerics import binomial

Binning = Literal["width", "count"]
_MOST_BINS = 1000


@dataclass(frozen=True, eq=False)
class Reliability:
    """Forecasts of an event in B bins: how many, what they said on average, how often it happened; NaN in empty bins.

    `lower` and `upper` (B,) hold the observed share of a calibrated forecast with at least the probability `level`.
    ECE, its standard error and what chance gives are for these very bins and no others: say `binning` with them.
    """

    edges: FloatArray
    counts: NDArray[np.intp]
    forecast: FloatArray
    observed: FloatArray
    lower: FloatArray
    upper: FloatArray
    level: float
    binning: Binning
    ece: float
    ece_error: float
    ece_by_chance: float
    outside_by_chance: float

    @property
    def filled(self) -> NDArray[np.bool_]:
        """Return which bins (B,) hold a forecast."""
        return self.counts > 0

    @property
    def gap(self) -> FloatArray:
        """Return forecast minus observed (B,): above 0 the event was forecast too often."""
        return self.forecast - self.observed

    @property
    def outside(self) -> NDArray[np.bool_]:
        """Return in which bins (B,) the observed share lies outside the consistency interval."""
        far: NDArray[np.bool_] = (self.observed < self.lower - 1e-12) | (self.observed > self.upper + 1e-12)
        return far

    @property
    def binning_words(self) -> str:
        """Return in words how the bins were made.

        >>> reliability([0.2, 0.9], [0, 1], bins=10).binning_words
        '10 bins of equal width'
        """
        return f"{len(self.counts)} bins of equal {self.binning}"


def reliability(
    forecast: ArrayLike, happened: ArrayLike, bins: int = 10, binning: Binning = "width", level: float = 0.9
) -> Reliability:
    r"""Return the reliability diagram of forecasts (N,) of an event that happened or not, 0 or 1, (N,).

    .. math:: \mathrm{ECE} = \sum_b \tfrac{n_b}{N} |\bar y_b - \bar p_b|

    "width" cuts 0 to 1 into equal parts, the upper end of each within it, as scikit-learn does; "count" at the
    forecasts' quantiles, so that equal forecasts stay together and bins may become fewer. ECE's standard error takes
    the signs of the gaps as known. Sources: Murphy and Winkler (1977), Reliability of subjective probability forecasts;
    Broecker and Smith (2007), Increasing the reliability of reliability diagrams. Raises ValueError for a forecast
    outside 0 to 1, an outcome that is neither 0 nor 1, and a bad number of bins.

    >>> told = reliability([0.1, 0.3, 0.8, 0.9], [0, 1, 1, 1], bins=2)
    >>> told.counts, told.forecast, told.observed, round(told.ece, 3)
    (array([2, 2]), array([0.2 , 0.85]), array([0.5, 1. ]), 0.225)
    """
    return reliabilities([(forecast, happened, bins)], binning, level)[0]


def reliabilities(
    told: Iterable[tuple[ArrayLike, ArrayLike, int]], binning: Binning = "width", level: float = 0.9
) -> list[Reliability]:
    """Return the `reliability` of several forecasts, what happened, and numbers of bins.

    What chance allows is asked of all bins at once: it costs more to ask than to answer.

    >>> [one.ece for one in reliabilities([([0.5, 0.5], [0, 1], 1), ([0.25], [1], 3)])]
    [0.0, 0.75]
    """
    parts = [_binned(*_checked(forecast, happened), bins, binning) for forecast, happened, bins in told]
    counts, said, spread = (np.concatenate(every) for every in zip(*(part[1:4] for part in parts), strict=True))
    lower, upper = consistency(counts, said, level)
    filled = counts > 0
    gap, outside = np.zeros(len(counts)), np.zeros(len(counts))
    n, at = counts[filled], said[filled]
    gap[filled] = _mean_gap(n, at, spread[filled])
    outside[filled] = _outside(n, at, lower[filled], upper[filled])
    ends = np.cumsum([len(part.counts) for part in parts])
    each = zip(*(np.split(whole, ends[:-1]) for whole in (lower, upper, gap, outside)), strict=True)
    return [_judged(part, level, binning, *found) for part, found in zip(parts, each, strict=True)]


class _Binned(NamedTuple):
    """Forecasts in bins (B,): how many, their mean and that of p (1 - p), how often it happened; ECE's error."""

    edges: FloatArray
    counts: NDArray[np.intp]
    said: FloatArray
    spread: FloatArray
    happened: FloatArray
    error: float


def _binned(p: FloatArray, y: FloatArray, bins: int, binning: Binning) -> _Binned:
    edges = _edges(p, bins, binning)
    bin_of, size = _bins(p, edges), len(edges) - 1
    counts = np.bincount(bin_of, minlength=size)
    said, happened, spread = (_mean(bin_of, values, counts) for values in (p, y, p * (1 - p)))
    sign = np.sign(np.nan_to_num(said - happened))
    error = float((sign[bin_of] * (p - y)).std() / np.sqrt(len(p)))
    return _Binned(edges, counts, said, spread, happened, error)


def _judged(
    part: _Binned, level: float, binning: Binning, lower: FloatArray, upper: FloatArray, gap: FloatArray,
    outside: FloatArray,
) -> Reliability:  # fmt: skip
    """Return forecasts in bins with what chance allows: its interval, its mean gap and how often it is outside."""
    filled = part.counts > 0
    share = part.counts[filled] / part.counts.sum()
    return Reliability(
        part.edges,
        part.counts,
        part.said,
        part.happened,
        lower,
        upper,
        level,
        binning,
        float((share * np.abs(part.said - part.happened)[filled]).sum()),
        part.error,
        float((share * gap[filled]).sum()),
        float(outside[filled].sum()),
    )


def consistency(counts: ArrayLike, forecast: ArrayLike, level: float = 0.9) -> tuple[FloatArray, FloatArray]:
    """Return within which shares a calibrated forecast is observed with at least the probability `level`.

    Binomial quantiles of `counts` (B,) events at their mean forecast (B,), over the count; NaN where there are none.
    Forecasts that differ within a bin vary less than a binomial, so that the interval errs on the wide side.

    >>> low, high = consistency([10, 1000], [0.5, 0.5], 0.9)
    >>> low.round(3), high.round(3)
    (array([0.2 , 0.474]), array([0.8 , 0.526]))
    """
    n, p = np.broadcast_arrays(np.asarray(counts, dtype=float), np.asarray(forecast, dtype=float))
    known = (n > 0) & np.isfinite(p)
    ends = []
    for tail in tails(level):
        end = np.full(n.shape, np.nan)
        end[known] = binomial.quantile(tail, n[known], p[known]) / n[known]
        ends.append(end)
    return ends[0], ends[1]


def ece_under_calibration(
    forecast: ArrayLike, bins: int = 10, binning: Binning = "width", repeats: int = 400, seed: int = 0
) -> FloatArray:
    """Return the ECE (R,) of forecasts (N,) whose outcomes are drawn from themselves: what chance alone gives.

    `Reliability.ece_by_chance` is its mean, without drawing. Source: Broecker and Smith (2007), section 3.

    >>> drawn = ece_under_calibration([0.2] * 50, bins=5, repeats=2000)
    >>> bool(abs(drawn.mean() - reliability([0.2] * 50, [0] * 50, bins=5).ece_by_chance) < 0.002)
    True
    """
    p = shares(forecast, "the forecasts")
    repeats = count(repeats, "the number of repetitions", 1, 100_000)
    bin_of = _bins(p, _edges(p, bins, binning))
    order = np.argsort(bin_of, kind="stable")
    starts = np.searchsorted(bin_of[order], np.unique(bin_of))
    random, ranked = np.random.default_rng([seed, 31]), p[order]
    gaps = (random.random((repeats, len(p))) < ranked) - ranked
    drawn: FloatArray = np.abs(np.add.reduceat(gaps, starts, axis=1)).sum(1) / len(p)
    return drawn


def mean_class_ece(
    probabilities: ArrayLike, labels: ArrayLike, bins: int = 10, binning: Binning = "width"
) -> tuple[float, FloatArray]:
    """Return the mean over classes of the ECE of each class's own probability, and these (K,).

    A class that no row has is judged, too: it was forecast. Source: Kumar, Liang and Ma (2019), Verified uncertainty
    calibration, definition 2.2, with absolute gaps.

    >>> mean_class_ece([[0.6, 0.4], [0.6, 0.4]], [0, 0], bins=2)[0]
    0.4
    """
    size = class_probabilities(probabilities, 2).shape[1]
    each = np.array([reliability(*of_class(probabilities, labels, k), bins, binning).ece for k in range(size)])
    return float(each.mean()), each


def _checked(forecast: ArrayLike, happened: ArrayLike) -> tuple[FloatArray, FloatArray]:
    p, y = shares(forecast, "the forecasts"), shares(happened, "the outcomes")
    if len(p) != len(y):
        raise ValueError(f"there are {len(p)} forecasts and {len(y)} outcomes: give one outcome for each forecast")
    if not np.isin(y, (0, 1)).all():
        raise ValueError(f"an outcome is {y[~np.isin(y, (0, 1))][0]:.6g}: give 1 where it happened and 0 where not")
    return p, y


def _edges(forecast: FloatArray, bins: int, binning: Binning) -> FloatArray:
    bins = count(bins, "the number of bins", 1, _MOST_BINS)
    if binning == "width":
        return np.linspace(0, 1, bins + 1)
    if binning != "count":
        raise ValueError(f"the binning is {binning!r}: choose 'width' or 'count'")
    inner = np.unique(np.quantile(forecast, np.arange(1, bins) / bins, method="inverted_cdf"))
    return np.concatenate([[0.0], inner[(inner > 0) & (inner < forecast.max())], [1.0]])


def _bins(forecast: FloatArray, edges: FloatArray) -> NDArray[np.intp]:
    return np.searchsorted(edges[1:-1], forecast)


def _mean(bin_of: NDArray[np.intp], values: FloatArray, counts: NDArray[np.intp]) -> FloatArray:
    """Return the mean of values (N,) in each bin (B,), NaN in empty ones."""
    summed = np.bincount(bin_of, values, len(counts))
    made: FloatArray = np.where(counts > 0, summed / np.maximum(counts, 1), np.nan)
    return made


def _mean_gap(counts: NDArray[np.intp], p: FloatArray, spread: FloatArray) -> FloatArray:
    """Return E|share - p| (B,) of calibrated outcomes: a binomial's, taken down to the variance that the bin has.

    `spread` (B,) is the mean of p (1 - p) over the bin's forecasts, less than that of their mean where they differ.
    """
    found: FloatArray = binomial.mean_gap(counts, p) * np.sqrt(spread / np.maximum(p * (1 - p), 1e-300))
    return found


def _outside(counts: NDArray[np.intp], p: FloatArray, lower: FloatArray, upper: FloatArray) -> FloatArray:
    """Return the probability (B,) that a calibrated bin's share lies outside its interval."""
    low, high = (np.round(end * counts) for end in (lower, upper))
    found: FloatArray = binomial.cdf(low - 1, counts, p) + 1 - binomial.cdf(high, counts, p)
    return found


__all__ = [
    "Binning",
    "Reliability",
    "consistency",
    "ece_under_calibration",
    "mean_class_ece",
    "reliabilities",
    "reliability",
]
