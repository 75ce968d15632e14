"""The scenes of the calibration page: forecasters who promise too much, too little, or just what they keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from bayes_core.data import ferry, moons
from bayes_core.data.source import Source, standardised
from bayes_core.data.split import Split
from bayes_core.models import Linear, Mlp, Polynomial
from bayes_core.summaries.summary import decimals
from bayes_core.types import Dataset, Model, Prior
from pages._ui.settings import Scene
from pages._ui.suiting import name_of, of_classes, of_numbers, of_rows, unit_of

_MOONS, _SHAKEN = 0.6, 0.96
"""The noise around the two moons, and after it has grown by three fifths."""
_METHODS = ("map", "hmc")
Make = Callable[..., Dataset]


@dataclass(frozen=True, eq=False)
class Story:
    """A forecaster and its rows: what it is fitted to, others like them, and those on which it is judged.

    `train`, `others` and `test` make rows (n=, seed=), `sizes` of them; `made` says in Python how. `methods` are who
    may answer, the scene's own first. `learned` names the best spread or temperature of the other rows; `event` is
    what is forecast of a class. `decimals` are those of a width. A reader's `own` rows are parted into the three.
    """

    task: str
    train: Make
    others: Make
    test: Make
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
    decimals: int = 1
    own: Source | None = None

    @property
    def input(self) -> str:
        """Return which input a reader's own forecast reads, if it is one."""
        return name_of(self.own.dataset.feature_names[self.own.along]) if self.own else ""


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


# ------------------------------------------------------------------------------------------------ a reader's own data
FEWEST = 20  # rows: eight to fit, four to learn from, eight to judge
_MOST_FITTED, _MOST_JUDGED = {"band": 1000, "classes": 200}, 2000


def on(source: Source) -> Scene:
    """Return a reader's own rows, some fitted, some to learn the best spread from, some to judge.

    Of numbers the posterior's straight line along one input forecasts, of two classes a network of all inputs. Raises
    ValueError with the reason where that cannot be.
    """
    of_rows(source, FEWEST, "some are fitted, some kept aside, and the others judge the forecast")
    if source.dataset.task == "classification":
        return _own_scene(source, "classes")
    of_numbers(source)
    return _own_scene(source, "band")


def _own_scene(source: Source, task: str) -> Scene:
    sizes = _sizes(len(source.dataset.y), _MOST_FITTED[task])
    story = _own_band(source, sizes) if task == "band" else _own_classes(source, sizes)
    made = _scene(source.dataset.title or "Your data", story, 20.0 if task == "band" else 10.0)
    fewest = min(10.0, float(sizes[2] // 2))
    return replace(made, ranges={**made.ranges, "cases": (fewest, float(sizes[2]))})


def _sizes(rows: int, most: int) -> tuple[int, int, int]:
    """Return how many rows are fitted, learned from, and judged: two fifths, a fifth, and the rest."""
    fitted, others = min(rows * 2 // 5, most), min(rows // 5, _MOST_JUDGED)
    return fitted, others, min(rows - fitted - others, _MOST_JUDGED)


def _own_band(source: Source, sizes: tuple[int, int, int]) -> Story:
    one, many = source.point
    name = source.dataset.target_name
    prior = Prior(source.scales["width"].start or source.scales["width"].high, source.noise_prior)
    return Story(
        "band", *_parts(source.alone().dataset, sizes), sizes, ("", "", ""), Linear(), prior, ("exact",), one, many,
        unit_of(name) or name, learned=f"best on other {many}", decimals=decimals(0.0, source.noise_prior), own=source,
    )  # fmt: skip


def _own_classes(source: Source, sizes: tuple[int, int, int]) -> Story:
    of_classes(source, 2, "this lesson holds the probability of one class against what happened, so it takes two")
    one, many = source.point
    data = standardised(source.dataset)
    return Story(
        "classes", *_parts(data, sizes), sizes, ("", "", ""), Mlp((10,)), Prior(1.0), _METHODS, one, many,
        event=f"“{data.classes[1]}”", learned=f"best on other {many}", own=source,
    )  # fmt: skip


def _parts(dataset: Dataset, sizes: tuple[int, int, int]) -> tuple[Make, Make, Make]:
    return partial(_part, dataset, sizes, 0), partial(_part, dataset, sizes, 1), partial(_part, dataset, sizes, 2)


def _part(dataset: Dataset, sizes: tuple[int, int, int], which: int, n: int, seed: int) -> Dataset:
    """Return the rows that are fitted, those that teach the spread, or those that judge, as a seed parts them."""
    first = Split.of_rows(dataset, sizes[0], seed)
    if which == 0:
        return first.train
    second = Split.of_rows(first.held_out, sizes[1], seed)
    return second.train if which == 1 else second.held_out.head(n)
