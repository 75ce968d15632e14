"""What decides everything the linear page shows: its settings, their controls and their limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.inference import METHODS, ask, methods_for
from bayes_core.intervals import level_words
from bayes_core.models import Linear
from bayes_core.summaries.sweep import Lens, Track
from bayes_core.types import Budget, Prior, Question
from pages._ui import link, staging
from pages._ui.asking import Asking, Band
from pages._ui.fields import choice, fresh, handle, hidden
from pages._ui.holding import at_one
from pages._ui.probing import Across, across
from pages._ui.settings import PageSettings, Scene, log_spaced
from pages._ui.suiting import of_numbers

from .scenes import SCENES, on

PAGE = "linear/posterior"
POINTS = (3, 5, 8, 20, 50, 100, 200, 500)
LEVELS = (0.8, 0.9, 0.95, 0.99)
MODEL = Linear()
_ELSEWHERE = ("vi_lowrank", "laplace", "ensemble", "anchored")  # of two weights they tell nothing that others do not
ANSWERS = tuple(name for name in methods_for(MODEL) if name not in _ELSEWHERE)
SAMPLED = tuple(name for name in ANSWERS if name not in ("exact", "map", "prior"))  # these are worked out everywhere
NAMES = {"coef[0]": "slope", "intercept": "intercept", "sigma": "noise"}
_BUDGET = Budget(draws=2000, warmup=1000, chains=4, steps=2000)
_POSITIONS = 41
SHOWN = 40
"""How many of the repeated worlds can be seen, and entered as the data."""


def _position(value: float, unit: str) -> str:
    return f"{value:,.7g}{unit}"  # all the digits that a position has: the address has them, too


def data_words(world: int) -> str:
    """Return which data a world is, in words.

    >>> data_words(0), data_words(17)
    ("the page's own", 'world 17 of 40')
    """
    return f"world {world} of {SHOWN}" if world else "the page's own"


def _noise_text(settings: LinearSettings) -> Callable[[float], str]:
    unit = settings.source().scales["sigma"].unit
    return partial(_position, unit=f" {unit}" if 0 < len(unit) < 4 else "")


@dataclass(frozen=True, kw_only=True)
class LinearSettings(PageSettings):
    """Prior width, noise in the data, the data themselves, the interval and who answers."""

    width: float = handle(
        "prior width", "prior", lambda s: partial(_position, unit=""), ends=("stubborn", "open-minded")
    )
    noise: float = handle(("noise", " in the data"), "aleatoric", _noise_text, ends=("little noise", "much noise"))
    points: int = choice(POINTS, "Number of points", offered=lambda s: s.sizes)
    seed: int = fresh("New data", world=0)
    level: float = choice(LEVELS, "Interval", lambda v: f"{100 * v:g} %", 0.9)
    method: str = choice(ANSWERS, "Answer by", lambda m: METHODS[m].title, "exact")
    world: int = hidden(link.whole_in(0, SHOWN), 0, "data", data_words)  # which repeated world, 0 for the page's own
    worlds: bool = hidden(link.yes_no, False)  # whether they are shown
    SCENES: ClassVar[Mapping[str, Scene]] = SCENES
    FIRST: ClassVar[str] = "five"
    scaled: ClassVar[Mapping[str, str]] = {"width": "width"}

    @classmethod
    def on(cls, source: Source) -> Scene:
        of_numbers(source)
        return on(source.alone())

    @property
    def handles(self) -> tuple[str, ...]:
        return ("width", "noise") if self.source().world else ("width",)

    @property
    def across(self) -> Across:
        return across(self.source().axes)

    @property
    def chart(self) -> Source:
        return self.source().at(self.noise)

    @property
    def exact(self) -> bool:
        return self.method not in SAMPLED

    @property
    def near(self) -> int:
        return 7 if self.method != "prior" else 0  # which no point changes

    @property
    def together(self) -> bool:
        return True

    @property
    def sizes(self) -> tuple[int, ...]:
        """Return the numbers of points there can be: what was measured has the rows it has."""
        return POINTS if self.source().world else (len(self.source().dataset.y),)

    def spaced(self, handle: str) -> FloatArray:
        return log_spaced(*self.spec.ranges[handle], _POSITIONS)

    def slots(self, handle: str) -> Mapping[str, str]:
        return {"unit": self.source().scales["slope"].unit, "level": level_words(self.level)}

    @property
    def asking(self) -> Asking | None:
        """Return the question where new points fall at the picture's right edge; the prior saw no points."""
        return self.kept("asking", "", self._asking)

    def _asking(self) -> Asking | None:
        if self.method == "prior":
            return None
        axes, unit = self.source().axes, self.source().scales["slope"].unit.split(" per ")
        edge = axes.x_range[1]
        return Band(
            name="edge",
            shows=("data",),
            of="predictive",
            word="edge.new.ends",
            at={edge: f"{axes.x_title}: {edge:g}"},
            unit=unit[0] if len(unit) > 1 else "",
        )

    @property
    def telling(self) -> str:
        return self.method if self.method in ("map", "prior") else ""

    @property
    def measure(self) -> Any:
        return type(self), self.scene  # one method's line and band may be compared with another's

    # -------------------------------------------------------------------------------- what is asked, and how it is seen
    def source(self) -> Source:
        """Return what is looked at, its noise as the scene has it."""
        return _source(self.spec, self.points, self.seed, self.world)

    def changed(self, **changes: Any) -> Self:
        """Return the settings after a choice; other points are the page's own again."""
        return super().changed(**({"world": 0} if "points" in changes else {}), **changes)

    def acted(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a click on the meter, or on one of its worlds, asks for."""
        told = {name: values[name] for name in ("world", "worlds") if name in values and not staging.locked(name)}
        return {name: int(min(max(v, 0), SHOWN)) if name == "world" else bool(v) for name, v in told.items()}

    def alone(self, handle: str) -> Self:
        """Return what a film depends on: whether the repeated worlds are shown is nothing to it."""
        return replace(self.others(handle), worlds=False)

    def still(self) -> Self:
        return replace(super().still(), worlds=False)

    def glanced(self) -> Self:
        return at_one(self)  # type: ignore[no-any-return]

    def question(self, method: str = "") -> Question:
        """Return what a fit answers."""
        method, source = method or self.method, self.source().at(self.noise)
        prior = Prior(self.width, source.noise_prior)
        return ask(source.dataset, MODEL, method, prior, _BUDGET.only(METHODS[method].reads), self.seed)

    def track(self, handle: str) -> Track:
        """Return the questions along one handle, the other standing where it stands."""
        source, values = self.source(), self.positions(handle)
        widths = values if handle == "width" else np.full(len(values), self.width)
        return Track(handle, values, source.dataset.x, source.outcomes(self.noises(handle)), widths, source.noise_prior)

    def noises(self, handle: str) -> FloatArray:
        """Return the noise in the data at every position of a handle, (V,)."""
        values = self.positions(handle)
        return values if handle == "noise" else np.full(len(values), self.noise)

    def lens(self) -> Lens:
        """Return how this scene is looked at."""
        source = self.source()
        views = [source.scales[name].range for name in ("slope", "intercept", "sigma")]
        grids = {name: np.linspace(*view, 72) for name, view in zip(NAMES, views, strict=True)}
        return Lens(source.slice(source.axes.grid(61)), grids, self.level, seed=self.seed)


@lru_cache(maxsize=64)
def _source(scene: Scene, points: int, seed: int, world: int) -> Source:
    assert scene.source is not None
    source = scene.source(points=points, seed=seed)
    if source.world is None or not world:
        return source
    other = source.world.another(world, seed)
    return replace(source, world=other, dataset=other.dataset())
