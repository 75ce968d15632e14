"""What columns tell together: rows that repeat others, numbers that are classes, inputs that others tell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.data.upload.columns import Column
from bayes_core.data.upload.problems import FEW_CLASSES, Problem, Remedy
from bayes_core.data.upload.words import several


def repeated(columns: Sequence[Column], numbers: NDArray[np.intp]) -> Problem | None:
    """Return which rows repeat an earlier one in every cell."""
    rows = tuple(numbers[copies(columns)].tolist())
    if not rows:
        return None
    verb = "repeats" if len(rows) == 1 else "repeat"
    said = f"{several(len(rows), 'row')} {verb} an earlier row."
    return Problem("repeated", rows, Remedy("keep one of each"), said)


def copies(columns: Sequence[Column]) -> NDArray[np.bool_]:
    """Return for every row (N,) whether an earlier one has the same cells."""
    cells = np.column_stack([np.nan_to_num(column.values, nan=1.5e300) for column in columns]) + 0.0
    unread = {k for column in columns for k, _ in column.unread}
    seen: set[bytes] = set()
    copied = np.zeros(len(cells), bool)
    for k in _alike(cells).tolist():
        if k not in unread:
            key = cells[k].tobytes()
            copied[k] = key in seen
            seen.add(key)
    return copied


def _alike(cells: FloatArray) -> NDArray[np.intp]:
    """Return the rows of cells (N, D) that share a number made of all their bits, in order: few, where none repeats."""
    mixed = np.zeros(len(cells), np.uint64)
    for bits in cells.T.copy().view(np.uint64):
        mixed = (mixed ^ bits ^ (bits >> np.uint64(29))) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(32)
    _, place, counts = np.unique(mixed, return_inverse=True, return_counts=True)
    return np.flatnonzero(counts[place] > 1)


def problems_together(columns: Sequence[Column], target: Column, inputs: Sequence[Column]) -> tuple[Problem, ...]:
    """Return what the choice of target and inputs brings with it: numbers that are classes, inputs told by others."""
    found = []
    if (
        target.kind == "number"
        and 2 <= target.distinct <= FEW_CLASSES < len(target.known)
        and _whole(target.counted[0])
    ):
        said = f"only {target.distinct} whole values: they can be treated as classes."
        found.append(Problem("few values", (), Remedy("as classes", target.name), said))
    told = shares_told(inputs)
    for one, share in zip(inputs, told, strict=True):
        if share > 0.9 and share == max(told):
            said = f"the other inputs tell it (R² {share:.2f})."
            found.append(Problem("told by others", (), Remedy("leave out", one.name), said))
            break
    return tuple(found)


def _whole(values: FloatArray) -> bool:
    return bool((values == np.round(values)).all())


def shares_told(inputs: Sequence[Column]) -> tuple[float, ...]:
    """Return of each input that is a number the R² of a line through all others; 0 for other kinds.

    >>> x = np.array([1.0, 2, 3, 5])
    >>> shares_told([Column("a", "", "number", x), Column("b", "", "number", 2 * x + 1)])
    (1.0, 1.0)
    """
    of = [k for k, one in enumerate(inputs) if one.kind == "number" and one.distinct > 1]
    shares = [0.0] * len(inputs)
    if len(of) < 2:
        return tuple(shares)
    values = np.column_stack([inputs[k].standing(inputs[k].values) for k in of])
    values = values[np.isfinite(values).all(1)]
    if len(values) < len(of) + 2:
        return tuple(shares)
    rest = values - values.mean(0)
    sd = rest.std(0)
    if not (sd > 0).all():
        return tuple(shares)
    correlation = rest.T @ rest / len(rest) / np.outer(sd, sd)
    inverse = np.diag(np.linalg.pinv(correlation + 1e-10 * np.eye(len(of)), hermitian=True))
    for k, factor in zip(of, inverse, strict=True):
        shares[k] = float(np.round(np.clip(1 - 1 / max(factor, 1.0), 0, 1), 6))
    return tuple(shares)


__all__ = ["copies", "problems_together", "repeated", "shares_told"]
