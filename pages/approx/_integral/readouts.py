"""What the integral page says in numbers: estimates with the digits that chance leaves, large counts, and times."""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.panels import Texts
from bayes_core.summaries.summary import decimals, number
from bayes_core.summaries.wording import raised

PER_SECOND = 8
"""Cells that one core may visit in a second, as a power of ten: a model of ten rows."""
_SPANS = (
    ("seconds", 1.0), ("minutes", 60.0), ("hours", 3600.0), ("days", 86400.0), ("years", 3.156e7),
    ("ages of the universe", 4.35e17),
)  # fmt: skip


def places_of(error: float) -> int:
    """Return the decimals that an error leaves worth reading: its own first digit.

    >>> places_of(0.034), places_of(120.0)
    (2, -2)
    """
    return -int(np.floor(np.log10(error))) if error > 0 else 3


def estimates(values: FloatArray, errors: FloatArray) -> Texts:
    """Return estimates (V,), each with the digits that its error leaves."""
    return tuple(_grouped(number(float(v), places_of(float(e)))) for v, e in zip(values, errors, strict=True))


def errors_of(errors: FloatArray) -> Texts:
    """Return errors (V,) in two digits."""
    return tuple(_grouped(number(float(e), places_of(float(e)) + 1)) for e in errors)


def exact(value: float, sd: float) -> str:
    """Return an exact value, to a hundredth of the forecast's sd."""
    return _grouped(number(value, decimals(value, sd) + 1))


def _grouped(text: str) -> str:
    whole, point, rest = text.partition(".")
    digits = whole.lstrip("−")
    return f"{'−' if whole.startswith('−') else ''}{int(digits):,}{point}{rest}" if digits.isdigit() else text


def counted(power: float) -> str:
    """Return 10 to a power as a number of things: whole up to a million, then in two digits.

    >>> counted(4.80618), counted(11.38), counted(15.9987), counted(900.0)
    ('64,000', '2.4 × 10¹¹', '1 × 10¹⁶', '1 × 10⁹⁰⁰')
    """
    if power < 6:
        return f"{np.round(10**power):,.0f}"
    whole = int(np.floor(power))
    mantissa = float(f"{10 ** (power - whole):.1f}")
    if mantissa >= 10:
        mantissa, whole = 1.0, whole + 1
    return f"{mantissa:g} × 10{raised(whole)}"


def time_of(power: float) -> str:
    """Return how long 10 to a power of cells take, one core at a hundred million a second.

    >>> time_of(4.8), time_of(10.38), time_of(17.0), time_of(30.0)
    ('under a second', '4 minutes', '32 years', '23,000 ages of the universe')
    """
    seconds = power - PER_SECOND
    if seconds < 0:
        return "under a second"
    name, unit = [span for span in _SPANS if seconds >= np.log10(span[1])][-1]
    many = seconds - np.log10(unit)
    text = counted(many) if many >= 6 else f"{float(f'{10**many:.2g}'):,.10g}"
    return f"{text} {name.removesuffix('s') if text == '1' and 'ages' not in name else name}"
