"""What is worked out of a fit once, for as long as the fit is kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any
from weakref import WeakKeyDictionary

from bayes_core.types import Fit

_MADE: WeakKeyDictionary[Fit, dict[Hashable, Any]] = WeakKeyDictionary()


def kept(fit: Fit, name: Hashable, make: Callable[[], Any]) -> Any:
    """Return what `make` says of a fit, made once under this name."""
    made = _MADE.setdefault(fit, {})
    if name not in made:
        made[name] = make()
    return made[name]
