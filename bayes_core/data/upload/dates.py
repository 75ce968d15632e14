"""Dates in three orders, told apart by what no other order allows."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from bayes_core.data.upload.reading import Dates

_DATE = re.compile(
    r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})"
    r"(?:[T ] ?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[-+]\d{2}:?\d{2})?)?"
)
_ORDERS: dict[Dates, tuple[int, int, int]] = {"year first": (0, 1, 2), "day first": (2, 1, 0), "month first": (2, 0, 1)}
_EPOCH = date(1970, 1, 1).toordinal()
_MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True)
class Days:
    """A column's distinct cells as days since 1970-01-01, the order they are in, and a cell that has another reading."""

    values: dict[str, float]
    order: Dates
    doubtful: str = ""


def days(cells: Collection[str], order: Dates = "") -> Days | None:
    """Return cells as days, in an order that fits all of them, or None where none does.

    Where both day and month may come first, points mean day first, as does any other sign unless `order` says so.

    >>> days(["03/04/2021", "25/04/2021"]).order, days(["03/04/2021"]).doubtful, days(["12", "1.5"])
    ('day first', '03/04/2021', None)
    """
    matches = {}
    for cell in cells:
        found = _DATE.fullmatch(cell) if len(cell) <= 40 else None
        if found is None:
            return None
        matches[cell] = found
    fitting: dict[Dates, dict[str, float]] = {}
    for name in _ORDERS:
        if order in ("", name):
            values = _in_order(matches, name)
            if values is not None:
                fitting[name] = values
    if not fitting:
        return None
    chosen = next(name for name in _ORDERS if name in fitting)
    cell = next(iter(cells))
    return Days(fitting[chosen], chosen, cell if len(fitting) > 1 else "")


def _in_order(matches: dict[str, re.Match[str]], name: Dates) -> dict[str, float] | None:
    values = {}
    for cell, found in matches.items():
        value = _day(found, name)
        if value is None:
            return None
        values[cell] = value
    return values


def _day(found: re.Match[str], name: Dates) -> float | None:
    parts = found[1], found[3], found[4]
    y, m, d = (parts[k] for k in _ORDERS[name])
    if len(y) not in (2, 4) or len(m) > 2 or len(d) > 2 or (name == "year first" and len(y) != 4):
        return None
    year = int(y) if len(y) == 4 else int(y) + (2000 if int(y) < 69 else 1900)
    hour, minute, second = (int(part or 0) for part in found.group(5, 6, 7))
    if hour > 24 or minute > 59 or second > 60:
        return None
    try:
        day = date(year, int(m), int(d)).toordinal() - _EPOCH
    except ValueError:
        return None
    return day + (hour * 3600 + minute * 60 + second) / 86400


def written(day: float) -> str:
    """Return the date of a day since 1970-01-01.

    >>> written(18720.0)
    '2021-04-03'
    """
    return date.fromordinal(int(day // 1) + _EPOCH).isoformat()


def spoken(day: float) -> str:
    """Return a date with its month in words.

    >>> spoken(18720.0)
    '3 April 2021'
    """
    one = date.fromordinal(int(day // 1) + _EPOCH)
    return f"{one.day} {_MONTHS[one.month - 1]} {one.year}"


__all__ = ["Days", "days", "spoken", "written"]
