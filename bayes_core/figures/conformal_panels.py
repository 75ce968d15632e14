"""The panels beside a conformal band: the scores of the calibration days, and what such bands hold in many worlds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Scale
from bayes_core.figures.panels import Panel, Texts


@dataclass(frozen=True, eq=False, kw_only=True)
class Scores(Panel):
    """Scores in bins (V, B), filled where they are inside the band and hollow where not, with the threshold (V,).

    One dot a day up to `most` of them, bars beyond; an infinite threshold is an arrow that leaves the picture. `head`
    stands over it, `label` at the threshold, `sentence` under it. Of `classes` each may have a threshold, (V, K), with
    its mark.
    """

    kind: ClassVar[str] = "scores"
    scale: Scale
    most: int = 100
    classes: int = 0
    head: Texts = ()
    label: Texts = ()
    sentence: Texts = ()
    inside: FloatArray | None = None
    outside: FloatArray | None = None
    threshold: FloatArray | None = None

    def still(self, present: bool) -> dict[str, Any]:
        scale = {"low": self.scale.low, "high": self.scale.high, "ticks": self.scale.ticks, "unit": self.scale.unit}
        return super().still(present) | {"most": self.most, "classes": self.classes} | scale

    @property
    def words(self) -> Mapping[str, Texts]:
        told = {"scores.head": self.head, "scores.label": self.label, "scores.words": self.sentence}
        return {name: texts for name, texts in told.items() if texts}

    @property
    def numbers(self) -> Mapping[str, FloatArray]:
        if self.inside is None or self.outside is None or self.threshold is None:
            return {}
        at = np.where(np.isfinite(self.threshold), self.threshold, np.nan)
        return {"scores.inside": self.inside, "scores.outside": self.outside, "scores.at": at.reshape(len(at), -1)}


@dataclass(frozen=True, eq=False, kw_only=True)
class Kept(Panel):
    """What bands hold in repeated worlds: counts (V, B) from `low` to 1 with the exact law (V, B) of the same worlds.

    `mean` (V,) is their average, `level` (V,) what was promised.
    """

    kind: ClassVar[str] = "kept"
    badge: str = "simulated"
    low: float
    names: tuple[str, str]
    counts: FloatArray | None = None
    law: FloatArray | None = None
    mean: FloatArray | None = None
    level: FloatArray | None = None
    share: Texts = ()
    verdict: Texts = ()
    sentence: Texts = ()

    def still(self, present: bool) -> dict[str, Any]:
        return super().still(present) | {"badge": self.badge, "low": self.low, "names": list(self.names)}

    @property
    def words(self) -> Mapping[str, Texts]:
        told = {"kept.share": self.share, "kept.verdict": self.verdict, "kept.words": self.sentence}
        return {name: texts for name, texts in told.items() if texts}

    @property
    def numbers(self) -> Mapping[str, FloatArray]:
        drawn = {"counts": self.counts, "law": self.law, "mean": self.mean, "level": self.level}
        return {
            f"kept.{name}": np.reshape(values, (len(values), -1))
            for name, values in drawn.items()
            if values is not None
        }
