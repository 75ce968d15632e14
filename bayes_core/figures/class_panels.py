"""What stands beside a map of classes besides the votes: rows by what they are and by what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.panels import Panel, Texts


@dataclass(frozen=True, eq=False, kw_only=True)
class Confusion(Panel):
    """Real against predicted: counts (V, K, K), line by line what a row is, column by column what it is called.

    `shares` (V, K, K) of each line tint its cells in the class that they name; unknown positions are NaN. `sides` name
    the lines and the columns, `sentence` stands under the table.
    """

    kind: ClassVar[str] = "confusion"
    classes: tuple[str, ...]
    sides: tuple[str, str]
    counts: FloatArray | None = None
    shares: FloatArray | None = None
    sentence: Texts = ()

    def still(self, present: bool) -> dict[str, Any]:
        named = {"classes": list(self.classes), "sides": list(self.sides)}
        return super().still(present) | named | {"words": "confusion.words"}

    @property
    def words(self) -> Mapping[str, Texts]:
        told = {"confusion.words": self.sentence} if self.sentence else {}
        if self.counts is None:
            return told
        return told | {
            f"confusion.{i}.{j}": tuple("" if np.isnan(n) else f"{n:.0f}" for n in self.counts[:, i, j])
            for i in range(len(self.classes))
            for j in range(len(self.classes))
        }

    @property
    def numbers(self) -> Mapping[str, FloatArray]:
        return {} if self.shares is None else {"confusion": self.shares.reshape(len(self.shares), -1)}
