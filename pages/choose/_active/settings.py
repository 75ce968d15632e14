"""What decides where is measured next: who chooses, how many measurements there are, and where the reader stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.evaluation.active import (
    GRID,
    MOST,
    STRATEGIES,
    WORLDS,
    Race,
    Reference,
    Run,
    explore,
    invent,
    race,
    reference,
    strategies_for,
)
from pages._ui.fields import choice, fresh, handle, hidden
from pages._ui.link import whole_in
from pages._ui.settings import PageSettings, Scene

from .scenes import SCENES, Story

PAGE = "choose/active"
VIEWS = {"one": "one world", "many": f"{WORLDS} worlds"}
HAND = "hand"
TITLES = {name: one.title for name, one in STRATEGIES.items()} | {HAND: "by hand"}


def read_places(text: str) -> str:
    """Read a reader's own places, such as "54.71", in tenths of a km; the ValueError says what they may be."""
    parts = [part for part in text.split(".") if part]
    if len(parts) > MOST or not all(part.isdecimal() and len(part) < 4 and int(part) < len(GRID) for part in parts):
        raise ValueError(f"“{text[:40]}” are no places: give at most {MOST} whole numbers to {len(GRID) - 1}, by dots")
    return ".".join(str(int(part)) for part in parts)


def _places_words(text: str) -> str:
    return str(len([part for part in text.split(".") if part]))


def _many(settings: ActiveSettings) -> tuple[str, str]:
    return (settings.story.many, " chosen")


def _offered(settings: ActiveSettings) -> tuple[str, ...]:
    return (*strategies_for(settings.story.field.task), HAND)


def _refused(settings: ActiveSettings, strategy: str) -> str:
    return f"{TITLES[strategy]} is no rule for this scene: choose {' or '.join(_offered(settings))}"


@dataclass(frozen=True, kw_only=True)
class ActiveSettings(PageSettings):
    """Measurements so far and a place to ask about are handles; who chooses, the view and the world are choices.

    `own` are the places that a reader chose: the first ones of the run by hand, which information carries on.
    """

    seen: float = handle(
        _many, "data", lambda s: "{:.0f}".format, ends=("none", "all"), whole=True, player=True,
        read=whole_in(0, MOST),
    )  # fmt: skip
    here: float = handle("your place", "data", lambda s: lambda v: f"{v:.1f} km", ends=("west", "east"))
    strategy: str = choice(tuple(TITLES), "Next place", TITLES.__getitem__, offered=_offered, refused=_refused)
    view: str = choice(tuple(VIEWS), "Look at", VIEWS.__getitem__, "one")
    seed: int = fresh("New world", most=2**31)
    own: str = hidden(read_places, "", "Own places", _places_words)
    SCENES: ClassVar[Mapping[str, Scene]] = SCENES
    FIRST: ClassVar[str] = next(iter(SCENES))

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Say why a reader's own rows cannot be searched."""
        raise ValueError(
            f"This lesson measures wherever it is asked to, and your {source.point[1]} hold no answer for a place "
            "that nobody measured."
        )

    @property
    def story(self) -> Story:
        """Return what is searched."""
        story = self.spec.story
        assert isinstance(story, Story)
        return story

    @property
    def handles(self) -> tuple[str, ...]:
        return ("seen", "here") if self.view == "one" else ("seen",)

    @property
    def telling(self) -> str:
        return f"{self.view} classes" if self.story.classes else self.view

    @property
    def measure(self) -> Any:
        return type(self), self.scene, self.view

    def spaced(self, handle: str) -> FloatArray:
        return np.arange(MOST + 1.0) if handle == "seen" else GRID

    def slots(self, handle: str) -> Mapping[str, str]:
        return {"many": self.story.many, "one": self.story.one, "rule": TITLES[self.strategy]}

    def changed(self, **changes: Any) -> Self:
        """Return the settings after a choice: by hand goes on from where the rule before has come to."""
        if changes.get("strategy") == HAND and "own" not in changes and self.strategy != HAND:
            changes = changes | {"own": self.written(self.so_far)}
        return super().changed(**changes)

    # ------------------------------------------------------------------------------------------------ what is asked
    @property
    def count(self) -> int:
        """Return how many measurements were chosen."""
        return int(self.seen)

    @property
    def place(self) -> int:
        """Return where the reader stands, as a position in the grid."""
        return int(np.abs(GRID - self.here).argmin())

    @property
    def so_far(self) -> tuple[int, ...]:
        """Return the places that were chosen so far."""
        first = len(self.story.field.start)
        return tuple(self.run().places[0, first : first + self.count].tolist())

    @property
    def with_here(self) -> str:
        """Return the places so far and the one where the reader stands."""
        return self.written((*self.so_far, self.place))

    @staticmethod
    def written(places: tuple[int, ...]) -> str:
        """Return places as a link writes them."""
        return ".".join(map(str, places))

    @property
    def chosen(self) -> tuple[int, ...]:
        """Return the reader's own places, where the run is by hand."""
        return tuple(int(part) for part in self.own.split(".") if part) if self.strategy == HAND else ()

    @property
    def rule(self) -> str:
        """Return the rule that chooses where the reader does not."""
        return "information" if self.strategy == HAND else self.strategy

    def run(self, strategy: str = "") -> Run:
        """Return the world on screen, searched by the rule on screen or by another."""
        strategy = strategy or self.strategy
        return _run(self.story, strategy, self.seed, self.chosen if strategy == HAND else ())

    def beside(self, n: list[int]) -> Reference | None:
        """Return the posteriors after n (V,) measurements without Laplace, where the search is for classes."""
        return _reference(self.run(), tuple(n)) if self.story.classes else None

    def raced(self) -> Race:
        """Return all rules in fifty worlds."""
        return _race(self.story)

    def along(self, handle: str) -> tuple[list[int], list[int]]:
        """Return how many measurements there are, and where the reader stands, at every position of a handle (V,)."""
        values = self.positions(handle)
        if handle == "seen":
            return values.astype(int).tolist(), [self.place] * len(values)
        return [self.count] * len(values), np.abs(GRID[None] - values[:, None]).argmin(1).tolist()


@lru_cache(maxsize=128)
def _run(story: Story, strategy: str, seed: int, own: tuple[int, ...]) -> Run:
    rule = "information" if strategy == HAND else strategy
    return explore(invent(story.field, [seed]), rule, own=own)


@lru_cache(maxsize=64)
def _reference(run: Run, n: tuple[int, ...]) -> Reference:
    return reference(run, n)


@lru_cache(maxsize=8)
def _race(story: Story) -> Race:
    return race(story.field)
