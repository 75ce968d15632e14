"""A setting is one Field: how a link says it, the control that changes it, what locks it, how a value is worded.

    points: int = choice((3, 5, 8), "Number of points")

declares a dataclass field of a PageSettings whose Field (`field_of`) does all of that. Whatever depends on the rest of
the settings (a label that names the scene's unit, the views that a scene has) is a function of them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import streamlit as st

from . import entry, link
from .controls import choose, typed
from .staging import locked

Change = Callable[..., None]
_FIELD = "field"


def of(value: Any, settings: Any) -> Any:
    """Return a value, or what a function makes of the settings."""
    return value(settings) if callable(value) else value


@dataclass(frozen=True, kw_only=True)
class Field:
    """A setting that only a link, a button or the picture itself changes; `read` parses the link's text."""

    read: Callable[[str], Any]
    label: str | Callable[[Any], str] = ""

    def accept(self, settings: Any, name: str, value: Any) -> Any:
        """Return a link's value if these settings can have it; the ValueError for any other says why not."""
        return value

    def worded(self, settings: Any, value: Any) -> str:
        """Return a value as a sentence names it; nothing where the value means nothing to a reader."""
        return {True: "yes", False: "no"}[value] if isinstance(value, bool) else link.as_text(value)

    def show(self, page: str, name: str, settings: Any, change: Change) -> None:
        """Show the control; `change(name=value)` hears of it."""
        raise NotImplementedError(f"{name} has no control of its own")


@dataclass(frozen=True, kw_only=True)
class Hidden(Field):
    """A setting without a control, with its own words for a value."""

    words: Callable[[Any], str] | None = None

    def worded(self, settings: Any, value: Any) -> str:
        return self.words(value) if self.words else super().worded(settings, value)


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of a few: `options` are all there are, `offered` those of the settings on screen."""

    options: tuple[Any, ...]
    offered: Callable[[Any], tuple[Any, ...]] | None = None
    words: Callable[[Any], str] = str
    refused: Callable[[Any, Any], str] | None = None

    def choices(self, settings: Any) -> tuple[Any, ...]:
        """Return what can be chosen now."""
        return self.offered(settings) if self.offered else self.options

    def worded(self, settings: Any, value: Any) -> str:
        return self.words(value)

    def accept(self, settings: Any, name: str, value: Any) -> Any:
        there = self.choices(settings)
        if value not in there:
            why = f"{link.as_text(value)} is not one of {', '.join(link.as_text(option) for option in there)}"
            raise ValueError(self.refused(settings, value) if self.refused else why)
        return value

    def show(self, page: str, name: str, settings: Any, change: Change) -> None:
        there, now = self.choices(settings), getattr(settings, name)
        if len(there) > 1:
            choose(of(self.label, settings), page, name, there, now, change, self.words)


@dataclass(frozen=True, kw_only=True)
class Typed(Field):
    """Free text that `check(settings, text)` turns into a value, or refuses with a ValueError."""

    check: Callable[[Any, str], Any]
    longest: int = 40
    hint: str | Callable[[Any], str] = ""
    wide: int | None = None
    tall: bool = False

    def accept(self, settings: Any, name: str, value: Any) -> Any:
        return self.check(settings, link.as_text(value))

    def show(self, page: str, name: str, settings: Any, change: Change) -> None:
        shown, hint = link.as_text(getattr(settings, name)), of(self.hint, settings)
        with st.container(width=self.wide or "stretch"):
            read = _Checked(self.check, settings)
            typed(change, page, of(self.label, settings), name, shown, read, self.longest, hint, tall=self.tall)


@dataclass(frozen=True)
class _Checked:
    """A check with the settings that it looks at."""

    check: Callable[[Any, str], Any]
    settings: Any

    def __call__(self, text: str) -> Any:
        return self.check(self.settings, text)


@dataclass(frozen=True, kw_only=True)
class Fresh(Field):
    """A seed: a button takes the next one."""

    also: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def worded(self, settings: Any, value: Any) -> str:
        return ""

    def show(self, page: str, name: str, settings: Any, change: Change) -> None:
        more = {name: getattr(settings, name) + 1, **self.also}
        off = locked(name) or any(locked(one) and getattr(settings, one) != value for one, value in self.also.items())
        st.button(of(self.label, settings), on_click=change, kwargs=more, disabled=off)


@dataclass(frozen=True, kw_only=True)
class Handle(Field):
    """A handle under the picture: the second half of its label is left out on a phone; `ends` stand at its ends.

    `text(settings)` words a position; for the sentence of a move see telling.py. A `whole` one counts something: it
    takes whole numbers only. `refused(text)` is why a text is no value, where there is more to say than the range; ""
    for any other.
    """

    concept: str | Callable[[Any], str]
    label: Any = ("", "")
    ends: tuple[str, str] | Callable[[Any], tuple[str, str]] = ("", "")
    text: Callable[[Any], Callable[[float], str]]
    said: str = ""
    player: bool = False
    whole: bool = False
    refused: Callable[[str], str] | None = None

    def accept(self, settings: Any, name: str, value: Any) -> Any:
        low, high = settings.spaced(name)[[0, -1]]
        read = link.whole_in if self.whole else link.number_in
        return float(read(low, high)(link.as_text(value)))

    def texts(self, settings: Any, name: str) -> tuple[str, ...]:
        """Return the words of every position; they may round, but for a value that was asked for."""
        made: tuple[str, ...] = settings.kept("texts", name, lambda: self._texts(settings, name))
        return made

    def _texts(self, settings: Any, name: str) -> tuple[str, ...]:
        values, word = settings.positions(name).tolist(), self.text(settings)
        texts = [word(value) for value in values]
        if settings.unusual(name):
            at = settings.home()[name]
            texts[at] = entry.written(values[at], texts[at], entry.unit_of(tuple(texts)))
        return tuple(texts)

    def typed(self, settings: Any, name: str, text: str) -> float:
        """Return the value that a reader typed; the ValueError for any other says what would do.

        Of two numbers that a text may mean, the one that the handle can take is meant.
        """
        texts = self.texts(settings, name)
        unit, shown = entry.unit_of(texts), " ".join(text.split())
        if self.refused and (why := self.refused(shown)):
            raise ValueError(f"“{shown}”: {why}")
        low, high = settings.spaced(name)[[0, -1]].tolist()
        inside = entry.meant(text, unit, low, high)
        fitting = [value for value in inside if not self.whole or value == int(value)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            either = " or ".join(entry.written(value, "", unit) for value in fitting)
            raise ValueError(f"“{shown}” may mean {either}: type which")
        ends = " to ".join(entry.written(end, said, unit) for end, said in ((low, texts[0]), (high, texts[-1])))
        if inside:
            raise ValueError(f"“{shown}” is not a whole number: type one from {ends}")
        raise ValueError(f"“{shown}” is outside {ends}: type a value between")


@dataclass(frozen=True, kw_only=True)
class Guess(Field):
    """What a reader guessed before the answer showed; what it can be is for the question to say (asking.py)."""

    def accept(self, settings: Any, name: str, value: Any) -> Any:
        if settings.asking is None:
            raise ValueError("nothing is asked here")
        return settings.asking.read(value)

    def worded(self, settings: Any, value: Any) -> str:
        return ""


def declare(field: Field, start: Any) -> Any:
    """Declare a setting of any kind of Field, one of a room's own too."""
    return dataclasses.field(metadata={_FIELD: field}, **({} if start is None else {"default": start}))


def hidden(
    read: Callable[[str], Any], start: Any = None, label: str = "", words: Callable[[Any], str] | None = None
) -> Any:
    """Declare a setting without a control; a change of it is told if it has a label, in these words."""
    return declare(Hidden(read=read, label=label, words=words), start)


def choice(
    options: tuple[Any, ...], label: Any, words: Callable[[Any], str] = str, start: Any = None, **more: Any
) -> Any:
    """Declare one of a few; links are read as the first option's type says."""
    read = more.pop("read", None) or _reader(options)
    return declare(Choice(read=read, options=options, label=label, words=words, **more), start)


def yes_no(label: Any, words: Mapping[bool, str], start: bool = False, **more: Any) -> Any:
    """Declare a choice between no and yes."""
    return declare(Choice(read=link.yes_no, options=(False, True), label=label, words=words.__getitem__, **more), start)


def text(check: Callable[[Any, str], Any], label: Any, start: Any = None, **more: Any) -> Any:
    """Declare free text."""
    return declare(Typed(read=more.pop("read", str), check=check, label=label, **more), start)


def fresh(label: Any = "New data", start: Any = None, most: int = 2**32 - 1, **also: Any) -> Any:
    """Declare a seed; the next one also sets the fields `also`."""
    return declare(Fresh(read=link.whole_in(0, most), label=label, also=also), start)


def handle(
    label: Any, concept: str | Callable[[Any], str], text: Callable[[Any], Callable[[float], str]], **more: Any
) -> Any:
    """Declare a handle of the picture."""
    read, start = more.pop("read", link.number), more.pop("start", None)
    return declare(Handle(read=read, label=label, concept=concept, text=text, **more), start)


def guess() -> Any:
    """Declare what a reader guessed."""
    return declare(Guess(read=str), "")


def fields_of(settings: Any) -> dict[str, Field]:
    """Return the Fields of a PageSettings, or of its class, in their order."""
    return dict(_declared(settings if isinstance(settings, type) else type(settings)))


@cache
def _declared(kind: type) -> dict[str, Field]:
    return {field.name: field.metadata[_FIELD] for field in dataclasses.fields(kind) if _FIELD in field.metadata}


def _reader(options: tuple[Any, ...]) -> Callable[[str], Any]:
    first = options[0]
    if isinstance(first, str):
        return link.one_of(options)
    whole = isinstance(first, int)
    return link.among(options, link.whole_in(min(options), max(options)) if whole else link.number)
