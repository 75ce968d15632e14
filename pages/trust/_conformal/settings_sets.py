"""What decides everything that the conformal page shows of sets of classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.inference import ask
from bayes_core.types import Question
from pages._ui.fields import choice, fresh, handle, yes_no
from pages._ui.settings import PageSettings, Scene, log_spaced

from .classifiers import CLASSIFIERS, SET_SCORES, Classifier
from .scenes import SCENES
from .scenes_sets import NOISE, SET_SCENES, Crowd, on
from .settings_bands import share_words_of

FIRST = next(iter(SCENES))  # the scene that an address need not name is the page's
PROMISES = {False: "on average", True: "for each class"}


@dataclass(frozen=True, kw_only=True)
class SetSettings(PageSettings):
    """Level, calibration points, how common a class is among new points; who forecasts, and the promise to whom."""

    level: float = handle("level", "data", share_words_of, ends=("even odds", "almost sure"))
    points: float = handle(
        ("calibration points", ""), "data", lambda s: "{:.0f}".format, ends=("few", "many"), whole=True
    )
    share: float = handle(
        ("rare moons", " to come"), "data", share_words_of, ends=("nearly none", "nearly all"), start=0.5
    )
    noise: float = handle(
        ("noise", " to come"), "aleatoric", lambda s: "{:.4g}".format, ends=("sharper", "blurred"), start=NOISE
    )
    classifier: str = choice(tuple(CLASSIFIERS), "Named by", lambda f: CLASSIFIERS[f].title, "network")
    scoring: str = choice(tuple(SET_SCORES), "Score", SET_SCORES.__getitem__, "lac")
    by_class: bool = yes_no("Promise", PROMISES)
    seed: int = fresh(lambda s: "Other rows" if s.crowd.own else "New points")
    SCENES: ClassVar[Mapping[str, Scene]] = SET_SCENES
    FIRST: ClassVar[str] = FIRST
    kind: ClassVar[str] = "sets"

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Return a reader's own classes as a scene of this page."""
        return on(source)

    @property
    def opening(self) -> str:
        return "scene yours sets" if self.brought else super().opening

    @property
    def who(self) -> Classifier:
        """Return who names the classes."""
        return CLASSIFIERS[self.classifier]

    @property
    def crowd(self) -> Crowd:
        """Return whose points these are."""
        crowd = self.spec.story
        assert isinstance(crowd, Crowd)
        return crowd

    @property
    def rest(self) -> float:
        """Return the share of the other moons among new points."""
        return 1 - self.share

    @property
    def handles(self) -> tuple[str, ...]:
        crowd = self.crowd
        return ("level", "points", *(("share",) if crowd.mixes else ()), *(("noise",) if crowd.blurs else ()))

    @property
    def telling(self) -> str:
        parts = ("sets", "" if self.crowd.repeats else "lot", "each" if self.by_class else "")
        return " ".join(part for part in parts if part)

    @property
    def measure(self) -> Any:
        return type(self), self.scene

    def slots(self, handle: str) -> Mapping[str, str]:
        many, classes = self.crowd.kind
        return {"many": many, "classes": classes}

    def in_range(self) -> Self:
        """Return the settings with new points as alike as they are where no handle says otherwise."""
        kept = super().in_range()
        fixed = {name: kept.spec.start[name] for name in ("share", "noise") if name not in kept.handles}
        return replace(kept, **fixed)

    def spaced(self, handle: str) -> FloatArray:
        low, high = self.spec.ranges[handle]
        if handle == "level":
            return np.round(np.linspace(low, high, 50), 2)
        if handle in ("share", "noise"):
            return np.round(np.linspace(low, high, 21), 3)
        return np.unique(np.round(log_spaced(low, high, 34)))

    # ---------------------------------------------------------------------------------------------- what is asked
    def question(self) -> Question:
        """Return what the fit answers."""
        who = self.who
        return ask(self.crowd.fitted(self.seed), who.model, who.method, who.prior, who.budget, self.seed)

    def along(self, handle: str) -> dict[str, FloatArray]:
        """Return level, number of points, share of the second class and noise (V,) at every position of a handle."""
        values = self.positions(handle)
        names = ("level", "points", "share", "noise")
        return {name: values if name == handle else np.full(len(values), getattr(self, name)) for name in names}
