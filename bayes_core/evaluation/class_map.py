"""What a classifier says over a plane of two inputs: probabilities, both parts of its doubt, and its draws one by one.

A map is looked at, so a few hundred draws in single precision are enough: the error of a probability is then below half
a step of the 256 that it is told in. Other inputs than the two stand where the plane holds them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import xlogy

from bayes_core.checks import FloatArray
from bayes_core.likelihoods import Categorical
from bayes_core.numerics.rounding import round_ends
from bayes_core.types import Dataset, Fit

DRAWS = 400
_BLOCK = 1 << 16  # hidden values, about, in work at once: so few stay in a core's cache
_BITS = float(np.log(2))
_MARGIN, _CORNER = 0.35, 0.3  # of what the rows span: the room around them, and where nobody measured
_LEAST = 1e-37  # what single precision tells from 0


@dataclass(frozen=True)
class Plane:
    """Two of D inputs over their ranges; all others are held at `rest` (D,)."""

    columns: tuple[int, int]
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    rest: tuple[float, ...]

    def places(self, side: int) -> FloatArray:
        """Return side x side inputs (side^2, D), row by row from the lowest y on, x rising in each.

        >>> Plane((1, 0), (0.0, 1.0), (5.0, 7.0), (9.0, 9.0, 3.0)).places(2)
        array([[5., 0., 3.],
               [5., 1., 3.],
               [7., 0., 3.],
               [7., 1., 3.]])
        """
        across, up = np.linspace(*self.x_range, side), np.linspace(*self.y_range, side)
        made = np.tile(np.array(self.rest), (side * side, 1))
        made[:, self.columns[0]], made[:, self.columns[1]] = np.tile(across, side), np.repeat(up, side)
        return made

    def at(self, x: float, y: float) -> FloatArray:
        """Return the inputs (1, D) at one place."""
        made = np.array([self.rest])
        made[0, self.columns[0]], made[0, self.columns[1]] = x, y
        return made


def plane_of(x: FloatArray, columns: tuple[int, int]) -> tuple[Plane, tuple[float, float]]:
    """Return two columns of inputs x (N, D) with a margin around all rows, others at their mean, and an empty corner.

    The corner is the one that lies farthest from any row: there nobody measured.

    >>> plane_of(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), (0, 1))[1]
    (1.3, 1.3)
    """
    ends, corners = [], []
    for values in (x[:, column] for column in columns):
        low, high = float(values.min()), float(values.max())
        room = (high - low) or 1.0
        ends.append(round_ends(low - _MARGIN * room, high + _MARGIN * room))
        corners.append((low - _CORNER * room, high + _CORNER * room))
    shown, size = x[:, list(columns)], np.array([high - low for low, high in ends])
    places = [(a, b) for a in corners[0] for b in corners[1]]
    free = [float(np.hypot(*((shown - place) / size).T).min()) for place in places]
    across, up = places[int(np.argmax(free))]
    rest = tuple(x.mean(0).tolist())
    return Plane(columns, ends[0], ends[1], rest), (float(f"{across:.3g}"), float(f"{up:.3g}"))


@dataclass(frozen=True, eq=False)
class ClassMap:
    """Over G places: the predictive probabilities (G, K), and of each draw's entropy the mean, in bits (G,)."""

    probabilities: FloatArray
    expected: FloatArray

    @property
    def total(self) -> FloatArray:
        """Return the entropy of the predictive probabilities, in bits (G,)."""
        return entropy(self.probabilities)

    @property
    def mutual(self) -> FloatArray:
        """Return the mutual information of class and weights, in bits (G,): what draws do not agree about."""
        return np.maximum(self.total - self.expected, 0.0)

    def share_surer(self, than: float) -> float:
        """Return the share of the places where one class has more than this probability."""
        return float((self.probabilities.max(-1) > than).mean())


def entropy(p: FloatArray) -> FloatArray:
    """Return the entropy (...) of probabilities (..., K), in bits.

    >>> entropy(np.array([[0.5, 0.5], [1.0, 0.0]]))
    array([1., 0.])
    """
    bits: FloatArray = -xlogy(p, p).sum(-1) / _BITS
    return bits + 0.0


def class_map(fit: Fit, x: FloatArray, most: int = DRAWS) -> ClassMap:
    """Return what a fit says at inputs x (G, D), by at most so many of its draws. Raises ValueError for numbers."""
    likelihood = _likelihood(fit)
    both = _sums_of_two if likelihood.outputs == 1 else _sums
    mean, expected, size = np.zeros((len(x), likelihood.classes)), np.zeros(len(x)), 0
    for f in _logits(fit, _single(fit, most), x):
        p, told = both(f)
        mean, expected, size = mean + p, expected + told, size + len(f)
    return ClassMap(mean / size, expected / size / _BITS)


def _sums_of_two(f: FloatArray) -> tuple[FloatArray, FloatArray]:
    r"""Return the summed probabilities (G, 2) of log odds f (s, G, 1), and the summed entropies in nats (G,).

    .. math:: H = \log(1 + a) + |f| \frac{a}{1 + a}, \quad a = e^{-|f|}

    A tenth of the time that probabilities and their logarithms take.
    """
    size = np.abs(f[:, :, 0])
    away = np.exp(-size)
    small = away / (1 + away)
    up = np.where(f[:, :, 0] > 0, 1 - small, small).sum(0, dtype=float)
    told = (np.log(1 + away) + size * small).sum(0, dtype=float)
    return np.stack([len(f) - up, up], -1), told


def _sums(f: FloatArray) -> tuple[FloatArray, FloatArray]:
    r"""Return the summed probabilities (G, K) of logits f (s, G, K), and the summed entropies in nats (G,).

    .. math:: H = \log \sum_k e^{f_k} - \sum_k p_k f_k
    """
    each = np.ascontiguousarray(np.moveaxis(f, -1, 0))  # sums over a last axis of three are slow
    each -= each.max(0)
    odds = np.exp(each)
    whole = odds.sum(0)
    told = np.log(whole) - (odds * each).sum(0) / whole
    return (odds / whole).sum(1, dtype=float).T, told.sum(0, dtype=float)


def draws_over(fit: Fit, x: FloatArray, count: int) -> FloatArray:
    """Return the log odds (S, K - 1, G) of every class against the first, of at most `count` draws spread over all."""
    likelihood = _likelihood(fit)
    f = np.concatenate(list(_logits(fit, _single(fit, count), x)))
    odds = f if likelihood.outputs == 1 else f[:, :, 1:] - f[:, :, :1]
    return np.asarray(odds.swapaxes(1, 2), float)


@dataclass(frozen=True)
class ClassScore:
    """On rows that were not fitted: the share named right and the mean log score in nats, with standard errors."""

    right: float
    right_error: float
    log_score: float
    log_error: float


def class_score(fit: Fit, fresh: Dataset, most: int = DRAWS) -> ClassScore:
    r"""Return how a fit does on fresh rows: :math:`\frac1N \sum_n \log \frac1S \sum_s p(y_n \mid f_s(x_n))`.

    At most so many of its draws are asked, which moves the score by far less than its standard error. Source: Gneiting
    and Raftery (2007), Strictly proper scoring rules, section 4.1.
    """
    rows, p = len(fresh.y), class_map(fit, fresh.x, most).probabilities
    score = np.log(np.maximum(p[np.arange(rows), fresh.y.astype(int)], _LEAST))
    right = float((p.argmax(1) == fresh.y).mean())
    return ClassScore(
        right, float(np.sqrt(right * (1 - right) / rows)), float(score.mean()), float(score.std() / np.sqrt(rows))
    )


def _likelihood(fit: Fit) -> Categorical:
    likelihood = fit.question.dataset.likelihood
    if not isinstance(likelihood, Categorical):
        raise ValueError("the targets are numbers, and a map of classes needs classes: take a dataset of that task")
    return likelihood


def _single(fit: Fit, most: int) -> Mapping[str, Any]:
    kept = np.unique(np.linspace(0, len(fit.noise) - 1, min(len(fit.noise), most)).round().astype(int))
    return {site: _in_single(values[kept]) for site, values in fit.draws.items()}


def _logits(fit: Fit, draws: Mapping[str, Any], x: FloatArray) -> Any:
    """Yield logits (s, G, K') of some draws after others."""
    size, step, places = len(next(iter(draws.values()))), max(_BLOCK // (10 * len(x)), 1), _in_single(x)
    for start in range(0, size, step):
        yield fit.model.functions({site: some[start : start + step] for site, some in draws.items()}, places)


def _in_single(values: FloatArray) -> Any:
    return values.astype(np.float32)
