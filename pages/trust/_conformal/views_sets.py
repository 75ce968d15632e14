"""What is seen of conformal sets: a map cut by thresholds, the scores, the worlds, and who is held."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Scale
from bayes_core.evaluation.class_map import Plane
from bayes_core.evaluation.conformal.along import Dots, Worlds
from bayes_core.evaluation.conformal.plane import PlaneForecast
from bayes_core.evaluation.conformal.sets_along import SetsAlong
from bayes_core.figures.class_sets import set_numbers, set_stage
from bayes_core.figures.conformal_panels import Kept, Scores
from bayes_core.figures.panels import Grid, Panel
from bayes_core.figures.view import View
from bayes_core.types import Dataset
from pages._ui.suiting import name_of

from . import readouts_sets as readouts
from .readouts import shares

SCALE = Scale(0.0, 1.0, (0, 0.25, 0.5, 0.75, 1), "")
BINS = np.linspace(0.0, 1.0, 41)
LOW = 0.4
ENDS = {True: np.linspace(LOW, 1.0, 61), False: np.linspace(LOW, 1.0, 16)}
"""By whether worlds are repeated: the bins of what sets hold; of a few dozen flowers it is a few numbers only."""


@dataclass(frozen=True, eq=False)
class Scenery:
    """What no handle changes: the points, those that are tried, the plane and its ring, who speaks by which score."""

    aside: Dataset
    fresh: Dataset
    plane: Plane
    ring: tuple[float, float]
    score: str
    badge: str
    repeats: bool
    many: str
    classes: str
    fitted: int


@dataclass(frozen=True, eq=False)
class Found:
    """What was found along a handle: the forecast, the sets, repeated worlds, and piles of scores.

    `places` (V or 1, m, D) are those of new points, which may move.
    """

    forecast: PlaneForecast
    sets: SetsAlong
    worlds: Worlds
    piles: Dots
    places: FloatArray | None


def sets(scenery: Scenery, found: Found | None, value: FloatArray) -> View:
    """Return what is seen along a handle at its values (V,); without a forecast the new points only."""
    names = readouts.set_names(scenery.aside.classes)
    stage = set_stage(scenery.aside, scenery.fresh, scenery.plane, scenery.ring, names, scenery.score)
    if found is None:
        alt = (f"A forecast is being fitted; {len(scenery.fresh.y)} {scenery.many} are shown.",)
        return View(stage=stage, alt=alt, panels=_panels(scenery, None), words=_counted(scenery))
    told, classes = found.sets, scenery.aside.classes
    return View(
        stage=stage,
        numbers=set_numbers(
            found.forecast, told.limits.threshold, told.kept, told.points, len(scenery.aside.y), found.places
        ),
        value=tuple(f"{one:g}" for one in value),
        badge=(scenery.badge,),
        words=readouts.told(told, classes, scenery.score, repeats=scenery.repeats)
        | readouts.keys(told, names)
        | {"sets.caption": readouts.captions(told, scenery.many, repeats=scenery.repeats)}
        | _counted(scenery),
        facts=readouts.facts(told),
        panels=_panels(scenery, found),
    )


def _counted(scenery: Scenery) -> dict[str, tuple[str, ...]]:
    """Return how many rows are fitted and kept aside, and by which inputs, in words."""
    across, up = (
        name_of(scenery.aside.feature_names[k].removesuffix(", sd from the mean")) for k in scenery.plane.columns
    )
    return {
        "fitted": (f"{scenery.fitted:,}",),
        "aside": (f"{len(scenery.aside.y):,}",),
        "many": (scenery.many,),
        "across": (across,),
        "up": (up,),
    }


def _panels(scenery: Scenery, found: Found | None) -> tuple[Panel, ...]:
    classes = scenery.aside.classes
    columns = (("", ""), ("these sets", ""), ("on average", ""))
    text = "Does it keep its promise?"
    names = ("promised", "exact law")
    if found is None:
        rows = {"share": (), **{f"class{k}": () for k in range(len(classes))}, "size": ()}
        return (
            Scores(scale=SCALE, classes=len(classes)),
            Kept(text=text, low=LOW, names=names),
            Grid(text="Who is in their set?", columns=columns, rows=rows),
        )
    told, worlds, repeats = found.sets, found.worlds, scenery.repeats
    return (
        Scores(
            scale=SCALE,
            classes=len(classes),
            head=readouts.heads(told, scenery.score, scenery.many),
            label=readouts.score_labels(told),
            sentence=readouts.score_words(told, classes, scenery.score),
            inside=found.piles.inside,
            outside=found.piles.outside,
            threshold=told.limits.threshold if told.by_class else told.limits.threshold[:, 0],
        ),
        Kept(
            text=text,
            low=LOW,
            names=names,
            counts=worlds.counts,
            law=worlds.law * worlds.worlds,
            mean=worlds.mean,
            level=told.level,
            share=shares(worlds.mean, 1),
            verdict=readouts.verdicts(told, repeats=repeats),
            sentence=readouts.kept_words(told, worlds, scenery.many, repeats=repeats),
        ),
        Grid(
            text="Who is in their set?",
            columns=columns,
            rows=readouts.table(told, classes, scenery.many, repeats=repeats),
        ),
    )
