"""What decides everything that the updating page shows: a family, a prior, data, and how they are looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data import observations
from bayes_core.foundations.conjugate.belief import Belief, Seen
from bayes_core.foundations.conjugate.families import around
from pages._ui.by_hand import PageSettings
from pages._ui.link import among, number, number_in, one_of, whole_in, yes_no
from pages._ui.settings import spread, through

PAGE = "bayes/updating"
VIEWS = {
    "belief": "Belief",
    "rivals": "Rival priors",
    "predict": "What comes next",
    "evidence": "Evidence",
    "order": "Order",
}
LEVELS = (0.5, 0.8, 0.9, 0.95, 0.99)
HOWS = {"equal-tailed": "equal-tailed", "hdi": "shortest (HDI)"}
LONGEST = 400  # observations that may be typed
MOST = 10**12  # observations that may be given as counts
NEXT_FLIPS = 10


@dataclass(frozen=True)
class Scene:
    """A family of beliefs with a story: its prior, its truth, its axis and its rivals as (mean, worth)."""

    title: str
    family: str
    truth: float
    noise: float
    centre: float
    centre_range: tuple[float, float]
    worth: float
    axis: tuple[float, float]
    ticks: tuple[float, ...]
    unit: str
    parameter: str
    one: str
    many: str
    points: int
    seen: int
    sizes: tuple[int, ...]
    seed: int = 1
    view: str = "belief"
    rivals: dict[str, tuple[float, float]] = field(default_factory=dict)


_COIN = {"sceptic": (0.5, 100.0), "enthusiast": (0.9, 20.0), "flat": (0.5, 2.0)}
_COIN_AXIS = ((0.0, 1.0), (0, 0.25, 0.5, 0.75, 1))
SCENES = {
    "coin": Scene(
        "A bent coin", "beta", 0.7, 0, 0.5, (0.02, 0.98), 10, *_COIN_AXIS, "", "share of heads", "flip", "flips",
        20, 6, (10, 20, 100, 1000), 4, rivals=_COIN,
    ),
    "rivals": Scene(
        "Three rivals", "beta", 0.7, 0, 0.5, (0.02, 0.98), 10, *_COIN_AXIS, "", "share of heads", "flip", "flips",
        100, 10, (10, 20, 100, 1000), 7, "rivals", _COIN,
    ),
    "scale": Scene(
        "A trembling scale", "normal", 72.3, 1.5, 70.0, (62.0, 82.0), 0.5, (62.0, 82.0), (62, 66, 70, 74, 78, 82), "kg",
        "true weight, kg", "weighing", "weighings", 12, 3, (10, 12, 100, 1000), 3,
        rivals={"sceptic": (70.0, 10.0), "enthusiast": (78.0, 3.0), "flat": (72.0, 0.01)},
    ),
    "buses": Scene(
        "Buses in an hour", "gamma", 4.2, 0, 7.0, (0.5, 14.0), 3, (0.0, 14.0), (0, 2, 4, 6, 8, 10, 12, 14), "",
        "buses an hour", "hour", "hours", 12, 3, (10, 12, 100, 1000), 5,
        rivals={"sceptic": (7.0, 12.0), "enthusiast": (10.0, 3.0), "flat": (5.0, 0.1)},
    ),
    "voters": Scene(
        "A hundred thousand voters", "beta", 0.52, 0, 0.5, (0.02, 0.98), 10, (0.44, 0.6), (0.44, 0.48, 0.52, 0.56, 0.6),
        "", "share of yes", "voter", "voters", 100_000, 1000, (1000, 10_000, 100_000), 2, rivals=_COIN,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class UpdatingSettings(PageSettings):
    """A prior (mean, worth), how many data are seen, and where they come from: a seed, or what was typed."""

    centre: float
    worth: float
    seen: float
    points: int
    seed: int
    view: str = "belief"
    level: float = 0.9
    how: str = "equal-tailed"
    data: str = ""
    close: bool = False
    FIRST: ClassVar[str] = "coin"

    @classmethod
    def start(cls, scene: str) -> Self:
        s = SCENES[scene]
        return cls(scene, s.centre, s.worth, float(s.seen), s.points, s.seed, s.view)

    @property
    def spec(self) -> Scene:
        """Return the scene itself."""
        return SCENES[self.scene]

    @property
    def counted(self) -> tuple[int, int] | None:
        """Return typed counts (heads, tails), if the data are counts."""
        return counts(self.data) if self.spec.family == "beta" else None

    @property
    def handles(self) -> tuple[str, ...]:
        return ("centre", "worth") if self.counted else ("centre", "worth", "seen")

    def positions(self, handle: str) -> FloatArray:
        s = self.spec
        if handle == "centre":
            return through(np.round(np.linspace(*s.centre_range, 49), 3), s.centre)
        if handle == "worth":
            return spread(0.1, 1000, 49, s.worth)
        last = len(self.values()) if not self.counted else 0
        if last <= 60:
            return np.arange(last + 1, dtype=float)
        later = np.unique(np.round(np.geomspace(21, last, 40)))
        return through(np.concatenate([np.arange(21.0), later]), float(s.seen))

    def values(self) -> FloatArray:
        """Return the observations, in the order in which they came."""
        s = self.spec
        if self.data and not self.counted:
            return sequence(self.data, s.family)
        if s.family == "beta":
            return observations.flips(s.truth, self.points, self.seed)
        if s.family == "gamma":
            return observations.counts(s.truth, self.points, self.seed)
        return observations.readings(s.truth, s.noise, self.points, self.seed)

    def all_seen(self) -> Seen:
        """Return what typed counts amount to."""
        heads, tails = self.counted or (0, 0)
        return Seen.sums(heads + tails, heads, heads)

    def prior(self) -> Belief:
        """Return the prior that the handles say."""
        return around(self.spec.family, self.centre, self.worth, self.spec.noise)

    @property
    def truth(self) -> float | None:
        """Return the truth of an invented world; typed data have none that is known."""
        return None if self.data else self.spec.truth


def counts(text: str) -> tuple[int, int] | None:
    """Return typed counts "heads:tails", or None if the text is something else.

    >>> counts("520:480"), counts("HHT")
    ((520, 480), None)
    """
    match = re.fullmatch(r"\s*(\d{1,13})\s*:\s*(\d{1,13})\s*", text)
    if not match:
        return None
    heads, tails = int(match[1]), int(match[2])
    if heads + tails > MOST:
        raise ValueError(f"{heads + tails:,} observations: at most {MOST:,}")
    return heads, tails


def sequence(text: str, family: str) -> FloatArray:
    """Read typed observations: letters H and T (or 1 and 0) for a coin, numbers for the others.

    Raises ValueError that names the letter or the word which cannot be read.

    >>> sequence("HHT ht", "beta")
    array([1., 1., 0., 1., 0.])
    """
    if family == "beta":
        letters = [c for c in text.upper() if not c.isspace() and c != ","]
        for letter in letters:
            if letter not in "HT10":
                raise ValueError(
                    f"“{letter}” is neither H nor T: write a sequence such as HHTHT, or counts such as 520:480"
                )
        values = [1.0 if c in "H1" else 0.0 for c in letters]
    else:
        values = []
        for word in text.replace(";", " ").replace(",", " ").split():
            try:
                value = float(word)
            except ValueError as error:
                raise ValueError(f"“{word[:20]}” is not a number: write numbers with spaces between") from error
            whole = family != "gamma" or (value >= 0 and value == int(value))
            if not np.isfinite(value) or abs(value) > 1e9 or not whole:
                rule = "counts are whole numbers from 0 to 1e9" if family == "gamma" else "give numbers up to 1e9"
                raise ValueError(f"“{word[:20]}” cannot be an observation: {rule}")
            values.append(value)
    if not 1 <= len(values) <= LONGEST:
        raise ValueError(f"{len(values)} observations: type from 1 to {LONGEST}")
    return np.array(values)


def _data(text: str) -> str:
    plain = " ".join(text.split())
    if len(plain) > 4000:
        raise ValueError(f"{len(plain)} letters: at most 4000")
    return plain


def from_link(values: dict[str, Any], notes: list[str]) -> UpdatingSettings:
    """Return a link's settings; data that the scene's family cannot read are left out, with a note."""
    kept = dict(values)
    scene = SCENES[kept.get("scene", UpdatingSettings.FIRST)]
    if kept.get("data"):
        try:
            read(kept["data"], scene.family)
        except ValueError as error:
            notes.append(f"data: {error}")
            del kept["data"]
    ordered = kept.get("view") in ("evidence", "order")
    if ordered and scene.family == "beta" and counts(kept.get("data", "")):
        notes.append(f"view: {kept['view']} needs data one by one, and these are counts")
        del kept["view"]
    if kept.get("points", scene.points) not in scene.sizes:
        notes.append(f"points: {kept['points']} is not one of {', '.join(map(str, scene.sizes))}")
        del kept["points"]
    return UpdatingSettings.from_link(kept, notes)


def read(text: str, family: str) -> str:
    """Return typed data as they are kept, or say what is wrong with them."""
    plain = _data(text)
    if plain and not (family == "beta" and counts(plain)):
        sequence(plain, family)
    return plain


PARSERS = {
    "scene": one_of(tuple(SCENES)),
    "centre": number,
    "worth": number,
    "seen": whole_in(0, MOST),
    "points": whole_in(1, 100_000),
    "seed": whole_in(0, 2**32 - 1),
    "view": one_of(tuple(VIEWS)),
    "level": among(LEVELS, number_in(min(LEVELS), max(LEVELS))),
    "how": one_of(tuple(HOWS)),
    "data": _data,
    "close": yes_no,
}
