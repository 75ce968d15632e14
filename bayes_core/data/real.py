"""Real data that ship with scikit-learn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray, count
from bayes_core.types import Dataset


def diabetes(features: Sequence[str] = ("bmi",)) -> Dataset:
    """Return scikit-learn's diabetes data in raw units: 442 patients, disease progression after one year.

    `features` are any of age, sex, bmi, bp, s1 ... s6 (Efron et al. 2004). Raises ValueError for other names.

    >>> diabetes(("bmi", "bp")).x.shape
    (442, 2)
    """
    from sklearn.datasets import load_diabetes  # noqa: PLC0415 (slow to import)

    bunch = load_diabetes(scaled=False)
    return Dataset(
        _columns(bunch.data, list(bunch.feature_names), features),
        bunch.target.astype(float),
        "regression",
        tuple(features),
        "disease progression after one year",
        "Diabetes",
        "sklearn.datasets.load_diabetes (Efron et al. 2004)",
    )


@lru_cache(maxsize=64)
def patients(features: tuple[str, ...] = ("bmi",), n: int = 442, seed: int = 0) -> Dataset:
    """Return n of the diabetes patients, drawn without replacement by a seed, in sd from the mean of all 442.

    A larger n keeps the patients that a smaller one has. Raises ValueError for other features, and an n that cannot be
    had.

    >>> few = patients(("bmi", "bp"), n=3, seed=1)
    >>> bool((few.x == patients(("bmi", "bp"), n=5, seed=1).x[:3]).all())
    True
    """
    everyone = diabetes(features)
    n = count(n, "n", 1, len(everyone.y))
    x, y = ((v - v.mean(0)) / v.std(0) for v in (everyone.x, everyone.y))
    rows = np.random.default_rng(seed).permutation(len(everyone.y))[:n]
    return replace(everyone, x=x[rows], y=y[rows])


def iris(features: Sequence[str] = ("sepal length", "sepal width", "petal length", "petal width")) -> Dataset:
    """Return scikit-learn's iris data: 150 flowers in cm, y is 0 setosa, 1 versicolor, 2 virginica (Fisher 1936).

    Raises ValueError for other features.

    >>> iris(("petal length",)).x.shape
    (150, 1)
    """
    from sklearn.datasets import load_iris  # noqa: PLC0415 (slow to import)

    bunch = load_iris()
    return Dataset(
        _columns(bunch.data, [name.removesuffix(" (cm)") for name in bunch.feature_names], features),
        bunch.target.astype(float),
        "classification",
        tuple(features),
        "species",
        "Iris",
        "sklearn.datasets.load_iris (Fisher 1936)",
        tuple(bunch.target_names.tolist()),
    )


def wine(features: Sequence[str] = ()) -> Dataset:
    """Return scikit-learn's wine data: 178 wines of three cultivars, 13 measurements in units of their own (all if ()).

    Raises ValueError for other features.

    >>> wine(("alcohol", "proline")).x.shape
    (178, 2)
    """
    from sklearn.datasets import load_wine  # noqa: PLC0415 (slow to import)

    bunch = load_wine()
    return _classified(
        bunch,
        tuple(features) or tuple(bunch.feature_names),
        ("cultivar 1", "cultivar 2", "cultivar 3"),
        "cultivar",
        "Wine",
        "sklearn.datasets.load_wine (Forina et al. 1991)",
    )


def cancer(features: Sequence[str] = ()) -> Dataset:
    """Return scikit-learn's breast cancer data: 569 tumours, 30 measurements of their cells (all if ()).

    0 is malignant, 1 benign (Street, Wolberg and Mangasarian 1993). Raises ValueError for other features.

    >>> cancer().classes, int(cancer().y.sum())
    (('malignant', 'benign'), 357)
    """
    from sklearn.datasets import load_breast_cancer  # noqa: PLC0415 (slow to import)

    bunch = load_breast_cancer()
    return _classified(
        bunch,
        tuple(features) or tuple(bunch.feature_names.tolist()),
        ("malignant", "benign"),
        "tumour",
        "Breast cancer",
        "sklearn.datasets.load_breast_cancer (Street et al. 1993)",
    )


def digits() -> Dataset:
    """Return scikit-learn's digits: 1,797 images of 8 by 8 pixels from 0 (paper) to 16 (ink), row by row.

    >>> digits().x.shape, len(digits().classes)
    ((1797, 64), 10)
    """
    from sklearn.datasets import load_digits  # noqa: PLC0415 (slow to import)

    bunch = load_digits()
    names, source = tuple(bunch.feature_names), "sklearn.datasets.load_digits (Alpaydin and Kaynak 1998)"
    return _classified(bunch, names, tuple("0123456789"), "digit", "Digits", source)


def _classified(
    bunch: Any, features: tuple[str, ...], classes: tuple[str, ...], target: str, title: str, source: str
) -> Dataset:
    """Return scikit-learn's data with the named columns, classes under the names given here in its own order."""
    x = _columns(bunch.data, list(bunch.feature_names), features)
    return Dataset(x, bunch.target.astype(float), "classification", features, target, title, source, classes)


def _columns(data: FloatArray, known: list[str], features: Sequence[str]) -> FloatArray:
    """Return the columns that bear these names, or say which names there are."""
    unknown = [name for name in features if name not in known]
    if unknown or not features:
        raise ValueError(f"there is no feature {unknown or '(none given)'}: choose some of {', '.join(known)}")
    return data[:, [known.index(name) for name in features]]
