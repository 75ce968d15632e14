"""The scenes of the decision page: whose futures they are, what mistakes cost there, and how one speaks of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bayes_core.data import houses, observations
from bayes_core.data.source import Source
from bayes_core.evaluation.decision_along import Reach
from bayes_core.foundations.conjugate.gamma import Gamma
from bayes_core.foundations.conjugate.normal import Normal
from bayes_core.types import Dataset, Prior
from pages._ui.settings import Scene, nearest

from .bases import Basis, Counts, Level, Line

NEAR, FAR = "near", "far"
PLACES = {NEAR: "amid the data", FAR: "at the edge"}
ACTS = ("wait", "half", "full")
ACT_NAMES = {"wait": "no treatment", "half": "half a dose", "full": "a full dose"}
ACT_SHORT = {"wait": "none", "half": "half", "full": "full"}


@dataclass(frozen=True, kw_only=True)
class Story:
    """How one speaks of futures, and of acting on them; `basis(seed, where)` is what the futures rest on.

    `sides` say what lies at or below the threshold and what lies above, long and short. `unit` is that of the axis,
    `money` that of costs; `cost` names what one mistake costs, `paid` what the best action pays for, too much first.
    `measure` is what one might wait for, `seen` are the titles of the axes of what was seen; the futures are another
    such value if the story `predicts`. With `acts` one chooses between acts instead of an amount.
    """

    kind: str = "amount"
    basis: Callable[[int, str], Basis]
    axis: Callable[[str], tuple[str, str]]
    unit: str
    many: str
    measure: str
    sides: tuple[tuple[str, str], tuple[str, str]]
    action: tuple[str, tuple[str, str]]
    cost: tuple[tuple[str, str], tuple[str, str]]
    paid: tuple[str, str]
    money: str = ""
    whole: bool = False
    acts: tuple[str, ...] = ()
    seeded: bool = True
    places: tuple[str, ...] = (NEAR,)
    seen: tuple[str, str]
    predicts: bool = True


_EUROS = (50.0, 5000.0)
_HOUSE_AT = {NEAR: 120.0, FAR: 200.0}


def _house(seed: int, where: str) -> Basis:
    return Line(houses(20, seed).dataset(), Prior(width=100.0, noise=50.0), _HOUSE_AT[where])


_HOUSE = Story(
    basis=_house,
    axis=lambda where: (f"price of a house of {_HOUSE_AT[where]:g} m², thousand €", "price, thousand €"),
    unit="thousand €",
    money="€",
    many="houses",
    measure="sale",
    seen=("surface, m²", "price, thousand €"),
    sides=(("would fetch no more", "no more"), ("would fetch more", "more")),
    action=("asking price", ("low", "high")),
    cost=(("1,000 € too high", " costs"), ("1,000 € too low", " costs")),
    paid=("standing unsold", "given away"),
    places=(NEAR, FAR),
)


def _kiosk(seed: int, _: str) -> Basis:
    return Counts(Gamma.around(40.0, 0.5), observations.counts(46.0, 12, seed))


_KIOSK = Story(
    basis=_kiosk,
    axis=lambda _: ("newspapers wanted tomorrow", "newspapers wanted"),
    unit="papers",
    money="€",
    many="mornings",
    measure="morning",
    seen=("morning", "newspapers wanted"),
    sides=(("would have enough", "enough"), ("would want more", "want more")),
    action=("papers in stock", ("few", "many")),
    cost=(("a paper left over", " costs"), ("a reader turned away", " costs")),
    paid=("papers left over", "readers turned away"),
    whole=True,
)


def _patient(seed: int, _: str) -> Basis:
    return Level(Normal(np.array(42.0), np.array(6.0), np.array(4.0)), observations.readings(52.0, 4.0, 2, seed))


_PATIENT = Story(
    kind="acts",
    basis=_patient,
    axis=lambda _: ("this patient’s own level of the marker, mg/L", "own level, mg/L"),
    unit="mg/L",
    money="points of harm",
    many="such patients",
    measure="measurement",
    seen=("measurement", "marker, mg/L"),
    predicts=False,
    sides=(("need no treatment", "harmless"), ("need treatment", "harmful")),
    action=("harmful above", ("low", "high")),
    cost=(("treated in vain", ""), ("left untreated", "")),
    paid=("treated in vain", "left untreated"),
    acts=ACTS,
)


def _scene(
    title: str,
    story: Story,
    reach: tuple[float, float],
    action: float,
    seed: int,
    table: str,
    asked: dict[str, tuple[float, ...]] | None = None,
    **start: float,
) -> Scene:
    begin = {"action": action, "seed": seed, "table": table} | start
    return Scene(title, begin, {"over": reach, "under": reach}, story=story, asked=asked or {})


_SALE = "Sell as it is: 20, 20\nAuction it: 5, 35\nRenovate first: -40, 45"
_HELP = "Alone: 30, 20\nHire a helper: -20, 55"
_DOSE = "No treatment: 0, -5\nHalf a dose: -0.4, -2\nA full dose: -1, 0"
_EQUAL: dict[str, tuple[float, ...]] = {"over": (1000.0,)}
_OWN_TABLE = "Leave it: 0, 0\nAct: -1, 3"

SCENES: dict[str, Scene] = {
    "house": _scene("A price for a house", _HOUSE, _EUROS, 400.0, 8, _SALE, _EQUAL, over=300.0, under=1000.0),
    "kiosk": _scene("Stock for a kiosk", _KIOSK, (0.1, 10.0), 47.0, 5, _HELP, over=0.8, under=2.0),
    "patient": _scene("A patient’s threshold", _PATIENT, (0.1, 10.0), 49.5, 3, _DOSE, over=1.0, under=5.0),
}

_CERTAIN = (
    "Your target lies on a line without any error, which leaves nothing unsure to decide about; bring values that vary."
)
_OWN_REACH, _OWN_START = (0.1, 10.0), {"over": 1.0, "under": 3.0}


def on(source: Source) -> Scene:
    """Return a reader's own data as a scene: a line along one input, and one new row."""
    data, name = source.dataset, source.dataset.feature_names[source.along]
    unit = data.target_name.rpartition(", ")[2] if ", " in data.target_name else ""
    at = {NEAR: float(f"{source.seen.mean():.4g}"), FAR: float(source.axes.x_range[1])}
    one = Dataset(source.seen[:, None], data.y, "regression", (name,), data.target_name, title=data.title)
    width = source.scales["width"]
    prior = Prior(width=float(width.start or width.high), noise=source.noise_prior)

    def basis(_: int, where: str) -> Basis:
        return Line(one, prior, at[where])

    def axis(where: str) -> tuple[str, str]:
        plain, _, scale = name.rpartition(", ") if ", " in name else (name, "", "")
        return f"{data.target_name}, where {plain} is {at[where]:g} {scale}".strip(), data.target_name

    story = Story(
        basis=basis,
        axis=axis,
        unit=unit,
        many="outcomes",
        measure="row",
        seen=(name, data.target_name),
        sides=(("at most that", "at most"), ("above", "above")),
        action=("your action", ("low", "high")),
        cost=(("1 too much", " costs"), ("1 too little", " costs")),
        paid=("too much", "too little"),
        seeded=False,
        places=(NEAR, FAR),
    )
    try:
        futures = basis(0, NEAR).ahead().now
    except ValueError as error:
        raise ValueError(_CERTAIN) from error
    actions = Reach.of(futures).actions
    start = {
        "action": float(actions[nearest(actions, float(futures.mean))]),
        "seed": 0,
        "table": _OWN_TABLE,
    } | _OWN_START
    return Scene(data.title or "Your data", start, {"over": _OWN_REACH, "under": _OWN_REACH}, story=story)
