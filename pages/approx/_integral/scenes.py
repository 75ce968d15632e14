"""The scenes of draws: whose forecast is averaged, and where its handles start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data import blog
from bayes_core.data.source import Source
from bayes_core.evaluation.ahead import of_line
from bayes_core.evaluation.monte_carlo import Spread, spread_of
from bayes_core.models import Linear
from bayes_core.types import Dataset, Prior
from pages._ui.settings import Scene
from pages._ui.suiting import of_numbers, unit_of

RANGES = {"draws": (10.0, 4000.0), "correlation": (0.0, 0.95)}
_AT = 2.0  # where the tutorial's line is asked


@dataclass(frozen=True, eq=False)
class Story:
    """A forecast of one new outcome: the rows, their prior, the place, and how outcome and place are called."""

    rows: Callable[[], Dataset]
    prior: Prior
    x: float
    outcome: str
    unit: str
    where: str

    def spread(self) -> Spread:
        """Return what is forecast."""
        return spread_of(of_line(self.rows(), Linear(), self.prior, np.array([self.x]), 2).now)


_TUTORIAL = Story(
    lambda: blog(100, 42).dataset(), Prior(width=10.0, noise=5.0), _AT, "output, y", "", f"where x = {_AT:g}"
)
_EVEN = {"draws": 100.0, "correlation": 0.0}

SCENES: dict[str, Scene] = {
    "tutorial": Scene(
        "A tutorial’s forecast", {**_EVEN, "seed": 3}, RANGES, story=_TUTORIAL,
        asked={"draws": (1000.0,), "correlation": (0.9,)},
    ),
    "sticky": Scene(
        "Draws that remember", {"draws": 1000.0, "correlation": 0.9, "quantity": "median", "seed": 3}, RANGES,
        story=_TUTORIAL,
    ),
    "rare": Scene(
        "One in a hundred", {**_EVEN, "quantity": "rare", "seed": 3}, RANGES, story=_TUTORIAL,
    ),
}  # fmt: skip


def on(source: Source) -> Scene:
    """Return a reader's own data as a scene: a line along one input, and a new outcome amid the rows."""
    of_numbers(source)
    data, name = source.dataset, source.dataset.feature_names[source.along]
    seen: FloatArray = source.seen
    one = Dataset(seen[:, None], data.y, "regression", (name,), data.target_name, title=data.title)
    width = source.scales["width"]
    prior = Prior(width=float(width.start or width.high), noise=source.noise_prior)
    x = float(f"{seen.mean():.4g}")
    story = Story(lambda: one, prior, x, data.target_name, unit_of(data.target_name), f"where {name} is {x:g}")
    try:
        story.spread()
    except ValueError as error:
        raise ValueError(
            "Your target lies on a line without any error, which leaves nothing to draw; bring values that vary."
        ) from error
    return Scene(data.title or "Your data", {**_EVEN, "seed": 0}, RANGES, story=story)
