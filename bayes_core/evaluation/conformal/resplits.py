"""Conformal sets of a finite lot of points, calibrated on some and tried on the others: what other splits would give.

No truth is known of them, and there are no further ones, so that worlds cannot be repeated; which points calibrate can.
Where all splits are as likely, how many of the others are held has an exact distribution, equal scores or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from scipy.special import gammaln

from bayes_core.checks import FloatArray
from bayes_core.evaluation.conformal.along import Worlds
from bayes_core.evaluation.conformal.sets_along import (
    Codes,
    Limits,
    Scored,
    SetsAlong,
    as_worlds,
    binned,
    common,
    limits,
    thresholds_by_size,
)
from bayes_core.evaluation.conformal.threshold import rank

_REST = 1e-13  # of the probability: no threshold beyond is worth a look


def law_of_resplits(scores: FloatArray, n: int, level: float) -> FloatArray:
    r"""Return the probabilities (m + 1,) that j = 0..m of m points are held by n others, over all splits of n + m.

    Without equal scores this is the beta-binomial of k and n + 1 - k. With them, over the distinct scores v, of which A
    points have at most v and B fewer than v: v is the threshold where x of the A and fewer than k of the B calibrate,
    and then A - x are held. Everything is held where n is too small.

    >>> law_of_resplits(np.array([1.0, 2.0, 3.0]), 2, 0.6).round(3)
    array([0.333, 0.667])
    """
    return _law_of_rank(scores, n, rank(n, level))


def _law_of_rank(scores: FloatArray, n: int, k: int) -> FloatArray:
    total = len(scores)
    m = total - n
    if k > n:
        return np.where(np.arange(m + 1) == m, 1.0, 0.0)
    counts = np.unique(scores, return_counts=True)[1]
    upto = np.cumsum(counts)
    x, few = np.arange(k, n + 1), np.arange(k)  # how many of those with at most v calibrate, and with fewer
    fact, law = gammaln(np.arange(total + 1) + 1.0), np.zeros(m + 1)
    for a, b in zip(upto.tolist(), (upto - counts).tolist(), strict=True):
        if a < k:
            continue
        if law.sum() > 1 - _REST:
            break
        of_a = _hypergeometric(fact, x, total, a, n)
        of_b = _hypergeometric(fact, few[:, None], a, b, np.minimum(x, a)).sum(0)
        there = (of_a > 0) & (a - x >= 0)
        np.add.at(law, (a - x)[there], (of_a * of_b)[there])
    return law


def _hypergeometric(
    fact: FloatArray, x: Codes, total: int | Codes, good: int | Codes, drawn: int | Codes
) -> FloatArray:
    """Return the probability that x of `drawn` out of `total` are among `good`; `fact` are log factorials."""
    bad, missed = np.subtract(total, good), np.subtract(drawn, x)
    there = (x >= 0) & (x <= good) & (missed >= 0) & (missed <= bad)

    def choose(n: int | Codes, k: Codes) -> FloatArray:
        made: FloatArray = fact[n] - fact[np.where(there, k, 0)] - fact[np.where(there, n - k, 0)]
        return made

    log = choose(good, x) + choose(bad, missed) - (fact[total] - fact[drawn] - fact[np.subtract(total, drawn)])
    made: FloatArray = np.where(there, np.exp(np.where(there, log, 0.0)), 0.0)
    return made


def orders(labels: Codes, splits: int, seed: int, *, by_class: bool) -> Codes:
    """Return orders (R, N) in which points calibrate; `by_class` each place keeps the class (N,) that it has.

    >>> made = orders(np.array([0, 1, 0, 0]), 3, seed=1, by_class=True)
    >>> made[:, 1].tolist(), np.sort(made, axis=1).tolist()[0]
    ([1, 1, 1], [0, 1, 2, 3])
    """
    random = np.random.default_rng([seed, 31])
    made = np.tile(np.arange(len(labels)), (splits, 1))
    for at in [np.flatnonzero(labels == k) for k in np.unique(labels)] if by_class else [np.arange(len(labels))]:
        made[:, at] = random.permuted(np.tile(at, (splits, 1)), axis=1)
    return made


def sets_in_resplits(
    lot: Scored, level: FloatArray, points: FloatArray, splits: Codes, ends: FloatArray, *, by_class: bool = False
) -> tuple[SetsAlong, Worlds]:
    """Return sets at V positions of level and number of calibration points, the first of the lot, tried on the others.

    `splits` (R, N) are orders of the lot, as `orders` makes them. What is expected of each class is their average; of
    all points it is exact, as the law beside what was counted is.
    """
    kinds, counts = lot.scores.shape[1], points.astype(int)
    found = limits(lot, level, counts, kinds, by_class=by_class)
    rows = [_tried(lot, found, v, n) for v, n in enumerate(counts.tolist())]
    held, shares, subsets = (np.array(part) for part in zip(*rows, strict=True))
    share, by = np.empty((len(level), len(splits))), np.empty((len(level), kinds))
    for at, q in thresholds_by_size(lot.own[splits], lot.labels, level, counts, kinds, by_class):
        rest = splits[:, counts[at[0]] :]
        scores, labels = lot.own[rest], lot.labels[rest]  # the same at every level
        for v, mine in zip(at, q, strict=True):
            share[v], by[v] = _resplit(scores, labels, mine)
    laws = [_law(lot, int(n), p, by_class=by_class) for n, p in zip(counts, level, strict=True)]
    expected = np.array([(law * np.arange(len(law))).sum() / (len(law) - 1) for law in laws])
    told = SetsAlong(
        level,
        counts,
        shares,
        found,
        held,
        np.nansum(shares * held, axis=1),
        subsets,
        lot.own <= found.threshold[:, lot.labels],
        expected,
        by,
        (shares * found.promised).sum(1),
        np.zeros(len(level)),
        by_class,
    )
    values = [np.arange(len(law)) / (len(law) - 1) for law in laws]
    exact = np.array([binned(law, value, ends) for law, value in zip(laws, values, strict=True)])
    return told, as_worlds(share, exact, ends)


def _tried(lot: Scored, found: Limits, v: int, n: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return what is held of each class (K,) of the other points, their shares, and how common each set is."""
    kinds, rest = lot.scores.shape[1], Scored(lot.scores[n:], lot.labels[n:])
    sizes = np.bincount(rest.labels, minlength=kinds)
    held = np.full(kinds, np.nan)
    inside = rest.scores <= found.threshold[v]
    own = inside[np.arange(len(rest.labels)), rest.labels]
    for k in np.flatnonzero(sizes):
        held[k] = own[rest.labels == k].mean()
    return held, sizes / sizes.sum(), common(inside)


def _resplit(scores: FloatArray, labels: Codes, q: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the share held of the others (R, m) in every split (R,), by thresholds (R, K), and of each class (K,)."""
    kept = scores <= np.take_along_axis(q, labels, axis=1)
    of_each = np.bincount(labels.ravel(), minlength=q.shape[1])
    with np.errstate(invalid="ignore"):  # none of the others may be of a class
        by = np.bincount(labels.ravel(), kept.ravel(), q.shape[1]) / of_each
    return kept.mean(1), by


def _law(lot: Scored, n: int, level: float, *, by_class: bool) -> FloatArray:
    """Return the exact law of how many of the others are held; by class, of the sum of independent parts."""
    if not by_class:
        return _law_of(lot, None, n, rank(n, level))
    sizes = {int(k): int((lot.labels[:n] == k).sum()) for k in np.unique(lot.labels)}
    parts: Sequence[FloatArray] = [_law_of(lot, k, size, rank(size, level)) for k, size in sizes.items()]
    total = np.ones(1)
    for part in parts:
        total = np.convolve(total, part)
    return total


@lru_cache(maxsize=1024)  # neighbouring levels have the same rank, and every picture of a lot asks for the same ones
def _law_of(lot: Scored, label: int | None, n: int, k: int) -> FloatArray:
    """Return the law of the points of one class, or of all, for the threshold of rank k of n."""
    return _law_of_rank(lot.own if label is None else lot.rising[label], n, k)
