"""What stands beside a split: the tests with their verdicts, and whether the split is clean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from bayes_core.checks import FloatArray
from bayes_core.figures.panels import BADGE, Panel, Texts

COLUMNS = ("epistemic", "aleatoric")


@dataclass(frozen=True, eq=False, kw_only=True)
class Verdict:
    """One line of the table: both parts in words with their error and how they moved, and as numbers (V, 2).

    Where nothing is known yet `state` says why, at every position: "guess first".
    """

    id: str
    name: str
    pressable: bool = False
    state: Texts = ()
    parts: tuple[Texts, Texts] = ((), ())
    errors: tuple[Texts, Texts] = ((), ())
    moves: tuple[Texts, Texts] = ((), ())
    bar: FloatArray | None = None

    @property
    def words(self) -> Mapping[str, Texts]:
        """Return its texts by name."""
        told: dict[str, Texts] = {f"{self.id}.state": self.state} if self.state else {}
        for kind, pair in (("", self.parts), (".error", self.errors), (".move", self.moves)):
            told |= {f"{self.id}.{column}{kind}": texts for column, texts in zip(COLUMNS, pair, strict=True) if texts}
        return told


@dataclass(frozen=True, eq=False, kw_only=True)
class Verdicts(Panel):
    """A table of splits: what was before, and one line a test, which is its button; a bar of both parts under each.

    `most` fills the bar's width; `pressed` is the test in the picture; `place` (V,) stands in the heading.
    """

    kind: ClassVar[str] = "verdicts"
    id: str = "tests"
    rows: tuple[Verdict, ...]
    place: Texts = ()
    unit: str = ""
    most: float
    pressed: str = ""
    badge: str = BADGE
    under: bool = False

    def still(self, present: bool) -> dict[str, Any]:
        rows = [{"id": row.id, "name": row.name, "pressable": row.pressable} for row in self.rows]
        said = {"id": self.id, "badge": self.badge, "columns": list(COLUMNS), "unit": self.unit, "rows": rows}
        more = {"most": self.most, "pressed": self.pressed, "under": self.under}
        return super().still(present) | said | more

    @property
    def words(self) -> Mapping[str, Texts]:
        told: dict[str, Texts] = {f"{self.id}.place": self.place} if self.place else {}
        for row in self.rows:
            told |= row.words
        return told

    @property
    def numbers(self) -> Mapping[str, FloatArray]:
        return {f"{row.id}.bar": row.bar for row in self.rows if row.bar is not None}


@dataclass(frozen=True, eq=False, kw_only=True)
class Clean(Panel):
    """Whether a split is clean: a verdict, the noise's interval (V, 3) with its truth (V,) on a line, and words."""

    kind: ClassVar[str] = "clean"
    tells: ClassVar[tuple[str, ...]] = ("truth", "answer", "numbers")
    most: float
    unit: str = ""
    place: Texts = ()
    verdict: Texts = ()
    sentence: Texts = ()
    noise: FloatArray | None = None
    slots: Mapping[str, Texts] = field(default_factory=dict)

    def still(self, present: bool) -> dict[str, Any]:
        return super().still(present) | {"most": self.most, "unit": self.unit}

    @property
    def words(self) -> Mapping[str, Texts]:
        told = {"clean.place": self.place, "clean.verdict": self.verdict, "clean.words": self.sentence, **self.slots}
        return {name: texts for name, texts in told.items() if texts}

    @property
    def numbers(self) -> Mapping[str, FloatArray]:
        return {} if self.noise is None else {"clean.noise": self.noise}
