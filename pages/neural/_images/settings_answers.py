"""What decides the picture of several answers at one x: whose forecast it is, and where the level stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.data.tide import UNITS, tide
from bayes_core.inference import ask
from bayes_core.likelihoods import Gaussian, Heteroscedastic, Likelihood, MixtureDensity
from bayes_core.models import Mlp
from bayes_core.types import Budget, Prior, Question
from pages._ui.asking import Asking, Number
from pages._ui.fields import choice, fresh, handle
from pages._ui.settings import PageSettings, Scene

from .scenes import TWELVE_SCENES

ROWS, FRESH = 200, 1000
LOW, HIGH = -0.6, 4.6
"""Of the level."""
HEADS: Mapping[str, Likelihood] = {"mixture": MixtureDensity(3), "varying": Heteroscedastic(), "gaussian": Gaussian()}
HEAD_NAMES = {"mixture": "three Gaussians", "varying": "one Gaussian, its width by level", "gaussian": "one Gaussian"}
_PRIOR, _BUDGET = Prior(2.0, 1.0), Budget(members=8)
SCENES = {
    "tide": Scene("Several answers", {"here": 2.0, "head": "mixture", "seed": 3}, asked={"here": (0.4,)}),
}


@dataclass(frozen=True, kw_only=True)
class AnswersSettings(PageSettings):
    """The level that is asked about, and how a network may say what time it is."""

    here: float = handle(("level", " of the water"), "data", lambda s: "{:.4g} m".format, ends=("low", "high"))
    head: str = choice(tuple(HEADS), "The network may say", HEAD_NAMES.__getitem__)
    seed: int = fresh("New readings", most=2**31)
    SCENES: ClassVar[Mapping[str, Scene]] = SCENES
    FIRST: ClassVar[str] = next(iter(TWELVE_SCENES))
    kind: ClassVar[str] = "answers"

    @classmethod
    def on(cls, source: Source) -> Scene:
        raise ValueError("This lesson reads pictures of digits, which your data are not.")

    @property
    def asking(self) -> Asking:
        """Return the question how many times of the day have this level."""
        return Number(
            name="humps", of=("humps",), label="times of the day", ends=(0.0, 9.0), shows=("data", "here line")
        )

    @property
    def measure(self) -> Any:
        return type(self), self.scene

    def spaced(self, handle: str) -> FloatArray:
        return np.round(np.linspace(LOW, HIGH, 53), 3)

    def question(self, head: str) -> Question:
        """Return what the fit of a head answers."""
        data = UNITS.dataset(tide(ROWS, self.seed))
        return ask(data, Mlp((5,)), "ensemble", _PRIOR, _BUDGET, 1, HEADS[head])
