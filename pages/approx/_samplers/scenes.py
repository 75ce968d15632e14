"""The scenes of the samplers page: what is walked on, by which two samplers, and from where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.samplers.shown import LAST
from pages._ui.settings import Scene

EACH, WARM = 40, (0, 100, 400)
"""Evaluations of which every one is a position of its own; and how many may be thrown away."""

NAMES = {
    "nuts": "NUTS",
    "hmc": "HMC",
    "random_walk": "random walk",
    "langevin": "Langevin",
    "gibbs": "Gibbs",
}
LONG = NAMES | {"random_walk": "random-walk Metropolis", "langevin": "Langevin, corrected", "hmc": "HMC, set path"}
SIZES = {"nuts": 0.3, "hmc": 0.2, "random_walk": 1.0, "langevin": 0.5, "gibbs": 1.0}
"""The step sizes that samplers begin with where no scene says another."""


@dataclass(frozen=True)
class Story:
    """What may be walked on in a scene, and how one speaks of it."""

    targets: tuple[str, ...]


def _scene(
    title: str, targets: tuple[str, ...], pair: tuple[str, str], sizes: tuple[float, float], **more: object
) -> Scene:
    start = {
        "target": targets[0], "left": pair[0], "right": pair[1], "size_a": sizes[0], "size_b": sizes[1],
        "spent": 400.0,
    }  # fmt: skip
    asked = {"size_a": (0.05, 0.3, 1.5), "size_b": (0.05, 0.1), "spent": (0.0, 40.0, 400.0)}
    return Scene(title, start | more, {"size": (0.02, 4.0)}, story=Story(targets), asked=asked)


SCENES: dict[str, Scene] = {
    "line": _scene("A line’s posterior", ("line", "noise"), ("nuts", "random_walk"), (0.35, 1.0), seed=69),
    "funnel": _scene("A funnel", ("funnel",), ("nuts", "random_walk"), (0.6, 1.5), trace="up", metric="unit", seed=1),
    "banana": _scene("A banana", ("banana",), ("hmc", "langevin"), (0.12, 0.4), begin="corner", seed=8),
    "humps": _scene(
        "Two humps", ("weights", "humps"), ("nuts", "gibbs"), (0.15, 1.0), begin="together", trace="up", seed=13
    ),
}


def evaluations(each: int) -> FloatArray:
    """Return how many evaluations may have been spent: the first so many one by one, then in ever larger steps."""
    return np.concatenate([np.arange(each + 1.0), np.unique(np.round(np.geomspace(each + 2, LAST, 26)))])


TARGET_NAMES = {
    "line": "slope and price of 60 m²",
    "noise": "slope and log noise",
    "weights": "two weights of a network",
    "banana": "a banana",
    "funnel": "a funnel",
    "humps": "two Gaussian humps",
}
