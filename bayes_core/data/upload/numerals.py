"""One number as people write it: its sign, its digits, and the currency, per cent sign or unit beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPACES = "\u00a0\u202f\u2009"
_BODY = re.compile(r"\d[\d.,'’ \u00a0\u202f\u2009]*(?:[eE][-+]?\d{1,3}(?![\d.,]))?")
_SUFFIX = re.compile(r"(?:[^\W\d_]|[%‰°€$£¥₹ .·'\"/]){0,14}[23]?")
_CURRENCIES = {"$", "€", "£", "¥", "₹", "US$", "EUR", "USD", "GBP", "CHF", "JPY", "Fr.", "kr", "R$", "A$", "C$"}


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


def _plain_signs(body: str) -> str:
    for sign in _SPACES:
        body = body.replace(sign, " ")
    return body.replace("’", "'")


__all__ = ["Numeral", "apart"]
