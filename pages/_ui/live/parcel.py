"""A picture with its films packed for a file: what `live_chart` and `live_more` send, and the code that draws it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from functools import cache

from bayes_core.figures.film import Film
from bayes_core.figures.packing import letter
from bayes_core.figures.picture import Handle, Picture
from bayes_core.report.page import Parcel
from pages._ui.words import asset

from .chart import following, header_of, sealed_still
from .code import SHEETS, modules

_PARTS = ("tokens.css", *SHEETS, "report/report.css")


def parcel(
    picture: Picture, handles: Sequence[Handle], parts: Mapping[str, Mapping[str, Film]], home: Mapping[str, int]
) -> Parcel:
    """Return everything that a report needs to show a picture; `parts` are its films, and those that followed it."""
    (_, first), *rest = parts.items()
    still = sealed_still(picture, handles, "")
    sent = letter(header_of(picture, "report", still, first, home))
    more = tuple(following(picture.stamp, films, home, "report", part) for part, films in rest)
    return Parcel(still, tuple(film.packed for film in first.values()), sent, more, picture.figure is not None)


@cache
def code() -> bytes:
    """Return the modules of a report's chart, deflated."""
    return zlib.compress(json.dumps(modules("report/chart.js"), ensure_ascii=False).encode(), 9)


@cache
def sheet() -> str:
    """Return a report's style sheet."""
    return "".join(asset(f"live/{name}") for name in _PARTS)


def boot() -> str:
    """Return the script that begins a report."""
    return asset("live/report/boot.js")


__all__ = ["boot", "code", "parcel", "sheet"]
