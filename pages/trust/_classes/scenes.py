"""The scenes of the page of classes: worlds of two inputs, and flowers of which two measurements of four are shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from bayes_core.data import CLASS_WORLDS, iris
from bayes_core.data.source import Axes, Source, standardised
from bayes_core.data.split import Split
from bayes_core.evaluation.class_map import Plane, plane_of
from bayes_core.numerics.rounding import ticks
from bayes_core.types import Dataset
from pages._ui.settings import Scene
from pages._ui.suiting import among, name_of, of_classes, of_inputs, of_rows

MOST = 500  # rows that a network samples in the time that anybody waits
FRESH = 1000
"""Points from the same world that nobody fitted."""


@dataclass(frozen=True)
class Story:
    """Which world, how many points, and where the ring starts; a `world` of "" is the flowers, whose rows are given.

    A reader's `own` rows have a `plane` of two of their inputs; those drawn on a map stay in the units of that map.
    """

    world: str
    points: int
    ring: tuple[float, float]
    reach: float = 3.2
    own: Source | None = None
    plane: Plane | None = None

    @property
    def drawn(self) -> bool:
        """Return whether the rows were drawn on a map, whose units they keep."""
        return self.own is not None and self.own.placed

    @property
    def sampled(self) -> bool:
        """Return whether only some of a reader's rows are fitted."""
        return self.own is not None and len(self.own.dataset.y) > self.points

    @property
    def counted(self) -> dict[str, str]:
        """Return how many of a reader's rows are fitted, and which inputs are shown, in words."""
        if self.own is None or self.own.across is None:
            return {}
        many, rows, names = (
            self.own.point[1],
            len(self.own.dataset.y),
            tuple(map(name_of, self.own.dataset.feature_names)),
        )
        told = f"{self.points:,} of your {rows:,} {many}, drawn at random" if self.sampled else f"Your {rows:,} {many}"
        return {"rows": told, "across": names[self.own.along], "up": names[self.own.across], "inputs": str(len(names))}


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
    if story.own is not None:
        return among(in_units(story.own), seed, story.points)
    if not story.world:
        return standardised(iris())
    return CLASS_WORLDS[story.world](n=story.points, seed=seed).dataset(mislabelled=mislabelled)


@lru_cache(maxsize=32)
def fresh_rows(story: Story, seed: int, mislabelled: float) -> Dataset | None:
    """Return rows of the same world that nobody fitted; there are no further flowers."""
    if story.own is not None:
        rest = Split.of_rows(in_units(story.own), story.points, seed).held_out if story.sampled else None
        return rest and rest.head(min(len(rest.y), FRESH))
    if not story.world:
        return None
    world = CLASS_WORLDS[story.world](n=story.points, seed=seed)
    return world.another(FRESH, seed + 1).dataset(mislabelled=mislabelled)


def plane(story: Story, dataset: Dataset) -> Plane:
    """Return the two inputs that are shown: a flower's last two, petal length and width; others stand at their mean."""
    if story.plane is not None:
        return story.plane
    inputs = dataset.x.shape[1]
    reach = (-story.reach, story.reach)
    return Plane((inputs - 2, inputs - 1), reach, reach, tuple(np.zeros(inputs).tolist()))


def titled(story: Story, dataset: Dataset) -> Dataset:
    """Return the data with inputs named as the axes say them."""
    if story.drawn:
        return dataset
    if story.own is not None:
        return replace(dataset, feature_names=tuple(f"{name}, in sd from the mean" for name in dataset.feature_names))
    if dataset.x.shape[1] == 2:
        return replace(dataset, feature_names=("first measurement", "second measurement"))
    return dataset


def in_units(own: Source) -> Dataset:
    """Return a reader's own rows as they are fitted: in standard deviations, or as they were drawn on a map."""
    return own.dataset if own.placed else standardised(own.dataset)


def chart(dataset: Dataset, seen: Plane) -> Source:
    """Return what a map shows as a source on its own axes, where points can be drawn."""
    across, up = seen.columns
    names = dataset.feature_names
    axes = Axes(
        seen.x_range, seen.y_range, ticks(*seen.x_range), ticks(*seen.y_range), names[across], names[up]
    )  # fmt: skip
    return Source(dataset, axes, {}, 1.0, along=across, across=up, placed=True)


def on(source: Source) -> Scene:
    """Return a reader's own classes as a scene of this page: every input in standard deviations, two of them shown.

    What was drawn on a map stays on its axes, and in its units.

    Raises ValueError with the reason where they cannot be: the map has colours for two classes or three.
    """
    of_classes(source, 3, "the map has colours for two or three, so leave out or join some")
    of_inputs(source, 2, "this lesson draws a map over two")
    of_rows(source, 3, "a boundary between classes")
    assert source.across is not None
    found, ring = plane_of(in_units(source).x, (source.along, source.across))
    if source.placed:
        found = Plane((source.along, source.across), source.axes.x_range, source.axes.y_range, (0.0, 0.0))
        ring = _within(ring, found)
    story = Story("", min(len(source.dataset.y), MOST), ring, own=source, plane=found)
    return Scene(source.dataset.title or "Your data", _START, _WIDTHS, story=story)


def _within(place: tuple[float, float], seen: Plane) -> tuple[float, float]:
    """Return the place on a plane that is nearest to one, a tenth away from its edges: a ring there is seen whole."""
    places = []
    for value, (low, high) in zip(place, (seen.x_range, seen.y_range), strict=True):
        edge = 0.1 * (high - low)
        places.append(float(f"{min(max(value, low + edge), high - edge):.3g}"))
    return places[0], places[1]
