"""Classes along one input: the probability of each, with its band, beside the shares that were seen."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import strongest
from bayes_core.data.upload.sample import sampled
from bayes_core.data.upload.scaling import Scaling
from bayes_core.evaluation.answer.class_weights import ClassWeights, class_weights
from bayes_core.intervals import tails
from bayes_core.likelihoods import Categorical
from bayes_core.types import Dataset

_PLACES, _GROUPS, _FEW = 81, 10, 12

MOST = 4000
"""Rows that a first answer about classes fits; of many classes fewer, see `most_rows`."""


@dataclass(frozen=True)
class Said:
    """The probability of a class at an input's value: mean, low and high."""

    at: float
    label: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Shares:
    """Rows in groups along an input: their mean x (B,), the share of each class (B, K), and how many they are (B,)."""

    x: FloatArray
    share: FloatArray
    count: FloatArray

    @property
    def largest(self) -> int:
        """Return how many rows the largest group has."""
        return int(self.count.max())


@dataclass(frozen=True, eq=False)
class ClassLine:
    """Probabilities (K, G) of classes at `places` (G,) along one input, with the ends of their credible interval.

    `ends` are what is said at the input's 10 % and 90 % quantiles, `middle` at its median. `sentence` says which rows
    were fitted, and `sampled` whether some were not.
    """

    along: int
    classes: tuple[str, ...]
    places: FloatArray
    mean: FloatArray
    lower: FloatArray
    upper: FloatArray
    level: float
    shares: Shares
    ends: tuple[Said, Said]
    middle: Said
    weights: ClassWeights
    sentence: str
    sampled: bool

    @property
    def told(self) -> tuple[int, ...]:
        """Return the classes that are worth a picture: of two the second, whose chance is the first's rest."""
        return (1,) if len(self.classes) == 2 else tuple(range(len(self.classes)))

    def widest(self, most: int = 6) -> tuple[int, ...]:
        """Return at most so many of the told classes, those whose probability changes most, in their order."""
        change = np.ptp(self.mean, axis=1)
        return tuple(sorted(sorted(self.told, key=lambda k: -change[k])[:most]))


def most_rows(classes: int) -> int:
    """Return how many rows are fitted, so that no answer takes long.

    >>> most_rows(2), most_rows(3), most_rows(12)
    (4000, 4000, 1000)
    """
    return int(np.clip(12_000 // classes, 1000, MOST))


def class_line(dataset: Dataset, along: int | None = None, level: float = 0.9) -> ClassLine:
    """Return the probability of each class along one input, the strongest unless another is named.

    Raises ValueError for a target that is a number.

    >>> x = np.linspace(0, 9, 60)
    >>> found = class_line(Dataset.from_arrays(x, (x + np.sin(9 * x) > 5).astype(int), task="classification"))
    >>> [round(one.mean, 2) for one in found.ends], found.weights.way
    ([0.01, 0.96], 'weighed')
    """
    if dataset.task != "classification":
        raise ValueError(f"the target {dataset.target_name!r} is a number, which has a line: choose classes")
    at = strongest(dataset) if along is None else along
    whole = replace(dataset, x=dataset.x[:, at : at + 1], feature_names=(dataset.feature_names[at],))
    part = sampled(whole, most_rows(len(dataset.classes)), 0)
    scaling, likelihood = Scaling.of(part.train), Categorical(len(dataset.classes))

    def design(places: FloatArray) -> FloatArray:
        return scaling.design(places[:, None])

    found = class_weights(design(part.train.x[:, 0]), part.train.y, likelihood)
    seen = whole.x[:, 0]
    low, middle, high = (float(v) for v in np.quantile(seen, [0.1, 0.5, 0.9], method="inverted_cdf"))
    places = np.linspace(seen.min(), seen.max(), _PLACES)
    p = likelihood.probabilities(np.matmul(design(np.array([*places, low, middle, high])), found.draws))
    mean, (lower, upper) = p.mean(0), np.quantile(p, tails(level), axis=0)

    def said(place: int, value: float, label: int | None = None) -> Said:
        k = int(mean[place].argmax()) if label is None else label
        ends = float(mean[place, k]), float(lower[place, k]), float(upper[place, k])
        return Said(value, dataset.classes[k], *ends)

    one = 1 if len(dataset.classes) == 2 else None
    return ClassLine(
        at,
        dataset.classes,
        places,
        mean.T[:, :_PLACES],
        lower.T[:, :_PLACES],
        upper.T[:, :_PLACES],
        level,
        shares_of(seen, dataset.y, len(dataset.classes)),
        (said(-3, low, one), said(-1, high, one)),
        said(-2, middle),
        found,
        part.sentence,
        part.rest is not None,
    )


def shares_of(x: FloatArray, y: FloatArray, classes: int) -> Shares:
    """Return rows in ten groups of equal size along an input; of at most twelve different values each is a group.

    >>> shares_of(np.array([0.0, 0, 1, 1]), np.array([0.0, 1, 1, 1]), 2).share
    array([[0.5, 0.5],
           [0. , 1. ]])
    """
    different, group = np.unique(x, return_inverse=True)
    if len(different) > _FEW:
        edges = np.unique(np.quantile(x, np.arange(1, _GROUPS) / _GROUPS))
        group = np.unique(np.searchsorted(edges, x, side="right"), return_inverse=True)[1]
    count = np.bincount(group).astype(float)
    share = np.stack([np.bincount(group, y == k, len(count)) for k in range(classes)], 1) / count[:, None]
    return Shares(np.bincount(group, x) / count, share, count)


__all__ = ["MOST", "ClassLine", "Said", "Shares", "class_line", "most_rows", "shares_of"]
