"""Pins: answers that a reader keeps to compare others with. They are settings, and the link holds them.

    pin=five~width:0.3;houses        two pins: a scene, and what differs from its start

The newest pin that can be compared with the picture on screen is its ghost there; all are stops of the presenter's
walk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Any
from urllib.parse import quote, unquote

from bayes_core.checks import FloatArray
from bayes_core.figures.packing import as_text, sealed
from bayes_core.figures.picture import Picture

from . import own, telling
from .sentences import Said, render
from .settings import PageSettings
from .telling import Told
from .words import coloured
from .work.courier import Films

MOST = 5
LONGEST = 2000
"""Signs of all pins in a link."""
_BETWEEN, _OF, _IS = ";", "~", ":"
_DIGITS = 5  # of a ghost's numbers: far below a pixel


@dataclass
class Pin:
    """Settings that are kept; once their picture was complete, its words and the lines of its ghost."""

    settings: Any
    told: Told | None = None
    lines: tuple[dict[str, Any], ...] = ()
    trouble: bool = False
    text: str = field(init=False)

    def __post_init__(self) -> None:
        """Write it as the link holds it."""
        self.settings = kept(self.settings)
        self.text = written(self.settings)

    @property
    def ghost(self) -> bytes:
        """Return the lines for the browser."""
        return sealed(as_text({"lines": self.lines}))


def kept(settings: PageSettings) -> Any:
    """Return settings without a reader's guess, which is nothing that an answer depends on."""
    return replace(settings, guess="", reveal=True)


def written(settings: PageSettings) -> str:
    """Return a pin as the link holds it."""
    told = {
        name: text for name, text in kept(settings).link().items() if name not in ("scene", own.ROWS, "guess", "reveal")
    }
    return _OF.join([settings.scene, *(f"{name}{_IS}{_escaped(text)}" for name, text in told.items())])


def _escaped(text: str) -> str:
    return quote(text, safe=" ,.+-").replace(_OF, "%7E")  # which quote leaves as it is


def read(lesson: Any, text: str, notes: list[str]) -> list[Pin]:
    """Return the pins of a link; one that cannot be becomes a note."""
    pins: list[Pin] = []
    if len(text) > LONGEST:
        notes.append(f"pin: it is longer than {LONGEST} signs")
        return pins
    for n, one in enumerate(filter(None, text.split(_BETWEEN)), start=1):
        try:
            pin = Pin(_settings(lesson, one))
        except ValueError as error:
            notes.append(f"pin {n}: {error}")
            continue
        if len(pins) == MOST:
            notes.append(f"pin {n}: there are at most {MOST}")
            break
        if pin.text not in [other.text for other in pins]:
            pins.append(pin)
    return pins


def _settings(lesson: Any, text: str) -> Any:
    scene, *pairs = text.split(_OF)
    parsers, notes = lesson.parsers, []  # type: ignore[var-annotated]
    values = {"scene": parsers["scene"](scene)}
    for pair in pairs:
        name, there, value = pair.partition(_IS)
        if not there or name not in parsers or name in ("scene", "probe", "pin", "guess", "reveal"):
            raise ValueError(f"“{name[:40]}” is no setting")
        try:
            values[name] = parsers[name](unquote(value))
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error
    settings = lesson.from_link(values, notes)
    if notes:
        raise ValueError("; ".join(notes))
    return settings


def in_link(pins: Sequence[Pin]) -> dict[str, str]:
    """Return what the address says of pins."""
    return {"pin": _BETWEEN.join(pin.text for pin in pins)} if pins else {}


# ----------------------------------------------------------------------------------------------------- in words
def differing(pin: Any, other: Any) -> str:
    """Return the values of a pin that other settings of its kind have not: "prior width 0.3"."""
    moved = telling.changed(other, pin)
    return ", ".join(filter(None, (telling.valued(pin, name) for name in moved)))


def label(pin: Pin) -> str:
    """Return what a pin is called among others: its scene, and what differs from the start of it."""
    told = differing(pin.settings, type(pin.settings).at_start(pin.settings.scene))
    title = str(pin.settings.spec.title)
    return f"{title}: {told}" if told else title


def difference(text: Mapping[str, str], before: Told, settings: Any, words: Mapping[str, str]) -> Said:
    """Return what changed since a pinned picture; where the view has no clauses for that, only what was changed."""
    if telling.compared(text, before, settings):
        return telling.sentence(text, before, settings, words)
    moved = telling.changed(before.settings, settings)
    return render(f"{coloured(telling.head(before.settings, settings, moved))}." if moved else "", None, words.get)


# ----------------------------------------------------------------------------------------------------- the ghost
def ghost_of(pins: Sequence[Pin], settings: Any) -> Pin | None:
    """Return the newest pin that settings can be compared with, and that they are not themselves."""
    here = kept(settings)
    alike = (pin for pin in reversed(pins) if pin.settings.measure == here.measure and not pin.trouble)
    return next((pin for pin in alike if pin.settings != here), None)


def same_axes(one: Picture, other: Picture) -> bool:
    """Return whether what is drawn in one picture stands in the same place in another."""
    if one.figure is None or other.figure is None:
        return False
    first, second = (picture.figure["layout"] for picture in (one, other) if picture.figure)
    return all(
        first.get(axis, {}).get("range") == second.get(axis, {}).get("range") for axis in ("xaxis", "yaxis", "yaxis2")
    )


def lines_of(picture: Picture, films: Films, home: Mapping[str, int]) -> tuple[dict[str, Any], ...]:
    """Return the lines of a picture that its ghost shows, where the handles stand."""
    handle, film = next(iter(films.items()))
    drawn = {trace["name"]: trace for trace in picture.figure["data"]} if picture.figure else {}
    made = []
    for name in (name for name in picture.ghost if name in drawn):
        x, y = (film.row(f"{name}.{axis}", home[handle]) for axis in "xy")
        trace = drawn[name]
        line = {axis: trace[axis] if row is None else _numbers(row) for axis, row in (("x", x), ("y", y))}
        if any(value is not None for value in line["y"]):
            closed, lower = trace.get("fill") == "toself", trace.get("yaxis") == "y2"
            made.append({"name": name, **line, "closed": closed, "lower": lower})
    return tuple(made)


def _numbers(row: FloatArray) -> list[float | None]:
    return [float(f"{value:.{_DIGITS}g}") if isfinite(value) else None for value in row.tolist()]
