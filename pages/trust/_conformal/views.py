"""What is seen of a conformal band: the picture with its strip, the scores, the worlds, and who is inside."""

from __future__ import annotations

from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Axes, Scale
from bayes_core.evaluation.conformal.along import Along, BoolArray, Case, Dots, Worlds
from bayes_core.figures.conformal import figure, numbers
from bayes_core.figures.conformal_panels import Kept, Scores
from bayes_core.figures.panels import Grid, Panel
from bayes_core.figures.picture import Label, Probe, Reading
from bayes_core.figures.view import View
from bayes_core.types import Dataset
from pages._ui.probing import TRUE, measured, reads

from . import readouts
from .forecasts import Forecaster

Pair = tuple[FloatArray, FloatArray]
BINS = 40
DRAWN = 200  # calibration days in the picture; the scores beside it count all of them
LOW = 0.4
ENDS = np.linspace(LOW, 1.0, 61)
STRIP = "days inside the band at each wind, %"


def score_scale(who: Forecaster, score: str) -> Scale:
    """Return the axis of the scores: fixed, whatever a handle does."""
    if score == "normalised":
        return Scale(0.0, 6.0, (0, 2, 4, 6), "s")
    if score == "cqr":
        return Scale(-12.0, 12.0, (-12, -6, 0, 6, 12), "min")
    most = who.scores
    return Scale(0.0, most, tuple(np.linspace(0.0, most, 5).tolist()), "min")


def conformal(
    who: Forecaster,
    score: str,
    case: Case,
    found: Along,
    kept: Worlds,
    piles: Dots,
    common: BoolArray,
    axes: Axes,
    handle: str,
    *,
    own: bool,
) -> View:
    """Return what is seen along a handle: its positions are those of `found`, in repeated worlds `kept`."""
    values = {"level": found.level, "days": found.days, "drift": found.drift}[handle]
    shown = numbers(found, case.calibration.y[:DRAWN], common, axes)
    if not own:
        shown = {name: rows for name, rows in shown.items() if not name.startswith("own")}
    days, new = (case.calibration.x[:DRAWN], case.calibration.y[:DRAWN]), (case.fresh.x, case.fresh.y)
    words = readouts.told(found) | {"caption": readouts.captions(found)}
    words |= {
        "label.conformal": tuple(f"{p} conformal" for p in words["promise"]),
        "gloss.conformal": readouts.glosses(found, score),
        "label.promised": tuple(f"promised {p}" for p in words["promise"]),
        "label.dip": readouts.dips(found, common),
        "gloss.truth": tuple("hidden in real life" if d == 0 else "after the change" for d in found.drift),
    }
    if own:
        words["label.own"] = tuple(f"{p} predictive" for p in words["promise"])
    return View(
        figure=_figure(who, case.population.x, days, new, common, axes, own=own),
        numbers=shown | {"forecast.y": case.population.forecast.centre[None]},
        value=tuple(f"{value:g}" for value in values),
        badge=("exact",) if who.at_once else ("sampled" if who.method == "hmc" else "approximate",),
        words=words,
        facts=readouts.facts(found),
        labels=_labels(who, own=own),
        panels=_panels(who, score, found, kept, piles),
        probe=_probe(who, axes, own=own),
        parts=_PARTS,
        ghost=("conformal", "held"),
    )


_ANSWER = ("conformal", "conformal edges", "inside", "outside", "above", "below", "held")
_PARTS = {**dict.fromkeys(_ANSWER, "answer"), "forecast": "", "dip": "numbers"}
"""A band wears the data's ink, and the forecast that it is put around is given."""


def waiting(
    who: Forecaster,
    score: str,
    x: FloatArray,
    days: Dataset,
    new: Dataset,
    common: BoolArray,
    axes: Axes,
    *,
    own: bool,
) -> View:
    """Return what is seen while a forecast is being fitted: the days, and no band."""
    seen, later = ((data.x[:, 0], data.y) for data in (days.head(DRAWN), new))
    empty = np.full(DRAWN, axes.y_range[1] * 3)
    return View(
        figure=_figure(who, x, seen, later, common, axes, own=own),
        numbers={
            "days.y": empty[None],
            "inside.y": new.y[None],
            "outside.y": np.full_like(new.y, axes.y_range[1] * 3)[None],
        },
        alt=("A forecast is being fitted; 100 new days are shown.",),
        labels=_labels(who, own=own),
        panels=_panels(who, score, None, None, None),
        probe=_probe(who, axes, own=own),
        parts=_PARTS,
    )


def _figure(
    who: Forecaster, x: FloatArray, days: Pair, new: Pair, common: BoolArray, axes: Axes, *, own: bool
) -> dict[str, Any]:
    none = np.full(len(x), np.nan)
    return figure(x, none, who.concept, none, days, new, common, axes, STRIP, own=own)


def _labels(who: Forecaster, *, own: bool) -> tuple[Label, ...]:
    labels = [
        Label("conformal", "conformal", "", "data", (("conformal", "high"),), 1.5, caps=True),
        Label("forecast", who.name, who.gloss, who.concept, (("forecast", "high"),)),
        Label("truth", "truth", "hidden in real life", "truth", (("truth", "high"),)),
    ]
    if own:
        labels.append(Label("own", "predictive", "the forecast's own", "aleatoric", (("own", "low"),), 1.5))
    return (
        *labels,
        Label("promised", "promised", "on average", "data", (("promised", "high"),)),
        Label("held", "at this wind", "what happens", "data", (("held", "last"),)),
        Label("dip", "", "", "data", (("held", "under"),)),
    )


def _probe(who: Forecaster, axes: Axes, *, own: bool) -> Probe:
    """Return what is read of the bands: a conformal one promises its level on average over days, not at this wind."""
    unit = measured(axes)
    band = "a new day between {low} and {high}" + unit
    told = [
        Reading("forecast", f"{who.name} {{y}}{unit}"),
        Reading("conformal", f"{band} ({{promise}} conformal, on average over all winds)"),
    ]
    if own:
        told.append(Reading("own", "the forecast’s own band {low} to {high} ({promise} predictive)"))
    return reads(axes, *told, TRUE)


def _panels(
    who: Forecaster, score: str, found: Along | None, kept: Worlds | None, piles: Dots | None
) -> tuple[Panel, ...]:
    scale = score_scale(who, score)
    named = {"text": "Does it keep its promise?", "low": LOW, "names": ("promised", "exact law")}
    columns = (("", ""), ("conformal", "data"), *(() if who.turned else (("its own", "aleatoric"),)))
    rows = {row: () for row in ("share", "calm", "storm", "half")}
    if found is None or kept is None or piles is None:
        empty = Grid(text="Who is inside?", columns=columns, rows=rows, presented=False)
        return Scores(scale=scale), Kept(**named), empty  # type: ignore[arg-type]
    return (
        Scores(
            scale=scale,
            head=readouts.heads(found, score),
            label=readouts.score_labels(found),
            sentence=readouts.score_words(found, score),
            inside=piles.inside,
            outside=piles.outside,
            threshold=found.threshold,
        ),
        Kept(
            counts=kept.counts,
            law=kept.law * kept.worlds,
            mean=kept.mean,
            level=found.level,
            share=readouts.shares(kept.mean, 1),
            verdict=readouts.verdicts(found),
            sentence=readouts.kept_words(found, kept),
            **named,  # type: ignore[arg-type]
        ),
        Grid(
            text="Who is inside?",
            columns=columns,
            rows=readouts.table(found.band, None if who.turned else found.own),
            presented=False,
        ),
    )
