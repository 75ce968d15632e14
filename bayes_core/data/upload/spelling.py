"""Which sign parts decimals and which groups thousands, told by the numbers of a whole table."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bayes_core.data.upload.numerals import apart


@dataclass(frozen=True)
class Spelling:
    """Which sign parts decimals, and which groups of thousands; `doubtful` is a numeral that could be read otherwise.

    >>> Spelling(",", ".").value("1.234,5"), Spelling(".", ",").value("12,34")
    (1234.5, None)
    """

    decimal: str = "."
    thousands: str = ""
    doubtful: str = ""

    def value(self, body: str) -> float | None:
        """Return the number that digits with their signs are, or None where the spelling does not fit."""
        plain, point, rest = body.partition(self.decimal)
        if not _grouped(plain, self.thousands):
            return None
        digits = "".join(c for c in plain if c.isdigit() or c in "eE+-")
        try:
            number = float(f"{digits}.{rest}" if point else digits)
        except ValueError:
            return None
        return number if math.isfinite(number) and "_" not in rest and rest.isascii() else None

    def other(self) -> Spelling:
        """Return the spelling with the two signs exchanged."""
        return Spelling("," if self.decimal == "." else ".", self.thousands)


def _grouped(plain: str, sign: str) -> bool:
    """Return whether the digits before the decimal sign are whole, or in groups of three."""
    if not any(c in plain for c in ".,' "):
        return plain.isascii()
    first, *groups = plain.split(sign) if sign else [plain]
    return (
        1 <= len(first) <= 3
        and first.isascii()
        and first.isdigit()
        and all(len(g) == 3 and g.isascii() and g.isdigit() for g in groups)
        and bool(groups)
    )


_SPELLINGS = tuple(Spelling(decimal, sign) for decimal in ".," for sign in ".,' " if sign != decimal)


def is_number(cell: str) -> bool:
    """Return whether a cell is a number in any spelling.

    >>> is_number("1 234,5 €"), is_number("5 2")
    (True, False)
    """
    numeral = apart(cell)
    return numeral is not None and any(one.value(numeral.body) is not None for one in _SPELLINGS)


@dataclass
class Votes:
    """What numerals tell of the way they are spelled."""

    decimal: Counter[str] = field(default_factory=Counter)
    thousands: Counter[str] = field(default_factory=Counter)
    doubtful: dict[str, str] = field(default_factory=dict)

    def add(self, body: str) -> None:
        """Count one numeral's votes: 1.234 alone says nothing, 1.23 and 1.234.567 do."""
        mantissa = re.split("[eE]", body)[0]
        marks = [c for c in mantissa if c in ".,' "]
        if not marks:
            return
        last = marks[-1]
        whole, _, fraction = mantissa.rpartition(last)
        if len(set(marks)) > 1:
            if last in ".," and marks.count(last) == 1 and _grouped(whole, marks[0]):
                self.decimal[last] += 1
                self.thousands[marks[0]] += 1
            elif _grouped(mantissa, marks[0]):
                self.thousands[marks[0]] += 1
        elif last in "' " or len(marks) > 1:
            if _grouped(mantissa, last):
                self.thousands[last] += 1
        elif len(fraction) != 3 or len(whole) > 3 or whole in ("", "0"):
            self.decimal[last] += 1
        else:
            self.doubtful.setdefault(last, mantissa)

    def spelling(self, delimiter: str) -> Spelling:
        """Return the spelling that most numerals speak for; where none does, what the delimiter makes likely."""
        comma = self.decimal[","] + self.thousands["."]
        point = self.decimal["."] + self.thousands[","]
        if comma != point:
            decimal = "," if comma > point else "."
        else:
            decimal = "," if "," in self.doubtful and "." not in self.doubtful and delimiter == ";" else "."
        groups = [(n, sign) for sign, n in self.thousands.items() if sign != decimal]
        thousands = max(groups)[1] if groups else ""
        other = "." if decimal == "," else ","
        if not thousands and other in self.doubtful:
            thousands = other
        clear = comma != point
        unclear = self.doubtful.get(decimal if decimal in self.doubtful else other, "") if not clear else ""
        return Spelling(decimal, thousands, unclear)


_ENOUGH = 400


def votes(columns: Sequence[Sequence[str]]) -> Votes:
    """Return the votes of every column's distinct cells: of the first, and of all where those leave a doubt."""
    told = _counted(columns, _ENOUGH)
    return _counted(columns, None) if told.doubtful and not (told.decimal or told.thousands) else told


def _counted(columns: Sequence[Sequence[str]], most: int | None) -> Votes:
    told = Votes()
    for cells in columns:
        for cell in dict.fromkeys(cells[:most]):
            numeral = apart(cell)
            if numeral is not None:
                told.add(numeral.body)
    return told


__all__ = ["Spelling", "Votes", "is_number", "votes"]
