"""The scenes of the network page: curves to learn, and patients with one measurement or five."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

from bayes_core.data import World, gap, patients, sine, step, swelling
from bayes_core.data.source import Axes, Source, standardised
from bayes_core.numerics.rounding import ticks
from pages._ui.link import number
from pages._ui.settings import Scene
from pages._ui.suiting import among, of_numbers, of_rows

FEWEST, MOST, PATIENTS = 3, 500, 442
REACHED = 8.0
"""How far from zero axes may go on which points are drawn and fitted as they are; others are put in sd."""
_SD = "in sd from the mean"
_YOURS = "your "


@dataclass(frozen=True)
class Story:
    """Whose rows these are: invented ones, patients with `features`, or a reader's own; of a `fixed` number or not.

    `single` draws the one network of a MAP beside the posterior. A reader's `own` are what they are.
    """

    most: int = MOST
    features: tuple[str, ...] = ()
    fixed: bool = False
    single: bool = False
    own: Source | None = None

    @property
    def sliced(self) -> bool:
        """Return whether the picture can only show a slice: there are several inputs."""
        return len(self.features) > 1 or (self.own is not None and self.own.dataset.x.shape[1] > 1)

    @property
    def inputs(self) -> tuple[str, ...]:
        """Return the inputs that a slice can run along, as a link names them: patients' measurements, or a reader's."""
        return (
            self.features if self.own is None else tuple(f"{_YOURS}{name}" for name in self.own.dataset.feature_names)
        )

    @property
    def sampled(self) -> bool:
        """Return whether only some of a reader's rows are fitted."""
        return self.own is not None and len(self.own.dataset.y) > self.most

    @property
    def counted(self) -> str:
        """Return how many of a reader's own rows are fitted, in words."""
        if self.own is None:
            return ""
        many, rows = self.own.point[1], len(self.own.dataset.y)
        if self.sampled:
            return f"{self.most:,} of your {rows:,} {many}, drawn at random, in standard deviations from the mean"
        return f"Your {rows:,} {many}" + ("" if near(self.own) else ", in standard deviations from the mean")

    def count(self, text: str) -> int:
        """Read a number of points; the ValueError for one that cannot be had says the limit and why it is there."""
        value = number(text)
        if value != int(value):
            raise ValueError(f"{text[:40]} is not a whole number")
        if value < FEWEST:
            raise ValueError(f"{text[:40]} is too few: a curve and its noise need {FEWEST} points at least")
        if value > self.most:
            reason = (
                "that is everyone in these data" if self.features else "so that everyone’s fit takes about a second"
            )
            raise ValueError(f"{text[:40]} is too many: {self.most} at most, {reason}")
        return int(value)


@dataclass(frozen=True)
class Measurement:
    """One input of the patients: its name, and what is said where nobody's value reaches."""

    title: str
    beyond: str


MEASUREMENTS = {
    "bmi": Measurement("body mass index", "nobody’s index was this high"),
    "bp": Measurement("blood pressure", "nobody’s pressure was this high"),
    "s5": Measurement("s5, probably log triglycerides", "nobody’s value was this high"),
    "s1": Measurement("total cholesterol", "nobody had this much"),
    "age": Measurement("age", "nobody was this old"),
}


def _axes(x: tuple[float, float], y: tuple[float, float], x_title: str, y_title: str) -> Axes:
    return Axes(x, y, ticks(*x), ticks(*y), x_title, y_title)


def _curve(make: Callable[..., World], points: int, seed: int, **_: str) -> Source:
    world = make(n=points, seed=seed)
    axes = _axes((-5, 5), (-2.8, 2.8), "input, x", "output, y")
    return Source(world.dataset(), axes, {}, 1.0, world, beyond="no data out here")


def _patients(features: tuple[str, ...], left: float, points: int, seed: int, along: str) -> Source:
    column = features.index(along) if len(features) > 1 else 0
    seen = MEASUREMENTS[features[column]]
    title = f"{seen.title}, {_SD}" if len(features) == 1 else f"{seen.title}, in sd · other four at their mean"
    axes = _axes((left, 5), (-3.2, 3.6), title, f"disease progression, {_SD}")
    return Source(patients(features, points, seed), axes, {}, 1.0, None, column, beyond=seen.beyond)


def _start(points: int, seed: int, width: float, noise: float) -> dict[str, Any]:
    return {"points": points, "seed": seed, "width": width, "noise": noise}


_RANGES = {"width": (0.2, 5.0), "noise": (0.05, 1.0)}
_FIVE = tuple(MEASUREMENTS)
SCENES: dict[str, Scene] = {
    "sine": Scene("A noisy sine", _start(50, 42, 1.0, 0.3), _RANGES, partial(_curve, sine), Story(single=True)),
    "gap": Scene("A gap", _start(40, 4, 1.5, 0.15), _RANGES, partial(_curve, gap), Story()),
    "step": Scene("A step", _start(50, 5, 1.0, 0.2), _RANGES, partial(_curve, step), Story()),
    "swelling": Scene("Noise that grows", _start(50, 6, 1.0, 0.4), _RANGES, partial(_curve, swelling), Story()),
    "patients": Scene(
        "Real patients", _start(100, 1, 1.0, 1.0), _RANGES, partial(_patients, ("bmi",), -3),
        Story(PATIENTS, ("bmi",)),
    ),
    "five": Scene(
        "Five measurements", _start(200, 1, 0.5, 1.0), _RANGES, partial(_patients, _FIVE, -4), Story(PATIENTS, _FIVE)
    ),
}  # fmt: skip


def on(source: Source, most: int = MOST) -> Scene:
    """Return any regression source as a scene of this page: in standard deviations from the mean.

    Of more rows than `most`, which a network can sample in the time that anybody waits, so many are drawn. Raises
    ValueError for classes, and for fewer rows than a curve and its noise need.
    """
    of_numbers(source)
    of_rows(source, FEWEST, "a curve and its noise")
    story = Story(min(len(source.dataset.y), most), fixed=True, own=source)
    title = source.dataset.title or "Your data"
    start = _start(story.most, 0, 1.0, 1.0) | {"along": story.inputs[source.along]}
    return Scene(title, start, _RANGES, partial(_own, source, most), story)


def input_title(name: str) -> str:
    """Return an input of a slice as it is shown.

    >>> input_title("bmi"), input_title("your bmi")
    ('body mass index', 'bmi')
    """
    return MEASUREMENTS[name].title if name in MEASUREMENTS else name.removeprefix(_YOURS)


def near(source: Source) -> bool:
    """Return whether points were drawn on axes that a network's weights reach as they are."""
    axes = source.axes
    return source.placed and max(map(abs, (*axes.x_range, *axes.y_range))) <= REACHED


@lru_cache(maxsize=16)
def _own(source: Source, most: int, seed: int, along: str, **_: object) -> Source:
    """Return a reader's rows, or as many of them as can be sampled, looked at along one of their inputs."""
    if near(source) and len(source.dataset.y) <= most:
        return source
    dataset = among(standardised(source.dataset), seed, most)
    seen = Source.of(dataset, dataset.feature_names.index(input_title(along)))
    x_title = f"{seen.axes.x_title}, {_SD}"
    if dataset.x.shape[1] > 1:
        x_title = f"{seen.axes.x_title}, in sd · other inputs at their mean"
    axes = replace(seen.axes, x_title=x_title, y_title=f"{seen.axes.y_title}, {_SD}")
    return replace(seen, axes=axes, noise_prior=1.0, beyond=source.beyond, point=source.point)
