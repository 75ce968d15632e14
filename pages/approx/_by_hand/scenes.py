"""The scenes of the page on approximation: whose posterior it is, where q begins, and how one speaks of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bayes_core.approximation import Exact, LaplaceSlope, LogOdds, Target, Tilted, Weighings, standard_slope
from bayes_core.approximation.standing import Reach
from bayes_core.data import observations
from bayes_core.data.source import Scale, Source
from bayes_core.figures.bells import BellAxes
from pages._ui.settings import Scene

PAGE = "approx/by_hand"
NIGHTS = 40
COFFEE_NOISE, COFFEE_SCALE = 24.0, 1.0


@dataclass(frozen=True, kw_only=True)
class Hand:
    """A posterior with one unknown: `target(seed)` makes it, `axes` are its picture's.

    `endings` say where Adam ends, minimum by minimum from left to right, by a key and in words; `peaks` are places
    beside which the name of p may hang, `across` the marks of the map of means. `seen` are the readings that are drawn,
    with their name.
    """

    target: Callable[[], Target]
    axes: BellAxes
    unit: str
    digits: tuple[int, int]
    endings: tuple[tuple[str, str], ...] = (("best", "at the only best place"),)
    peaks: tuple[float, ...]
    seen: tuple[str, tuple[float, ...]] = ("", ())
    gloss: str
    across: tuple[float, ...]


def coffee() -> LaplaceSlope:
    """Return the slope of minutes of sleep lost on cups of coffee, for 40 evenings of which most say little."""
    x, y = observations.evenings(NIGHTS, seed=4, slope=3.0, noise=COFFEE_NOISE)
    return LaplaceSlope(tuple(x.tolist()), tuple(y.tolist()), COFFEE_NOISE, COFFEE_SCALE)


_READINGS = (69.7, 70.5, 75.1, 75.6)
_HUMPS = Hand(
    target=lambda: Weighings(_READINGS),
    axes=BellAxes(
        (65.2, 80.0),
        0.95,
        (66.0, 68.0, 70.0, 72.0, 74.0, 76.0, 78.0),
        ("66", "68", "70", "72", "74", "76", "78"),
        (0.0, 0.2, 0.4, 0.6, 0.8),
        ("weight, kg", "weight, kg"),
    ),
    unit="kg",
    digits=(1, 2),
    endings=(("left", "on the left hump"), ("both", "over both humps"), ("right", "on the right hump")),
    peaks=(70.4, 75.2),
    seen=("four weighings", _READINGS),
    gloss="two humps, by quadrature",
    across=(66.0, 70.0, 74.0, 78.0),
)
_SLOPE = Hand(
    target=coffee,
    axes=BellAxes(
        (-6.0, 10.0),
        0.62,
        (-6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0, 8.0, 10.0),
        ("−6", "−4", "−2", "0", "2", "4", "6", "8", "10"),
        (0.0, 0.2, 0.4, 0.6),
        ("minutes of sleep lost for each cup", "minutes for each cup"),
    ),
    unit="min",
    digits=(1, 2),
    peaks=(0.0, 2.5),
    gloss="a crease at 0, from its prior",
    across=(-4.0, 0.0, 4.0, 8.0),
)
_RARE = Hand(
    target=lambda: LogOdds(0, 20),
    axes=BellAxes(
        (-11.0, 1.0),
        0.62,
        (-9.21, -6.907, -4.595, -2.197, 0.0),
        ("0.01 %", "0.1 %", "1 %", "10 %", "50 %"),
        (0.0, 0.2, 0.4, 0.6),
        ("share that fails, on the scale of its log odds", "share that fails, log odds"),
    ),
    unit="",
    digits=(2, 2),
    peaks=(-5.5, -1.9),
    gloss="a long tail towards never",
    across=(-8.0, -6.0, -4.0, -2.0),
)


@dataclass(frozen=True, kw_only=True)
class Noise:
    """A climb by noisy gradients on a posterior, from a start: the picture's heights and marks."""

    target: Callable[[], LaplaceSlope]
    start: tuple[float, float]
    up: tuple[float, float]
    marks: tuple[float, ...]
    unit: str
    what: str


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two weights whose posterior is tilted, by where their input is counted from; the picture's axes by that too."""

    line: Callable[[float], Tilted]
    origins: Mapping[str, float]
    x: tuple[str, Scale]
    y: Mapping[str, tuple[str, Scale]]
    units: tuple[str, str]
    nights: tuple[float, float]


ORIGINS = {"first": 0.0, "middle": 2.75}
ORIGIN_NAMES = {"first": "from no short night", "middle": "from the middle of the data"}


def short_nights(origin: float) -> Tilted:
    """Return slope and intercept of reaction time on short nights, eight people, counted from some number of nights."""
    x = (0.0, 1.0, 2.0, 4.0, 5.0, 1.0, 3.0, 6.0)
    return Tilted(x, (12.0, -1.7, 7.9, 52.9, 41.2, 20.0, 8.3, 71.9), noise=12.0, prior=(20.0, 40.0), origin=origin)


_PAIR = Pair(
    line=short_nights,
    origins=ORIGINS,
    x=("slope, ms for each short night", Scale(3.0, 17.0, (4.0, 6.0, 8.0, 10.0, 12.0, 14.0, 16.0))),
    y={
        "first": ("intercept, ms", Scale(-24.0, 22.0, (-20.0, -10.0, 0.0, 10.0, 20.0))),
        "middle": ("intercept in the middle, ms", Scale(3.0, 49.0, (10.0, 20.0, 30.0, 40.0))),
    },
    units=("ms/night", "ms"),
    nights=(0.0, 6.0),
)


def on(source: Source) -> Scene:
    """Return the slope of a reader's own data as a scene, between columns on one footing."""
    data, name = source.dataset, source.dataset.feature_names[source.along]
    exact = Exact(standard_slope(source.seen, data.y))
    reach = Reach.of(exact)
    plain = [one.rpartition(", ")[0] or one for one in (data.target_name, name)]
    title = f"slope: sds of {plain[0]} for each sd of {plain[1]}"
    texts = tuple(f"{mark:.10g}".replace("-", "−") for mark in reach.marks)
    story = Hand(
        target=lambda: exact.target,
        axes=BellAxes(reach.x, reach.top, reach.marks, texts, reach.heights, (title, "slope, in sds")),
        unit="",
        digits=(reach.places, reach.places),
        peaks=reach.peaks,
        across=reach.marks[::2],
        gloss="its prior prefers 0",
    )
    start = {"mean": reach.start[0], "width": reach.start[1], "step": 0.0, "way": "reverse"}
    ranges = {"mean": reach.means, "width": reach.widths}
    return Scene(data.title or "Your data", start, ranges, story=story, asked={"step": (120.0,)})


HANDS: dict[str, Scene] = {
    "humps": Scene(
        "Two humps",
        {"mean": 71.6, "width": 0.8, "step": 0.0, "way": "reverse"},
        {"mean": (66.0, 79.0), "width": (0.25, 5.0)},
        story=_HUMPS,
        asked={"mean": (75.16, 74.0), "width": (0.46, 1.5), "step": (120.0,)},
    ),
    "slope": Scene(
        "A slope, perhaps nothing",
        {"mean": 3.0, "width": 1.0, "step": 0.0, "way": "reverse"},
        {"mean": (-5.0, 9.0), "width": (0.4, 6.0)},
        story=_SLOPE,
        asked={"step": (120.0,)},
    ),
    "rare": Scene(
        "A share near zero",
        {"mean": -2.5, "width": 0.6, "step": 0.0, "way": "reverse"},
        {"mean": (-8.0, -0.5), "width": (0.3, 4.0)},
        story=_RARE,
        asked={"step": (120.0,)},
    ),
}
CLIMBS: dict[str, Scene] = {
    "noise": Scene(
        "Let Adam do it",
        {"step": 60.0, "rate": 0.05, "draws": 4, "batch": 0, "weight": "right", "baseline": False, "seed": 3},
        {"rate": (0.01, 0.3)},
        story=Noise(
            target=coffee, start=(6.0, 0.5), up=(-6.0, 11.0), marks=(-5.0, 0.0, 5.0, 10.0), unit="min",
            what="minutes of sleep lost for each cup",
        ),
        asked={"step": (240.0,)},
    ),
}  # fmt: skip
PAIRS: dict[str, Scene] = {
    "tilt": Scene(
        "Two weights, tilted",
        {"wide": 2.1, "tall": 7.11, "tilt": 0.0, "family": "meanfield", "origin": "first"},
        {"wide": (0.4, 4.0), "tall": (1.5, 14.0), "tilt": (-0.98, 0.98)},
        story=_PAIR,
        asked={"wide": (1.25, 2.1, 2.13), "tall": (4.22, 7.11), "tilt": (-0.8,)},
    ),
}
