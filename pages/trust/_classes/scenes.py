"""The scenes of the page of classes: worlds of two inputs, and flowers of which two measurements of four are shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from bayes_core.data import CLASS_WORLDS, iris
from bayes_core.data.source import standardised
from bayes_core.evaluation.class_map import Plane
from bayes_core.types import Dataset
from pages._ui.settings import Scene

FRESH = 1000
"""Points from the same world that nobody fitted."""


@dataclass(frozen=True)
class Story:
    """Which world, how many points, and where the ring starts; a `world` of "" is the flowers, whose rows are given."""

    world: str
    points: int
    ring: tuple[float, float]
    reach: float = 3.2


_OUTSIDE = Story("moons", 100, (-2.6, -2.2))
_START = {"width": 1.0, "seed": 1, "mislabelled": 0.0, "model": "network"}
_WIDTHS = {"width": (0.3, 3.0)}
_FLOWERS = Story("", 150, (-0.3, 2.6))
SCENES: dict[str, Scene] = {
    "line": Scene(
        "A straight boundary",
        _START | {"model": "line", "width": 2.0},
        _WIDTHS,
        story=replace(_OUTSIDE, ring=(-2.8, 2.8)),
    ),
    "moons": Scene("Two moons", _START | {"width": 2.0}, _WIDTHS, story=_OUTSIDE),
    "twelve": Scene("Twelve points", _START | {"seed": 9}, _WIDTHS, story=Story("twelve", 12, (2.4, 1.8))),
    "circles": Scene("Two rings", _START | {"width": 2.0}, _WIDTHS, story=Story("circles", 100, (2.6, 2.4))),
    "iris": Scene("Iris", _START, _WIDTHS, story=_FLOWERS),
    "blobs": Scene("Three clouds", _START, _WIDTHS, story=Story("blobs", 100, (0.0, -2.8))),
}


@lru_cache(maxsize=32)
def rows(story: Story, seed: int, mislabelled: float) -> Dataset:
    """Return the rows that are fitted; some labels of invented ones are wrong."""
    if not story.world:
        return standardised(iris())
    return CLASS_WORLDS[story.world](n=story.points, seed=seed).dataset(mislabelled=mislabelled)


@lru_cache(maxsize=32)
def fresh_rows(story: Story, seed: int, mislabelled: float) -> Dataset | None:
    """Return rows of the same world that nobody fitted; there are no further flowers."""
    if not story.world:
        return None
    world = CLASS_WORLDS[story.world](n=story.points, seed=seed)
    return world.another(FRESH, seed + 1).dataset(mislabelled=mislabelled)


def plane(story: Story, dataset: Dataset) -> Plane:
    """Return the two inputs that are shown: a flower's last two, petal length and width; others stand at their mean."""
    inputs = dataset.x.shape[1]
    reach = (-story.reach, story.reach)
    return Plane((inputs - 2, inputs - 1), reach, reach, tuple(np.zeros(inputs).tolist()))


def titled(dataset: Dataset) -> Dataset:
    """Return the data with inputs named as the axes say them."""
    if dataset.x.shape[1] == 2:
        return replace(dataset, feature_names=("first measurement", "second measurement"))
    return dataset
