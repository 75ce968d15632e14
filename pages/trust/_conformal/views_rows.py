"""What is seen of a conformal band around a reader's own numbers: the picture, the scores, other splits, who is inside.

The truth behind them is not known, so nothing is told of it: no strip of what happens at each place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.conformal.along import Dots, Worlds
from bayes_core.evaluation.conformal.bands_resplit import Bands, Lot
from bayes_core.evaluation.conformal.numbers import Edges, Forecast, edges
from bayes_core.figures.conformal import rows_figure, rows_numbers
from bayes_core.figures.conformal_panels import Kept, Scores
from bayes_core.figures.panels import Grid, Panel
from bayes_core.figures.picture import Label, Probe, Reading
from bayes_core.figures.view import View
from bayes_core.types import Dataset
from pages._ui.probing import measured, reads
from pages._ui.suiting import name_of

from . import readouts_rows as readouts
from .forecasts import Forecaster
from .readouts import shares
from .scenes_rows import Rows

BINS = 40
LOW = 0.4
ENDS = np.linspace(LOW, 1.0, 16)


@dataclass(frozen=True, eq=False)
class Scenery:
    """What no handle changes: whose rows, who forecasts by which score, rows fitted and kept aside, and the places."""

    rows: Rows
    who: Forecaster
    score: str
    fitted: Dataset
    aside: Dataset
    places: FloatArray
    own: bool

    @property
    def words(self) -> readouts.Named:
        """Return what rows and their unit are called."""
        one, many = self.rows.source.point
        return readouts.Named(
            one, many, self.rows.unit, self.rows.decimals, name_of(self.rows.source.dataset.target_name)
        )


def bands(
    scenery: Scenery, lot: Lot, forecast: Forecast, own: Mapping[float, Edges], found: Bands, worlds: Worlds,
    piles: Dots, handle: str,
) -> View:  # fmt: skip
    """Return what is seen along a handle: its positions are those of `found`, other splits are `worlds`."""
    values, named = {"level": found.level, "points": found.points}[handle], scenery.words
    drawn = {"conformal": edges(forecast, found.threshold[:, None], scenery.score)}
    if scenery.own:
        parts = [own[float(p)] for p in found.level]
        drawn["own"] = np.array([low for low, _ in parts]), np.array([high for _, high in parts])
    words = readouts.told(found, named, scenery.rows.fitted)
    words |= {
        "label.conformal": tuple(f"{p} conformal" for p in words["promise"]),
        "gloss.conformal": readouts.glosses(found, scenery.score, named),
    }
    if scenery.own:
        words["label.own"] = tuple(f"{p} predictive" for p in words["promise"])
    who = scenery.who
    return View(
        figure=_figure(scenery, (lot.x, lot.y)),
        numbers=rows_numbers(drawn, forecast.centre, lot.y, found.kept, found.points.astype(float), scenery.rows.axes),
        value=tuple(f"{value:g}" for value in values),
        badge=("exact",) if who.at_once else ("sampled" if who.method == "hmc" else "approximate",),
        words=words,
        facts=readouts.facts(found),
        labels=_labels(scenery),
        panels=_panels(scenery, lot, found, worlds, piles),
        probe=_probe(scenery),
        parts=_PARTS,
        drawn=_DRAWN,
        ghost=("conformal",),
    )


_ANSWER = ("conformal", "conformal edges", "inside", "outside")
_PARTS = dict.fromkeys(_ANSWER, "answer") | {"forecast": "", "fitted": ""}
"""A band wears the data's ink, and the forecast that it is put around is given."""
_DRAWN = ("inside", "outside", "days", "fitted")


def _figure(scenery: Scenery, aside: tuple[FloatArray, FloatArray]) -> dict[str, Any]:
    fitted = scenery.fitted
    return rows_figure(
        scenery.places, scenery.who.concept, aside, (fitted.x[:, 0], fitted.y), scenery.rows.axes, own=scenery.own
    )  # fmt: skip


def waiting(scenery: Scenery) -> View:
    """Return what is seen while a forecast is being fitted: the rows, and no band."""
    aside, axes = scenery.aside, scenery.rows.axes
    return View(
        figure=_figure(scenery, (aside.x[:, 0], aside.y)),
        numbers=rows_numbers(
            {}, np.full(len(scenery.places), np.nan), aside.y, np.ones((1, len(aside.y)), bool), np.zeros(1), axes
        ),
        words=readouts.counted(scenery.words, scenery.rows.fitted, len(aside.y)),
        alt=(f"A forecast is being fitted; {len(aside.y)} {scenery.words.many} are shown.",),
        labels=_labels(scenery),
        panels=_panels(scenery, None, None, None, None),
        probe=_probe(scenery),
        parts=_PARTS,
        drawn=_DRAWN,
    )


def _labels(scenery: Scenery) -> tuple[Label, ...]:
    who = scenery.who
    labels = [
        Label("conformal", "conformal", "", "data", (("conformal", "high"),), 1.5, caps=True),
        Label("forecast", who.name, who.gloss, who.concept, (("forecast", "high"),)),
    ]
    if scenery.own:
        labels.append(Label("own", "predictive", "the forecast's own", "aleatoric", (("own", "low"),), 1.5))
    return tuple(labels)


def _probe(scenery: Scenery) -> Probe:
    """Return what is read of the bands: a conformal one promises its level on average over rows, not at this place."""
    axes, one = scenery.rows.axes, scenery.words.one
    unit = measured(axes)
    told = [
        Reading("forecast", f"{scenery.who.name} {{y}}{unit}"),
        Reading(
            "conformal",
            f"a new {one} between {{low}} and {{high}}{unit} ({{promise}} conformal, on average over all places)",
        ),
    ]
    if scenery.own:
        told.append(Reading("own", "the forecast’s own band {low} to {high} ({promise} predictive)"))
    return reads(axes, *told)


def _panels(
    scenery: Scenery, lot: Lot | None, found: Bands | None, worlds: Worlds | None, piles: Dots | None
) -> tuple[Panel, ...]:
    who, named = scenery.who, scenery.words
    scale = scenery.rows.scale(scenery.score, turned=who.turned)
    text, names = "Does it keep its promise?", ("promised", "exact law")
    columns = (("", ""), ("conformal", "data"), *(() if who.turned else (("its own", "aleatoric"),)))
    if lot is None or found is None or worlds is None or piles is None:
        empty = Grid(text="Who is inside?", columns=columns, rows={"share": (), "half": ()}, presented=False)
        return Scores(scale=scale), Kept(text=text, low=LOW, names=names), empty
    return (
        Scores(
            scale=scale,
            head=readouts.heads(found, scenery.score, named),
            label=readouts.score_labels(found),
            sentence=readouts.score_words(found, scenery.score, named),
            inside=piles.inside,
            outside=piles.outside,
            threshold=found.threshold,
        ),
        Kept(
            text=text,
            low=LOW,
            names=names,
            counts=worlds.counts,
            law=worlds.law * worlds.worlds,
            mean=worlds.mean,
            level=found.level,
            share=shares(worlds.mean, 1),
            verdict=readouts.verdicts(found, worlds),
            sentence=readouts.kept_words(found, worlds, lot.equal, named),
        ),
        Grid(text="Who is inside?", columns=columns, rows=readouts.table(found, named, own=not who.turned),
             presented=False),
    )  # fmt: skip
