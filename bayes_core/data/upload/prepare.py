"""From a table, a choice of columns and accepted remedies to a data set, with an account of every row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import get_args

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.upload.columns import Column
from bayes_core.data.upload.dates import written
from bayes_core.data.upload.prepared import Made, Prepared
from bayes_core.data.upload.problems import MOST_SIZE, Action, Remedy
from bayes_core.data.upload.records import MOST_COLUMNS
from bayes_core.data.upload.table import Table
from bayes_core.data.upload.words import number, quoted, several
from bayes_core.data.upload.work import Work, logged
from bayes_core.likelihoods.categorical import MOST_CLASSES
from bayes_core.types import Dataset

_FEWEST = 3


def prepare(
    table: Table, target: str, inputs: Sequence[str], accepted: Collection[Remedy] = (), title: str = ""
) -> Prepared:
    """Return the data set of a choice; only accepted remedies are applied, and every row left out has its reason.

    A row without a value of the target or of an input cannot be used. Words become columns against the most common one.
    Raises ValueError for a choice that cannot be fitted: no input, a column of another kind, an unsuitable remedy, too
    few rows.

    >>> from bayes_core.data.upload import read
    >>> made = prepare(read("dose,cured\\n1,2.5\\n2,\\n4,6.5\\n5,9\\n"), "cured", ["dose"])
    >>> made.dataset.y, made.account.sentence()
    (array([2.5, 6.5, 9. ]), '4 rows = 3 used + 1 left out. 1 row: no value of cured (row 3).')
    """
    work = Work(table, _checked(table, target, inputs, accepted))
    y = work.filled(table.column(target))
    columns = [work.filled(table.column(name)) for name in inputs]
    _check_kinds(y, columns, work)
    for one in (y, *columns):
        work.leave_out_absent(one)
    kept = work.kept
    if kept.sum() < _FEWEST:
        said = "; ".join(one.sentence() for one in work.left_out)
        raise ValueError(f"{several(int(kept.sum()), 'row')} can be used, and {_FEWEST} are needed at least: {said}")
    x, made = _inputs(columns, work)
    heading = title or table.title
    if work.has("as classes", target) or y.kind in ("category", "yes-no"):
        data = _classes(y, work, x, made, heading)
        return Prepared(data, work.account(), table.numbers[kept], made, target, y.unit)
    log = work.has("log", target)
    values = logged(y, work) if log else y.values[kept]
    name = f"log {y.title}" if log else y.title
    data = Dataset(x, values, "regression", tuple(one.title for one in made), name, heading, "your data")
    return Prepared(data, work.account(), table.numbers[kept], made, target, y.unit, log)


def _checked(table: Table, target: str, inputs: Sequence[str], accepted: Collection[Remedy]) -> frozenset[Remedy]:
    """Return the accepted remedies, after a look at the choice."""
    if not inputs:
        raise ValueError("no column is an input: choose one at least")
    for name in (target, *inputs):
        table.column(name)
    if target in inputs:
        raise ValueError(f"{target!r} is the target and an input, which tells itself: take it out of one")
    if len(set(inputs)) < len(inputs):
        raise ValueError(f"the inputs {', '.join(inputs)} name a column twice: name each once")
    for one in accepted:
        if one.action not in get_args(Action):
            raise ValueError(f"there is no remedy {one.action!r}: choose one of {', '.join(get_args(Action))}")
        if one.column:
            table.column(one.column)
        elif one.action != "keep one of each":
            raise ValueError(f"the remedy {one.action!r} names no column: say which one it is for")
        if one.action == "leave out" and one.column in (target, *inputs):
            raise ValueError(
                f"{one.column!r} is to be left out and is chosen: take it out of the target and the inputs"
            )
        if one.action in ("impute median", "impute most common") and one.column == target:
            raise ValueError(f"{target!r} is the target, and a value filled in would be made up: take the remedy back")
        if one.action == "count as missing" and one.value is None:
            raise ValueError(f"the remedy 'count as missing' for {one.column!r} names no value: say which one it is")
    return frozenset(accepted)


def _check_kinds(y: Column, columns: Sequence[Column], work: Work) -> None:
    if y.kind in ("text", "id", "date", "constant"):
        raise ValueError(
            f"the target {y.name!r} is of the kind {y.kind}: choose a column of numbers, of yes and no, or of "
            "a few words"
        )
    for one in columns:
        if one.kind in ("text", "id", "constant"):
            why = one.problems[0].sentence if one.problems else f"it is of the kind {one.kind}."
            raise ValueError(f"{one.name!r} cannot be an input: {why.removesuffix('.')}; leave it out")
        if one.kind == "category" and not work.has("one-hot", one.name):
            raise ValueError(
                f"{one.name!r} holds {one.distinct} different labels: accept a column for each, or leave it out"
            )
        if one.kind == "date" and not work.has("as days", one.name):
            raise ValueError(f"{one.name!r} holds dates: accept days since the first, or leave it out")
    for one in (y, *columns):
        huge = np.flatnonzero(work.kept & (np.abs(one.values) > MOST_SIZE))
        if len(huge) and not one.levels:
            raise ValueError(
                f"{one.name!r} is {number(float(one.values[huge[0]]))} in row {work.table.numbers[huge[0]]}, and its "
                "square is too large for any computer: leave such rows out"
            )


def _inputs(columns: Sequence[Column], work: Work) -> tuple[FloatArray, tuple[Made, ...]]:
    """Return inputs (N, D) of the kept rows, and how each was made."""
    parts: list[FloatArray] = []
    made: list[Made] = []
    for one in columns:
        values = one.values[work.kept]
        if np.ptp(values) == 0:
            said = quoted(one.levels[int(values[0])]) if one.levels else number(float(values[0]))
            raise ValueError(f"{one.name!r} is {said} in every row that can be used, and tells nothing: leave it out")
        if work.has("log", one.name):
            parts.append(logged(one, work))
            made.append(Made(one.name, f"log {one.name}", one.unit, log=True))
        elif one.kind == "date":
            origin = float(np.floor(values.min()))
            parts.append(values - origin)
            made.append(Made(one.name, one.name, f"days since {written(origin)}", origin=origin))
            work.changes.append(f"{one.name} is counted in days since {written(origin)}.")
        elif one.levels and not (one.kind == "yes-no" and one.levels == ("0", "1")):
            _one_hot(one, values, parts, made, work)
        else:
            parts.append(values)
            made.append(Made(one.name, one.name, one.unit))
    if len(parts) > MOST_COLUMNS:
        raise ValueError(
            f"the inputs make {len(parts)} columns, and at most {MOST_COLUMNS} can be fitted: leave some out"
        )
    return np.column_stack(parts), tuple(made)


def _one_hot(one: Column, values: FloatArray, parts: list[FloatArray], made: list[Made], work: Work) -> None:
    """Add a column of 0 and 1 for each word but the most common; for yes and no, one for yes."""
    found, counts = np.unique(values, return_counts=True)
    against = 0.0 if one.kind == "yes-no" else float(found[counts.argmax()])
    others = [value for value in found.tolist() if value != against]
    for value in others:
        level = one.levels[int(value)]
        parts.append((values == value).astype(float))
        made.append(Made(one.name, f"{one.name} = {level}", level=level))
    if one.kind == "category":
        work.changes.append(
            f"{one.name} became {several(len(others), 'column')} of 0 and 1, against "
            f"{quoted(one.levels[int(against)])}."
        )


def _classes(y: Column, work: Work, x: FloatArray, made: tuple[Made, ...], title: str) -> Dataset:
    """Return a data set whose target is a class: words in sorted order, numbers by size."""
    found, codes = np.unique(y.values[work.kept], return_inverse=True)
    if not 2 <= len(found) <= MOST_CLASSES:
        raise ValueError(
            f"the target {y.name!r} has {several(len(found), 'class', 'classes')} in the rows that can be used: "
            f"2 to {MOST_CLASSES} can be fitted"
        )
    names = tuple(y.levels[int(v)] if y.levels else f"{v:.12g}" for v in found)
    if not y.levels:
        work.changes.append(f"{y.name} is treated as {len(names)} classes.")
    titles = tuple(one.title for one in made)
    return Dataset(x, codes.astype(float), "classification", titles, y.title, title, "your data", names)


__all__ = ["prepare"]
