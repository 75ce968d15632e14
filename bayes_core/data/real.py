"""Real data that ship with scikit-learn."""

from __future__ import annotations

from collections.abc import Sequence

from bayes_core.checks import FloatArray
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
    )


def _columns(data: FloatArray, known: list[str], features: Sequence[str]) -> FloatArray:
    """Return the columns that bear these names, or say which names there are."""
    unknown = [name for name in features if name not in known]
    if unknown or not features:
        raise ValueError(f"there is no feature {unknown or '(none given)'}: choose some of {', '.join(known)}")
    return data[:, [known.index(name) for name in features]]
