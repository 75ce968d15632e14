"""Labels of classes: how names or numbers become codes 0, 1, ..., K - 1."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray, floats, shortened

_FEWEST = "name at least two with classes=(...), a class may be absent from the rows"


def coded(labels: ArrayLike, classes: Sequence[object] = ()) -> tuple[FloatArray, tuple[str, ...]]:
    """Return the code (N,) of every label and the names of the classes.

    Labels are texts or numbers. Without `classes` those that occur are the classes, in sorted order. With them a text
    is looked up among the names; a number is looked up where the classes are numbers, and is a code where they are
    names. Raises ValueError for labels that are neither, for one that is no class, and for fewer than two classes.

    >>> coded(["no", "yes", "no"])
    (array([0., 1., 0.]), ('no', 'yes'))
    >>> coded([1, 0, 1], ("sinks", "floats", "flies"))[1]
    ('sinks', 'floats', 'flies')
    >>> coded([7, 3, 7], (7, 3))
    (array([0., 1., 0.]), ('7', '3'))
    """
    texts = _texts(labels)
    if texts is not None:
        names = named(classes) if len(classes) else named(sorted(set(texts)))
        return _looked_up(texts, names, names), names
    numbers = floats(labels, "y", 1)
    if not len(classes):
        found = np.unique(numbers)
        return np.searchsorted(found, numbers).astype(float), named(found.tolist())
    names = named(classes)
    if any(isinstance(label, str) for label in classes):
        return codes(numbers, names), names
    return _looked_up(numbers.tolist(), floats(np.asarray(classes), "classes", 1).tolist(), names), names


def codes(y: FloatArray, names: tuple[str, ...]) -> FloatArray:
    """Return y, if all of it are codes of so many classes. Raises ValueError for the first that is none.

    >>> codes(np.array([0.0, 2.0]), ("a", "b", "c"))
    array([0., 2.])
    """
    wrong = np.flatnonzero((y != np.round(y)) | (y < 0) | (y >= len(names)))
    if len(wrong):
        raise ValueError(
            f"y holds {y[wrong[0]]:g} at row {wrong[0]} and there are {len(names)} classes: give whole numbers from 0 "
            f"to {len(names) - 1}, or labels to Dataset.from_arrays"
        )
    return y


def named(classes: Sequence[object]) -> tuple[str, ...]:
    """Return classes as texts. Raises ValueError for fewer than two, and for one that is there twice.

    >>> named((1.0, 2.5, "none"))
    ('1', '2.5', 'none')
    """
    names = tuple(_name(label) for label in classes)
    if len(names) < 2:
        raise ValueError(f"there is only the class {', '.join(names) or '(none)'}: {_FEWEST}")
    if len(set(names)) < len(names):
        raise ValueError(f"the classes {', '.join(names)} hold a name twice: give each class a name of its own")
    return names


def _name(label: object) -> str:
    if isinstance(label, str):
        return label
    number = float(floats(np.asarray(label), "a class", 0))
    return str(int(number)) if number.is_integer() else repr(number)


def _texts(labels: ArrayLike) -> list[str] | None:
    """Return labels as texts, or None where they are no texts. Raises ValueError where only some are."""
    array = np.asarray(labels) if not isinstance(labels, np.ma.MaskedArray) else labels
    if array.dtype.kind not in "OUT" or array.ndim != 1:
        return None
    entries = np.asarray(labels, dtype=object).tolist()
    strings = [isinstance(entry, str) for entry in entries]
    if not any(strings):
        return None
    if not all(strings):
        at = strings.index(False)
        raise ValueError(
            f"y holds {shortened(entries[at])} at row {at} among texts: give every row a label, and remove or fill in "
            "rows without one"
        )
    return [str(entry) for entry in entries]


def _looked_up(labels: Sequence[object], known: Sequence[object], names: tuple[str, ...]) -> FloatArray:
    place = {label: code for code, label in enumerate(known)}
    unknown = [label for label in labels if label not in place]
    if unknown:
        raise ValueError(f"y holds {shortened(unknown[0])}, which is no class: the classes are {', '.join(names)}")
    return np.array([place[label] for label in labels], dtype=float)
