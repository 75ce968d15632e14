"""What decides the tutorial's scene: how often its loss counts a flower, the prior's width, inputs, who is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data import iris
from bayes_core.data.source import standardised
from bayes_core.data.split import Split
from bayes_core.evaluation.class_map import Plane
from bayes_core.evaluation.mean_losses import kl_factor, number_of_weights, times_counted
from bayes_core.inference import METHODS, ask
from bayes_core.models import Mlp
from bayes_core.types import Budget, Dataset, Prior, Question
from pages._ui.fields import choice, fresh, handle
from pages._ui.settings import PageSettings, Scene

from .settings import ClassesSettings

FACTOR = 0.1
"""What the tutorial's loss multiplies the mean KL by."""
FLOWERS_IN_ALL = 150
MODEL, METHOD = Mlp((100,), activation="relu"), "vi_meanfield"
BUDGET = Budget(draws=500, chains=1)
STEPS = (1000, 3000, 10_000)
FITTED = 100
"""Flowers that are fitted where the others are kept back."""
FLOWERS = {"all": "all 150 fitted", "kept": "100 fitted, 50 kept back"}
WEIGHTS = number_of_weights(MODEL, inputs=4, outputs=3)
COUNTED = times_counted(FACTOR, FLOWERS_IN_ALL, WEIGHTS)
_TIMES = np.array([1.0, 2.0, 5.0, 10.0, 20.0, COUNTED])
_WIDTHS = np.array([0.03, 0.1, 0.3, 0.5, 1.0])
INPUTS = {"cm": "in cm, as the tutorial", "sd": "standardised"}
_RANGES = {"cm": ((0.5, 7.5), (-0.2, 3.2)), "sd": ((-1.9, 2.1), (-1.9, 2.7))}
_RINGS = {"cm": (1.5, 2.4), "sd": (-1.3, 1.6)}
"""Petals as long as a setosa's and as broad as a virginica's: nobody measured such a flower."""


@lru_cache(maxsize=2)
def _every(inputs: str) -> Dataset:
    """Return all flowers, their measurements named with the unit."""
    flowers = iris() if inputs == "cm" else standardised(iris())
    return replace(flowers, feature_names=tuple(f"{name}, {inputs}" for name in flowers.feature_names))


@lru_cache(maxsize=8)
def _split(inputs: str, seed: int) -> Split:
    return Split.of_rows(_every(inputs), FITTED, seed)


@dataclass(frozen=True, kw_only=True)
class TutorialSettings(PageSettings):
    """How often a flower counts, the prior's width, how inputs are told, which flowers are fitted, and the search."""

    counted: float = handle(
        ("each flower counts", " so many times"),
        "likelihood",
        lambda s: "{:.3g}".format,
        ends=("once: Bayes’ rule", "as the tutorial has it"),
    )
    width: float = handle(
        ("prior sd", " of every weight"), "prior", lambda s: "{:.3g}".format, ends=("stubborn", "open-minded")
    )
    inputs: str = choice(tuple(INPUTS), "Inputs", INPUTS.__getitem__, "cm")
    flowers: str = choice(tuple(FLOWERS), "Flowers", FLOWERS.__getitem__, "all")
    steps: int = choice(STEPS, "Steps", "{:,}".format, 3000)
    seed: int = fresh("Another run", most=2**31)
    SCENES: ClassVar[Mapping[str, Scene]] = {
        "tutorial": Scene(
            "Iris, as the tutorial has it",
            {"counted": COUNTED, "width": 0.1, "seed": 1},
            {"counted": (1.0, COUNTED), "width": (0.03, 1.0)},
        )
    }
    FIRST: ClassVar[str] = ClassesSettings.FIRST  # the lesson's: an address without a scene means that one
    kind: ClassVar[str] = "tutorial"

    @property
    def telling(self) -> str:
        return self.kind

    @property
    def measure(self) -> Any:
        return self.scene, self.flowers  # other flowers are judged: shares of them are no before and after

    @property
    def formulated(self) -> Self:
        return self  # the factor is told as a number

    def spaced(self, handle: str) -> FloatArray:
        return _TIMES if handle == "counted" else _WIDTHS

    def at_position(self, handle: str, position: int) -> Self:
        """Return the settings with one handle at a position."""
        there: Any = {handle: float(self.positions(handle)[position])}
        return replace(self, **there)

    # ------------------------------------------------------------------------------------------------ what is asked
    @property
    def kept_back(self) -> bool:
        """Return whether some flowers are judged that were not fitted."""
        return self.flowers == "kept"

    def dataset(self) -> Dataset:
        """Return the flowers that are fitted."""
        return _split(self.inputs, self.seed).train if self.kept_back else _every(self.inputs)

    def judged(self) -> Dataset:
        """Return the flowers that are judged."""
        return _split(self.inputs, self.seed).held_out if self.kept_back else _every(self.inputs)

    def plane(self) -> Plane:
        """Return the petals over the picture; sepals stand at their mean."""
        return Plane((2, 3), *_RANGES[self.inputs], tuple(_every(self.inputs).x.mean(0).tolist()))

    @property
    def ring(self) -> tuple[float, float]:
        """Return where the ring starts."""
        return _RINGS[self.inputs]

    def factor(self) -> float:
        """Return what a loss of means would multiply its mean KL by, to count each flower so often."""
        return kl_factor(self.counted, len(self.dataset().y), WEIGHTS)

    def question(self) -> Question:
        """Return what a fit answers."""
        budget = replace(BUDGET, steps=self.steps, kl_weight=1 / self.counted).only(METHODS[METHOD].reads)
        return ask(self.dataset(), MODEL, METHOD, Prior(self.width), budget, self.seed)
