"""What decides everything that the page on complexity shows: the prior's width, the data, and who is compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.evaluation.complexity import FAMILIES, HIGHEST, Family, Judged, Ladder, Reweighted, Unseen
from pages._ui import staging
from pages._ui.asking import Asking, OneOf
from pages._ui.fields import choice, fresh, handle
from pages._ui.settings import PageSettings, Scene, log_spaced

from .scenes import POINTS, SCENES, Story, on

PAGE = "choose/models"
_FAMILIES: dict[str, Family] = {family: family for family in FAMILIES}
KINDS = ("none", "some", "many", "most")
NAMES = {"polynomial": "polynomials", "bumps": "Gaussian bumps"}
_POSITIONS = 41
_PLACES = 49  # at which bands are drawn
LEVEL = 0.9
DRAWS = 1000


@dataclass(frozen=True, kw_only=True)
class ModelSettings(PageSettings):
    """Prior width, the data themselves, which models there are, and the one that is compared with a constant."""

    width: float = handle(
        "prior width", "prior", lambda _: lambda value: f"{value:,.7g}", ends=("stubborn", "open-minded")
    )
    family: str = choice(FAMILIES, "Models", NAMES.__getitem__, "polynomial")
    top: int = choice(
        tuple(range(1, HIGHEST + 1)),
        lambda s: "Bumps compared with 0" if s.family == "bumps" else "Degree compared with degree 0",
        str,
        5,
        offered=lambda s: tuple(range(1, s.story.highest + 1)),
    )
    points: int = choice(POINTS, lambda s: f"Number of {s.story.point[1]}", offered=lambda s: s.sizes)
    seed: int = fresh("New data")
    SCENES: ClassVar[Mapping[str, Scene]] = SCENES
    FIRST: ClassVar[str] = "day"

    @classmethod
    def on(cls, source: Source) -> Scene:
        return on(source)

    @property
    def story(self) -> Story:
        """Return what the words need to know of the scene."""
        story = self.spec.story
        assert isinstance(story, Story)
        return story

    @property
    def sizes(self) -> tuple[int, ...]:
        """Return the numbers of rows there can be: a reader's own data have those they have."""
        return POINTS if self.source().world else (len(self.source().dataset.y),)

    @property
    def asking(self) -> Asking | None:
        """Return the question how much freedom the evidence will choose."""
        return OneOf(
            name="choice",
            shows=("bands", "truth.y", "left_out", "error", "fit"),
            keys=KINDS,
            right=lambda view: view.said["evidence.kind"],
        )

    def spaced(self, handle: str) -> FloatArray:
        return log_spaced(*self.spec.ranges[handle], _POSITIONS)

    def slots(self, handle: str) -> Mapping[str, str]:
        return {"points": self.story.point[1], "count": str(len(self.source().dataset.y))}

    def acted(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a press on a column asks for: to compare that model with the constant."""
        top = values.get("top")
        if staging.locked("top") or not isinstance(top, int) or top not in range(1, self.story.highest + 1):
            return {}
        return {"top": top}

    # ------------------------------------------------------------------------------------------------ what is asked
    def source(self) -> Source:
        """Return what is looked at."""
        return _source(self.spec, self.points, self.seed)

    def ladder(self) -> Ladder:
        """Return the polynomials."""
        return _ladder(self.spec, self.points, self.seed, self.family)

    def places(self) -> FloatArray:
        """Return the places at which bands are drawn."""
        return np.linspace(*self.story.ends, _PLACES)

    def judged(self) -> Judged:
        """Return what is said of every model at every position of the width."""
        return _judged(*self._worked_out)

    def bands(self) -> FloatArray:
        """Return the bands of all models and of their average, whichever is compared."""
        return _bands(*self._worked_out)

    def reweighted(self) -> Reweighted:
        """Return what draws say instead of refits."""
        return _reweighted(*self._worked_out)

    @property
    def _worked_out(self) -> tuple[Scene, int, int, str, tuple[float, ...]]:
        return self.spec, self.points, self.seed, self.family, tuple(self.positions("width").tolist())


@lru_cache(maxsize=64)
def _source(scene: Scene, points: int, seed: int) -> Source:
    assert scene.source is not None
    return scene.source(points=points, seed=seed)


@lru_cache(maxsize=64)
def _ladder(scene: Scene, points: int, seed: int, family: str) -> Ladder:
    source, story = _source(scene, points, seed), scene.story
    data, sizes = source.dataset, tuple(range(story.highest + 1))
    return Ladder(data.x[:, 0], data.y, story.ends, sizes, source.noise_prior, family=_FAMILIES[family])


@lru_cache(maxsize=4)  # 45 MB
def _judged(scene: Scene, points: int, seed: int, family: str, widths: tuple[float, ...]) -> Judged:
    world = _source(scene, points, seed).world
    unseen = Unseen.of(world.truth, world.noise, scene.story.ends) if world else None
    return Judged.of(_ladder(scene, points, seed, family), np.array(widths), unseen)


@lru_cache(maxsize=8)
def _bands(scene: Scene, points: int, seed: int, family: str, widths: tuple[float, ...]) -> FloatArray:
    low, high = scene.story.ends
    places = np.linspace(float(low), float(high), _PLACES)
    return _judged(scene, points, seed, family, widths).bands(places, LEVEL)


@lru_cache(maxsize=8)
def _reweighted(scene: Scene, points: int, seed: int, family: str, widths: tuple[float, ...]) -> Reweighted:
    return _judged(scene, points, seed, family, widths).reweighted(DRAWS, seed)
