"""What is worked out of a fit once, for as long as the fit is kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any
from weakref import WeakKeyDictionary

from bayes_core.evaluation.class_map import ClassMap, Plane, class_map
from bayes_core.types import Fit

_MADE: WeakKeyDictionary[Fit, dict[Hashable, Any]] = WeakKeyDictionary()


def kept(fit: Fit, name: Hashable, make: Callable[[], Any]) -> Any:
    """Return what `make` says of a fit, made once under this name."""
    made = _MADE.setdefault(fit, {})
    if name not in made:
        made[name] = make()
    return made[name]


def map_of(fit: Fit, plane: Plane, side: int) -> ClassMap:
    """Return a fit's map over a plane, with so many places along each side."""
    made: ClassMap = kept(fit, (plane, side), lambda: class_map(fit, plane.places(side)))
    return made
