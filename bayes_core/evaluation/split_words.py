"""The numbers of a split in words: with the digits that their Monte-Carlo error allows, and which part moved."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.splits import MOVED, ROUNDING, Change
from bayes_core.summaries.summary import decimals, number


def part_words(values: FloatArray, errors: FloatArray, total: FloatArray | None = None) -> tuple[str, ...]:
    """Return parts (V,) in two digits, fewer where their Monte-Carlo error (V,) allows no more; a dash for NaN.

    What is rounding beside the `total` (V,) is 0.

    >>> part_words(np.array([39.74, 39.74, 0.512, 1e-21, np.nan]), np.array([0.0, 2.0, 0.0, 1e-22, 0.0]), np.ones(5))
    ('40', '40', '0.51', '0', '–')
    """
    sums = values if total is None else total
    return tuple(_part(float(v), float(e), float(t)) for v, e, t in zip(values, errors, sums, strict=True))


def _part(value: float, error: float, total: float) -> str:
    if not np.isfinite(value):
        return "–"
    return "0" if abs(value) <= ROUNDING * total else number(value, decimals(value, value, error))


def error_words(errors: FloatArray, total: FloatArray | None = None) -> tuple[str, ...]:
    """Return Monte-Carlo standard errors (V,) in one digit, nothing where there is none but rounding.

    >>> error_words(np.array([0.234, 0.0, 17.0, np.nan, 0.00098]))
    ('± 0.2', '', '± 20', '', '± 0.001')
    """
    sums = np.zeros(len(errors)) if total is None else total
    there = np.isfinite(errors) & (errors > ROUNDING * sums)
    return tuple(f"± {_short(float(e))}" if known else "" for e, known in zip(errors, there, strict=True))


def _short(value: float) -> str:
    rounded = float(f"{value:.1g}")
    return number(rounded, -int(np.floor(np.log10(rounded) + 1e-9)))


def move_words(told: Change) -> tuple[str, ...]:
    """Return how a part moved, with the Monte-Carlo error of the factor where there is one.

    >>> move_words(Change(np.array([1 / 27, 1.8, 1.2, np.nan]), np.array([0.0, 0.05, 0.0, 0.0])))
    ('▼ ÷ 27', '▲ × 1.8 ± 0.09', '= stays', '–')
    """
    return tuple(map(_move, told.sign, told.factor, told.log_error))


def _move(sign: float, factor: float, error: float) -> str:
    if not np.isfinite(sign):
        return "–"
    if sign == 0:
        return "= stays"
    size = factor if sign > 0 else 1 / factor if factor > 0 else np.inf
    if not np.isfinite(size):
        return "▼ to 0"
    near = f" {error_words(np.array([size * error]))[0]}".rstrip() if np.isfinite(error) else ""
    return f"{'▲ ×' if sign > 0 else '▼ ÷'} {number(size, decimals(size, size, size * np.nan_to_num(error)))}{near}"


def which_words(epistemic: Change, aleatoric: Change) -> tuple[str, ...]:
    """Return which of the two parts moved, (V,), in words; nothing where that is not known.

    >>> one = np.zeros(1)
    >>> which_words(Change(one + 0.1, one), Change(one + 1.1, one))
    ('the epistemic part moves, the aleatoric one stays within a factor 1.5',)
    """
    return tuple(
        "" if not np.isfinite(e + a) else _WHICH[bool(e), bool(a)]
        for e, a in zip(epistemic.sign, aleatoric.sign, strict=True)
    )


_WHICH: Mapping[tuple[bool, bool], str] = {
    (True, False): f"the epistemic part moves, the aleatoric one stays within a factor {MOVED}",
    (False, True): f"the aleatoric part moves, the epistemic one stays within a factor {MOVED}",
    (True, True): "both parts move",
    (False, False): f"neither part moves by a factor {MOVED}",
}

__all__ = ["error_words", "move_words", "part_words", "which_words"]
