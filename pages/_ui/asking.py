"""Guess first: what a scene may ask before it shows, how a guess is read, and what it is worth beside the answer.

A lesson declares a question (`PageSettings.asking`): a Number, a Place on the x axis, a Band at some x, or OneOf a few.
While it is open (`PageSettings.asks`) a view is cut down to what it `shows` and `tells`; once there is a guess the view
carries a panel with the score, and a mark where the guess lies in the picture. The page's words hold

    ## guess <name>      the question; lines "- key: words" are what OneOf offers
    ## guessed <name>    why: what is worth knowing once the answer shows, with its numbers in braces
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Any, ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.guesses import beaten, edges, far_off, overlap, widths
from bayes_core.figures.panels import Ask, Guessed, Texts
from bayes_core.figures.view import View

from .sentences import bare, numbers_in
from .words import coloured, coloured_slots, filled

SKIPPED = "-"
"""The guess of a reader who asked to be shown."""
HIDDEN = "The answer hides until you guess."
_LONGEST = 120


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What all kinds of questions have: their `name` in the page's words, and what stands while they are open.

    `shows` names traces, or numbers of a stage, `tells` words of the view. With `own` the lesson's look makes that
    picture itself. Settings in `looks`, such as one view of several, hold as long as it is open. A scene that `always`
    asks does so without being told by the link.
    """

    kind: ClassVar[str] = ""
    name: str
    shows: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    own: bool = False
    looks: Mapping[str, Any] = field(default_factory=dict)
    always: bool = False

    def read(self, text: str) -> str:
        """Return a guess as the link writes it; the ValueError for any other says why not."""
        return text if text == SKIPPED else self.checked(text[:_LONGEST])

    def checked(self, text: str) -> str:
        """Return a guess that was made, as the link writes it."""
        raise NotImplementedError

    def verdict(self, view: View, guess: str, offered: Mapping[str, str]) -> Texts:
        """Return what was guessed, what the answer is, and the score, at every position of a handle (V,)."""
        raise NotImplementedError

    def answers(self, view: View, offered: Mapping[str, str]) -> Texts:
        """Return the answer alone, at every position of a handle (V,)."""
        raise NotImplementedError

    def form(self, view: View, offered: Mapping[str, str]) -> dict[str, Any]:
        """Return what the form needs to know: fields, units, ends, options."""
        return {}

    def mark(self, guess: str) -> dict[str, Any] | None:
        """Return where a guess lies in the picture."""
        return None


@dataclass(frozen=True, kw_only=True)
class Number(Asking):
    """A number, held against a fact (V,) of the view or the first number of a word, `scale` times; `of` names either.

    Where the `unit` is %, a guess is off by points; else by how many times.
    """

    kind: ClassVar[str] = "number"
    of: tuple[str, ...]
    label: str
    unit: str = ""
    scale: float = 1.0
    ends: tuple[float, float] = (0.0, 100.0)

    def checked(self, text: str) -> str:
        return _within(text, *self.ends)

    def form(self, view: View, offered: Mapping[str, str]) -> dict[str, Any]:
        return {"label": self.label, "low": self.ends[0], "high": self.ends[1], "step": 1}

    def true(self, view: View) -> FloatArray:
        """Return the answer at every position of a handle (V,)."""
        fact = next((view.facts[name] for name in self.of if name in view.facts), None)
        if fact is not None:
            return self.scale * fact
        told = next(view.said[name] for name in self.of if name in view.said)
        return np.array([numbers_in(text, 1)[0] for text in told])

    def answers(self, view: View, offered: Mapping[str, str]) -> Texts:
        said = next((view.said[name] for name in self.of if name in view.said), None)
        return said or tuple(f"{short(v)}{self._suffix}" for v in self.true(view))

    def verdict(self, view: View, guess: str, offered: Mapping[str, str]) -> Texts:
        off, times = far_off(float(guess), self.true(view))
        by = self._points(off) if self.unit == "%" else _times(off, times)
        told, size = self.answers(view, offered), len(off)
        own = f"{short(float(guess))}{self._suffix}"
        return tuple(
            f"You said {own}. Here it is {_at(told, v)}: {by[v]}." if isfinite(off[v]) else f"You said {own}."
            for v in range(size)
        )

    def _points(self, off: FloatArray) -> Texts:
        return tuple(
            "right, to the point" if abs(o) < 0.5 else f"{_above(o)} by {short(abs(o), 2)} points" for o in off
        )

    @property
    def _suffix(self) -> str:
        return f"\u00a0{self.unit}" if self.unit else ""


@dataclass(frozen=True, kw_only=True)
class Place(Asking):
    """A place on the x axis, held against where a curve over x is highest: `curve(view)` are its x and y (V, G).

    `peak` calls the answer by its name, `sign` stands before a value on the axis ("log10 λ = "), `most` says what there
    is more of at some places: "less is known".
    """

    kind: ClassVar[str] = "place"
    curve: Callable[[View], tuple[FloatArray, FloatArray]]
    label: str
    unit: str = ""
    sign: str = ""
    peak: str = "The highest"
    most: str = ""

    def checked(self, text: str) -> str:
        return _within(text, -np.inf, np.inf)

    def form(self, view: View, offered: Mapping[str, str]) -> dict[str, Any]:
        low, high = x_range(view)
        return {"label": self.label, "unit": self.unit, "low": low, "high": high, "step": (high - low) / 100}

    def mark(self, guess: str) -> dict[str, Any] | None:
        return {"kind": self.kind, "x": [] if guess == "" else [float(guess)]}

    def answers(self, view: View, offered: Mapping[str, str]) -> Texts:
        peak, _ = beaten(*self.curve(view), 0.0)
        return tuple(f"{self.sign}{self._worded(v, self._decimals(view))}" if isfinite(v) else "–" for v in peak)

    def verdict(self, view: View, guess: str, offered: Mapping[str, str]) -> Texts:
        peak, share = beaten(*self.curve(view), float(guess))
        step, decimals = self.form(view, offered)["step"], self._decimals(view)
        both = zip(peak, share, strict=True)
        return tuple(self._told(float(guess), float(p), float(s), step, decimals) for p, s in both)

    def _told(self, guess: float, peak: float, share: float, step: float, decimals: int) -> str:
        own, off = self._worded(guess, decimals), guess - peak
        if not isfinite(peak):
            return f"You pointed at {self.sign}{own}."
        side = "to the right" if off > 0 else "to the left"
        by = f"{self._worded(abs(off), decimals)} too far {side}" if abs(off) > step else "you found it"
        ranked = f"; {self.most} at {100 * share:.0f}\u00a0% of the places" if self.most and share >= 0.005 else ""
        return f"You pointed at {self.sign}{own}. {self.peak} is at {self._worded(peak, decimals)}: {by}{ranked}."

    def _decimals(self, view: View) -> int:
        """Return how many decimals a hundredth of the axis has."""
        return max(0, int(np.ceil(-np.log10(self.form(view, {})["step"]))))

    def _worded(self, value: float, decimals: int) -> str:
        return f"{value:,.{decimals}f}\u00a0{self.unit}".strip().replace("-", "−")


@dataclass(frozen=True, kw_only=True)
class Band(Asking):
    """Two ends at some x, or, at several, a band: held against a band that the picture draws as an outline.

    `at` names the places in words, `of` is the trace; where a `word` of the view says both ends, these are taken, for
    an outline is cut at the picture's edge. A link writes "low~high", place by place, parted by "_".
    """

    kind: ClassVar[str] = "band"
    of: str
    at: Mapping[float, str]
    word: str = ""
    unit: str = ""

    def checked(self, text: str) -> str:
        pairs = [part.split("~") for part in text.split("_")]
        if len(pairs) != len(self.at) or any(len(pair) != 2 for pair in pairs):
            raise ValueError(f"“{text[:40]}” is not {len(self.at)} × “low~high”")
        numbers = [sorted((float(_within(a, -np.inf, np.inf)), float(_within(b, -np.inf, np.inf)))) for a, b in pairs]
        if any(a == b for a, b in numbers):
            raise ValueError(f"“{text[:40]}” has a band without any width")
        return "_".join(f"{a:.6g}~{b:.6g}" for a, b in numbers)

    def form(self, view: View, offered: Mapping[str, str]) -> dict[str, Any]:
        low, high = view.figure["layout"]["yaxis"]["range"] if view.figure else (0.0, 1.0)
        return {"unit": self.unit, "places": list(self.at.values()), "low": low, "high": high} | {
            "step": (high - low) / 100
        }

    def mark(self, guess: str) -> dict[str, Any] | None:
        pairs = [[float(v) for v in part.split("~")] for part in guess.split("_")] if guess else []
        drawn = {"low": [a for a, _ in pairs], "high": [b for _, b in pairs]}
        return {"kind": self.kind, "x": list(self.at)} | drawn

    def ends_of(self, view: View) -> tuple[FloatArray, FloatArray]:
        """Return the lower and the upper ends of the answer, by position and place (V, P)."""
        if self.word:
            told = np.array([numbers_in(text, 2) for text in view.said[self.word]])
            return told[:, :1], told[:, 1:]
        return edges(*drawn(view, self.of), list(self.at))

    def answers(self, view: View, offered: Mapping[str, str]) -> Texts:
        if self.word:
            return tuple(f"{text}\u00a0{self.unit}".strip() for text in view.said[self.word])
        lower, upper = self.ends_of(view)
        return tuple(
            self._worded(a[0], b[0]) if len(a) == 1 else "in the picture" for a, b in zip(lower, upper, strict=True)
        )

    def verdict(self, view: View, guess: str, offered: Mapping[str, str]) -> Texts:
        mark = self.mark(guess)
        assert mark is not None
        share, times = overlap(mark["low"], mark["high"], *self.ends_of(view))
        own = f"You drew {self._worded(mark['low'][0], mark['high'][0])}" if len(self.at) == 1 else "You drew a band"
        told = self.answers(view, offered) if len(self.at) == 1 else ("",)
        return tuple(
            f"{own}.{f' Here it is {_at(told, v)}.' if _at(told, v) else ''} Yours covers "
            f"{100 * share[v]:.0f}\u00a0% of it and is {_wide(times[v])}."
            if isfinite(times[v])
            else f"{own}."
            for v in range(len(times))
        )

    def _worded(self, low: float, high: float) -> str:
        return f"{short(low)} to {short(high)}\u00a0{self.unit}".strip()


@dataclass(frozen=True, kw_only=True)
class OneOf(Asking):
    """One of several: `right(view)` is the key of the right one at every position (V,)."""

    kind: ClassVar[str] = "options"
    keys: tuple[str, ...]
    right: Callable[[View], Texts]

    def checked(self, text: str) -> str:
        if text not in self.keys:
            raise ValueError(f"“{text[:40]}” is not one of {', '.join(self.keys)}")
        return text

    def form(self, view: View, offered: Mapping[str, str]) -> dict[str, Any]:
        return {"options": [[key, coloured(offered[key])] for key in self.keys]}

    def answers(self, view: View, offered: Mapping[str, str]) -> Texts:
        return tuple(_named(offered, key) for key in self.right(view))

    def verdict(self, view: View, guess: str, offered: Mapping[str, str]) -> Texts:
        own = _named(offered, guess)
        return tuple(
            f"You said: {own}. {'That is right.' if key == guess else f'It is: {_named(offered, key)}.'}"
            if key
            else f"You said: {own}."
            for key in self.right(view)
        )


def offers(section: str) -> dict[str, str]:
    """Return what the lines of a section offer.

    >>> offers("Which? \\n\\n- a: the first\\n- b: the second")
    {'a': 'the first', 'b': 'the second'}
    """
    lines = [line[2:].split(": ", 1) for line in section.splitlines() if line.startswith("- ")]
    return dict(line for line in lines if len(line) == 2)


def staged(view: View, settings: Any, text: Mapping[str, str]) -> View:
    """Return a view as far as its reader may see it: the question alone while it is open, else with the guess."""
    asking: Asking | None = settings.asking
    if asking is None:
        return view
    section = filled(text[f"guess {asking.name}"], settings.slots(""))
    question, offered = section.split("\n- ")[0].strip(), offers(section)
    if settings.asks:
        kept = view if asking.own else view.only(asking.shows, asking.tells)
        alt = kept.alt if asking.own else (f"{HIDDEN} {bare(coloured(question))}",)
        ask = Ask(text="Guess first", question=coloured(question), asks=asking.kind, form=asking.form(view, offered))
        mark = asking.mark("")
        return replace(kept, alt=alt, panels=(ask, *kept.panels), mark=mark and mark | {"open": True})
    if not settings.guess or asking.looks.get("view") not in (None, getattr(settings, "view", "")):
        return view
    skipped = settings.guess == SKIPPED
    why = filled(text.get(f"guessed {asking.name}", ""), settings.slots(""))
    told = Guessed(
        text="The answer" if skipped else "Your guess",
        html=coloured_slots(why) if why else "",
        button="Guess after all" if skipped else "Guess again",
        verdict=_verdict(asking, view, settings.guess, offered),
    )
    return replace(view, panels=(told, *view.panels), mark=None if skipped else asking.mark(settings.guess))


def _verdict(asking: Asking, view: View, guess: str, offered: Mapping[str, str]) -> Texts:
    """Return the verdict; nothing while the answer is still being worked out."""
    try:
        if guess == SKIPPED:
            return tuple(f"The answer: {answer}." if answer else "" for answer in asking.answers(view, offered))
        return asking.verdict(view, guess, offered)
    except (KeyError, StopIteration):
        return ()


def drawn(view: View, trace: str) -> tuple[FloatArray, FloatArray]:
    """Return what a view draws of a trace: x (G,) or (V, G), and y (V, G)."""
    assert view.figure is not None
    still = next(one for one in view.figure["data"] if one["name"] == trace)
    x = view.numbers.get(f"{trace}.x")
    return np.asarray(still["x"] if x is None else x, float), view.numbers[f"{trace}.y"]


def height_of(trace: str) -> Callable[[View], tuple[FloatArray, FloatArray]]:
    """Return how the height of a line over x is read off a view."""
    return lambda view: drawn(view, trace)


def depth_of(trace: str) -> Callable[[View], tuple[FloatArray, FloatArray]]:
    """Return how deep a line over x lies, so that it is highest where the line is lowest."""

    def read(view: View) -> tuple[FloatArray, FloatArray]:
        x, y = drawn(view, trace)
        return x, -y

    return read


def width_of(trace: str) -> Callable[[View], tuple[FloatArray, FloatArray]]:
    """Return how the width of a band over x is read off a view."""
    return lambda view: widths(*drawn(view, trace))


def x_range(view: View) -> tuple[float, float]:
    """Return the ends of a view's x axis."""
    assert view.figure is not None
    low, high = view.figure["layout"]["xaxis"]["range"]
    return float(low), float(high)


def short(value: float, digits: int = 3) -> str:
    """Return a number in three digits, thousands set apart.

    >>> short(1052.6), short(-0.12345), short(13.0)
    ('1,050', '−0.123', '13')
    """
    return f"{float(f'{value:.{digits}g}'):,.10g}".replace("-", "−")


def _within(text: str, low: float, high: float) -> str:
    try:
        value = float(text)
    except ValueError as error:
        raise ValueError(f"“{text[:40]}” is not a number") from error
    if not low <= value <= high or not isfinite(value):
        raise ValueError(f"{text[:40]} is outside {low:g} to {high:g}")
    return f"{value:.6g}"


def _above(off: float) -> str:
    return "too high" if off > 0 else "too low"


def _times(off: FloatArray, times: FloatArray) -> Texts:
    return tuple(
        f"{_above(o)} by {short(abs(o))}"
        if not isfinite(t)
        else "right, within a twentieth"
        if abs(t - 1) < 0.05
        else f"{short(max(t, 1 / t), 2)} times {_above(o)}"
        for o, t in zip(off, times, strict=True)
    )


def _wide(times: float) -> str:
    if abs(times - 1) < 0.1:
        return "as wide"
    return f"{short(max(times, 1 / times), 2)} times too {'wide' if times > 1 else 'narrow'}"


def _named(offered: Mapping[str, str], key: str) -> str:
    return bare(coloured(offered.get(key, "")))


def _at(texts: Texts, position: int) -> str:
    return texts[min(position, len(texts) - 1)]
