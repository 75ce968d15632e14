"""The whole state of a page in its link: read once, checked, and written back whenever it changes.

One writer serves native widgets and chart handles alike. (`bind="query-params"` would drop the parameters of widgets
that the presenter view does not draw, and it falls back in silence where a wrong link deserves a visible note.)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import streamlit as st

from .staging import recalled, remember

S = TypeVar("S")
Parsers = Mapping[str, Callable[[str], Any]]
_EXACT = "memory.exact"


@dataclass(frozen=True)
class Pressed:
    """The last of a presenter's keys: when it was pressed (ms), under which epoch, and presses by what they ask for."""

    at: int = 0
    epoch: int = 0
    counted: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Probed:
    """Where a probe stands, on which axis, or the text that was typed and why it is refused.

    `count` numbers what a browser told.
    """

    x: float | None = None
    across: Any = None
    text: str = ""
    why: str = ""
    count: int = 0

    @property
    def told(self) -> dict[str, Any]:
        """Return what the browser hears of it."""
        return {"x": self.x, "text": self.text, "why": self.why, "count": self.count}


@dataclass
class Memory:
    """What a session remembers of a page: its settings, what the link last said, notes, and a counter of scenes.

    `told` is the last complete picture in words, `before` the one that the last change left (pages/_ui/telling.py).
    `tried` is the try that a presenter's keys took last, among those of a kind of settings.
    `answered` are the questions that were (pages/_ui/asking.py).
    `probe` is where the reader's line stands (pages/_ui/probing.py), `pins` are kept to compare with
    (pages/_ui/pinning.py). `own` are the reader's own data that it last went to (pages/_ui/own.py), `drawing` is what
    they draw on the picture (pages/_ui/drawing.py), `redrawn` what the last change was, if it was one of that.
    `released` is the handle whose release began this run.
    """

    settings: Any
    written: dict[str, str]
    notes: list[str] = field(default_factory=list)
    epoch: int = 0
    glide: dict[str, Any] | None = None
    refused: dict[str, str] | None = None
    reveal: bool = False
    touched: bool = False
    pressed: Pressed = Pressed()
    tried: tuple[str, int] = ("", -1)
    told: Any = None
    before: Any = None
    answered: set[Any] = field(default_factory=set)
    probe: Probed = field(default_factory=Probed)
    pins: list[Any] = field(default_factory=list)
    own: str = ""
    drawing: Any = None
    redrawn: str = ""
    released: str = ""


def memory(
    page: str,
    parsers: Parsers,
    start: Callable[[dict[str, Any], list[str]], Any],
    beside: Callable[[Any, dict[str, Any], list[str]], Mapping[str, Any]] = lambda settings, values, notes: {},
) -> Memory:
    """Return the page's memory; a link that differs from what was last written makes it anew.

    `start(values, notes)` turns checked link values into settings and may add notes; `beside(settings, values, notes)`
    returns what else a link says of a Memory. Values that a parser refuses
    (ValueError) become notes. A run that a control started (`touched`) is no navigation: on a slow line it still
    carries the address from before the last change, and must not take that change back.
    """
    address = st.query_params.to_dict()
    asked = {name: address[name] for name in parsers if name in address}
    known: Memory | None = st.session_state.get(f"memory.{page}")
    stayed = recalled("memory.page") == page  # an empty link on the same page is the browser's back button
    exact = recalled(_EXACT)
    remember("memory.page", page)
    remember(_EXACT, False)
    if known is not None and not exact and (known.touched or asked == known.written or not (asked or stayed)):
        known.touched = False
        return known
    values, notes = {}, []
    for name, text in asked.items():
        try:
            values[name] = parsers[name](text)
        except ValueError as error:
            notes.append(f"{name}: {error}")
    settings, epoch = start(values, notes), known.epoch + 1 if known else 1
    fresh = Memory(settings, asked, notes, epoch, **beside(settings, values, notes))
    st.session_state[f"memory.{page}"] = fresh
    return fresh


def exactly() -> None:
    """Let the next page be what its address says, an empty one its start, and not what the session left there."""
    remember(_EXACT, True)


def said() -> set[str]:
    """Return the names that the address says now."""
    return set(st.query_params)


def write(page: Memory, params: Mapping[str, str], names: Parsers) -> None:
    """Bring the browser's address up to date; only what differs from a page's start is in it."""
    address = st.query_params.to_dict()
    current = {name: address[name] for name in names if name in address}
    if current != params:  # at once: every change by itself would be an entry in the browser's history
        others = {name: value for name, value in address.items() if name not in names}
        st.query_params.from_dict({**others, **params})
    page.written = dict(params)


def one_of(options: tuple[str, ...]) -> Callable[[str], str]:
    """Return a parser that accepts only these words."""

    def parse(text: str) -> str:
        if text not in options:
            raise ValueError(f"“{text[:40]}” is not one of {', '.join(options)}")
        return text

    return parse


def number(text: str) -> float:
    """Parse any finite number."""
    try:
        value = float(text)
    except ValueError as error:
        raise ValueError(f"“{text[:40]}” is not a number") from error
    if not math.isfinite(value):
        raise ValueError(f"“{text[:40]}” is not a finite number")
    return value


def number_in(low: float, high: float) -> Callable[[str], float]:
    """Return a parser that accepts only numbers from low to high."""

    def parse(text: str) -> float:
        value = number(text)
        if not low <= value <= high:
            raise ValueError(f"{text[:40]} is outside {low:g} to {high:g}")
        return value

    return parse


def whole_in(low: int, high: int) -> Callable[[str], int]:
    """Return a parser that accepts only whole numbers from low to high."""
    check = number_in(low, high)

    def parse(text: str) -> int:
        value = check(text)
        if value != int(value):
            raise ValueError(f"{text[:40]} is not a whole number")
        return int(value)

    return parse


def among(options: Sequence[float], read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return a parser that reads a number and accepts only a few of them."""

    def parse(text: str) -> Any:
        value = read(text)
        if value not in options:
            raise ValueError(f"{text[:40]} is not one of {', '.join(f'{option:g}' for option in options)}")
        return value

    return parse


def yes_no(text: str) -> bool:
    """Parse 1 for yes and 0 for no."""
    if text not in ("0", "1"):
        raise ValueError(f"“{text[:40]}” is not 0 or 1")
    return text == "1"


def as_text(value: Any) -> str:
    """Return a setting as the link writes it."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        short = f"{value:.9g}"
        return short if float(short) == value else repr(float(value))  # a typed 1/3 needs all its digits
    return str(value)
