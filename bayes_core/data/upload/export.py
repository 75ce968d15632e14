"""Numbers as CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import numpy as np

from bayes_core.types import Dataset

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "＝", "＋", "－", "＠")


def as_csv(names: Sequence[str], columns: Sequence[Sequence[object]]) -> str:
    r"""Return columns as CSV: numbers in full, no value as an empty cell, texts that a spreadsheet would run quoted.

    Such a text begins with =, +, -, @ or the like; an apostrophe before it makes it a text.
    Raises ValueError for columns of different lengths, and other names than columns.

    >>> as_csv(["name", "x"], [["Anna", "=1+1"], [1.5, float("nan")]]).splitlines()
    ['name,x', 'Anna,1.5', "'=1+1,"]
    """
    if len(names) != len(columns) or len({len(column) for column in columns}) != 1:
        raise ValueError(
            f"{len(names)} names for columns of {[len(c) for c in columns]} rows: give one name each, equal lengths"
        )
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")  # which makes a lone \r a reason to quote
    writer.writerow([harmless(name) for name in names])
    writer.writerows([[_cell(value) for value in row] for row in zip(*columns, strict=True)])
    return out.getvalue()


def dataset_as_csv(dataset: Dataset) -> str:
    """Return a data set as CSV, classes by their names.

    >>> dataset_as_csv(Dataset.from_arrays([1, 2], ["b", "a"], task="classification")).splitlines()
    ['x1,y', '1,b', '2,a']
    """
    y: Sequence[object] = dataset.y.tolist()
    if dataset.classes:
        y = [dataset.classes[int(code)] for code in dataset.y]
    return as_csv([*dataset.feature_names, dataset.target_name], [*dataset.x.T.tolist(), y])


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> harmless("=cmd()"), harmless("+49 30"), harmless("a = b")
    ("'=cmd()", "'+49 30", 'a = b')
    """
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) or text.startswith(_FORMULA) else text


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.integer | np.floating):
        return harmless(str(value))
    if isinstance(value, float | np.floating):
        number = float(value)
        if not np.isfinite(number):
            return ""
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    return str(int(value))


__all__ = ["as_csv", "dataset_as_csv", "harmless"]
