"""Dates in three orders, told apart by what no other order allows."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import islice

from bayes_core.data.upload.reading import Dates

_DATE = re.compile(
    r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})"
    r"(?:[T ] ?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[-+]\d{2}:?\d{2})?)?"
)
_ORDERS: dict[Dates, tuple[int, int, int]] = {"year first": (0, 1, 2), "day first": (2, 1, 0), "month first": (2, 0, 1)}
_EPOCH = date(1970, 1, 1).toordinal()
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True)
class Days:
    """Distinct cells as days since 1970-01-01, their order, a cell with another reading, and those that are no date."""

    values: dict[str, float]
    order: Dates
    doubtful: str = ""
    unread: frozenset[str] = frozenset()


def days(cells: Collection[str], order: Dates = "") -> Days | None:
    """Return cells as days, in the order that fits most of them, or None where more than a few are no dates.

    Where both day and month may come first, day first is taken, unless `order` says otherwise.

    >>> days(["03/04/2021", "25/04/2021"]).order, days(["03/04/2021"]).doubtful, days(["12", "1.5"])
    ('day first', '03/04/2021', None)
    """
    matches = {cell: found for cell in islice(cells, 50) if (found := _found(cell))}
    if not _mostly(len(matches), min(len(cells), 50)):
        return None
    matches |= {cell: found for cell in islice(cells, 50, None) if (found := _found(cell))}
    wide = sum(len(found[1]) == 4 for found in matches.values())
    never = {"day first", "month first"} if wide == len(matches) else set() if wide else {"year first"}
    read = {name: _in_order(matches, name) for name in _ORDERS if order in ("", name) and name not in never}
    most = max(map(len, read.values()), default=0)
    if not _mostly(most, len(cells)):
        return None
    fitting = [name for name, values in read.items() if len(values) == most]
    values = read[fitting[0]]
    doubtful = next(iter(values)) if len(fitting) > 1 else ""
    return Days(values, fitting[0], doubtful, frozenset(cell for cell in cells if cell not in values))


def _found(cell: str) -> re.Match[str] | None:
    return _DATE.fullmatch(cell) if len(cell) <= 40 else None


def _mostly(fitting: int, cells: int) -> bool:
    """Return whether all fit but a tenth, or but one of three."""
    return fitting > 0 and cells - fitting <= max(0.1 * cells, 1 if fitting > 1 else 0)


def _in_order(matches: dict[str, re.Match[str]], name: Dates) -> dict[str, float]:
    read = ((cell, _day(found, name)) for cell, found in matches.items())
    return {cell: value for cell, value in read if value is not None}


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
    """Return the date of a day since 1970-01-01, with the time where it is not midnight.

    >>> written(18720.0)
    '2021-04-03'
    """
    minutes = round(day % 1 * 1440)
    time = f" {minutes // 60:02d}:{minutes % 60:02d}" if 0 < minutes < 1440 else ""
    return date.fromordinal(int(day // 1) + _EPOCH).isoformat() + time


def spoken(day: float) -> str:
    """Return a date with its month in words.

    >>> spoken(18720.0)
    '3 April 2021'
    """
    one = date.fromordinal(int(day // 1) + _EPOCH)
    return f"{one.day} {_MONTHS[one.month - 1]} {one.year}"


__all__ = ["Days", "days", "spoken", "written"]
