"""Numbers as people write them: decimal commas, thousands, currencies, per cent and units."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

_DIGITS = frozenset("0123456789+-eE")
_SPACES = "\u00a0\u202f\u2009"
_BODY = re.compile(r"\d[\d.,'’ \u00a0\u202f\u2009]*(?:[eE][-+]?\d{1,3}(?![\d.,]))?")
_SUFFIX = re.compile(r"(?:[^\W\d_]|[%‰°€$£¥₹ .·'\"/]){0,14}[23]?")
_CURRENCIES = {"$", "€", "£", "¥", "₹", "US$", "EUR", "USD", "GBP", "CHF", "JPY", "Fr.", "kr", "R$", "A$", "C$"}


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


def _plain_signs(body: str) -> str:
    for sign in _SPACES:
        body = body.replace(sign, " ")
    return body.replace("’", "'")


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


@dataclass(frozen=True)
class Numeral:
    """A cell taken apart: its sign, its digits, and the currency, per cent sign or unit beside them."""

    negative: bool
    body: str
    unit: str


def apart(cell: str) -> Numeral | None:
    """Return a cell's parts, or None where it is no number however it is spelled.

    >>> apart("(1,234) €"), apart("-$5"), apart("12 kg"), apart("A12"), apart("10:30")
    (Numeral(negative=True, body='1,234', unit='€'), Numeral(negative=True, body='5', unit='$'), \
Numeral(negative=False, body='12', unit='kg'), None, None)
    """
    if len(cell) > 60:
        return None
    found = _BODY.search(cell)
    if found is None:
        return None
    before, after = cell[: found.start()].strip().replace("−", "-"), cell[found.end() :].strip()
    whole = _plain_signs(found.group())
    body = whole.rstrip(" ',.")
    ends = whole[len(body) :].strip()
    if ends not in ("", ".", ",") or (ends and after):
        return None
    if before.endswith((".", ",")):
        body, before = f"0{before[-1]}{body}", before[:-1]
    negative = "-" in before
    before = before.replace("-", "", 1).replace("+", "", 1).strip()
    if before.startswith("(") and ")" in after:  # as bookkeepers write what is owed
        negative, before, after = True, before[1:].strip(), after.replace(")", "", 1).strip()
    if (before and before not in _CURRENCIES) or (before and after) or not _SUFFIX.fullmatch(after):
        return None
    if any(c in after for c in "-+:/") and not _is_ratio(after):
        return None
    return Numeral(negative, body, before or after)


def _is_ratio(unit: str) -> bool:
    """Return whether a unit is one such as km/h."""
    top, slash, bottom = unit.partition("/")
    return bool(slash and top and bottom) and not any(c in unit for c in "-+:")


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


@dataclass(frozen=True)
class Numbers:
    """What a column's distinct cells are as numbers, their common unit, and the cells that are none."""

    values: dict[str, float]
    unit: str = ""
    unread: frozenset[str] = frozenset()
    codes: bool = False


def numbers(cells: Collection[str], spelling: Spelling) -> Numbers:
    """Return a column's distinct cells as numbers; `codes` where leading zeros or too many digits make them labels.

    >>> numbers(["1,5", "2"], Spelling(",")).values, numbers(["007", "12"], Spelling()).codes
    ({'1,5': 1.5, '2': 2.0}, True)
    """
    signs = set("".join(cells))
    if signs <= _DIGITS | {spelling.decimal}:
        quick = _quick(cells, spelling)
        if quick is not None:
            whole = not signs - set("0123456789")
            return Numbers(quick, codes=whole and any(len(c) > 15 or (len(c) > 1 and c[0] == "0") for c in cells))
    if spelling.thousands and signs <= _DIGITS | {spelling.decimal, spelling.thousands}:
        quick = _quick_groups(cells, spelling)
        if quick is not None:
            return Numbers(quick)
    if not signs & set("0123456789"):
        return Numbers({}, unread=frozenset(cells))
    return _slow(cells, spelling)


def _quick(cells: Collection[str], spelling: Spelling) -> dict[str, float] | None:
    try:
        if spelling.decimal == ".":
            values = [float(cell) for cell in cells]
        else:
            values = [float(cell.replace(",", ".")) for cell in cells]
    except ValueError:
        return None
    return dict(zip(cells, values, strict=True)) if all(map(math.isfinite, values)) else None


def _quick_groups(cells: Collection[str], spelling: Spelling) -> dict[str, float] | None:
    point, sign = re.escape(spelling.decimal), re.escape(spelling.thousands)
    fits = re.compile(rf"-?(?:\d{{1,3}}(?:{sign}\d{{3}})+|\d+)(?:{point}\d*)?", re.ASCII).fullmatch
    if not all(map(fits, cells)):
        return None
    plain = [cell.replace(spelling.thousands, "").replace(spelling.decimal, ".") for cell in cells]
    values = list(map(float, plain))
    return dict(zip(cells, values, strict=True)) if all(map(math.isfinite, values)) else None


def _slow(cells: Collection[str], spelling: Spelling) -> Numbers:
    read: dict[str, tuple[float, str]] = {}
    for k, cell in enumerate(cells):
        if k == _ENOUGH and 2 * len(read) < k:
            return Numbers({}, unread=frozenset(cells))
        numeral = apart(cell)
        value = None if numeral is None else spelling.value(numeral.body)
        if numeral is not None and value is not None:
            read[cell] = (-value if numeral.negative else value, numeral.unit)
    units = Counter(unit for _, unit in read.values())
    unit = units.most_common(1)[0][0] if units else ""
    values = {cell: value for cell, (value, own) in read.items() if own == unit or (value == 0 and not own)}
    return Numbers(values, unit, frozenset(cell for cell in cells if cell not in values))


__all__ = ["Numbers", "Spelling", "Votes", "apart", "is_number", "numbers", "votes"]
