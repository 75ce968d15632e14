"""How a reader writes the value of a handle, and how a value is written so that it reads back exactly.

    understood("91", "%")  ->  (Decimal("0.91"),)        written(0.9116, "91 %", "%")  ->  "91.16 %"

A bare number is in the unit that the handle shows. What may mean two things has two readings, and whoever asked decides
between them by the range, or asks back.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from .link import as_text

LONGEST = 40
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]{1,3})?", re.IGNORECASE)
_SPACED = re.compile(r"(?<=[0-9])[ \u00a0\u2009\u202f’'](?=[0-9]{3}(?![0-9]))")
_GROUPS = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?")
_SHOWN = re.compile(r"[+−-]?[0-9.,]+[ \u00a0](\D+)")


def understood(text: str, unit: str = "") -> tuple[Decimal, ...]:
    """Return what a text may mean in a handle's own terms, where per cent are hundredths.

    Raises ValueError for what is no number.

    >>> understood("91", "%"), understood("1 in 10,000", "%"), understood("0,5 ms", "ms")
    ((Decimal('0.91'),), (Decimal('0.0001'),), (Decimal('0.5'),))
    >>> understood("0.2", "%"), understood("1,500"), understood("1e-3")
    ((Decimal('0.2'), Decimal('0.002')), (Decimal('1500'), Decimal('1.500')), (Decimal('0.001'),))
    """
    bare = text.strip().replace("−", "-")
    signed = bool(unit) and bare.endswith(unit)
    if signed:
        bare = bare[: -len(unit)].rstrip()
    try:
        if len(bare) > LONGEST:
            raise ValueError
        top, bar, bottom = bare.replace(" in ", "/").partition("/")
        values = [_numbers(top)[0] / _numbers(bottom)[0]] if bar else _numbers(bare)  # a count: 10,000 is ten thousand
    except (ValueError, ArithmeticError) as error:
        shown = {"%": "91 %, 1/100 or 1 in 100"}.get(unit, "2, 1.5, 1/3 or 1e-3")
        raise ValueError(f"“{text.strip()[:LONGEST]}” is not a number: write one such as {shown}") from error
    if unit == "%":
        readings = [v for value in values for v in _shares(value, signed=signed, fraction=bool(bar))]
    else:
        readings = values
    return tuple(dict.fromkeys(readings))


def meant(text: str, unit: str, low: float, high: float) -> list[float]:
    """Return what a text may mean from low to high; raises ValueError for what is no number.

    >>> meant("0.5", "%", 0.0, 0.4), meant("0.5", "%", 0.0, 1.0), meant("7", "", 0.0, 1.0)
    ([0.005], [0.5, 0.005], [])
    """
    return [value for value in map(float, understood(text, unit)) if low <= value <= high]


def _shares(value: Decimal, *, signed: bool, fraction: bool) -> tuple[Decimal, ...]:
    """Return the shares that a number may mean where per cent are shown: 0.2 may be 20 % or 0.2 %."""
    if fraction and not signed:
        return (value,)
    return (value, value / 100) if 0 < value < 1 and not signed else (value / 100,)


def _numbers(text: str) -> list[Decimal]:
    """Return the numbers that digits with separators may mean: a comma is a decimal one, or groups thousands."""
    plain = _SPACED.sub("", text.strip())
    found = [plain.replace(",", "")] if "," not in plain or _GROUPS.fullmatch(plain) else []
    before, comma, after = plain.partition(",")
    if comma and not {",", "."} & set(after):
        found.append(f"{before.replace('.', '')}.{after}")
    try:
        return [Decimal(one) for one in found if _NUMBER.fullmatch(one)] or _none()
    except InvalidOperation:
        return _none()


def _none() -> list[Decimal]:
    raise ValueError("no number")


@lru_cache(maxsize=512)
def unit_of(texts: tuple[str, ...]) -> str:
    """Return the unit in which a handle's positions are worded, "" where they are bare numbers.

    >>> unit_of(("1 in 10,000", "60 %")), unit_of(("14 ms",)), unit_of(("2",))
    ('%', 'ms', '')
    """
    return next((found[1].strip() for text in texts if (found := _SHOWN.fullmatch(text))), "")


@lru_cache(maxsize=512)
def all_written(values: tuple[float, ...], texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the positions of a handle as a reader would type them: their words where those are exact."""
    unit = unit_of(texts)
    return tuple(written(value, text, unit) for value, text in zip(values, texts, strict=True))


def written(value: float, text: str = "", unit: str = "") -> str:
    """Return a value as a reader would type it; its words, if they say exactly this value.

    >>> written(0.91, "91 %", "%"), written(0.9116, "91 %", "%"), written(28.7, "29 ms", "ms"), written(6.0)
    ('91 %', '91.16 %', '28.7 ms', '6')
    """
    try:
        if [float(v) for v in understood(text, unit)] == [value]:
            return text
    except ValueError:
        pass
    number = f"{Decimal(as_text(value)) * (100 if unit == '%' else 1):f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    return f"{number} {unit}".strip()
