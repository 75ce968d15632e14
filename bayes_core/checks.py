"""How the nouns check themselves: arrays that are finite and read-only, numbers within their limits."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, time, timedelta
from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]


def floats(values: ArrayLike, name: str, ndim: int | None = None, *, finite: bool = True) -> FloatArray:
    """Return `values` as a read-only float64 array, or say what is wrong with them.

    Raises ValueError for text (of digits, too), dates, complex numbers, masked entries, ragged rows, a wrong number of
    axes, and NaN or infinities (when `finite`).

    >>> floats([1, 2], "y", 1)
    array([1., 2.])
    >>> floats(["a"], "y")
    Traceback (most recent call last):
        ...
    ValueError: y has an entry that is not a number (['a']): give numbers only
    """
    array = _real(values, name).astype(np.float64)
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


_NUMBERS, _DATES = "fiub", "mM"  # numpy's kinds
_DATED = (date, time, timedelta, np.datetime64, np.timedelta64)


def _real(values: ArrayLike, name: str) -> NDArray[Any]:
    """Return values as an array of a kind that is a real number; what numpy would convert in silence is refused."""
    if _masked(values):
        raise ValueError(f"{name} has a masked entry, which is no number: remove or fill in such rows first")
    try:
        array = np.asarray(values)
    except (TypeError, ValueError) as error:
        raise _no_number(values, name) from error
    if array.dtype.kind == "O":
        for entry in array.flat:
            _check_entry(entry, values, name)
        try:
            return array.astype(np.float64)
        except (TypeError, ValueError, OverflowError) as error:
            raise _no_number(values, name) from error
    if array.dtype.kind in _DATES:
        raise _dated(values, name)
    if array.dtype.kind == "c":
        raise _complex(name)
    if array.dtype.kind not in _NUMBERS:
        raise _no_number(values, name)
    return array


def _masked(values: object) -> bool:
    """Return whether an array, or a list of numbers or rows, has a masked entry: numpy would read on beneath it."""
    if isinstance(values, np.ma.MaskedArray):
        return bool(np.ma.is_masked(values))
    if isinstance(values, list | tuple):
        return any(_masked(entry) for entry in values if isinstance(entry, list | tuple | np.ma.MaskedArray))
    return False


def _check_entry(entry: object, values: object, name: str) -> None:
    """Refuse an entry of a mixed array that is not a real number."""
    if isinstance(entry, _DATED):
        raise _dated(values, name)
    if isinstance(entry, complex | np.complexfloating):
        raise _complex(name)
    if not isinstance(entry, Real | Decimal | np.bool_):
        raise _no_number(values, name)


def _no_number(values: object, name: str) -> ValueError:
    return ValueError(f"{name} has an entry that is not a number ({shortened(values)}): give numbers only")


def _dated(values: object, name: str) -> ValueError:
    return ValueError(
        f"{name} holds dates or times ({shortened(values)}), whose unit nobody knows: convert them to days or hours "
        "yourself, such as (t - t[0]) / np.timedelta64(1, 'D')"
    )


def _complex(name: str) -> ValueError:
    return ValueError(f"{name} holds complex numbers: give real ones, such as real and imaginary part on their own")


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
        number = float(floats(value, name, 0, finite=False))
    except ValueError as error:
        raise ValueError(f"{name} is {shortened(value)}, not a number: {remedy}") from error
    if not (np.isfinite(number) and number > 0):
        raise ValueError(f"{name} is {value}: it must be positive and finite; {remedy}")
    return number


def count(value: int, name: str, low: int, high: int) -> int:
    """Return a whole number from low to high. Raises ValueError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or not low <= value <= high:
        raise ValueError(f"{name} is {shortened(value)}: give a whole number from {low} to {high}")
    return int(value)
