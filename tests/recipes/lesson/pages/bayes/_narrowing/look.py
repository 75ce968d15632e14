"""From settings to what is seen."""

from __future__ import annotations

from typing import Any

import numpy as np

from bayes_core.conjugate import Normal, Seen
from bayes_core.figures.view import View

from . import views
from .settings import NarrowingSettings


def look(settings: NarrowingSettings, handle: str, _: Any) -> View:
    """Return the belief after 0 to 20 measurements, along a handle."""
    values, n = settings.positions(handle), np.arange(21.0)
    width, noise = (
        values if handle == name else np.full(len(values), getattr(settings, name)) for name in ("width", "noise")
    )
    prior = Normal(np.zeros((len(values), 1)), width[:, None], noise[:, None])
    return views.narrowing(prior.learn(Seen.sums(n, np.zeros(21))), n, values)
