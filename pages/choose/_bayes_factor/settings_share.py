"""What decides what is shown of a share: the count, the value that is tested, a margin around it, and H1's prior."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar, Self, cast

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.observations import arranged
from bayes_core.data.source import Source
from bayes_core.foundations.bayes_factor import axes, robustness, sequential
from bayes_core.foundations.bayes_factor.hypotheses import Hypotheses, Side
from bayes_core.foundations.bayes_factor.proportion import Count
from pages._ui.asking import Asking, OneOf
from pages._ui.fields import choice, fresh, handle, text
from pages._ui.link import as_text, whole_in
from pages._ui.settings import PageSettings, Scene, log_spaced

from .scenes import FIRST, SHARES, Tossed, shares_on
from .settings import SIDES, VIEWS, improper, size_of
from .typed import LONGEST, MOST, counted, listed, tosses

NULLS = (0.1, 0.25, 0.5, 0.75, 0.9)
GUESSES = ("strong", "some", "none", "fair")
_WORTHS = 41


def _plain(value: float) -> str:
    return f"{value:,.7g}"


def _count_text(settings: ShareSettings) -> Callable[[float], str]:
    return "{:,.0f}".format


@dataclass(frozen=True, kw_only=True)
class ShareSettings(PageSettings):
    """A count, the share that is tested, and what the rival hypothesis expects."""

    tosses: int = choice(
        (10, 50, 200, 1000, 10_000), lambda s: f"Number of {s.story.many}", "{:,}".format, read=whole_in(1, MOST),
        offered=lambda s: () if s.data or s.brought else s.story.sizes,
    )  # fmt: skip
    data: str = text(
        lambda _, typed: tosses(typed), "Your own tosses: HHTHT, or 115 of 200", "", hint="HHTHT", longest=LONGEST + 40
    )
    null: float = choice(NULLS, "H₀ says", lambda v: f"{v:g}", 0.5)
    side: str = choice(tuple(SIDES), "H₁ says", SIDES.__getitem__, "both")
    view: str = choice(tuple(VIEWS), "Look at", VIEWS.__getitem__, "predict")
    seed: int = fresh("Another order")
    heads: float = handle(
        lambda s: (f"{s.story.sides[0]}", f" of {s.n:,} {s.story.many}"), "data", _count_text,
        ends=("few", "many"), whole=True, read=whole_in(0, MOST),
    )  # fmt: skip
    worth: float = handle(
        lambda s: ("H₁’s prior worth", f", in {s.story.many}"), "prior", lambda s: _plain, ends=("wide", "narrow"),
        read=size_of("0", "0.0"), refused=improper("0", "0.0"),
    )  # fmt: skip
    margin: float = handle(
        ("H₀’s margin", " to either side"), "reference", lambda s: _plain, ends=("a point", "an interval")
    )
    seen: float = handle(
        lambda s: f"{s.story.many} seen", "likelihood", _count_text, ends=("none", "all"), player=True,
        whole=True, read=whole_in(0, MOST),
    )  # fmt: skip
    SCENES: ClassVar[Mapping[str, Scene]] = SHARES
    FIRST: ClassVar[str] = FIRST
    kind: ClassVar[str] = "share"

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Return a reader's own two classes as a count."""
        return shares_on(source)

    @property
    def story(self) -> Tossed:
        """Return what is counted, and what it is called."""
        return cast(Tossed, self.spec.story)

    @property
    def n(self) -> int:
        """Return how many tosses there are."""
        return counted(self.data)[1] if self.data else self.tosses

    @property
    def handles(self) -> tuple[str, ...]:
        if self.view == "along":
            return ("seen", "worth", "margin")
        return ("worth", "heads", "margin") if self.view == "width" else ("heads", "worth", "margin")

    @property
    def asking(self) -> Asking | None:
        """Return the question how strong the first scene's count is, by what a fair coin predicted alone."""
        if self.scene != FIRST:
            return None
        shows = ("seen", "null", "seen null")
        looks = {"view": "predict", "margin": 0.0, "side": "both", "worth": 2.0, "null": 0.5}
        return OneOf(
            name="strong", shows=shows, tells=(), looks=looks, keys=GUESSES, right=lambda view: view.said["level"]
        )

    def spaced(self, handle: str) -> FloatArray:
        if handle == "worth":
            return log_spaced(0.1, 1000.0, _WORTHS)
        if handle == "margin":
            return axes.margins_of_share(self.null, 41)
        if handle == "seen":
            return sequential.places(self.n)
        return axes.whole_numbers(*self.shown, most=101)

    def slots(self, handle: str) -> Mapping[str, str]:
        story = self.story
        sides = {"yes": story.sides[0], "no": story.sides[1]}
        return {"n": f"{self.n:,}", "many": story.many, "one": story.one, "null": f"{self.null:g}"} | sides

    def changed(self, **changes: Any) -> Self:
        """Take new tosses: all of them are seen; where only their number changes their share stays."""
        made = super().changed(**changes)
        if set(changes) & {"heads", "seen"} or not set(changes) & {"data", "tosses"}:
            return made
        return super(ShareSettings, made).changed(heads=made.counted, seen=float(made.n))

    def in_range(self) -> Self:
        """Return the settings with every handle in its range; where the order plays no part all tosses are seen."""
        made = super().in_range()
        return made if made.view == "along" else replace(made, seen=float(made.n))

    def link(self) -> dict[str, str]:
        """Return what the address must say; of a record that is not the scene's, what was counted and seen too."""
        other = self.data or self.tosses != self.spec.start["tosses"]
        told = super().link() | ({"heads": as_text(self.heads), "seen": as_text(self.seen)} if other else {})
        return told if self.view == "along" else {name: text for name, text in told.items() if name != "seen"}

    @classmethod
    def from_link(cls, values: Mapping[str, Any], notes: list[str]) -> Self:
        """Return a link's settings; a record without a count of its own is seen as it was typed."""
        made = super().from_link(values, notes)
        if not {"data", "tosses"} & set(values):
            return made
        told: dict[str, Any] = {"heads": made.counted, "seen": float(made.n)}
        return replace(made, **{name: value for name, value in told.items() if name not in values}).in_range()

    def alone(self, handle: str) -> Self:
        return self if self.view == "along" else self.others(handle)

    def still(self) -> Self:
        return self if self.view == "along" else super().still()

    # ------------------------------------------------------------------------------------------------ what is asked
    @property
    def counted(self) -> float:
        """Return how many heads the record has, before a hand moves it."""
        if self.data:
            return float(counted(self.data)[0])
        return float(axes.scaled(self.spec.start["heads"], self.spec.start["tosses"], self.tosses))

    @property
    def shown(self) -> tuple[float, float]:
        """Return the first and last count of the picture."""
        return axes.counts_shown(self.n, self.null, self.counted)

    def record(self) -> FloatArray:
        """Return the tosses in their order: as they came, or, where only their count is known, as the seed says."""
        own = listed(self.data) if self.data else self.story.record
        if own is not None and len(own) == self.n and own.sum() == self.heads:
            return own
        return arranged(int(self.heads), self.n, self.seed)

    def hypotheses(self, handle: str = "") -> Hypotheses:
        """Return what is compared, along a handle."""
        margin = self.positions("margin") if handle == "margin" else np.array([self.margin])
        return Hypotheses(self.null, margin, cast(Side, self.side))

    def worths(self, handle: str = "") -> FloatArray:
        """Return what the prior is worth (V,) or (1,)."""
        return self.positions("worth") if handle == "worth" else np.array([self.worth])

    def count(self, handle: str = "") -> Count:
        """Return what was seen (V,) or (1,): in the order that the record has, or all of it."""
        if self.view == "along":
            at = self.positions("seen") if handle == "seen" else np.array([self.seen])
            return Count(axes.heads_after(self.record(), at), at)
        heads = self.positions("heads") if handle == "heads" else np.array([self.heads])
        return Count(heads, np.asarray(float(self.n)))

    def top(self) -> int:
        """Return the power of ten at which the axis of Bayes factors ends."""
        if self.view == "predict":
            return 2 if self.n <= 30 else 3
        return _top(self.counted, self.n, self.null)


@lru_cache(maxsize=64)
def _top(heads: float, n: int, null: float) -> int:
    found = robustness.over_worths(
        Count(np.array([heads]), np.asarray(float(n))), Hypotheses(null, np.zeros(1)), np.array([0.1, 2.0, 50.0])
    )
    return axes.power_of(found.path, 2)
