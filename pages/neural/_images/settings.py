"""What decides everything that the page of images shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.images import digits, from_ink
from bayes_core.data.source import Source
from bayes_core.inference import METHODS, ask, methods_for
from bayes_core.models import Convolutional, Dense
from bayes_core.models.pictures import PictureModel
from bayes_core.types import Budget, Prior, Question
from pages._ui import staging
from pages._ui.fields import choice, fresh, handle, hidden
from pages._ui.settings import PageSettings, Scene

from .scenes import REFUSAL_SCENES, SKETCH_SCENES, TWELVE_SCENES, WIDTH_SCENES

PAGE = "neural/images"
FIRST = next(iter(TWELVE_SCENES))
"""The scene that an address need not name, whatever kind it is."""
NETWORKS: Mapping[str, PictureModel] = {"dense": Dense(), "filters": Convolutional()}
NETWORK_NAMES = {"dense": "64-32-10", "filters": "convolutional"}
_ORDER = ("map", "laplace_last", "vi_meanfield", "ensemble", "dropout")
METHODS_HERE = tuple(name for name in _ORDER if name in methods_for(Dense(), "classification"))
WIDTHS = (1.0, 3.0, 10.0)
WAYS = {"turn": "turning", "blur": "blurring"}
BUDGET = Budget(draws=25, chains=4, members=4, steps=1500, dropout_rate=0.2)  # each method reads its part


@dataclass(frozen=True, kw_only=True)
class NetworkSettings(PageSettings):
    """Which network reads the digits, and from which start it is trained."""

    network: str = choice(tuple(NETWORKS), "Network", NETWORK_NAMES.__getitem__, "dense")
    seed: int = fresh("Train again", most=2**31)

    @classmethod
    def on(cls, source: Source) -> Scene:
        raise ValueError("This lesson reads pictures of digits, which your data are not.")

    @property
    def measure(self) -> Any:
        return type(self), self.scene  # the same digits can be compared, whoever answers

    def asked(self, method: str, width: float) -> Question:
        """Return what a fit answers; what is done to the digits afterwards plays no part in it."""
        budget = BUDGET.only(METHODS[method].reads)
        return ask(digits()[0], NETWORKS[self.network], method, Prior(width), budget, self.seed)


@dataclass(frozen=True, kw_only=True)
class PictureSettings(NetworkSettings):
    """Who answers for the weights of the network, and how wide their prior is."""

    method: str = choice(METHODS_HERE, "Answer by", lambda m: METHODS[m].title, "laplace_last")
    width: float = choice(WIDTHS, "Prior width", lambda w: f"× {w:g}", 3.0)

    def question(self) -> Question:
        """Return what the fit on the screen answers."""
        return self.asked(self.method, self.width)


def _degrees(settings: object) -> Callable[[float], str]:
    return "{:g}°".format


def _pixels(settings: object) -> Callable[[float], str]:
    return "{:g} px".format


def _share(settings: object) -> Callable[[float], str]:
    return "{:g} %".format


def _times(settings: object) -> Callable[[float], str]:
    return "{:.3g}".format


@dataclass(frozen=True, kw_only=True)
class TwelveSettings(PictureSettings):
    """Twelve digits that nobody fitted, turned or blurred under a handle."""

    angle: float = handle(("turned", " to the left, by"), "data", _degrees, ends=("upright", "on its side"))
    blur: float = handle(("blurred", ", sd of the blur"), "data", _pixels, ends=("sharp", "a cloud"))
    way: str = choice(tuple(WAYS), "Change by", WAYS.__getitem__, "turn")
    SCENES: ClassVar[Mapping[str, Scene]] = TWELVE_SCENES
    FIRST: ClassVar[str] = FIRST

    @property
    def handles(self) -> tuple[str, ...]:
        return ("angle",) if self.way == "turn" else ("blur",)

    def spaced(self, handle: str) -> FloatArray:
        return np.linspace(0.0, 90.0, 19) if handle == "angle" else np.linspace(0.0, 2.0, 9)


def _ink(text: str) -> str:
    from_ink(text)
    return text


@dataclass(frozen=True, kw_only=True)
class SketchSettings(TwelveSettings):
    """A digit that the reader paints, turned or blurred under a handle."""

    ink: str = hidden(_ink)
    SCENES: ClassVar[Mapping[str, Scene]] = SKETCH_SCENES
    kind: ClassVar[str] = "sketch"

    def acted(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a stroke asks for: another picture, upright and sharp as it was painted."""
        try:
            ink = _ink(str(values.get("ink", "")))
        except ValueError:
            return {}
        held = any(map(staging.locked, (*self.handles, "ink")))  # upright again, so the handle moves too
        return {} if held else {"ink": ink, "angle": 0.0, "blur": 0.0}


@dataclass(frozen=True, kw_only=True)
class WidthSettings(NetworkSettings):
    """Every method at three widths of the prior, one of which is looked at."""

    wide: float = handle(("prior width", " of every weight"), "prior", _times, ends=("stubborn", "open-minded"))
    SCENES: ClassVar[Mapping[str, Scene]] = WIDTH_SCENES
    FIRST: ClassVar[str] = FIRST
    kind: ClassVar[str] = "priors"

    def spaced(self, handle: str) -> FloatArray:
        return np.array([1.0, 1.7, 3.0, 10.0])  # few: each is a network to train by every method


@dataclass(frozen=True, kw_only=True)
class RefusalSettings(PictureSettings):
    """How many digits are answered, the surest first; how far they are turned, and by which score they are refused."""

    answered: float = handle(("answered", ", the surest first"), "data", _share, ends=("a few", "every digit"))
    tilt: float = choice((0.0, 15.0, 30.0), "Digits turned by", lambda angle: f"{angle:g}°", 15.0)
    by: str = choice(("sure", "total"), "Refuse by", {"sure": "probability", "total": "entropy"}.__getitem__, "sure")
    SCENES: ClassVar[Mapping[str, Scene]] = REFUSAL_SCENES
    FIRST: ClassVar[str] = FIRST
    kind: ClassVar[str] = "refuse"

    def spaced(self, handle: str) -> FloatArray:
        return np.linspace(5.0, 100.0, 39)
