"""The scenes of the page on complexity: data, and how wide the prior is at first."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bayes_core.data.source import Axes, Source
from bayes_core.data.synthetic import temperature
from bayes_core.evaluation.complexity import highest
from pages._ui.settings import Scene
from pages._ui.suiting import along_one_that_varies, among, of_numbers, of_rows

POINTS = (15, 30, 60)
FEWEST = 8
MOST = 120
"""Rows of a reader's own that are looked at: beyond that the question is seldom open."""
WIDE, SHY = 10000.0, 4.0


@dataclass(frozen=True)
class Story:
    """Between which x the models stand, how large they may be, and what one row is called, and several."""

    ends: tuple[float, float]
    highest: int
    point: tuple[str, str]


_AXES = Axes((0, 24), (-9, 12), (0, 6, 12, 18, 24), (-5, 0, 5, 10), "hour of the day", "degrees above the day's mean")
_DAY = Story((0.0, 24.0), 12, ("reading", "readings"))


def _day(points: int, seed: int) -> Source:
    world = temperature(points, seed)
    return Source(world.dataset(), _AXES, {}, 1.5, world, point=_DAY.point)


def _scene(title: str, points: int, width: float, **also: object) -> Scene:
    start = {"points": points, "seed": 7, "width": width, **also}
    return Scene(title, start, {"width": (3.0, WIDE)}, _day, _DAY, asked={"width": (SHY, 100.0)})


SCENES: dict[str, Scene] = {
    "day": _scene("A day’s temperature", 30, 100.0),
    "endless": _scene("An endlessly open prior", 30, WIDE),
    "few": _scene("Fifteen readings", 15, 100.0),
    "many": _scene("Sixty readings", 60, 100.0),
    "bumps": _scene("Bumps instead", 30, 10.0, family="bumps", top=6),
}


def on(source: Source) -> Scene:
    """Return a reader's own numbers as a scene, along one input and counted from their mean.

    Raises ValueError where they are no numbers, never vary, or are too few for more than a line.
    """
    of_numbers(source)
    along_one_that_varies(source, "no curve can follow it")
    of_rows(source, FEWEST, "each is left out once, and the others still have to tell a curve from its noise")
    one = source.alone()
    data = among(one.dataset, 0, MOST)
    data = replace(data, y=data.y - data.y.mean())
    x = data.x[:, 0]
    most = highest(x)
    if most < 2:
        raise ValueError(
            f"“{data.feature_names[0]}” has {len(np.unique(x))} different values, and a ladder of curves needs five at "
            "least: choose an input with more of them."
        )
    room = 0.15 * float(np.ptp(data.y))
    axes = replace(one.axes, y_range=(float(data.y.min()) - room, float(data.y.max()) + room))
    height = float(f"{float(np.ptp(data.y)):.2g}")
    seen = replace(one, dataset=data, axes=axes)
    story = Story((float(x.min()), float(x.max())), most, source.point)
    start = {"points": len(data.y), "seed": 0, "width": 3 * height, "top": min(5, most)}
    reach = {"width": (height / 3, height * 1000)}
    return Scene(data.title or "Your data", start, reach, lambda **_: seen, story)
