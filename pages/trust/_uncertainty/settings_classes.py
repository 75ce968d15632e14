"""What decides the page's scene of classes: whether the ferry sails, and what its entropy is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.units import Units
from bayes_core.evaluation.splits import Split, Spots, judged_classes, split_classes, true_entropy
from bayes_core.inference import METHODS
from pages._ui.fields import choice, handle
from pages._ui.settings import Scene

from .scenes import CLASS_SCENES, CLASS_UNITS, sailings
from .settings import EVERY, MODEL_NAMES, MODELS, SplitSettings, methods_of

_SHARE = "{:.3g} %"


def _per_cent(share: float) -> str:
    return _SHARE.format(100 * share)


@dataclass(frozen=True, kw_only=True)
class ClassSettings(SplitSettings):
    """The same choices for two classes: the noise is the share of days that end the other way."""

    noise: float = handle(("spoilt days", " in the world"), "aleatoric", lambda s: _per_cent, ends=("few", "many"))
    model: str = choice(
        tuple(MODELS), "Model", MODEL_NAMES.__getitem__, "bumps", offered=lambda s: ("bumps", "line", "network")
    )
    method: str = choice(EVERY, "Answer by", lambda m: METHODS[m].title, "hmc", offered=lambda s: s.methods)
    SCENES: ClassVar[Mapping[str, Scene]] = CLASS_SCENES
    kind: ClassVar[str] = "classes"
    units: ClassVar[Units] = CLASS_UNITS
    tests: ClassVar[tuple[str, ...]] = ("points", "noise", "outside")
    splits: ClassVar[Callable[..., Split]] = staticmethod(split_classes)

    @property
    def telling(self) -> str:
        return "classes"

    @property
    def methods(self) -> tuple[str, ...]:
        return methods_of(self.model, "classification")

    @property
    def reweighs(self) -> bool:
        return False  # a fit takes a tenth of a second: real ones follow

    @property
    def world(self) -> Any:
        return sailings(self.seed)

    def truth(self, handle: str) -> FloatArray:
        told: FloatArray = self.world.probability(self.grid()[:, None], self.moved(handle))
        return told

    def own(self, handle: str) -> FloatArray:
        return true_entropy(self.truth(handle))

    def truths(self, handle: str) -> tuple[FloatArray, FloatArray]:
        size = len(self.positions(handle))
        at = np.broadcast_to(self.places(handle, self.test), size)[:, None]
        chance = self.world.probability(at, self.noises(handle, self.test))[np.arange(size), np.arange(size)]
        return chance, chance

    def judged(self, spots: Spots, handle: str) -> tuple[str, ...]:
        return judged_classes(spots, self.truths(handle)[0])
