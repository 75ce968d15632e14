"""What may be wrong with a table, and what could be done about it: proposals, applied by nobody but the reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.data.upload.columns import Column
from bayes_core.data.upload.dates import spoken, written
from bayes_core.data.upload.words import number, places, quoted, several

Action = Literal[
    "leave out",
    "drop rows",
    "keep one of each",
    "count as missing",
    "impute median",
    "impute most common",
    "one-hot",
    "log",
    "as days",
    "as classes",
]
MOST_SIZE = 1e100  # beyond it squares overflow
_CODES = {-99999.0, -9999.0, -999.0, -99.0, -9.0, 999.0, 9999.0, 99999.0, 999999.0, 888.0, -888.0, -1.0}
_ENOUGH = 8
FEW_CLASSES = 10


@dataclass(frozen=True)
class Remedy:
    """One thing to do to a column ("": to rows); with the `value` that it concerns, where there is one."""

    action: Action
    column: str = ""
    value: float | None = None


@dataclass(frozen=True)
class Problem:
    """Something to know before fitting: what, the rows of the file that it concerns, a remedy, and one sentence."""

    what: str
    rows: tuple[int, ...]
    remedy: Remedy
    sentence: str


def own_problems(column: Column, numbers: NDArray[np.intp]) -> tuple[Problem, ...]:
    """Return what is wrong with one column by itself; `numbers` (N,) are its rows' numbers in the file."""
    whole = _useless(column)
    if whole is not None:
        return (whole,)
    found = [
        _unread(column, numbers),
        _huge(column, numbers),
        _missing(column, numbers),
        *(_code(column, numbers, value) for value in sorted(_CODES & set(column.counted[0].tolist()))),
        _dated(column),
        _worded(column),
        _tail(column),
        _far(column, numbers),
    ]
    return tuple(problem for problem in found if problem is not None)


def _useless(column: Column) -> Problem | None:
    """Return why a whole column can tell nothing."""
    if not len(column.known):
        said = "no row has a value: it can tell nothing."
    elif column.kind == "constant":
        value = quoted(column.levels[0]) if column.levels else number(float(column.known[0]))
        said = f"every row has {value}: it can tell nothing."
    elif column.kind == "id":
        said = "every row has a value of its own: it names rows and measures nothing."
    elif column.kind == "text":
        said = f"{several(column.distinct, 'different text')}: too many for a column each."
    else:
        return None
    what = {"id": "names rows", "text": "texts"}.get(column.kind, "constant")
    return Problem(what, (), Remedy("leave out", column.name), said)


def _file_rows(numbers: NDArray[np.intp], where: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(numbers[where].tolist())


def _filled(column: Column) -> tuple[Action, str]:
    if column.kind in ("number", "date"):
        middle = float(np.median(column.known))
        return "impute median", f"the median, {written(middle) if column.kind == 'date' else number(middle)}"
    values, counts = column.counted
    return "impute most common", f"the most common, {quoted(column.levels[int(values[counts.argmax()])])}"


def _missing(column: Column, numbers: NDArray[np.intp]) -> Problem | None:
    where = np.isnan(column.values)
    where[[k for k, _ in column.unread]] = False
    if not where.any():
        return None
    action, filled = _filled(column)
    count, rows = int(where.sum()), len(column.values)
    verb, theirs = ("has", "it is") if count == 1 else ("have", "they are")
    said = f"{count:,} of {several(rows, 'row')} {verb} no value: {theirs} left out, unless filled in with {filled}."
    return Problem("missing", _file_rows(numbers, where), Remedy(action, column.name), said)


def _unread(column: Column, numbers: NDArray[np.intp]) -> Problem | None:
    if not column.unread:
        return None
    at, cell = column.unread[0]
    rows = tuple(int(numbers[k]) for k, _ in column.unread)
    one, what = ("date", "no dates") if column.kind == "date" else ("number", "no numbers")
    is_, its = (f"is no {one}", "its row is") if len(rows) == 1 else (f"are no {one}s", "their rows are")
    first = "" if len(rows) == 1 else "the first "
    said = (
        f"{several(len(rows), 'cell')} {is_}, {first}{quoted(cell)} in row {numbers[at]}: {its} left out, unless "
        f"filled in with {_filled(column)[1]}."
    )
    return Problem(what, rows, Remedy("impute median", column.name), said)


def _huge(column: Column, numbers: NDArray[np.intp]) -> Problem | None:
    where = np.abs(column.values) > MOST_SIZE
    if column.levels or not where.any():
        return None
    rows = _file_rows(numbers, where)
    value = float(column.values[where][0])
    said = f"{number(value)} in {places('row', rows)} is too large to be squared: such rows cannot be used."
    return Problem("too large", rows, Remedy("drop rows", column.name), said)


def _code(column: Column, numbers: NDArray[np.intp], value: float) -> Problem | None:
    """Return a doubt about a value such as -999 that lies far from all others."""
    others = column.counted[0][column.counted[0] != value]
    others = others[~np.isin(others, list(_CODES))] if len(others) > 2 else others
    if column.kind != "number" or len(others) < 3:
        return None
    low, high = float(others[0]), float(others[-1])
    if low - (high - low) <= value <= high + (high - low):
        return None
    rows = _file_rows(numbers, column.values == value)
    said = (
        f"{number(value)} stands in {several(len(rows), 'row')}, far from all others ({number(low)} to {number(high)})"
        ": it may mean that there is no value."
    )
    return Problem("missing code", rows, Remedy("count as missing", column.name, value), said)


def _dated(column: Column) -> Problem | None:
    if column.kind != "date" or column.range is None:
        return None
    low, high = column.range
    order = {"day first": ", day first,", "month first": ", month first,"}.get(column.order, "")
    said = f"dates{order} from {written(low)} to {written(high)}: counted in days they can be an input."
    if column.doubtful:
        first = spoken(float(column.known[0]))
        said = (
            f"{quoted(column.doubtful)} is read as {first}; no date of the column settles which part is the day. "
            f"{said[0].upper()}{said[1:]}"
        )
    return Problem("dates", (), Remedy("as days", column.name), said)


def _worded(column: Column) -> Problem | None:
    if column.kind != "category":
        return None
    made = several(column.distinct - 1, "column")
    said = f"{column.distinct} different labels: as an input they become {made} of 0 and 1."
    return Problem("words", (), Remedy("one-hot", column.name), said)


def skewness(values: FloatArray) -> float:
    """Return the third standardised moment of values, 0 where they never vary.

    >>> round(skewness(np.array([0.0, 0, 0, 4])), 3)
    1.155
    """
    size = float(np.abs(values).max()) or 1.0
    rest = values / size - (values / size).mean()
    sd = float(np.sqrt((rest**2).mean()))
    return float(((rest / sd) ** 3).mean()) if sd > 1e-12 else 0.0


def _tail(column: Column) -> Problem | None:
    known = column.known
    if column.kind != "number" or len(known) < 20 or column.distinct <= FEW_CLASSES or not (known > 0).all():
        return None
    skew = skewness(known)
    if skew < 2 or abs(skewness(np.log(known))) > 0.7 * skew:
        return None
    return Problem(
        "long tail", (), Remedy("log", column.name), "a long tail to the right: its logarithm is spread more evenly."
    )


def _far(column: Column, numbers: NDArray[np.intp]) -> Problem | None:
    far = [value for value in column.far.tolist() if value not in _CODES and abs(value) <= MOST_SIZE]
    if not far or len(column.known) < 150:
        return None
    rows = _file_rows(numbers, np.isin(column.values, far))
    most = max(far, key=lambda value: abs(float(column.standing(np.array([value]))[0])))
    away = abs(float(column.standing(np.array([most]))[0]))
    verb, one = ("lies", "one row") if len(rows) == 1 else ("lie", several(len(rows), "row"))
    said = f"{one} {verb} over 12 standard deviations from the mean, {number(most)} as far as {away:.0f}."
    return Problem("far out", rows, Remedy("drop rows", column.name), said)


__all__ = ["FEW_CLASSES", "MOST_SIZE", "Action", "Problem", "Remedy", "own_problems", "skewness"]
