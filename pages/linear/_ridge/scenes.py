"""The scenes of the MAP-is-ridge page: a source, where its handles start, and what its weights are called."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bayes_core.data import diabetes, temperature
from bayes_core.data.source import Axes, Source
from pages._ui.settings import Scene
from pages._ui.suiting import of_numbers, of_rows, unit_of

FEATURES = ("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6")
SIZES = (8, 12, 20, 50, 200)
MEASURED = (20, 50, 100, 200)  # fitted rows of data that have an end; the others are held out


@dataclass(frozen=True, kw_only=True)
class Story:
    """What a scene's controls, titles and choices of weights need to know besides its source.

    A `renewed` source gives new rows of the same world, at any noise; other rows are fitted or held out. `loads` is the
    registered name of the data, if they have one. `pair` are the weights of the loss surface, `told` those with a band:
    the bands of all of them would hide each other.
    """

    renewed: bool
    loads: str = ""
    sizes: tuple[int, ...]
    again: str
    pair: tuple[int, int]
    told: tuple[int, ...]
    unit: str
    weight: str
    error: str


def _day(points: int, seed: int) -> Source:
    world = temperature(points, seed)
    axes = Axes(
        (0.0, 24.0),
        (-14.0, 14.0),
        (0, 4, 8, 12, 16, 20, 24),
        (-10, -5, 0, 5, 10),
        "hour of the day",
        "degrees above the day’s mean",
    )
    return Source(world.dataset(), axes, {}, 1.5, world, point=("reading", "readings"))


def _patients(points: int, seed: int) -> Source:
    return replace(Source.of(diabetes(FEATURES)), point=("patient", "patients"))


_READINGS = Story(
    renewed=True,
    loads="temperature",
    sizes=SIZES,
    again="New data",
    pair=(1, 2),
    told=(1, 2, 3),
    unit="degrees",
    weight="weight, degrees",
    error="root mean squared error, degrees",
)
_MEASURES = Story(
    renewed=False,
    loads="diabetes",
    sizes=MEASURED,
    again="Other patients",
    pair=(FEATURES.index("bmi") + 1, FEATURES.index("s5") + 1),
    told=(FEATURES.index("bmi") + 1, FEATURES.index("bp") + 1, FEATURES.index("s5") + 1),
    unit="per sd",
    weight="weight, per standard deviation",
    error="root mean squared error",
)


def _weather(
    title: str, width: float, degree: float, points: int, view: str = "fit", seed: int = 3, asked: float = 10.0
) -> Scene:
    start = {"width": width, "noise": 1.5, "degree": degree, "points": points, "seed": seed, "view": view}
    return Scene(title, start, {"width": (0.1, 10_000.0), "noise": (0.2, 12.0)}, _day, _READINGS, {"width": (asked,)})


SCENES: dict[str, Scene] = {
    "day": _weather("A day’s temperature", 10.0, 9.0, 20, asked=0.6),
    "strong": _weather("Prior too strong", 0.6, 9.0, 20),
    "weak": _weather("Prior too weak", 3000.0, 12.0, 20, seed=8, asked=3.0),
    "bias": _weather("Are priors bias?", 10.0, 9.0, 12, "bias"),
    "more": _weather("More data", 2.0, 9.0, 200),
    "diabetes": Scene(
        "Ten features",
        {"width": 15.0, "noise": 55.0, "degree": 1.0, "points": 100, "seed": 1, "view": "weights"},
        {"width": (0.5, 2000.0), "noise": (10.0, 300.0)},
        _patients,
        _MEASURES,
    ),
}


def on(source: Source) -> Scene:
    """Return any regression source as a scene of this page: some of its rows are fitted, the others held out.

    Raises ValueError for classes, and for fewer than three rows.
    """
    of_numbers(source)
    of_rows(source, 3, "two are fitted and one is held out")
    rows, inputs = source.dataset.x.shape
    sizes = tuple(size for size in MEASURED if size <= 0.8 * rows) or (rows - max(1, rows // 5),)
    width, sigma = source.scales["weight"], source.scales["sigma"]
    one, unit = inputs == 1, unit_of(source.dataset.target_name)
    measured = f", {unit}" if unit else ""
    story = Story(
        renewed=False,
        sizes=sizes,
        again="Other rows",
        pair=(1, 2),
        told=(1, 2, 3)[: 3 if one else inputs],
        unit=(unit or source.dataset.target_name) if one else "per sd",
        weight=f"weight{measured}" if one else f"weight{measured} per standard deviation",
        error=f"root mean squared error{measured}",
    )
    start = {
        "width": float(width.start or width.high),
        "noise": source.noise_prior,
        "degree": 3.0,
        "points": sizes[-1],
        "seed": 1,
        "view": "fit" if one else "weights",
        "loud": source.world.noise if source.world else 1.5,
    }
    title = source.dataset.title or "Your data"
    return Scene(title, start, {"width": width.range, "noise": sigma.range}, lambda **_: source, story)
