"""The scenes of the calibration page: forecasters who promise too much, too little, or just what they keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bayes_core.data import ferry
from bayes_core.models import Linear, Polynomial
from bayes_core.types import Dataset, Model, Prior
from pages._ui.settings import Scene

TRAINED, OTHERS, JUDGED = 60, 1000, 1000
"""Days that are fitted, other days from which a spread can be learned, and days on which forecasts are judged."""


@dataclass(frozen=True, eq=False)
class Story:
    """A forecaster and its days: what it is fitted to, other days like those, and the days on which it is judged.

    `train`, `others` and `test` make days (n=, seed=); `made` says in Python how. `methods` are who may answer, the
    scene's own first. `learned` names the best spread of the other days.
    """

    task: str
    train: Callable[..., Dataset]
    others: Callable[..., Dataset]
    test: Callable[..., Dataset]
    made: tuple[str, str, str]
    model: Model
    prior: Prior
    methods: tuple[str, ...] = ("exact",)
    one: str = "day"
    many: str = "days"
    unit: str = "minutes"
    learned: str = "best on other days"


def _days(n: int, seed: int, growth: float = 0.0, calmest: float = 1.0) -> Dataset:
    return ferry(n, seed, growth=growth, calmest=calmest).dataset()


def _ferry(model: Model, prior: Prior, growth: float = 0.0, calmest: float = 1.0, **more: str) -> Story:
    """Return a story of the late ferry: noise that grows with the wind, or only calm days to learn from."""
    seen, judged = partial(_days, growth=growth, calmest=calmest), partial(_days, growth=growth)
    made = f"growth={growth:g}" + (f", calmest={calmest:g}" if calmest < 1 else "")
    return Story("band", seen, seen, judged, (made, made, f"growth={growth:g}"), model, prior, **more)  # type: ignore[arg-type]


_START = {"temperature": 1.0, "bins": 20.0, "cases": float(JUDGED), "seed": 7, "method": "exact"}
_RANGES = {"temperature": (0.25, 8.0), "bins": (3.0, 30.0), "cases": (10.0, float(JUDGED))}
_CURVE, _LINE = Linear(Polynomial(degree=5, low=0.0, high=25.0)), Linear()
_ASKED = {"temperature": (0.5, 2.0), "cases": (20.0,), "bins": (5.0,)}

SCENES: dict[str, Scene] = {
    "noise": Scene(
        "Noise understated by half", _START, _RANGES, asked=_ASKED,
        story=_ferry(_CURVE, Prior(30.0, 2.0, noise_known=True)),
    ),
    "stiff": Scene(
        "A stiff prior", _START, _RANGES, asked=_ASKED, story=_ferry(_CURVE, Prior(3.0, 4.0, noise_known=True))
    ),
    "storm": Scene(
        "Shifted test data", _START, _RANGES, asked=_ASKED,
        story=_ferry(_LINE, Prior(30.0, 4.0), calmest=0.6, learned="learned on calm days"),
    ),
    "average": Scene("Right on average", _START, _RANGES, asked=_ASKED, story=_ferry(_CURVE, Prior(30.0, 4.0), 0.75)),
    "fine": Scene("One that keeps its word", _START, _RANGES, asked=_ASKED, story=_ferry(_CURVE, Prior(30.0, 4.0))),
}  # fmt: skip
