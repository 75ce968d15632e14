"""The scenes of the page of images: twelve digits, one that the reader draws, and what is made of all of them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.images import blurred, digits, turned
from bayes_core.types import Dataset
from pages._ui.settings import Scene

TWELVE = (7, 11, 20, 4, 24, 6, 8, 5, 0, 22, 35, 309)
"""Which of the digits that were not fitted are shown: one of each, and two that are hard to read."""
_NETWORK = {"network": "dense", "method": "laplace_last", "width": 3.0, "seed": 1}
TWELVE_SCENES: dict[str, Scene] = {
    "twelve": Scene(
        "Twelve digits", _NETWORK | {"angle": 0.0, "blur": 0.0, "way": "turn"}, asked={"angle": (30.0, 90.0)}
    ),
}
THREE = "029fgf200bb59g3000009c0000006f1000000e9000000cc000536f7000cgf910"
"""The fourth of the twelve, to paint over."""
SKETCH_SCENES: dict[str, Scene] = {
    "sketch": Scene(
        "Draw your own",
        _NETWORK | {"angle": 0.0, "blur": 0.0, "way": "turn", "ink": THREE},
    ),
}
WIDTH_SCENES: dict[str, Scene] = {
    "prior_width": Scene(
        "How wide a prior?", {"network": "dense", "seed": 1, "wide": 1.0}, asked={"wide": (3.0, 10.0)}
    ),
}
REFUSAL_SCENES: dict[str, Scene] = {
    "refuse": Scene("What it refuses", _NETWORK | {"answered": 100.0, "tilt": 15.0, "by": "sure"}),
}


@lru_cache(maxsize=1)
def shown() -> Dataset:
    """Return the twelve digits."""
    rest, rows = digits()[1], list(TWELVE)
    return Dataset(rest.x[rows], rest.y[rows], rest.task, rest.feature_names, "digit", rest.title, "", rest.classes)


def changed(x: FloatArray, way: str, values: FloatArray) -> FloatArray:
    """Return pictures (V, G, 64) as they are at every value of what is done to them."""
    change = turned if way == "turn" else blurred
    return np.stack([change(x, value) for value in values.tolist()])
