"""What a teacher may ask: a number, a band, one of a few, or a prior; how a guess is read, and what it is worth.

As JSON a question is its fields, with `kind`:

    {"kind": "number", "text", "label", "unit", "low": 0, "high": 100, "answer": 9.2 | null}
        a guess is a number; its score {"off": how far above the answer, "times": how many times as large | null}
    {"kind": "band", "text", "label", "unit", "low", "high", "level": 0.9, "answer": [l, h] | null}
        a guess is [l, h]; its score {"covers": share of the answer, "times": how many times as wide}
    {"kind": "one of", "text", "options": ["NUTS", "VI"], "answer": 0 | null}
        a guess is the number of an option, from 0; its score {"right": true}
    {"kind": "prior", "text", "label"}
        a guess is [a, b] of a Beta; there is no score

Texts are data: whoever shows them escapes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from math import isfinite
from typing import Any, ClassVar, Self

from bayes_core.evaluation.guesses import far_off, overlap

from .refused import Refused, shown

Guess = float | int | tuple[float, float]
LONGEST, LONGEST_LABEL, MOST_OPTIONS = 300, 80, 8
LARGEST = 1e15
LEAST_BETA, MOST_BETA = 0.001, 10_000.0


@dataclass(frozen=True, kw_only=True)
class Question:
    """What all kinds have: a text, and an answer if the teacher gave one."""

    kind: ClassVar[str] = ""
    text: str
    answer: Any = None

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """Return a checked question; raises Refused with the reason for any other."""
        raise NotImplementedError

    def read(self, value: object) -> Guess:
        """Return a guess as this kind of question keeps it; raises Refused with the reason for any other."""
        raise NotImplementedError

    def score(self, guess: Guess) -> dict[str, Any] | None:
        """Return what a guess is worth beside the answer; nothing where there is none."""
        return None

    @property
    def told(self) -> dict[str, Any]:
        """Return the question as JSON, its answer included."""
        return {"kind": self.kind, **asdict(self)}


@dataclass(frozen=True, kw_only=True)
class Number(Question):
    """A number from low to high."""

    kind: ClassVar[str] = "number"
    low: float
    high: float
    label: str = ""
    unit: str = ""

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        (text, label, unit), (low, high) = _texts(said), _ends(said)
        answer = None if said.get("answer") is None else number(said["answer"], "the answer")
        return cls(text=text, label=label, unit=unit, low=low, high=high, answer=answer)

    def read(self, value: object) -> Guess:
        return within(value, self.low, self.high, self.unit)

    def score(self, guess: Guess) -> dict[str, Any] | None:
        if self.answer is None or not isinstance(guess, float | int):
            return None
        off, times = far_off(guess, [self.answer])
        return {"off": float(off[0]), "times": float(times[0]) if isfinite(times[0]) else None}


@dataclass(frozen=True, kw_only=True)
class Band(Question):
    """Two ends between low and high, which are to hold a share `level`."""

    kind: ClassVar[str] = "band"
    low: float
    high: float
    level: float
    label: str = ""
    unit: str = ""

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        level = number(said.get("level", 0.9), "the level")
        if not 0 < level < 1:
            raise Refused(f"The level is {level:g}: a share lies between 0 and 1. Ask for 0.9, for example.")
        (text, label, unit), (low, high) = _texts(said), _ends(said)
        answer = None if said.get("answer") is None else pair(said["answer"], "the answer")
        return cls(text=text, label=label, unit=unit, low=low, high=high, level=level, answer=answer)

    def read(self, value: object) -> Guess:
        low, high = pair(value, "the band")
        return within(low, self.low, self.high, self.unit), within(high, self.low, self.high, self.unit)

    def score(self, guess: Guess) -> dict[str, Any] | None:
        if self.answer is None or not isinstance(guess, tuple):
            return None
        (low, high), (lower, upper) = guess, self.answer
        covers, times = overlap([low], [high], [[lower]], [[upper]])
        return {"covers": float(covers[0]), "times": float(times[0])}


@dataclass(frozen=True, kw_only=True)
class OneOf(Question):
    """One of two to eight options."""

    kind: ClassVar[str] = "one of"
    options: tuple[str, ...]

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        given = said.get("options")
        if not isinstance(given, Sequence) or isinstance(given, str) or not 2 <= len(given) <= MOST_OPTIONS:
            raise Refused(f"The options are {shown(given)}: a list of 2 to {MOST_OPTIONS} is needed.")
        options = tuple(words(one, "an option", LONGEST_LABEL) for one in given)
        if len(set(options)) < len(options):
            raise Refused("Two options are the same: give each words of its own.")
        asked = cls(text=words(said.get("text"), "the question", LONGEST), options=options)
        return asked if said.get("answer") is None else replace(asked, answer=asked.read(said["answer"]))

    def read(self, value: object) -> Guess:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < len(self.options):
            raise Refused(f"{shown(value)} is no option: choose a number from 0 to {len(self.options) - 1}.")
        return value

    def score(self, guess: Guess) -> dict[str, Any] | None:
        return None if self.answer is None else {"right": guess == self.answer}


@dataclass(frozen=True, kw_only=True)
class Prior(Question):
    """A and b of a Beta: what somebody believes of a share before any data."""

    kind: ClassVar[str] = "prior"
    label: str = ""

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        if said.get("answer") is not None:
            raise Refused("A prior has no answer: leave it out, or ask for a number.")
        text, label, _ = _texts(said)
        return cls(text=text, label=label)

    def read(self, value: object) -> Guess:
        if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
            raise Refused(f"{shown(value)} is no Beta: two numbers [a, b] are needed.")
        a, b = (within(one, LEAST_BETA, MOST_BETA, "") for one in value)
        return a, b


KINDS: Mapping[str, type[Question]] = {one.kind: one for one in (Number, Band, OneOf, Prior)}


def question(said: object) -> Question:
    """Return a checked question of the kind that it names; raises Refused with the reason for any other."""
    if not isinstance(said, Mapping):
        raise Refused(f"The question is {shown(said)}: an object with kind and text is needed.")
    kind = said.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise Refused(f"The kind of question is {shown(kind)}: choose one of {', '.join(KINDS)}.")
    return KINDS[kind].of(said)


def words(value: object, what: str, longest: int, least: int = 1) -> str:
    """Return a text of a fitting length, as it was written; raises Refused for any other."""
    if not isinstance(value, str) or not least <= len(value.strip()) or len(value) > longest:
        raise Refused(f"{what.capitalize()} is {shown(value)}: a text of {least} to {longest} characters is needed.")
    if any((ord(c) < 32 and c != "\n") or 0xD800 <= ord(c) <= 0xDFFF for c in value):
        raise Refused(f"{what.capitalize()} holds a character that is none: leave out control characters.")
    return value


def number(value: object, what: str) -> float:
    """Return a finite number; raises Refused for anything else, true and false included."""
    if isinstance(value, bool) or not isinstance(value, float | int) or not abs(value) <= LARGEST:
        raise Refused(f"{what.capitalize()} is {shown(value)}: a finite number is needed.")
    return float(value)


def within(value: object, low: float, high: float, unit: str) -> float:
    """Return a number from low to high; raises Refused for any other."""
    read = number(value, "the guess")
    if not low <= read <= high:
        raise Refused(f"The guess is {read:g}: choose from {low:g} to {high:g} {unit}".rstrip() + ".")
    return read


def pair(value: object, what: str) -> tuple[float, float]:
    """Return two rising numbers; raises Refused for anything else."""
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
        raise Refused(f"{what.capitalize()} is {shown(value)}: two numbers [low, high] are needed.")
    low, high = (number(one, what) for one in value)
    if not low < high:
        raise Refused(f"{what.capitalize()} goes from {low:g} to {high:g}: the first has to be the smaller one.")
    return low, high


def _texts(said: Mapping[str, Any]) -> tuple[str, str, str]:
    text = words(said.get("text"), "the question", LONGEST)
    label, unit = (words(said.get(name, ""), f"the {name}", LONGEST_LABEL, 0) for name in ("label", "unit"))
    return text, label, unit


def _ends(said: Mapping[str, Any]) -> tuple[float, float]:
    return pair((said.get("low"), said.get("high")), "the range")
