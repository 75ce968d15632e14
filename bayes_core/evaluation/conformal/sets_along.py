"""Conformal sets of classes at every position of a handle: what they hold, class by class, and how large they are.

    sets_along(case, ahead, level, points, ...) -> SetsAlong    the sets, and what they hold, exactly
    sets_in_worlds(case, ahead, scores, ...) -> Worlds          the same in repeated worlds, with its law

A `SetCase` is what no handle changes: where calibration points come from. What is `Ahead` may have changed since: new
points may be less alike (other scores), and classes more or less common (their shares). One threshold for
all classes promises the level on average over them; `by_class` gives each class a threshold from its own calibration
points (Mondrian by label), and promises it within each. V positions, K classes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from bayes_core.checks import FloatArray
from bayes_core.evaluation.conformal.along import BoolArray, Dots, Worlds
from bayes_core.evaluation.conformal.threshold import rank, thresholds
from bayes_core.evaluation.conformal.worlds import counted

Codes = NDArray[np.intp]
_KNOTS = 1500  # thresholds at which what is held is worked out, evenly spaced in its probability
_FINE = 2000  # bins of a share, where laws of several classes are added up


@dataclass(frozen=True, eq=False)
class Scored:
    """Points with the scores (n, K) of every class, and the codes (n,) of the classes that they have."""

    scores: FloatArray
    labels: Codes

    @property
    def own(self) -> FloatArray:
        """Return the score (n,) of what each point is."""
        mine: FloatArray = self.scores[np.arange(len(self.labels)), self.labels]
        return mine

    @cached_property
    def rising(self) -> list[FloatArray]:
        """Return the own scores of each class's points, rising."""
        own = self.own
        return [np.sort(own[self.labels == k]) for k in range(self.scores.shape[1])]

    def held(self, label: int, threshold: FloatArray) -> FloatArray:
        """Return the share of one class's points whose set has it, at thresholds (...)."""
        mine = self.rising[label]
        found: FloatArray = np.searchsorted(mine, threshold, side="right") / len(mine)
        return found


@dataclass(frozen=True, eq=False)
class Limits:
    """Thresholds (V, K) of classes, each with its rank among the scores of the points `behind` it, all (V, K).

    `counts` (V, K) are the calibration points of each class; `equal` (V,) how many other scores are the threshold, the
    most of any class.
    """

    threshold: FloatArray
    ranks: Codes
    behind: Codes
    counts: Codes
    equal: Codes

    @property
    def endless(self) -> BoolArray:
        """Return for which classes (V, K) the points are too few: every set has them."""
        return self.ranks > self.behind

    @property
    def promised(self) -> FloatArray:
        """Return what is held of each class at least on average (V, K), k / (n + 1), or all of it."""
        return np.where(self.endless, 1.0, self.ranks / (self.behind + 1))


@dataclass(frozen=True, eq=False)
class _Steps:
    """Rising scores of points that calibrate (M,), and the share of these up to each (M,)."""

    scores: FloatArray
    share: FloatArray

    def weight(self, n: int, level: float) -> FloatArray:
        """Return the probability of each step to be the threshold of n points, which must be enough."""
        return _weight(self, n, rank(n, level))


@lru_cache(maxsize=256)  # asked of every class, for what is held on average and for its law
def _weight(steps: _Steps, n: int, k: int) -> FloatArray:
    made: FloatArray = np.diff(betainc(k, n + 1 - k, steps.share), prepend=0.0)
    made.setflags(write=False)
    return made


@lru_cache(maxsize=256)
def _held_at(everyone: Scored, label: int, steps: _Steps) -> FloatArray:
    """Return the share of one class's points that is held at each step, whatever calibrates."""
    found = everyone.held(label, steps.scores)
    found.setflags(write=False)
    return found


@dataclass(frozen=True, eq=False)
class SetCase:
    """Points kept aside, of which the first calibrate, and points that stand for every one there could have been.

    Of these, `everyone`, only what each class looks like counts; `shares` (K,) say how common it is.
    """

    aside: Scored
    everyone: Scored
    shares: FloatArray

    @property
    def kinds(self) -> int:
        """Return K."""
        return len(self.shares)

    @cached_property
    def _all(self) -> _Steps:
        sizes = np.bincount(self.everyone.labels, minlength=self.kinds)
        weights = (self.shares / np.maximum(sizes, 1))[self.everyone.labels]
        return self._steps(self.everyone.own, weights)

    @cached_property
    def _each(self) -> list[_Steps]:
        return [self._steps(own, np.ones(len(own))) for own in self.everyone.rising]

    def _steps(self, scores: FloatArray, weights: FloatArray) -> _Steps:
        order = np.argsort(scores)
        ordered, reached = scores[order], np.cumsum(weights[order]) / weights.sum()
        last = np.append(np.flatnonzero(np.diff(ordered)), len(ordered) - 1)  # equal scores are one step
        values, share = ordered[last], reached[last]
        if len(values) > _KNOTS:  # many equal scores keep their step: only small ones are passed over
            wanted = np.linspace(share[0], share[-1], _KNOTS)
            at = np.unique(np.minimum(np.searchsorted(share, wanted), len(share) - 1))
            values, share = values[at], share[at]
        return _Steps(values, np.append(share[:-1], 1.0))

    def law(
        self, ahead: Ahead, found: Limits, v: int, level: float, *, by_class: bool
    ) -> list[tuple[FloatArray, FloatArray]]:
        """Return of each class what sets hold over calibration sets like those at v: weights and shares held.

        Without `by_class` all classes have the same weights, for they have one threshold.
        """
        laws = []
        for k in range(self.kinds):
            n = int(found.behind[v, k])
            steps = self._each[k] if by_class else self._all
            if found.ranks[v, k] > n:
                laws.append((np.ones(1), np.ones(1)))  # every set has this class
            else:
                laws.append((steps.weight(n, level), _held_at(ahead.everyone, k, steps)))
        return laws


@dataclass(frozen=True, eq=False)
class Ahead:
    """New points as they are by then: those that are seen, and points that stand for every one there can be.

    `change` says how far from calibration points they are, 0 where they are alike.
    """

    fresh: Scored
    everyone: Scored
    change: float = 0.0


@dataclass(frozen=True, eq=False)
class SetsAlong:
    """Sets at V positions with their limits, and what they hold.

    `held` (V, K) is the share of each class's new points whose set has their class, `share` (V,) that of all; `subsets`
    (V, 2^K) how common each set is, that of classes a, b, ... at 2^a + 2^b + ...; `kept` (V, m) of which new points
    the set has their class. `expected` (V,) and `expected_by` (V, K) are what such sets hold on average over sets of
    calibration points, `promised` (V,) what they hold at least where new points are like these; `change` (V,) says how
    far from them new points are. These have classes by `shares` (V, K).
    """

    level: FloatArray
    points: Codes
    shares: FloatArray
    limits: Limits
    held: FloatArray
    share: FloatArray
    subsets: FloatArray
    kept: BoolArray
    expected: FloatArray
    expected_by: FloatArray
    promised: FloatArray
    change: FloatArray
    by_class: bool

    @property
    def size(self) -> FloatArray:
        """Return how many classes a set has on average, (V,)."""
        codes = np.arange(self.subsets.shape[1])
        mean: FloatArray = self.subsets @ np.bitwise_count(codes)
        return mean


def class_thresholds(scores: FloatArray, labels: Codes, level: float, kinds: int, *, by_class: bool) -> FloatArray:
    """Return the thresholds (..., K) of classes from the own scores (..., n) of points of classes `labels` (n,).

    >>> class_thresholds(np.array([0.1, 0.9, 0.3, 0.5]), np.array([0, 1, 0, 0]), 0.6, 2, by_class=True)
    array([0.5, inf])
    """
    if not by_class:
        return np.repeat(thresholds(scores, [level]), kinds, axis=-1)
    each = [thresholds(scores[..., labels == k], [level]) for k in range(kinds)]
    found: FloatArray = np.concatenate(each, axis=-1)
    return found


def limits(aside: Scored, level: FloatArray, points: Codes, kinds: int, *, by_class: bool) -> Limits:
    """Return thresholds (V, K) of the first points (V,) that are kept aside, at levels (V,)."""
    own, labels, rows = aside.own, aside.labels, []
    for n, p in zip(points.tolist(), level.tolist(), strict=True):
        counts = np.bincount(labels[:n], minlength=kinds)
        q = class_thresholds(own[:n], labels[:n], p, kinds, by_class=by_class)
        behind = counts if by_class else np.full(kinds, n)
        same = own[:n] == q[labels[:n]]
        equal = np.bincount(labels[:n], same, kinds) if by_class else np.array([same.sum()])
        rows.append((q, [rank(int(m), p) for m in behind], behind, counts, max(int(equal.max()) - 1, 0)))
    threshold, ranks, behind_all, counts_all, equals = zip(*rows, strict=True)
    return Limits(*(np.array(part) for part in (threshold, ranks, behind_all, counts_all, equals)))


def sets_along(
    case: SetCase,
    ahead: Sequence[Ahead],
    level: FloatArray,
    points: FloatArray,
    shares: FloatArray,
    *,
    by_class: bool = False,
) -> SetsAlong:
    """Return the sets at V positions of level and number of calibration points (V,).

    New points are those `ahead`, V of them or one for all, their classes as common as `shares` (V, K) say.
    """
    counts, size = points.astype(int), len(level)
    found = limits(case.aside, level, counts, case.kinds, by_class=by_class)
    there = _each(ahead, size)
    rows = [over(there[v].everyone, found.threshold[v], shares[v]) for v in range(size)]
    held, subsets = (np.array(part) for part in zip(*rows, strict=True))
    laws = [case.law(there[v], found, v, level[v], by_class=by_class) for v in range(size)]
    average = np.array([[(weight * share).sum() for weight, share in each] for each in laws])
    kept = [one.fresh.own <= q[one.fresh.labels] for one, q in zip(there, found.threshold, strict=True)]
    return SetsAlong(
        level,
        counts,
        shares,
        found,
        held,
        (shares * held).sum(1),
        subsets,
        np.array(kept),
        (shares * average).sum(1),
        average,
        found.promised @ case.shares,
        np.abs(shares - case.shares).sum(1) + [one.change for one in there],
        by_class,
    )


def _each(ahead: Sequence[Ahead], size: int) -> Sequence[Ahead]:
    return ahead if len(ahead) == size else [ahead[0]] * size


def over(everyone: Scored, threshold: FloatArray, shares: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the share of each class that sets of thresholds (K,) hold (K,), and how common each of them is (2^K,).

    Classes are as common as `shares` (K,) say.
    """
    kinds = everyone.scores.shape[1]
    inside = everyone.scores <= threshold
    parts = [inside[everyone.labels == k] for k in range(kinds)]
    held = np.array([part[:, k].mean() for k, part in enumerate(parts)])
    return held, np.sum([share * common(part) for share, part in zip(shares, parts, strict=True)], axis=0)


def common(inside: BoolArray) -> FloatArray:
    """Return how common each set (2^K,) is among sets (n, K).

    >>> common(np.array([[True, False], [True, True], [False, False], [True, True]]))
    array([0.25, 0.25, 0.  , 0.5 ])
    """
    kinds = inside.shape[1]
    made: FloatArray = np.bincount(inside @ (1 << np.arange(kinds)), minlength=2**kinds) / len(inside)
    return made


def piles(aside: Scored, found: Limits, points: Codes, ends: FloatArray) -> Dots:
    """Return the own scores of the first points (V,) in bins with ends (B + 1,), inside the sets and outside."""

    own, inside = aside.own, aside.own <= found.threshold[:, aside.labels]
    kept = [binned(np.ones(int(row[:n].sum())), own[:n][row[:n]], ends) for n, row in zip(points, inside, strict=True)]
    lost = [
        binned(np.ones(int((~row[:n]).sum())), own[:n][~row[:n]], ends) for n, row in zip(points, inside, strict=True)
    ]
    return Dots(np.array(kept), np.array(lost))


# -------------------------------------------------------------------------------------------------- repeated worlds
def law_of_sets(
    case: SetCase,
    ahead: Sequence[Ahead],
    level: FloatArray,
    points: FloatArray,
    shares: FloatArray,
    ends: FloatArray,
    *,
    by_class: bool = False,
) -> FloatArray:
    """Return the exact probability (V, B) that what sets hold of all new points lies in each bin, ends (B + 1,).

    It is that over calibration sets of this size; `by_class`, over such sets with as many of each class as there are.
    """
    found, rows = limits(case.aside, level, points.astype(int), case.kinds, by_class=by_class), []
    there = _each(ahead, len(level))
    for v in range(len(level)):
        laws = case.law(there[v], found, v, level[v], by_class=by_class)
        if by_class:
            rows.append(binned(*_added(laws, shares[v]), ends))
        else:  # one threshold decides for all classes
            whole = (shares[v][:, None] * np.array([share for _, share in laws])).sum(0)
            rows.append(binned(laws[0][0], whole, ends))
    return np.array(rows)


def _added(laws: Sequence[tuple[FloatArray, FloatArray]], shares: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the law of a sum of independent parts, each a weight and a share of its class, as weights and values."""
    total = np.ones(1)
    for (weight, held), part in zip(laws, shares, strict=True):
        total = np.convolve(total, np.bincount(np.round(part * held * _FINE).astype(int), weight))
    return total, np.arange(len(total)) / _FINE


def binned(weight: FloatArray, value: FloatArray, ends: FloatArray) -> FloatArray:
    """Return the probabilities (B,) of values with weights (M,) that they lie in bins, ends (B + 1,)."""
    made: FloatArray = np.histogram(np.clip(value, ends[0], ends[-1]), ends, weights=weight)[0]
    return made


def sets_in_worlds(
    case: SetCase,
    ahead: Sequence[Ahead],
    scores: FloatArray,
    level: FloatArray,
    points: FloatArray,
    shares: FloatArray,
    ends: FloatArray,
    *,
    by_class: bool = False,
) -> Worlds:
    """Return what sets calibrated in R repeated worlds hold, at V positions, counted beside the exact law.

    `scores` (R, N) are own scores of calibration points; `by_class`, of points of the same classes as those kept aside.
    """
    held, there = np.empty((len(level), len(scores))), _each(ahead, len(level))
    for at, q in thresholds_by_size(scores, case.aside.labels, level, points.astype(int), case.kinds, by_class):
        for v, mine in zip(at, q, strict=True):
            held[v] = sum(shares[v, k] * there[v].everyone.held(k, mine[:, k]) for k in range(case.kinds))
    return as_worlds(held, law_of_sets(case, ahead, level, points, shares, ends, by_class=by_class), ends)


def thresholds_by_size(
    scores: FloatArray, labels: Codes, level: FloatArray, points: Codes, kinds: int, by_class: bool
) -> Iterator[tuple[Codes, FloatArray]]:
    """Yield positions with one number of calibration points, and their thresholds (v, R, K) by own scores (R, N).

    Scores are put in order once for all levels.
    """
    for n in np.unique(points):
        at = np.flatnonzero(points == n)
        levels, back = np.unique(level[at], return_inverse=True)
        if by_class:
            each = np.stack([thresholds(scores[:, :n][:, labels[:n] == k], levels) for k in range(kinds)], axis=2)
        else:
            each = np.repeat(thresholds(scores[:, :n], levels)[:, :, None], kinds, axis=2)
        yield at, each.swapaxes(0, 1)[back]


def as_worlds(held: FloatArray, law: FloatArray, ends: FloatArray) -> Worlds:
    """Return shares held (V, R) in repeated worlds, counted in bins, with their law (V, B)."""
    low, high = np.quantile(held, (0.05, 0.95), axis=1)
    error = held.std(1, ddof=1) / np.sqrt(held.shape[1])
    return Worlds(counted(held, ends), law, held.mean(1), error, low, high, held.shape[1])


def two_shares(second: FloatArray) -> FloatArray:
    """Return the shares (V, 2) of two classes from that of the second (V,).

    >>> two_shares(np.array([0.25]))
    array([[0.75, 0.25]])
    """
    made: FloatArray = np.stack([1 - second, second], axis=1)
    return made
