"""The scenes of the updating page: a family of beliefs with a story, and where its handles start."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bayes_core.data.source import Source
from pages._ui.settings import Scene
from pages._ui.suiting import of_classes


@dataclass(frozen=True)
class Story:
    """A family, its truth, the axis it is seen on, how many data there may be, and what they are called.

    `rivals` are other priors as (mean, worth), the plainest one last; `noise` is that of one observation, where the
    family has any. A share has two `sides`, each with its `letters`.
    """

    family: str
    truth: float
    axis: tuple[float, float]
    parameter: str
    one: str
    many: str
    sizes: tuple[int, ...]
    rivals: dict[str, tuple[float, float]]
    noise: float = 0.0
    unit: str = ""
    sides: tuple[str, str] = ("heads", "tails")
    letters: str = "HT"

    @property
    def plain(self) -> str:
        """Return the name of the prior that the others are measured by."""
        return list(self.rivals)[-1]


_RIVALS = {"sceptic": (0.5, 100.0), "enthusiast": (0.9, 20.0), "flat": (0.5, 2.0)}
_SIZES = (10, 20, 100, 1000)
_COIN = Story("beta", 0.7, (0.0, 1.0), "share of heads", "flip", "flips", _SIZES, _RIVALS)
_SHARE = {"centre": (0.02, 0.98)}

SCENES: dict[str, Scene] = {
    "coin": Scene(
        "A bent coin", {"centre": 0.5, "worth": 10.0, "seen": 6.0, "points": 20, "seed": 4}, _SHARE, story=_COIN,
        asked={"worth": (2.0, 200.0)},
    ),
    "rivals": Scene(
        "Three rivals",
        {"centre": 0.5, "worth": 10.0, "seen": 10.0, "points": 100, "seed": 7, "view": "rivals"},
        _SHARE,
        story=_COIN,
    ),
    "scale": Scene(
        "A trembling scale",
        {"centre": 70.0, "worth": 0.5, "seen": 3.0, "points": 12, "seed": 3},
        {"centre": (62.0, 82.0)},
        story=Story(
            "normal", 72.3, (62.0, 82.0), "true weight, kg", "weighing", "weighings", (10, 12, 100, 1000),
            {"sceptic": (70.0, 10.0), "enthusiast": (78.0, 3.0), "vague": (70.0, 0.01)}, 1.5, "kg",
        ),
    ),
    "buses": Scene(
        "Buses in an hour",
        {"centre": 7.0, "worth": 3.0, "seen": 3.0, "points": 12, "seed": 5},
        {"centre": (0.5, 14.0)},
        story=Story(
            "gamma", 4.2, (0.0, 14.0), "buses an hour", "hour", "hours", (10, 12, 100, 1000),
            {"sceptic": (7.0, 12.0), "enthusiast": (10.0, 3.0), "vague": (10.0, 0.1)},
        ),
    ),
    "voters": Scene(
        "A hundred thousand voters",
        {"centre": 0.5, "worth": 10.0, "seen": 1000.0, "points": 100_000, "seed": 2},
        _SHARE,
        story=Story(
            "beta", 0.52, (0.44, 0.6), "share of yes", "voter", "voters", (1000, 10_000, 100_000), _RIVALS,
            sides=("yes", "no"), letters="YN",
        ),
    ),
}  # fmt: skip

_YES = ("yes", "y", "true", "1", "ja", "oui", "si", "sí")


def on(source: Source) -> Scene:
    """Return a target of two classes as counts: how many rows are of the one, and how many are not.

    Raises ValueError with the reason for any other.
    """
    of_classes(source, 2, "this lesson counts one against one other")
    data, (one, many) = source.dataset, source.point
    yes = next((k for k, name in enumerate(data.classes) if name.lower() in _YES), 1)
    counted, rows = int((data.y == yes).sum()), len(data.y)
    sides = data.classes[yes], data.classes[1 - yes]
    story = replace(
        _COIN, parameter=f"share of “{sides[0]}”", one=one, many=many, sizes=(20,), sides=sides, letters="YN"
    )
    start = {"centre": 0.5, "worth": 10.0, "seen": 0.0, "points": 20, "seed": 0, "data": f"{counted}:{rows - counted}"}
    return Scene(data.title or "Your data", start, _SHARE, story=story)
