"""Probabilities as whole people: how many of a crowd stand in each cell, and the tree that counts them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray
from bayes_core.foundations.diagnosis import Diagnosis
from bayes_core.foundations.quantities import CELLS, union


def people(joint: ArrayLike, total: ArrayLike) -> FloatArray:
    """Return whole numbers of people per cell that sum to `total` (...,): largest remainders, (..., 4) -> (..., 4).

    >>> people(Diagnosis(0.01, 0.8, 0.904).joint, 1000)
    array([  8.,   2.,  95., 895.])
    """
    size = np.asarray(total)[..., None]
    ideal = np.asarray(joint, dtype=float) * size
    whole = np.floor(ideal + 1e-9)
    missing = np.round(size - whole.sum(-1, keepdims=True))
    order = np.argsort(np.argsort(-(ideal - whole), axis=-1, kind="stable"), axis=-1)
    counted: FloatArray = whole + (order < missing)
    return counted


def crowd(prevalence: float, least: int = 1000, most: int = 10**9) -> int:
    """Return the smallest round crowd in which at least ten are sick, for a tree of whole people.

    >>> crowd(0.01), crowd(0.0001)
    (1000, 100000)
    """
    size = least
    while size < most and prevalence * size < 9.5:
        size *= 10
    return size


def untested(counted: FloatArray) -> FloatArray:
    """Return the same people (..., 4) before anyone is tested: who is sick stays so, and nobody has tested positive.

    >>> untested(np.array([8.0, 2.0, 95.0, 895.0]))
    array([  0.,  10.,   0., 990.])
    """
    sick, well = union(counted, "both", "only"), union(counted, "other", "neither")
    return np.stack([np.zeros_like(sick), sick, np.zeros_like(well), well], -1)


def tree(test: Diagnosis, least: int = 0) -> dict[str, FloatArray]:
    """Return tests (V,) as trees of whole people, (V,) each, in crowds large enough for at least ten sick ones.

    They hold at least some `least` positive ones too, as far as a billion people can.

    "all" are "A", the sick, and "notA"; these are split by CELLS into who tests positive and who does not. "positive"
    are all who do.

    >>> {name: int(n[0]) for name, n in tree(Diagnosis([0.004], 0.8, 0.904)).items()}
    {'all': 10000, 'A': 40, 'notA': 9960, 'both': 32, 'only': 8, 'other': 956, 'neither': 9004, 'positive': 988}
    """
    rare = np.minimum(test.prevalence, test.positive * 9.5 / least if least else 1.0)
    sizes = np.array([crowd(float(p)) for p in rare])
    whole = people(test.joint, sizes)
    branches = {"A": ("both", "only"), "notA": ("other", "neither")}
    counted = {"all": sizes.astype(float)} | {name: union(whole, *cells) for name, cells in branches.items()}
    counted |= {cell: whole[:, k] for k, cell in enumerate(CELLS)}
    return counted | {"positive": union(whole, "both", "other")}
