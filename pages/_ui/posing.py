"""What a page asks before it shows (asking.py), as a class is asked it (rooms/questions.py), with its answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import singledispatch
from math import isfinite
from typing import Any

import numpy as np

from bayes_core.evaluation.guesses import beaten
from bayes_core.figures.view import View

from .asking import Asking, Band, Number, OneOf, Place, offers
from .rooms.questions import LONGEST, LONGEST_LABEL
from .sentences import bare
from .words import coloured, filled

DIGITS = 4
LEVEL = 0.9  # of a band that is asked; its question says what it is to hold


def revealed(settings: Any) -> Any:
    """Return settings that show the answer to what they ask, in the view that the question is about."""
    return replace(settings.asked_again(open=False), **settings.asking.looks)


def posed(settings: Any, view: View, at: int, text: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the question of a page's settings as JSON, with its answer where the handle stands, at a position.

    `text` are the page's words. None where a class cannot be asked it: a band at several places at once, for example.
    """
    asking: Asking = settings.asking
    section = filled(text[f"guess {asking.name}"], settings.slots(""))
    fields = _fields(asking, view, at, offers(section))
    if fields is None:
        return None
    words = bare(coloured(section.split("\n- ")[0].strip()))
    return {"text": words[:LONGEST], "answer": None, **fields}


@singledispatch
def _fields(asking: Asking, view: View, at: int, offered: Mapping[str, str]) -> dict[str, Any] | None:
    return None


@_fields.register
def _(asking: Number, view: View, at: int, offered: Mapping[str, str]) -> dict[str, Any] | None:
    low, high = asking.ends
    answer = _known(lambda: asking.true(view), at)
    return {"kind": "number", "low": low, "high": high, "answer": answer} | _named(asking.label, asking.unit)


@_fields.register
def _(asking: Place, view: View, at: int, offered: Mapping[str, str]) -> dict[str, Any] | None:
    form = asking.form(view, offered)
    answer = _known(lambda: beaten(*asking.curve(view), 0.0)[0], at)
    ends = {"low": form["low"], "high": form["high"]}
    return {"kind": "number", **ends, "answer": answer} | _named(asking.label, asking.unit)


@_fields.register
def _(asking: Band, view: View, at: int, offered: Mapping[str, str]) -> dict[str, Any] | None:
    if len(asking.at) != 1:
        return None
    form = asking.form(view, offered)
    low, high = (_known(lambda end=end: asking.ends_of(view)[end][:, 0], at) for end in (0, 1))
    answer = None if low is None or high is None or low >= high else [low, high]
    ends = {"low": form["low"], "high": form["high"]}
    return {"kind": "band", **ends, "level": LEVEL, "answer": answer} | _named(
        next(iter(asking.at.values())), asking.unit
    )


@_fields.register
def _(asking: OneOf, view: View, at: int, offered: Mapping[str, str]) -> dict[str, Any] | None:
    keys = [key for key in asking.keys if key in offered]
    try:
        right = asking.right(view)
        answer = keys.index(right[min(at, len(right) - 1)])
    except (KeyError, StopIteration, ValueError, IndexError):
        answer = None
    options = [bare(coloured(offered[key]))[:LONGEST_LABEL] for key in keys]
    return {"kind": "one of", "options": options, "answer": answer}


def _known(answer: Any, at: int) -> float | None:
    """Return an answer at a position in a few digits; None while it is still worked out, or is none."""
    try:
        values = np.atleast_1d(answer())
        value = float(values[min(at, len(values) - 1)])
    except (KeyError, StopIteration, ValueError, IndexError):
        return None
    return float(f"{value:.{DIGITS}g}") if isfinite(value) else None


def _named(label: str, unit: str) -> dict[str, str]:
    """Return what stands at an axis; a field's own label says the unit in words, and that a guess is wanted."""
    named = re.sub(r"(, |\b)in per cent$", "", label) if unit == "%" else label
    return {"label": "" if named == "your guess" else named[:LONGEST_LABEL], "unit": unit[:LONGEST_LABEL]}
