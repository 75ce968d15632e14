"""A small data set as text in a link: compressed, exact, and never trusted when it is read."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray, shortened
from bayes_core.data.upload.words import several
from bayes_core.types import Dataset

LONGEST = 2_000
_INFLATED = 100_000  # bytes that a link may unpack to
_ROWS, _COLUMNS, _NAME = 2_000, 50, 200
_VERSION = "a"
_BROKEN = "the link was cut or changed: open the whole link again, or bring the file"


def as_link(dataset: Dataset, digits: int | None = None) -> str:
    """Return a data set as at most 2,000 letters, digits, - and _; exact, or rounded to so many significant `digits`.

    It carries the task, names with their units, the title and classes. Raises ValueError where that is too short, from
    about 200 rows of two inputs on, and for a name of several lines or over 200 letters.

    >>> data = Dataset.from_arrays([1.0, 2.5], [3.0, 4.25], feature_names=["dose"], target_name="effect")
    >>> from_link(as_link(data)).y, from_link(as_link(data)).feature_names
    (array([3.  , 4.25]), ('dose',))
    """
    if len(dataset.y) > _ROWS or dataset.x.shape[1] >= _COLUMNS:
        raise _too_long(dataset)
    title = "".join(c if c.isprintable() else " " for c in dataset.title)[:_NAME]
    names = [dataset.task[0], dataset.target_name, title, dataset.feature_names, dataset.classes]
    for name in (dataset.target_name, *dataset.feature_names, *dataset.classes):
        if len(name) > _NAME or not name.isprintable():
            raise ValueError(
                f"{shortened(name)} is no line of at most {_NAME} letters, which a name in a link is: change the name"
            )
    numbers = []
    for values in (*dataset.x.T, dataset.y):
        numbers.append(_packed(_rounded(values, digits)))
        if len(_squeezed(json.dumps(numbers[-1]))) > LONGEST:
            raise _too_long(dataset)  # before all others are packed
    text = json.dumps([*names, *numbers], ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    link = _VERSION + _squeezed(text)
    if len(link) > LONGEST or len(text.encode()) > _INFLATED:
        raise _too_long(dataset, f"{len(link):,}")
    return link


def _squeezed(text: str) -> str:
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.urlsafe_b64encode(squeezer.compress(text.encode()) + squeezer.flush()).decode().rstrip("=")


def _too_long(dataset: Dataset, letters: str = f"over {LONGEST:,}") -> ValueError:
    return ValueError(
        f"{len(dataset.y):,} rows of {several(dataset.x.shape[1], 'input')} need {letters} letters, and a link holds "
        f"{LONGEST:,}: send the file instead"
    )


def from_link(text: str) -> Dataset:
    """Return the data set in a link. Raises ValueError for whatever `as_link` would not have written."""
    if not isinstance(text, str) or len(text) > LONGEST or not re.fullmatch(r"[A-Za-z0-9_-]+", text):
        raise ValueError(f"the data in the link are no text of at most {LONGEST:,} letters, digits, - and _: {_BROKEN}")
    if text[0] != _VERSION:
        raise ValueError(
            f"the data in the link are of the kind {text[0]!r}, which this version does not know: {_BROKEN}"
        )
    try:
        parts = json.loads(_inflated(text[1:]), parse_constant=_refused)
    except (ValueError, RecursionError, zlib.error, binascii.Error) as error:
        raise ValueError(f"the data in the link cannot be unpacked: {_BROKEN}") from error
    return _dataset(parts)


def _rounded(values: FloatArray, digits: int | None) -> FloatArray:
    return values if digits is None else np.array([float(f"{value:.{digits}g}") for value in values])


def _packed(values: FloatArray) -> list[Any]:
    """Return [d, whole numbers], each 10^d times a value, where that is exact and shorter; else ["", values]."""
    if np.abs(values).max() < 1e15 and not (np.signbit(values) & (values == 0)).any():
        for d in range(13):
            texts = [f"{value:.{d}f}" for value in values]
            if all(float(text) == value for text, value in zip(texts, values, strict=True)):
                return [d, [int(text.replace(".", "")) for text in texts]]
    return ["", values.tolist()]


def _inflated(text: str) -> str:
    squeezed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    stretcher = zlib.decompressobj(-15)
    content = stretcher.decompress(squeezed, _INFLATED)
    if not stretcher.eof or stretcher.unused_data:
        raise ValueError("too long, or cut")
    return content.decode()


def _refused(name: str) -> float:
    raise ValueError(f"{name} is no number of data")


def _dataset(parts: Any) -> Dataset:
    if not isinstance(parts, list) or len(parts) < 7 or len(parts) > _COLUMNS + 6:
        raise ValueError(f"the data in the link are no table of 1 to {_COLUMNS} inputs: {_BROKEN}")
    task, target, title, features, classes, *columns = parts
    if task not in ("r", "c") or not all(isinstance(names, list) for names in (features, classes)):
        raise ValueError(f"the data in the link name no task, inputs or classes: {_BROKEN}")
    for name in (target, title, *features, *classes):
        if not isinstance(name, str) or len(name) > _NAME or not all(map(str.isprintable, name)):
            raise ValueError(f"the data in the link have a name that is no line of at most {_NAME} letters: {_BROKEN}")
    values = [_unpacked(column) for column in columns]
    if len({len(column) for column in values}) != 1 or len(features) != len(values) - 1:
        raise ValueError(f"the data in the link have columns of different lengths, or too few names: {_BROKEN}")
    x = np.column_stack(values[:-1])
    kind = "classification" if task == "c" else "regression"
    return Dataset(x, values[-1], kind, tuple(features), target, title, "a link", tuple(classes))  # type: ignore[arg-type]


def _unpacked(column: Any) -> FloatArray:
    if not (isinstance(column, list) and len(column) == 2 and isinstance(column[1], list) and column[1]):
        raise ValueError(f"the data in the link have a column without numbers: {_BROKEN}")
    d, numbers = column
    if len(numbers) > _ROWS or not all(type(number) in (int, float) for number in numbers):
        raise ValueError(f"the data in the link have more than {_ROWS:,} rows, or a value that is no number: {_BROKEN}")
    if d == "":
        values = [float(number) for number in numbers if abs(number) < 1e308]
    elif type(d) is int and 0 <= d <= 12 and all(type(n) is int and abs(n) < 10**28 for n in numbers):
        values = [float(f"{number}e-{d}") for number in numbers]
    else:
        raise ValueError(f"the data in the link have a column with wrong decimals: {_BROKEN}")
    if len(values) < len(numbers):
        raise ValueError(f"the data in the link have a number that is too large: {_BROKEN}")
    return np.array(values)


__all__ = ["LONGEST", "as_link", "from_link"]
