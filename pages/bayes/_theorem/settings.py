"""What decides everything that the Bayes' theorem page shows: three kinds of scenes on one theorem."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.foundations import events as bayes_rule
from bayes_core.foundations.diagnosis import Diagnosis
from bayes_core.foundations.events import Incoherent
from bayes_core.foundations.quantities import QUANTITIES, probability
from bayes_core.foundations.quantities import words as quantity_words
from bayes_core.foundations.studies import RATE_PRIORS, StudiedPpv
from bayes_core.summaries.summary import percent
from bayes_core.summaries.wording import one_in, share_words
from pages._ui.asking import SKIPPED, Asking, Number
from pages._ui.fields import choice, handle, hidden, text
from pages._ui.settings import PageSettings, Scene, log_spaced

from .scenes import CLUES, EVENTS, FIELDS, FIRST, FLOWERS, GIVEN, RATES, REPEATED, TESTS, People

VIEWS = {"people": "People", "curve": "Every prevalence", "again": "Test again", "unsure": "Unsure rates"}
WHY_NOT = (
    "This lesson turns probabilities that you set yourself into others, so it reads no table of rows: counts of two "
    "classes are read by Updating beliefs."
)
MOST_TESTS = 8
MOST_GIVEN = 4
ASSUMED = {"jeffreys": "Jeffreys, Beta(½, ½)", "uniform": "uniform, Beta(1, 1)", "none": "no prior (the limit)"}
COPIES = (1, 2, 4, 8)
_ASKED = {
    name: Number(
        name=name, of=("answer", "plain"), label="your guess, in per cent", unit="%", scale=100, own=True, always=True
    )
    for name in (*TESTS, "again")
}
_PERCENT = np.round(np.linspace(0, 1, 101), 2)


# ---------------------------------------------------------------------------------------------------- a test
def results_of(word: str) -> str:
    """Return a word of + and -, or say what in it is no result."""
    word = word.replace(" ", "+").replace("−", "-")  # a plus in a link may arrive as a space
    wrong = sorted(set(word) - set("+-"))
    if wrong:
        raise ValueError(f"“{wrong[0]}” is not a result: write + or -")
    if len(word) > MOST_TESTS:
        raise ValueError(f"{len(word)} results: at most {MOST_TESTS} fit")
    return word


def _rate(value: float) -> str:
    return one_in(value) if value < 0.002 else share_words(value)


def _shares(settings: Any) -> Callable[[float], str]:
    return partial(share_words, digits=7)


@dataclass(frozen=True, kw_only=True)
class TestSettings(PageSettings):
    """A diagnostic test under the hand; `results` is a word of + and -."""

    prevalence: float = handle(
        lambda s: (f"{s.people.yes} before", " test"), "prior", lambda s: _rate, ends=("rare", "common")
    )
    sensitivity: float = handle(
        "sensitivity", "likelihood", _shares, ends=lambda s: (f"misses the {s.people.yes}", "finds all")
    )
    specificity: float = handle("specificity", "likelihood", _shares, ends=("many false alarms", "none"))
    studied: float = handle(
        ("people studied", " for each rate"), "reference", lambda s: "{:,.0f}".format, ends=("few", "many"), whole=True
    )
    view: str = choice(tuple(VIEWS), "Look at it as", VIEWS.__getitem__, "people")
    assumed: str = choice(tuple(RATE_PRIORS), "Prior of every rate", ASSUMED.__getitem__, "jeffreys")
    results: str = hidden(results_of, "+", "results")
    SCENES: ClassVar[Mapping[str, Scene]] = TESTS
    FIRST: ClassVar[str] = FIRST
    kind: ClassVar[str] = "test"
    __test__ = False

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Say why a table of rows is nothing that this lesson reads."""
        raise ValueError(WHY_NOT)

    @property
    def handles(self) -> tuple[str, ...]:
        return (*RATES, "studied") if self.view == "unsure" else RATES

    @property
    def people(self) -> People:
        """Return what this scene's people and results are called."""
        people: People = self.spec.story
        return people

    @property
    def asking(self) -> Asking:
        """Return the question what one result means, or all that are seen."""
        several = self.view == "again" and self.results != "+"
        return _ASKED["again" if several else self.scene]

    @property
    def asked_about(self) -> Any:
        return type(self).__name__, self.scene  # whoever guessed is not asked again by another view or result

    @property
    def share_guessed(self) -> float | None:
        """Return the share that was guessed, where there is one to hold against the answer."""
        return float(self.guess) / 100 if self.guess not in ("", SKIPPED) else None

    def spaced(self, handle: str) -> FloatArray:
        if handle == "studied":
            return np.unique(np.round(log_spaced(*self.spec.ranges[handle], 41)))
        if handle == "prevalence":
            return log_spaced(*self.spec.ranges[handle], 61)
        if handle == "sensitivity":
            return _PERCENT[::2]
        return np.round(1 - np.append(log_spaced(0.0001, 0.5, 60)[::-1], 0.0), 9)

    def slots(self, handle: str) -> Mapping[str, str]:
        people = self.people
        positive, negative = (name if "“" in name else f"“{name}”" for name in (people.positive, people.negative))
        named = {"yes": people.yes, "no": people.no, "who": people.who, "positive": positive}
        seen = ", ".join({"+": people.positive, "-": people.negative}[sign] for sign in self.results)
        return named | {"negative": negative, "seen": seen or "no test", "prior": ASSUMED[self.assumed]}

    # ------------------------------------------------------------------------------------------------ what is asked
    def rates(self, handle: str) -> dict[str, Any]:
        """Return the rates and the people studied for them: one handle's positions (V,), the others where they are."""
        return {n: self.positions(n) if n == handle else getattr(self, n) for n in (*RATES, "studied")}

    def test(self, handle: str) -> Diagnosis:
        """Return the tests (V,) along one handle."""
        rates, size = self.rates(handle), len(self.positions(handle))
        return Diagnosis(*(np.broadcast_to(rates[name], size) for name in RATES))

    def studied_ppv(self, handle: str) -> StudiedPpv:
        """Return the posterior of the PPV (V,) along one handle, every rate known from a study of its own."""
        size = len(self.positions(handle))
        rates = {name: np.broadcast_to(rate, size) for name, rate in self.rates(handle).items()}
        return StudiedPpv.of(**rates, prior=RATE_PRIORS[self.assumed])

    def study(self, handle: str) -> tuple[FloatArray, FloatArray]:
        """Return how many people (V,) the study of the prevalence has along one handle, and how many it finds."""
        rates, size = self.rates(handle), len(self.positions(handle))
        people = np.broadcast_to(rates["studied"], size)
        return people, np.broadcast_to(rates["prevalence"] * people, size)

    def prevalences(self) -> FloatArray:
        """Return the prevalences that the curves are drawn over."""
        return np.geomspace(self.spec.ranges["prevalence"][0], 1, 121)


# ------------------------------------------------------------------------------------------------ two events
def name_of_event(name: str) -> str:
    """Return an event's name, or say why it cannot be one."""
    plain = " ".join(name.split())
    if not 1 <= len(plain) <= 24:
        raise ValueError(f"“{plain[:40]}” has {len(plain)} letters: an event's name has 1 to 24")
    return plain


def given_of(listed: str) -> str:
    """Return a list of quantities in the registry's order, or say what can be listed."""
    names = listed.split(",") if listed else []
    wrong = [n for n in names if n not in GIVEN]
    if wrong or not 1 <= len(names) <= MOST_GIVEN:
        raise ValueError(f"“{listed[:40]}” is not a list of 1 to {MOST_GIVEN} of {', '.join(GIVEN)}")
    return ",".join(q for q in QUANTITIES if q in names)


def _name(label: str) -> Any:
    return text(lambda _, name: name_of_event(name), label, read=name_of_event)


def _probability(quantity: str, concept: str = "muted") -> Any:
    """Declare the handle of a quantity that can be given."""
    ends = ("never", "always")
    return handle(lambda s: s.named(quantity), concept, lambda s: percent, ends=ends, read=probability)


@dataclass(frozen=True, kw_only=True)
class EventSettings(PageSettings):
    """Two named events and what is known of them; `given` lists quantities, their values are the p fields."""

    a: str = _name("First event")
    b: str = _name("Second event")
    given: str = hidden(given_of)
    pA: float = _probability("A", "prior")
    pB: float = _probability("B")
    pAB: float = _probability("A and B")
    pBA: float = _probability("B|A", "likelihood")
    pAgB: float = _probability("A|B", "posterior")
    pBnA: float = _probability("B|not A", "likelihood")
    pAnB: float = _probability("A|not B")
    SCENES: ClassVar[Mapping[str, Scene]] = EVENTS
    FIRST: ClassVar[str] = FIRST
    kind: ClassVar[str] = "event"

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Say why a table of rows is nothing that this lesson reads."""
        raise ValueError(WHY_NOT)

    @property
    def quantities(self) -> tuple[str, ...]:
        """Return what is given, in the registry's order."""
        return tuple(q for q in GIVEN if q in self.given.split(","))

    @property
    def handles(self) -> tuple[str, ...]:
        return tuple(GIVEN[q] for q in self.quantities)

    def spaced(self, handle: str) -> FloatArray:
        return _PERCENT

    def named(self, quantity: str) -> str:
        """Return a quantity with these events in it."""
        return quantity_words(quantity, self.a, self.b)

    # ------------------------------------------------------------------------------------------------ what is asked
    def known(self) -> dict[str, float]:
        """Return the given probabilities by quantity."""
        return {q: getattr(self, GIVEN[q]) for q in self.quantities}

    def known_along(self, handle: str) -> dict[str, FloatArray]:
        """Return the given probabilities (V,) by quantity along one handle."""
        values = self.positions(handle)
        return {q: values if GIVEN[q] == handle else np.full(len(values), v) for q, v in self.known().items()}

    @property
    def contradiction(self) -> Incoherent | None:
        """Return how what is given contradicts itself, if it does."""
        try:
            bayes_rule.events(self.known())
        except Incoherent as error:
            return error
        return None


def quantity_of(field: str) -> str:
    """Return the quantity that a field holds."""
    return next(quantity for quantity, name in GIVEN.items() if name == field)


# ------------------------------------------------------------------------------------------------- many clues
def _clue(name: str) -> Any:
    """Declare the handle of one measurement."""
    ends = ("short", "long") if "length" in name else ("narrow", "wide")
    return handle(name, "data", lambda s: "{:.1f} cm".format, ends=ends)


@dataclass(frozen=True, kw_only=True)
class ClueSettings(PageSettings):
    """One flower's four measurements in cm, and how often the petal's length is counted."""

    sl: float = _clue("sepal length")
    sw: float = _clue("sepal width")
    pl: float = _clue("petal length")
    pw: float = _clue("petal width")
    copies: int = choice(COPIES, "Count the petal’s length", lambda n: f"{n} ×", 1)
    SCENES: ClassVar[Mapping[str, Scene]] = FLOWERS
    FIRST: ClassVar[str] = FIRST
    kind: ClassVar[str] = "clue"

    def spaced(self, handle: str) -> FloatArray:
        low, high = self.spec.ranges[handle]
        return np.round(np.arange(low, high + 0.05, 0.1), 1)

    # ------------------------------------------------------------------------------------------------ what is asked
    @classmethod
    def on(cls, source: Source) -> Scene:
        """Say why a table of rows is nothing that this lesson reads."""
        raise ValueError(WHY_NOT)

    @property
    def flower(self) -> FloatArray:
        """Return the measurements (F,)."""
        return np.array([getattr(self, FIELDS[clue]) for clue in CLUES])

    def flowers(self, handle: str) -> FloatArray:
        """Return the measurements (V, F) along one handle."""
        values = self.positions(handle)
        return np.stack(
            [values if FIELDS[c] == handle else np.full(len(values), getattr(self, FIELDS[c])) for c in CLUES], 1
        )

    @property
    def counts(self) -> FloatArray:
        """Return how often each clue is counted, (F,)."""
        return np.where(np.array(CLUES) == REPEATED, float(self.copies), 1.0)
