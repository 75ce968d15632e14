"""The scenes of the linear pages: a world, where its handles start, and the fixed axes it is seen in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data import World, blog, houses, sleep
from bayes_core.data.source import Axes

POINTS = (3, 5, 8, 20, 50, 100, 200, 500)
POSITIONS = 41


@dataclass(frozen=True)
class Scene:
    """Everything a scene fixes; its words are in assets/words/linear/posterior.md under its title."""

    title: str
    world: Callable[..., World]
    points: int
    seed: int
    width: float
    width_range: tuple[float, float]
    noise: float
    noise_range: tuple[float, float]
    noise_prior: float
    axes: Axes
    units: tuple[str, str, str]  # of slope, intercept and noise
    point: tuple[str, str]  # what one data point is called, and several
    ends: tuple[tuple[str, str], tuple[str, str]]  # words at the ends of the two handles
    views: tuple[tuple[float, float], tuple[float, float], tuple[float, float]]  # slope, intercept, sigma
    ticks: tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]
    note: str

    def positions(self, handle: str) -> FloatArray:
        """Return the values of a handle, evenly spaced in the logarithm; its start is one of them."""
        (low, high), start = (self.width_range, self.width) if handle == "width" else (self.noise_range, self.noise)
        values = np.array([float(f"{v:.3g}") for v in np.geomspace(low, high, POSITIONS)])
        values[np.abs(np.log(values / start)).argmin()] = start
        return values


def _nights(
    title: str,
    points: int,
    width: float,
    faults: tuple[tuple[int, float], ...] = (),
    y_range: tuple[float, float] = (-48, 192),
) -> Scene:
    return Scene(
        title=title,
        world=partial(sleep, faults=faults),
        points=points,
        seed=5,
        width=width,
        width_range=(0.3, 100),
        noise=14,
        noise_range=(3, 40),
        noise_prior=10,
        axes=Axes(
            (-0.4, 12),
            y_range,
            (0, 2, 4, 6, 8, 10, 12),
            tuple(range(0, int(y_range[1]), 50)),
            "nights of four hours' sleep",
            "reaction time, ms slower than usual",
        ),
        units=("ms per night", "ms", "ms"),
        point=("test", "tests"),
        ends=(("stubborn", "open-minded"), ("steady clock", "shaky clock")),
        views=((-6, 22), (-45, 60), (0.5, 50)),
        ticks=((0, 10, 20), (-25, 0, 50), (0.5, 25, 50)),
        note="nobody was tested here",
    )


SCENES = {
    "five": _nights("Five short nights", 5, 25),
    "stubborn": _nights("A stubborn prior", 8, 1.2),
    "sensor": _nights("One bad sensor", 8, 25, faults=((4, 150.0),), y_range=(-60, 300)),
    "blog": Scene(
        title="A hundred points",
        world=blog,
        points=100,
        seed=42,
        width=10,
        width_range=(0.3, 100),
        noise=12,
        noise_range=(2, 60),
        noise_prior=5,
        axes=Axes((-3, 4), (-200, 250), (-3, -2, -1, 0, 1, 2, 3, 4), (-200, -100, 0, 100, 200), "x", "y"),
        units=("per unit of x", "", ""),
        point=("point", "points"),
        ends=(("stubborn", "open-minded"), ("quiet", "noisy")),
        views=((-5, 65), (-20, 20), (0.5, 70)),
        ticks=((0, 30, 60), (-20, 0, 20), (0.5, 35, 70)),
        note="no data here",
    ),
    "houses": Scene(
        title="House prices",
        world=houses,
        points=20,
        seed=8,
        width=100,
        width_range=(0.1, 1000),
        noise=45,
        noise_range=(10, 150),
        noise_prior=50,
        axes=Axes(
            (0, 260),
            (-50, 1100),
            (0, 50, 100, 150, 200, 250),
            (0, 250, 500, 750, 1000),
            "surface, m²",
            "price, thousand €",
        ),
        units=("thousand € per m²", "thousand €", "thousand €"),
        point=("house", "houses"),
        ends=(("stubborn", "open-minded"), ("orderly market", "wild market")),
        views=((-1, 7), (-200, 300), (1, 160)),
        ticks=((0, 3, 6), (-200, 0, 300), (1, 80, 160)),
        note="nothing this large was sold",
    ),
}
