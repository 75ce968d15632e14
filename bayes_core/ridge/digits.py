"""Weights and their intervals in the digits that count."""

from __future__ import annotations

from functools import lru_cache
from math import isnan

from bayes_core.summaries.summary import decimals, number


def weight_text(value: float, largest: float) -> str:
    """Return a weight in the digits that count beside the largest one; "0" is said of an exact zero alone.

    >>> weight_text(0.123456, 4.2), weight_text(1e-12, 4.2), weight_text(0.0, 4.2), weight_text(float("nan"), 4.2)
    ('0.12', '0.00', '0', '')
    """
    if isnan(value):
        return ""
    if value == 0:
        return "0"
    value = 0.0 if abs(value) < 1e-9 * largest else value
    return number(value, _places(largest))


@lru_cache(maxsize=1024)
def _places(largest: float) -> int:
    """Return how many decimals count beside the largest weight, which is the same for all of a position's weights."""
    return decimals(0.0, max(largest, 1e-9) / 30)


def interval_text(lower: float, upper: float) -> str:
    """Return an interval in the digits that its own length leaves.

    >>> interval_text(-1.2345, 3.9), interval_text(float("nan"), 1.0)
    ('−1.2 … 3.9', '')
    """
    if isnan(lower):
        return ""
    places = decimals(0.0, max(upper - lower, 1e-12))
    return f"{number(lower, places)} … {number(upper, places)}"
