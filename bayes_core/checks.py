"""How the nouns check themselves: arrays that are finite and read-only, numbers within their limits."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]


def floats(values: ArrayLike, name: str, ndim: int | None = None, *, finite: bool = True) -> FloatArray:
    """Return `values` as a read-only float64 array, or say what is wrong with them.

    Raises ValueError for text, ragged rows, a wrong number of axes, and NaN or infinities (when `finite`).

    >>> floats([1, 2], "y", 1)
    array([1., 2.])
    >>> floats(["a"], "y")
    Traceback (most recent call last):
        ...
    ValueError: y has an entry that is not a number (['a']): give numbers only
    """
    try:
        array: FloatArray = np.array(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        said = shortened(values)
        raise ValueError(f"{name} has an entry that is not a number ({said}): give numbers only") from error
    if ndim is not None and array.ndim != ndim:
        raise ValueError(f"{name} has {array.ndim} axes, shape {array.shape}: it must have {ndim}")
    if finite and not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(
            f"{name} holds {array[where]} at position {where}: every value must be finite; "
            "remove or fill in such rows first"
        )
    array.setflags(write=False)
    return array


def shortened(value: object) -> str:
    """Return a value as it is named in a message: at most 60 letters."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def assign(instance: object, **values: Any) -> None:
    """Set fields of a frozen dataclass while it is made."""
    for name, value in values.items():
        object.__setattr__(instance, name, value)


def rebuilt(instance: Any, **values: Any) -> tuple[Any, ...]:
    """Return how pickle and copy make a dataclass anew: from its fields, or from `values` in their place."""
    names = [field.name for field in fields(instance)]
    return type(instance), tuple(values.get(name, getattr(instance, name)) for name in names)


def positive(value: float, name: str, remedy: str) -> float:
    """Return a number that is positive and finite; the ValueError for any other ends with the remedy."""
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} is {shortened(value)}, not a number: {remedy}") from error
    if not (np.isfinite(number) and number > 0):
        raise ValueError(f"{name} is {value}: it must be positive and finite; {remedy}")
    return number


def count(value: int, name: str, low: int, high: int) -> int:
    """Return a whole number from low to high. Raises ValueError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or not low <= value <= high:
        raise ValueError(f"{name} is {shortened(value)}: give a whole number from {low} to {high}")
    return int(value)
