"""The scenes of the calibration page: forecasters who promise too much, too little, or just what they keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bayes_core.data import ferry, moons
from bayes_core.models import Linear, Mlp, Polynomial
from bayes_core.types import Dataset, Model, Prior
from pages._ui.settings import Scene

_MOONS, _SHAKEN = 0.6, 0.96
"""The noise around the two moons, and after it has grown by three fifths."""
_METHODS = ("map", "hmc")


@dataclass(frozen=True, eq=False)
class Story:
    """A forecaster and its rows: what it is fitted to, others like them, and those on which it is judged.

    `train`, `others` and `test` make rows (n=, seed=), `sizes` of them; `made` says in Python how. `methods` are who
    may answer, the scene's own first. `learned` names the best spread or temperature of the other rows; `event` is
    what is forecast of a class.
    """

    task: str
    train: Callable[..., Dataset]
    others: Callable[..., Dataset]
    test: Callable[..., Dataset]
    sizes: tuple[int, int, int]
    made: tuple[str, str, str]
    model: Model
    prior: Prior
    methods: tuple[str, ...]
    one: str
    many: str
    unit: str = ""
    event: str = ""
    learned: str = ""


def _days(n: int, seed: int) -> Dataset:
    return ferry(n, seed, growth=0.0).dataset()


def _ferry(prior: Prior) -> Story:
    """Return a story of the late ferry, whose noise is the same on all days."""
    made = "ferry({n}, {seed}, growth=0.0).dataset()"
    curve = Linear(Polynomial(degree=5, low=0.0, high=25.0))
    return Story(
        "band", _days, _days, _days, (60, 1000, 1000), (made, made, made), curve, prior, ("exact",), "day", "days",
        "minutes", learned="best on other days",
    )  # fmt: skip


def _points(n: int, seed: int, noise: float = _MOONS) -> Dataset:
    return moons(n, seed, _MOONS).dataset(noise)


def _moons(prior: Prior, noise: float = _MOONS) -> Story:
    """Return a story of a network that tells two moons apart, judged where the noise may be another."""
    made = f"moons({{n}}, {{seed}}, {_MOONS:g}).dataset()"
    shaken = f"moons({{n}}, {{seed}}, {_MOONS:g}).dataset({noise:g})"
    return Story(
        "classes", _points, _points, partial(_points, noise=noise), (60, 1000, 2000), (made, made, shaken), Mlp((10,)),
        prior, _METHODS, "point", "points", event="of the lower moon", learned="best on other points",
    )  # fmt: skip


def _scene(title: str, story: Story, bins: float) -> Scene:
    judged = float(story.sizes[2])
    start = {"temperature": 1.0, "bins": bins, "cases": judged, "seed": 7, "method": story.methods[0]}
    ranges = {"temperature": (0.25, 8.0), "bins": (3.0, 30.0), "cases": (10.0, judged)}
    asked = {"temperature": (0.5, 2.0, 3.0), "cases": (60.0,), "bins": (30.0,)}
    return Scene(title, start, ranges, asked=asked, story=story)


SCENES: dict[str, Scene] = {
    "loud": _scene("An over-trained network", _moons(Prior(3.0)), 10.0),
    "meek": _scene("A stiff prior", _moons(Prior(0.3)), 10.0),
    "shift": _scene("Shifted test data", _moons(Prior(1.0), _SHAKEN), 10.0),
    "noise": _scene("Noise understated by half", _ferry(Prior(30.0, 2.0, noise_known=True)), 20.0),
    "fine": _scene("A band that keeps its word", _ferry(Prior(30.0, 4.0)), 20.0),
}
