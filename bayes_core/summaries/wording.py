"""How probabilities, odds and estimates are written: numbers as text, and nothing that only one page would say."""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.foundations.quantities import settled
from bayes_core.summaries.summary import decimals, number, percent

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def raised(power: int) -> str:
    """Return a whole number as an exponent.

    >>> f"10{raised(-12)}"
    '10⁻¹²'
    """
    return str(power).translate(_RAISED)


def odds_words(odds: float) -> str:
    """Return odds as people say them.

    >>> odds_words(1 / 99), odds_words(3.0), odds_words(float("inf"))
    ('1 : 99', '3 : 1', 'certain')
    """
    if np.isnan(odds):
        return "–"
    if np.isinf(odds):
        return "certain"
    if odds == 0:
        return "impossible"
    one = f"{odds if odds >= 1 else 1 / odds:.4g}"
    large = f"{float(one):,.0f}" if float(one) >= 1000 else one
    return f"{large} : 1" if odds >= 1 else f"1 : {large}"


def factor_words(factor: float) -> str:
    """Return a Bayes factor in three digits.

    >>> factor_words(8.3333), factor_words(float("inf")), factor_words(float("nan"))
    ('8.33', '∞', '–')
    """
    return "∞" if np.isinf(factor) else "–" if np.isnan(factor) else f"{factor:.3g}"


def one_in(share: float) -> str:
    """Return a small share as "1 in n".

    >>> one_in(0.001), one_in(1.0)
    ('1 in 1,000', 'all')
    """
    return "all" if share >= 1 else f"1 in {round(1 / share):,}"


def share_words(share: float, digits: int = 5) -> str:
    """Return a share in per cent, with as many of the digits as it has.

    >>> share_words(0.904), share_words(1 / 3), share_words(1 / 3, 9)
    ('90.4 %', '33.333 %', '33.3333333 %')
    """
    return f"{100 * share:.{digits}g} %"


def range_words(low: float, high: float) -> str:
    """Return a probability, or the range that is left to it.

    >>> range_words(0.1, 0.1), range_words(1 / 6, 1.0), range_words(float("nan"), float("nan"))
    ('10 %', '17 % to 100 %', '–')
    >>> range_words(0.0, 1e-10)
    '0 % to 1.00e−8 %'
    """
    if np.isnan(low):
        return "–"
    return percent((low + high) / 2) if settled(low, high) else f"{percent(low)} to {percent(high)}"


def room_words(low: float, high: float, closed: tuple[bool, bool] = (True, True)) -> str:
    """Return what a probability between two ends must do; an end that is not `closed` cannot be reached.

    >>> room_words(0.0, 0.875), room_words(0.0, 0.875, (False, True)), room_words(0.1, 0.1)
    ('must lie between 0 % and 87.5 %', 'must be more than 0 % and at most 87.5 %', 'must be 10 %')
    """
    least, most = (share_words(end, 6) for end in (low, high))
    if settled(low, high):
        return f"must be {least}"
    if all(closed):
        return f"must lie between {least} and {most}"
    above, below = "at least" if closed[0] else "more than", "at most" if closed[1] else "less than"
    return f"must be {above} {least} and {below} {most}"


def bounded_percent(share: float, least: float = 0.001) -> str:
    """Return a probability in per cent, and no nearer to 0 or 1 than data can tell: less than `least` is only bounded.

    >>> bounded_percent(0.9999999974), bounded_percent(0.0763), bounded_percent(2e-9)
    ('above 99.9 %', '7.6 %', 'below 0.1 %')
    """
    if share > 1 - least:
        return f"above {percent(1 - least, 1)}"
    return f"below {percent(least, 1)}" if share < least else percent(share)


def percent_drawn(share: float, sd: float, error: float) -> str:
    """Return a share read off draws, in per cent without the sign: the digits that its error allows, two at most.

    >>> percent_drawn(0.07764, 0.02, 0.0004), percent_drawn(0.07764, 0.02, 0.04)
    ('7.8', '10')
    """
    return number(100 * float(share), min(2, decimals(0.0, 100 * float(sd), 100 * float(error))))


def span_words(low: float, high: float, sd: float) -> str:
    """Return an interval with the digits that an sd makes worth reading: an end that is smaller than them is zero.

    >>> span_words(61.234, 74.5, 3.1), span_words(2.17e-8, 0.104, 0.04)
    ('61.2 to 74.5', '0.000 to 0.104')
    """
    places = decimals(0.0, float(sd))
    ends = (0.0 if abs(end) < 0.5 * 10.0**-places else float(end) for end in (low, high))
    return " to ".join(number(end, places) for end in ends)


def with_errors(values: FloatArray, errors: FloatArray, most: int = 3) -> tuple[str, ...]:
    """Return numbers (V,) with their standard errors: one digit of the error, at most so many decimals; a dash for NaN.

    >>> with_errors(np.array([0.2061, -1.119, np.nan]), np.array([0.0092, 0.05, 0.1]))
    ('0.206 ± 0.009', '−1.12 ± 0.05', '–')
    """
    told = []
    for value, error in zip(values, errors, strict=True):
        if not np.isfinite(value):
            told.append("–")
            continue
        known = np.isfinite(error) and error > 0
        places = min(most, max(0, -int(np.floor(np.log10(error))))) if known else most
        told.append(f"{number(float(value), places)}" + (f" ± {number(float(error), places)}" if known else ""))
    return tuple(told)


def whole_percent(shares: FloatArray) -> tuple[str, ...]:
    """Return shares (V,) in whole per cent; a dash for NaN.

    >>> whole_percent(np.array([0.704, 1.0, np.nan]))
    ('70 %', '100 %', '–')
    """
    return tuple(f"{100 * share:.0f} %" if np.isfinite(share) else "–" for share in shares)
