"""What is seen of the tutorial's network: its map, its figures beside the published ones, real against predicted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bayes_core.evaluation.class_map import ClassMap, Plane
from bayes_core.figures.class_map import class_stage, doubts, tints
from bayes_core.figures.class_panels import Confusion
from bayes_core.figures.panels import Grid, Panel, Prose, Row, Rows, Texts, Votes
from bayes_core.figures.view import View
from bayes_core.numerics.positions import at_positions
from bayes_core.types import Dataset
from pages._ui.telling import finding
from pages._ui.words import coloured_slots

from .readouts import WAITING, per_cent
from .readouts_tutorial import Judged, along, beaten, figure_cells, meaning, width_cells
from .views import SURE

WHO = ("mean-field VI", "posterior")


@dataclass(frozen=True, eq=False)
class Stand:
    """What stays: flowers, the plane over which they are seen, where the ring starts, places along a side."""

    data: Dataset
    plane: Plane
    ring: tuple[float, float]
    side: int


@dataclass(frozen=True, eq=False)
class Run:
    """What is known along a handle, by position: maps, badges, and what was judged.

    `once` are the fits that count each flower once, by the positions of the prior's width. `flowers` (V,) are as many
    as the likelihood counts, in words, and `even` is the ELBO of knowing nothing.
    """

    maps: Mapping[int, ClassMap]
    badges: Mapping[int, str]
    judged: Mapping[int, Judged]
    once: Mapping[int, Judged]
    flowers: Texts
    even: float


def tutorial(
    stand: Stand, run: Run, label: str, value: Texts, widths: Texts, text: Mapping[str, str], opening: str,
    about: tuple[Row, ...], rows: str,
) -> View:  # fmt: skip
    """Return what is seen along a handle of this label; `rows` says which flowers are judged: all, or those kept."""
    size, classes = len(value), len(stand.data.classes)
    found = along(run.judged, size)
    found["sure"] = tuple(per_cent(run.maps[v].share_surer(SURE)) if v in run.maps else "" for v in range(size))
    found["flowers"] = tuple(run.flowers[min(v, len(run.flowers) - 1)] for v in range(size))
    told = finding(opening, found, size)
    nothing = "{} {}: the answer there is " + WAITING + "."
    return View(
        stage=class_stage(stand.data, stand.plane, stand.ring, stand.side, WHO, voice=False),
        numbers={**tints(run.maps, size), **doubts(run.maps, size, classes)},
        words=found,
        panels=_panels(stand, run, found, widths, text, about, rows),
        badge=tuple(run.badges.get(v, "") for v in range(size)),
        value=value,
        alt=tuple(told[v] if v in run.judged else nothing.format(label.capitalize(), value[v]) for v in range(size)),
    )


def _panels(
    stand: Stand, run: Run, found: Mapping[str, Texts], widths: Texts, text: Mapping[str, str],
    about: tuple[Row, ...], rows: str,
) -> tuple[Panel, ...]:  # fmt: skip
    size, classes = len(found["one"]), stand.data.classes
    figures = Grid(
        text=text["figures"],
        columns=(("", ""), ("published", ""), ("here", "posterior")),
        rows=figure_cells(text, found, size),
        after=("figures.after", meaning(found["flowers"], len(stand.data.y), text)),
    )
    table = (len(classes), len(classes))
    counts = {v: one.draws.confusion.astype(float) for v, one in run.judged.items()}
    real = Confusion(
        text=text[f"confusion {rows}"],
        classes=classes,
        sides=("it is", "all draws together say"),
        counts=at_positions(counts, size, table),
        shares=at_positions({v: one.draws.shares for v, one in run.judged.items()}, size, table),
        sentence=(text[f"confusion after {rows}"],),
    )
    which = Grid(
        text=text["widths"],
        columns=(("prior sd", "prior"), ("right", ""), ("ELBO, nats", "")),
        rows=width_cells(run.once, widths, text["widths best"], text["widths best so far"]),
        badge=False,
        after=("widths.after", (beaten(run.once, widths, run.even, text),)),
    )
    return (
        figures,
        real,
        which,
        Votes(text="At the ring", classes=classes, who=WHO[0], concept=WHO[1], presented=False),
        Prose(text="How to read it", html=coloured_slots(text["read tutorial"]), presented=False, under=True),
        Rows(text="How it was computed", rows=about, presented=False, under=True),
    )
