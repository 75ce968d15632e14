"""What decides everything that the Bayes' theorem page shows: three kinds of scenes on one theorem."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.foundations.quantities import QUANTITIES, probability
from pages._ui.by_hand import PageSettings
from pages._ui.link import among, number, one_of, whole_in, yes_no
from pages._ui.settings import spread, through

PAGE = "bayes/theorem"
VIEWS = {"people": "People", "curve": "Every prevalence", "again": "Test again", "unsure": "Unsure rates"}
MOST_TESTS = 8
_PERCENT = np.round(np.linspace(0, 1, 101), 2)


# ---------------------------------------------------------------------------------------------------- a test
@dataclass(frozen=True)
class TestScene:
    """A diagnostic test of some kind, and what its people and results are called."""

    title: str
    prevalence: float
    sensitivity: float
    specificity: float
    who: str
    yes: str
    no: str
    positive: str
    negative: str
    rarest: float
    studied: float = 200.0
    asks: bool = False
    __test__ = False


TESTS = {
    "mammography": TestScene(
        "Mammography", 0.01, 0.8, 0.904, "women", "ill", "healthy", "positive", "negative", 1e-4, asks=True
    ),
    "rare": TestScene(
        "A rare disease", 0.0001, 0.99, 0.99, "people", "ill", "healthy", "positive", "negative", 1e-6, 5000.0
    ),
    "airport": TestScene(
        "Airport screening", 0.00001, 0.95, 0.998, "travellers", "armed", "harmless", "alarm", "no alarm", 1e-6, 5000.0
    ),
    "spam": TestScene(
        "Spam filter", 0.45, 0.32, 0.98, "mails", "spam", "wanted", "“winner” in it", "no “winner”", 1e-3
    ),
}


@dataclass(frozen=True)
class TestSettings(PageSettings):
    """A diagnostic test under the hand; `results` is a word of + and -, `guess` in per cent, -1 while there is none."""

    prevalence: float
    sensitivity: float
    specificity: float
    studied: float
    view: str = "people"
    results: str = "+"
    guess: int = -1
    reveal: bool = True
    FIRST: ClassVar[str] = "mammography"
    __test__ = False

    @classmethod
    def start(cls, scene: str) -> Self:
        s = TESTS[scene]
        return cls(scene, s.prevalence, s.sensitivity, s.specificity, s.studied, reveal=not s.asks)

    @property
    def handles(self) -> tuple[str, ...]:
        rates = ("prevalence", "sensitivity", "specificity")
        return (*rates, "studied") if self.view == "unsure" else rates

    @property
    def spec(self) -> TestScene:
        """Return the scene itself."""
        return TESTS[self.scene]

    @property
    def hidden(self) -> bool:
        """Return whether the learner has yet to guess."""
        return not self.reveal

    def snapped(self) -> Self:
        """Return the settings with every handle on a position; who looks at another view has stopped guessing."""
        return replace(super().snapped(), reveal=self.reveal or self.view != "people")

    def positions(self, handle: str) -> FloatArray:
        s = self.spec
        if handle == "prevalence":
            return spread(s.rarest, 0.6, 61, s.prevalence)
        if handle == "studied":
            return spread(10, 100_000, 41, s.studied)
        if handle == "sensitivity":
            return through(_PERCENT[::2], s.sensitivity)
        misses = np.append(np.array([float(f"{v:.3g}") for v in np.geomspace(0.5, 0.0001, 60)]), 0.0)
        return through(np.round(1 - misses, 9), s.specificity)


# ------------------------------------------------------------------------------------------------ two events
GIVEN = {
    "A": "pA",
    "B": "pB",
    "A and B": "pAB",
    "B|A": "pBA",
    "A|B": "pAgB",
    "B|not A": "pBnA",
    "A|not B": "pAnB",
}
"""The quantities that can be given, and the fields that hold them."""
MOST_GIVEN = 4


@dataclass(frozen=True)
class EventSettings(PageSettings):
    """Two named events and what is known of them; `given` lists quantities, their values are the p fields."""

    a: str = "fog"
    b: str = "rain"
    given: str = "A,B|A,B"
    pA: float = 0.5
    pB: float = 0.3
    pAB: float = 0.1
    pBA: float = 0.2
    pAgB: float = 0.35
    pBnA: float = 0.4
    pAnB: float = 0.55
    FIRST: ClassVar[str] = "mammography"  # the page's: every other scene is named in its link

    @classmethod
    def start(cls, scene: str) -> Self:
        return cls(scene)

    @property
    def quantities(self) -> tuple[str, ...]:
        """Return what is given, in the registry's order."""
        return tuple(q for q in GIVEN if q in self.given.split(","))

    @property
    def handles(self) -> tuple[str, ...]:
        return tuple(GIVEN[q] for q in self.quantities)

    def positions(self, handle: str) -> FloatArray:
        return np.unique(np.append(_PERCENT, getattr(self, handle)))  # a typed value is a position like any other

    def known(self) -> dict[str, float]:
        """Return the given probabilities by quantity."""
        return {q: getattr(self, GIVEN[q]) for q in self.quantities}


# ------------------------------------------------------------------------------------------------- many clues
CLUES = ("sepal length", "sepal width", "petal length", "petal width")
SPECIES = ("setosa", "versicolor", "virginica")
FIELDS = {"sepal length": "sl", "sepal width": "sw", "petal length": "pl", "petal width": "pw"}
COPIES = (1, 2, 4, 8)
_LIMITS = {"sl": (4.0, 8.0), "sw": (2.0, 4.5), "pl": (1.0, 7.0), "pw": (0.1, 2.6)}


@dataclass(frozen=True)
class ClueSettings(PageSettings):
    """One flower's four measurements in cm, and how often the petal's length is counted."""

    sl: float = 5.9
    sw: float = 2.8
    pl: float = 4.9
    pw: float = 1.6
    copies: int = 1
    FIRST: ClassVar[str] = "mammography"

    @classmethod
    def start(cls, scene: str) -> Self:
        return cls(scene)

    @property
    def handles(self) -> tuple[str, ...]:
        return tuple(FIELDS.values())

    def positions(self, handle: str) -> FloatArray:
        low, high = _LIMITS[handle]
        return np.round(np.arange(low, high + 0.05, 0.1), 1)


# ---------------------------------------------------------------------------------------------------- the page
TITLES = {name: scene.title for name, scene in TESTS.items()} | {"fog": "Rain and fog", "iris": "Clue after clue"}


def kind_of(scene: str) -> type[PageSettings]:
    """Return the kind of settings that a scene has."""
    return {"fog": EventSettings, "iris": ClueSettings}.get(scene, TestSettings)


def at_start(scene: str, **changes: Any) -> PageSettings:
    """Return a scene's settings, with some of them changed."""
    return kind_of(scene).at_start(scene, **changes)


def from_link(values: dict[str, Any], notes: list[str]) -> PageSettings:
    """Return a link's settings."""
    scene = values.get("scene", TestSettings.FIRST)
    return kind_of(scene).from_link({**values, "scene": scene}, notes)


def _results(text: str) -> str:
    word = text.replace(" ", "+").replace("−", "-")  # a plus in a link may arrive as a space
    wrong = sorted(set(word) - set("+-"))
    if wrong:
        raise ValueError(f"“{wrong[0]}” is not a result: write + or -")
    if len(word) > MOST_TESTS:
        raise ValueError(f"{len(word)} results: at most {MOST_TESTS} fit")
    return word


def name_of_event(text: str) -> str:
    """Return an event's name, or say why it cannot be one."""
    plain = " ".join(text.split())
    if not 1 <= len(plain) <= 24:
        raise ValueError(f"“{plain[:40]}” has {len(plain)} letters: an event's name has 1 to 24")
    return plain


def _given(text: str) -> str:
    names = text.split(",") if text else []
    wrong = [n for n in names if n not in GIVEN]
    if wrong or not 1 <= len(names) <= MOST_GIVEN:
        raise ValueError(f"“{text[:40]}” is not a list of 1 to {MOST_GIVEN} of {', '.join(GIVEN)}")
    return ",".join(q for q in QUANTITIES if q in names)


PARSERS = {
    "scene": one_of(tuple(TITLES)),
    "prevalence": number,
    "sensitivity": number,
    "specificity": number,
    "studied": number,
    "view": one_of(tuple(VIEWS)),
    "results": _results,
    "guess": whole_in(0, 100),
    "reveal": yes_no,
    "a": name_of_event,
    "b": name_of_event,
    "given": _given,
    **dict.fromkeys(GIVEN.values(), probability),
    **dict.fromkeys(FIELDS.values(), number),
    "copies": among(COPIES, whole_in(min(COPIES), max(COPIES))),
}
