"""Where pictures of a Bayes factor end: axes that stay as they are while a handle moves."""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.numerics.rounding import round_up

_WHOLE = 250  # counts up to here are shown all
_DRAWN = 201
_MOST = 12  # powers of ten of an axis


def counts_shown(n: int, value: float, heads: float) -> tuple[float, float]:
    """Return the first and last count that are shown: all, or those around the tested share and the data.

    >>> counts_shown(200, 0.5, 115), counts_shown(10_000, 0.5, 5120)
    ((0.0, 200.0), (4600.0, 5400.0))
    """
    if n <= _WHOLE:
        return 0.0, float(n)
    middle, sd = n * value, np.sqrt(n * value * (1 - value))
    room = max(8 * sd, 1.6 * abs(heads - middle))
    return float(max(0, np.floor(middle - room))), float(min(n, np.ceil(middle + room)))


def whole_numbers(low: float, high: float, most: int = _DRAWN) -> FloatArray:
    """Return whole numbers from low to high, evenly spaced where they are many.

    >>> whole_numbers(0.0, 4.0).tolist(), len(whole_numbers(0.0, 5000.0)) <= 201
    ([0.0, 1.0, 2.0, 3.0, 4.0], True)
    """
    count = int(min(high - low + 1, most))
    return np.unique(np.round(np.linspace(low, high, count)))


def margins_of_share(value: float, count: int) -> FloatArray:
    """Return margins around a share, none so wide that nothing is left on either side.

    >>> margins_of_share(0.5, 3).tolist(), margins_of_share(0.1, 3).tolist()
    ([0.0, 0.05, 0.1], [0.0, 0.045, 0.09])
    """
    return np.round(np.linspace(0.0, min(0.1, 0.9 * value, 0.9 * (1 - value)), count), 5)


def scaled(heads: float, n: int, to: int) -> int:
    """Return as large a share of another number.

    >>> scaled(115, 200, 1000)
    575
    """
    return round(heads / n * to)


def heads_after(record: FloatArray, at: FloatArray) -> FloatArray:
    """Return how many heads a record (n,) has after so many tosses `at` (P,).

    >>> heads_after(np.array([1.0, 0.0, 1.0]), np.array([0.0, 2.0, 3.0])).tolist()
    [0.0, 1.0, 2.0]
    """
    return np.asarray(np.concatenate([[0.0], np.cumsum(record)])[at.astype(int)])


def highest(logs: FloatArray) -> float:
    """Return a round height that holds a curve, from its logs.

    >>> highest(np.log([0.02, 0.056]))
    0.06
    """
    return round_up(float(np.exp(logs.max())))


def inner(low: float, high: float, count: int) -> FloatArray:
    """Return evenly spaced places inside an axis: none at its ends, where a density may be infinite.

    >>> inner(0.0, 1.0, 5).tolist()
    [0.1, 0.3, 0.5, 0.7, 0.9]
    """
    step = (high - low) / count
    return np.round(low + step * (np.arange(count) + 0.5), 12)


def effects_shown(reach: float, n: float) -> float:
    """Return how far an axis of effects reaches, where t statistics reach so far.

    >>> effects_shown(6.0, 10.0)
    2.0
    """
    return round_up(float(max(reach / np.sqrt(n), 0.5)))


def tallest(n: float, sd: float, least: float = 1.1) -> float:
    """Return the power of ten at which an axis of densities ends: above a posterior that n data have made narrow.

    >>> round(tallest(200, 0.5), 2)
    1.41
    """
    return float(max(np.log10(0.4 * np.sqrt(n + 2) / sd) + 0.35, least))


def power_of(logs: FloatArray, least: int = 1) -> int:
    """Return the power of ten at which an axis of Bayes factors ends, from their logs.

    >>> power_of(np.log([0.02, 30.0])), power_of(np.array([np.nan, 900.0]))
    (2, 12)
    """
    far = np.abs(logs[np.isfinite(logs)]).max(initial=0.0) / np.log(10)
    return int(np.clip(np.ceil(far), least, _MOST))


def t_shown(t: float) -> float:
    """Return how far an axis of t statistics reaches, so that one of them lies well inside.

    >>> t_shown(4.06), t_shown(-21.0)
    (6.0, 30.0)
    """
    return float(max(6.0, np.ceil(1.4 * abs(t))))


def around(middle: float, room: float, count: int) -> FloatArray:
    """Return evenly spaced values within `room` of a middle, in as many digits as their step is worth.

    >>> around(1.58, 1.0, 5).tolist()
    [0.58, 1.08, 1.58, 2.08, 2.58]
    """
    places = max(0, int(np.ceil(-np.log10(2 * room / (count - 1)))) + 1)
    return np.unique(np.round(np.linspace(middle - room, middle + room, count), places))


def values_tested(values: FloatArray, reach: float, count: int) -> FloatArray:
    """Return means to test values against, whose t statistics lie within a reach.

    >>> values_tested(np.array([1.0, 3.0]), 2.0, 5).tolist()
    [0.0, 1.0, 2.0, 3.0, 4.0]
    """
    error = float(values.std(ddof=1)) / np.sqrt(len(values))
    return around(float(values.mean()), reach * error, count)


def round_value(mean: float, sd: float) -> float:
    """Return a round number near a mean: as round as an sd allows.

    >>> round_value(5.88, 0.89), round_value(1234.0, 300.0)
    (6.0, 1200.0)
    """
    unit = 10 ** np.floor(np.log10(sd)) if sd > 0 else 1.0
    step = unit * next(k for k in (10, 5, 1) if k * unit <= 1.2 * sd or k == 1)
    return float(f"{np.round(mean / step) * step:.12g}") + 0.0
