"""The scenes of conformal sets: two moons, one of them rare, and flowers by two measurements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from bayes_core.data import ClassWorld, iris, moons
from bayes_core.data.source import Source, standardised
from bayes_core.data.split import Split
from bayes_core.evaluation.class_map import Plane, plane_of
from bayes_core.types import Dataset
from pages._ui.settings import Scene
from pages._ui.suiting import of_classes, of_inputs, of_rows

FITTED = 100
NEW = 100
MOST = 300  # calibration points of the moons that there can be
FLOWERS = 50  # of 150 are fitted
FEWEST, MOST_FITTED, MOST_ASIDE = 20, 200, 300  # of a reader's own rows
EVENLY = 8000  # points of each class that stand for all there can be
NOISE = 0.5  # of the moons: they overlap
_ASIDE, _NEW = 1000, 2000  # added to a scene's seed: points kept aside, and new ones


@dataclass(frozen=True)
class Crowd:
    """Whose points: moons of which a share is of the `lower` one, or flowers by two `features`; where the ring starts.

    `plane` is what the picture shows of the inputs. Of a reader's `own` rows a `count` is fitted, by two inputs.
    """

    plane: Plane
    ring: tuple[float, float]
    lower: float = 0.5
    features: tuple[str, ...] = ()
    own: Source | None = None
    count: int = 0

    @property
    def kind(self) -> tuple[str, str]:
        """Return what several points, and several classes, are called."""
        if self.own is not None:
            return self.own.point[1], "classes"
        return ("flowers", "species") if self.features else ("points", "classes")

    @property
    def repeats(self) -> bool:
        """Return whether there is a world to repeat: of the flowers there are no others."""
        return not self.features and self.own is None

    @property
    def mixes(self) -> bool:
        """Return whether it matters how common a moon is: where one is rare."""
        return self.repeats and self.lower != self.upper

    @property
    def blurs(self) -> bool:
        """Return whether new points may scatter more than those that calibrate."""
        return self.repeats and not self.mixes

    @property
    def upper(self) -> float:
        """Return the share of upper moons."""
        return 1 - self.lower

    def seed_aside(self, seed: int) -> int:
        """Return the seed of the points kept aside."""
        return seed + _ASIDE

    def seed_new(self, seed: int) -> int:
        """Return the seed of the points that come later."""
        return seed + _NEW

    def world(self, n: int, seed: int) -> ClassWorld:
        """Return moons."""
        return replace(moons(n, seed, NOISE), shares=(self.upper, self.lower))

    def fitted(self, seed: int) -> Dataset:
        """Return the points that are fitted."""
        return self._moons(FITTED, seed) if self.repeats else self._split(seed).train

    def blur(self, noise: float) -> float:
        """Return how far a noise is from that of the points that calibrate."""
        return abs(noise - NOISE)

    def aside(self, seed: int) -> Dataset:
        """Return the points kept aside, of which the first calibrate: moons, or all flowers that are not fitted."""
        return self._moons(MOST, self.seed_aside(seed)) if self.repeats else self._others(seed)

    def new(self, seed: int, noise: float = NOISE) -> Dataset:
        """Return points that come later; of the flowers, those that do not calibrate are tried instead."""
        return self._moons(NEW, self.seed_new(seed), noise) if self.repeats else self.aside(seed)

    def everyone(self, noise: float = NOISE) -> Dataset:
        """Return moons that stand for all there can be."""
        return self.world(1, 0).evenly(EVENLY).dataset(noise)

    def _split(self, seed: int) -> Split:
        return _flowers(self.features, seed) if self.own is None else _rows(self.own, self.count, seed)

    def _others(self, seed: int) -> Dataset:
        rest = self._split(seed).held_out
        return rest if self.own is None else rest.head(min(len(rest.y), MOST_ASIDE))

    def _moons(self, n: int, seed: int, noise: float = NOISE) -> Dataset:
        return replace(self.world(n, seed).dataset(noise), feature_names=("first measurement", "second measurement"))


@lru_cache(maxsize=8)
def _flowers(features: tuple[str, ...], seed: int) -> Split:
    """Return flowers to fit and all others; measurements are in standard deviations of all 150."""
    named = tuple(f"{name}, sd from the mean" for name in features)
    return Split.of_rows(replace(standardised(iris(features)), feature_names=named), FLOWERS, seed)


_REST = tuple(np.zeros(2).tolist())
_MOONS = Plane((0, 1), (-3.0, 3.0), (-3.0, 3.0), _REST)
_SEPALS = Plane((0, 1), (-2.6, 3.0), (-2.8, 3.4), _REST)
_START: dict[str, Any] = {"level": 0.9, "points": 100.0, "share": 0.5, "noise": NOISE, "seed": 2}
_RANGES = {"level": (0.5, 0.99), "points": (4.0, float(MOST)), "share": (0.05, 0.95), "noise": (0.2, 1.2)}
RARE = 0.15

SET_SCENES: dict[str, Scene] = {
    "moons": Scene(
        "Which moon?",
        _START,
        _RANGES,
        story=Crowd(_MOONS, (1.6, 2.2)),
        asked={"level": (0.7,), "noise": (0.9,)},
    ),
    "rare": Scene(
        "A rare moon",
        _START | {"share": RARE, "seed": 6},
        _RANGES,
        story=Crowd(_MOONS, (-2.3, 2.2), RARE),
        asked={"points": (20.0,), "share": (0.6,)},
    ),
    "iris": Scene(
        "Which iris?",
        _START | {"points": 50.0, "classifier": "line"},
        _RANGES | {"points": (4.0, 80.0)},
        story=Crowd(_SEPALS, (0.8, -2.0), features=("sepal length", "sepal width")),
    ),
}


@lru_cache(maxsize=8)
def _rows(source: Source, count: int, seed: int) -> Split:
    """Return a reader's rows to fit and all others, by the two inputs that are shown, in standard deviations."""
    data = standardised(source.dataset)
    at = [source.along, source.across or 0]
    named = tuple(f"{data.feature_names[k]}, sd from the mean" for k in at)
    return Split.of_rows(replace(data, x=data.x[:, at], feature_names=named), count, seed)


def on(source: Source) -> Scene:
    """Return a reader's own classes over two inputs. Raises ValueError with the reason where they cannot be."""
    of_classes(source, 3, "the map has colours for two or three, so leave out or join some")
    of_inputs(source, 2, "this lesson draws a map over two")
    of_rows(source, FEWEST, "some are fitted, some calibrate, and the others are tried")
    assert source.across is not None
    rows = len(source.dataset.y)
    count = min(rows * 2 // 5, MOST_FITTED)
    aside = min(rows - count, MOST_ASIDE)
    plane, ring = plane_of(standardised(source.dataset).x[:, [source.along, source.across]], (0, 1))
    start = _START | {"points": float(min(100, aside // 2)), "classifier": "line"}
    ranges = _RANGES | {"points": (4.0, float(aside * 4 // 5))}
    return Scene(source.dataset.title or "Your data", start, ranges, story=Crowd(plane, ring, own=source, count=count))
