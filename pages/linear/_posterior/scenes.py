"""The scenes of the linear page: a source, and where its handles start."""

from __future__ import annotations

from functools import partial

from bayes_core.data import World, blog, houses, sleep
from bayes_core.data.source import Axes, Scale, Source
from pages._ui.settings import Scene


def _nights(
    points: int, seed: int, faults: tuple[tuple[int, float], ...] = (), top: int = 192, low: int = -48
) -> Source:
    axes = Axes(
        (-0.4, 12),
        (low, top),
        (0, 2, 4, 6, 8, 10, 12),
        tuple(range(0, top, 50)),
        "nights of four hours' sleep",
        "reaction time, ms slower than usual",
    )
    scales = {
        "slope": Scale(-6, 22, (0, 10, 20), "ms per night"),
        "intercept": Scale(-45, 60, (-25, 0, 50), "ms"),
        "sigma": Scale(0.5, 50, (0.5, 25, 50), "ms"),
    }
    return _source(sleep(points, seed, faults), axes, scales, 10, ("test", "tests"), "nobody was tested here")


def _hundred(points: int, seed: int) -> Source:
    axes = Axes((-3, 4), (-200, 250), (-3, -2, -1, 0, 1, 2, 3, 4), (-200, -100, 0, 100, 200), "input, x", "output, y")
    scales = {
        "slope": Scale(-5, 65, (0, 30, 60), "per unit of x"),
        "intercept": Scale(-20, 20, (-20, 0, 20)),
        "sigma": Scale(0.5, 70, (0.5, 35, 70)),
    }
    return _source(blog(points, seed), axes, scales, 5, ("point", "points"), "no data here")


def _street(points: int, seed: int) -> Source:
    marks = (0, 50, 100, 150, 200, 250), (0, 250, 500, 750, 1000)
    axes = Axes((0, 260), (-50, 1100), *marks, "surface, m²", "price, thousand €")
    scales = {
        "slope": Scale(-1, 7, (0, 3, 6), "thousand € per m²"),
        "intercept": Scale(-200, 300, (-200, 0, 300), "thousand €"),
        "sigma": Scale(1, 160, (1, 80, 160), "thousand €"),
    }
    return _source(houses(points, seed), axes, scales, 50, ("house", "houses"), "nothing this large was sold")


def _source(
    world: World, axes: Axes, scales: dict[str, Scale], noise_prior: float, point: tuple[str, str], beyond: str
) -> Source:
    return Source(world.dataset(), axes, scales, noise_prior, world, point=point, beyond=beyond)


_TESTS = {"width": (0.3, 100.0), "noise": (3.0, 40.0)}

SCENES: dict[str, Scene] = {
    "five": Scene(
        "Five short nights",
        {"points": 5, "seed": 5, "width": 25.0, "noise": 14.0},
        _TESTS,
        _nights,
        asked={"width": (0.8,), "noise": (35.0,)},
    ),
    "stubborn": Scene("A stubborn prior", {"points": 8, "seed": 5, "width": 1.2, "noise": 14.0}, _TESTS, _nights),
    "sensor": Scene(
        "One bad sensor",
        {"points": 8, "seed": 5, "width": 25.0, "noise": 14.0},
        _TESTS,
        partial(_nights, faults=((4, 150.0),), low=-60, top=300),
    ),
    "blog": Scene(
        "A hundred points",
        {"points": 100, "seed": 42, "width": 10.0, "noise": 12.0},
        {"width": (0.3, 100.0), "noise": (2.0, 60.0)},
        _hundred,
    ),
    "houses": Scene(
        "House prices",
        {"points": 20, "seed": 8, "width": 100.0, "noise": 45.0},
        {"width": (0.1, 1000.0), "noise": (10.0, 150.0)},
        _street,
    ),
}


def on(source: Source) -> Scene:
    """Return any regression source as a scene of this page."""
    width, sigma = source.scales["width"], source.scales["sigma"]
    start = {"points": len(source.dataset.y), "seed": 0, "width": float(width.start or width.high)}
    ranges = {"width": width.range, "noise": sigma.range}
    made = source.dataset.title or "Your data"
    return Scene(made, start | {"noise": source.noise_prior}, ranges, lambda **_: source)
