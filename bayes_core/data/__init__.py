"""The registry of data sets, and the worlds that the invented ones come from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bayes_core.data.classes import CLASS_WORLDS, ClassWorld, blobs, circles, moons, twelve
from bayes_core.data.real import cancer, diabetes, digits, iris, patients, wine
from bayes_core.data.synthetic import (
    WORLDS,
    World,
    blog,
    ferry,
    gap,
    houses,
    sine,
    sleep,
    step,
    swelling,
    temperature,
)
from bayes_core.types import Dataset


def _from_world(name: str) -> Callable[..., Dataset]:
    def make(noise: float | None = None, **settings: Any) -> Dataset:
        return WORLDS[name](**settings).dataset(noise)

    return make


def _from_class_world(name: str) -> Callable[..., Dataset]:
    def make(mislabelled: float | None = None, **settings: Any) -> Dataset:
        return CLASS_WORLDS[name](**settings).dataset(mislabelled=mislabelled)

    return make


DATASETS: dict[str, Callable[..., Dataset]] = (
    {name: _from_world(name) for name in WORLDS}
    | {name: _from_class_world(name) for name in CLASS_WORLDS}
    | {"diabetes": diabetes, "iris": iris, "wine": wine, "cancer": cancer, "digits": digits}
)


def load(name: str, **settings: Any) -> Dataset:
    """Return a registered data set: worlds take n, seed and noise, those of classes mislabelled too, tables features.

    >>> load("blog", n=100, noise=12.0, seed=42).y.shape
    (100,)
    """
    if name not in DATASETS:
        raise ValueError(f"there is no data set {name!r}: choose one of {', '.join(DATASETS)}")
    return DATASETS[name](**settings)


__all__ = [
    "CLASS_WORLDS",
    "DATASETS",
    "WORLDS",
    "ClassWorld",
    "World",
    "blobs",
    "blog",
    "cancer",
    "circles",
    "diabetes",
    "digits",
    "ferry",
    "gap",
    "houses",
    "iris",
    "load",
    "moons",
    "patients",
    "sine",
    "sleep",
    "step",
    "swelling",
    "temperature",
    "twelve",
    "wine",
]
