"""A part of many rows that looks like all of them, and the rest to test on."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import count
from bayes_core.types import Dataset

_LAYERS = 10


@dataclass(frozen=True, eq=False)
class Sample:
    """Rows to fit, the rest (None where all are fitted), the places of the fitted ones, and a sentence that says so."""

    train: Dataset
    rest: Dataset | None
    rows: NDArray[np.intp]
    sentence: str


def sampled(dataset: Dataset, most: int, seed: int) -> Sample:
    """Return at most `most` rows by chance, with each class, or each tenth of a number's range of ranks, by its share.

    Rows keep their order; the same seed takes the same. Raises ValueError for fewer rows than classes.

    >>> data = Dataset.from_arrays(np.arange(1000.0), np.arange(1000.0))
    >>> taken = sampled(data, 100, seed=1)
    >>> len(taken.train.y), len(taken.rest.y), int((taken.train.y < 100).sum()), taken.sentence
    (100, 900, 10, '100 of 1,000 rows are fitted, drawn at random in every tenth of y; the other 900 test the fit.')
    """
    most, rows = count(most, "the most rows", 1, 1_000_000), len(dataset.y)
    if rows <= most:
        return Sample(dataset, None, np.arange(rows), f"All {rows:,} rows are fitted.")
    layers = _layers(dataset)
    taken = np.sort(_drawn(layers, most, np.random.default_rng([seed, 17])))
    others = np.setdiff1d(np.arange(rows), taken, assume_unique=True)
    train, rest = (replace(dataset, x=dataset.x[at], y=dataset.y[at]) for at in (taken, others))
    whole = "class" if dataset.task == "classification" else "tenth"
    of = f"in every {whole} of {dataset.target_name}"
    said = f"{most:,} of {rows:,} rows are fitted, drawn at random {of}; the other {len(others):,} test the fit."
    return Sample(train, rest, taken, said)


def _layers(dataset: Dataset) -> NDArray[np.intp]:
    """Return each row's layer (N,): its class, or the tenth that its target is in; equal targets share one."""
    if dataset.task == "classification":
        return dataset.y.astype(np.intp)
    edges = np.quantile(dataset.y, np.arange(1, _LAYERS) / _LAYERS)
    return np.searchsorted(edges, dataset.y, side="right")


def _drawn(layers: NDArray[np.intp], most: int, random: np.random.Generator) -> NDArray[np.intp]:
    """Return `most` rows: of each layer its share, rounded so that all add up, and one at least."""
    sizes = np.bincount(layers)
    found = np.flatnonzero(sizes)
    if most < len(found):
        raise ValueError(f"{most} rows cannot hold {len(found)} classes or tenths: take at least {len(found)}")
    exact = most * sizes[found] / sizes.sum()
    share = np.maximum(np.floor(exact).astype(int), 1)
    while share.sum() > most:
        share[np.where(share > 1, share - exact, -np.inf).argmax()] -= 1
    while share.sum() < most:
        share[np.where(share < sizes[found], exact - share, -np.inf).argmax()] += 1
    parts = [random.permutation(np.flatnonzero(layers == k))[:n] for k, n in zip(found, share, strict=True)]
    return np.concatenate(parts)


__all__ = ["Sample", "sampled"]
