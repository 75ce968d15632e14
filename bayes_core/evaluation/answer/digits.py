"""Numbers with the digits that are known: as many as an interval's width, or an error, makes worth reading."""

from __future__ import annotations

import numpy as np

from bayes_core.summaries.summary import decimals, number


def places(low: float, high: float) -> int:
    """Return how many decimals an interval is worth: the last digit is a tenth to a third of its width.

    >>> places(4.5303, 7.1539), places(0.2982, 0.3286), places(1230.0, 2250.0)
    (1, 2, -2)
    """
    width = (high - low) / 3
    return int(np.ceil(-np.log10(width) - 1e-9)) if width > 0 else decimals(low, 0.0)


def ends(low: float, high: float) -> tuple[str, str]:
    """Return both ends of an interval.

    >>> ends(4.5303, 7.1539), ends(0.2982, 0.3286)
    (('4.5', '7.2'), ('0.30', '0.33'))
    """
    at = places(low, high)
    return number(low, at), number(high, at)


def known(value: float, low: float, high: float) -> str:
    """Return a value with the digits that its interval makes worth reading.

    >>> known(0.31342, 0.2982, 0.3286)
    '0.31'
    """
    return number(value, places(low, high))


def with_error(value: float, error: float) -> tuple[str, str]:
    """Return a value and its standard error with the digits that the error allows; no error where there is none.

    >>> with_error(0.75986, 0.02346), with_error(0.7, float("nan"))
    (('0.760', '0.023'), ('0.700', ''))
    """
    some = error if np.isfinite(error) and error > 0 else 0.0
    at = decimals(value, some)
    return number(value, at), number(error, at) if some else ""


__all__ = ["ends", "known", "places", "with_error"]
