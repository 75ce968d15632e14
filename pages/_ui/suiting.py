"""Whether a reader's own data suit a lesson: each check says in one sentence why they do not.

Lessons call them from their `PageSettings.on`; the sentence stands under the scene bar.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from bayes_core.data.source import Source
from bayes_core.data.split import Split
from bayes_core.types import Dataset

LONGEST_SCRIPT = 1200
"""Numbers that a script writes out; more of them it reads from a file."""


def of_numbers(source: Source) -> None:
    """Raise ValueError where the target names classes, or is the same number in every row."""
    data = source.dataset
    if data.task == "classification":
        raise ValueError(
            f"This lesson predicts a number, and “{data.target_name}” names classes: choose a target in numbers."
        )
    if float(np.ptp(data.y)) == 0:
        raise ValueError(f"“{data.target_name}” is {data.y[0]:g} in every row, so there is nothing to predict.")


def of_classes(source: Source, most: int, why: str) -> None:
    """Raise ValueError where the target is a number, where it has one class only, or more than can be shown."""
    data = source.dataset
    if data.task != "classification":
        raise ValueError(
            f"This lesson tells classes apart, and “{data.target_name}” is a number: choose a target that names "
            "classes."
        )
    seen = [data.classes[int(code)] for code in np.unique(data.y)]
    if len(seen) < 2:
        raise ValueError(f"Every row is of the class “{seen[0]}”, so there is nothing to tell apart.")
    if len(data.classes) > most:
        raise ValueError(f"“{data.target_name}” has {len(data.classes)} classes: {why}.")


def of_rows(source: Source, fewest: int, why: str) -> None:
    """Raise ValueError for fewer rows than a lesson needs; `why` says what it needs them for."""
    rows = len(source.dataset.y)
    if rows < fewest:
        many = "1 row" if rows == 1 else f"{rows} rows"
        raise ValueError(f"The data have {many}, and this lesson needs {fewest} at least: {why}.")


def of_inputs(source: Source, fewest: int, why: str) -> None:
    """Raise ValueError for fewer inputs than a lesson shows."""
    inputs = source.dataset.x.shape[1]
    if inputs < fewest:
        raise ValueError(f"The data have {inputs} input{'' if inputs == 1 else 's'}, and {why}.")


def along_one_that_varies(source: Source, what: str) -> None:
    """Raise ValueError where the input that is looked along is the same in every row; `what` follows from it."""
    if float(np.ptp(source.seen)) == 0:
        name = source.dataset.feature_names[source.along]
        raise ValueError(f"“{name}” is {source.seen[0]:g} in every row, so {what}.")


def among(dataset: Dataset, seed: int, most: int) -> Dataset:
    """Return at most so many rows, drawn by a seed; all of them in their own order where they are no more than that."""
    if len(dataset.y) <= most:
        return dataset
    return Split.of_rows(dataset, most, seed).train


def unit_of(name: str) -> str:
    """Return the unit in a column's name, "" for none.

    >>> unit_of("price, thousand €"), unit_of("price (€)"), unit_of("price")
    ('thousand €', '€', '')
    """
    if ", " in name:
        return name.rpartition(", ")[2]
    head, _, rest = name.rpartition(" (")
    return rest.removesuffix(")") if head and rest.endswith(")") else ""


def name_of(column: str) -> str:
    """Return a column's name without its unit, as a sentence says it.

    >>> name_of("price, thousand €"), name_of("price (€)"), name_of("price")
    ('price', 'price', 'price')
    """
    unit = unit_of(column)
    return column.removesuffix(f", {unit}").removesuffix(f" ({unit})") if unit else column


def in_python(dataset: Dataset) -> str:
    """Return lines of Python that make x and y: the numbers, or, where they are many, a file that the reader has."""
    if dataset.x.size + len(dataset.y) <= LONGEST_SCRIPT:
        y: list[Any] = [dataset.classes[int(code)] for code in dataset.y] if dataset.classes else dataset.y.tolist()
        return f"x = np.array({dataset.x.tolist()!r})\ny = np.array({y!r})"
    inputs, number = ", ".join(dataset.feature_names)[:200], "" if dataset.classes else ", float"
    return (
        f"# {len(dataset.y):,} rows are too many to write out here: save them beside this script as data.csv, the\n"
        f"# inputs ({inputs}) first, then {dataset.target_name}.\n"
        "import csv\n\n"
        'with open("data.csv", encoding="utf-8", newline="") as file:\n'
        "    names, *rows = csv.reader(file)\n"
        "x = np.array([row[:-1] for row in rows], float)\n"
        f"y = np.array([row[-1] for row in rows]{number})"
    )
