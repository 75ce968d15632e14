"""What is seen of an answer of the linear model: a picture, its labels and the panels beside it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Scale, Source
from bayes_core.evaluation.compare import Distance
from bayes_core.evaluation.coverage import Coverage
from bayes_core.figures.linear import figure, traces
from bayes_core.figures.panels import Heading, Joint, Meter, Panel, Rows, Spark
from bayes_core.figures.picture import Label
from bayes_core.figures.theme import CONCEPT
from bayes_core.figures.view import View
from bayes_core.intervals import level_words
from bayes_core.summaries.summary import estimates
from bayes_core.summaries.sweep import Sweep
from pages._ui.labels import band_labels

from .readouts import alternative, distance_rows, meter_words, worth_words

_TITLES = {"coef[0]": "slope", "intercept": "intercept", "sigma": "noise σ"}
_IDS = {"coef[0]": "slope", "intercept": "intercept", "sigma": "noise"}
_ALONE = ("exact", "prior")  # methods without a distance to the exact answer


def line(
    swept: Sweep, source: Source, method: str, badge: str, noises: FloatArray | None = None, *, waiting: bool = False
) -> View:
    """Return what is seen along a sweep; while the method is `waiting` only the data and the exact answer are shown.

    `noises` (V,) or (1,) are the true ones, where the source has a truth.
    """
    grid = swept.lens.x
    drawn = traces(swept, source.axes)
    shown = ("data", "reference") if waiting else tuple(drawn)
    return View(
        figure=figure(swept, source.axes, method, source.truth(grid), waiting=waiting),
        numbers={f"{name}.y": values for name, values in drawn.items() if name in shown},
        value=tuple(f"{v:.3g}" for v in swept.track.values),
        alt=("An answer is being computed.",) if waiting else alternative(swept),
        badge=() if waiting else (badge,),
        words={} if waiting else {"worth": worth_words(swept.worth, source.point)},
        labels=_labels(method, swept.lens.level, source),
        panels=_panels(swept, source, method, noises, waiting=waiting),
        note={"text": source.beyond, "from": float(source.seen.max())},
        trusted=None if waiting else swept.trusted,
    )


def _labels(method: str, level: float, source: Source) -> tuple[Label, ...]:
    truth = "posterior" if method == "prior" else "exact answer"
    return band_labels(
        method,
        level,
        f"a new {source.point[0]} falls here",
        "the mean line is here",
        "one line, no band",
        None if method == "exact" else (truth, f"{level_words(level)}, both kinds"),
        truth=source.world is not None,
    )


def _panels(
    swept: Sweep, source: Source, method: str, noises: FloatArray | None, *, waiting: bool
) -> tuple[Panel, ...]:
    colour, lens = CONCEPT.get(method, "posterior"), swept.lens
    panels: list[Panel] = [Heading(text="What the model now believes")]
    panels += [_spark(name, swept, source, colour, noises, waiting=waiting) for name in swept.marginals]
    panels.append(meter(lens.level))
    if method not in _ALONE:
        panels.append(far(None, lens.x[:, source.along]))
    scales = {_IDS[name]: _scale(name, source) for name in swept.marginals}
    outlines: Mapping[float, FloatArray] = {} if waiting else swept.joint
    panels.append(
        Joint(
            text="Every line is one point",
            x=("slope", scales["slope"]),
            y=("intercept", scales["intercept"]),
            levels=(lens.level, lens.inner),
            concept=colour,
            hint="Point at a line, or at a dot.",
            alt="Slope against intercept: one dot for every line drawn. Arrow keys walk from line to line.",
            outlines=outlines,
            dots=None if waiting else swept.member_weights,
        )
    )
    return tuple(panels)


def _scale(parameter: str, source: Source) -> Scale:
    return source.scales["sigma" if parameter == "sigma" else _IDS[parameter]]


def _spark(
    parameter: str, swept: Sweep, source: Source, colour: str, noises: FloatArray | None, *, waiting: bool
) -> Spark:
    named = {"id": _IDS[parameter], "name": _TITLES[parameter], "presented": parameter != "intercept"}
    scale = _scale(parameter, source)
    if waiting:
        return Spark(scale=scale, concept=colour, **named)  # type: ignore[arg-type]
    told, world = swept.marginals[parameter], source.world
    truth = None
    if world is not None:
        truths = {"coef[0]": world.coef[:1], "intercept": np.array([world.intercept]), "sigma": noises}
        truth = truths[parameter]
    mean, sd = estimates(told.mean, told.sd, told.mcse)
    still = not np.ptp(told.prior, axis=0).any()
    return Spark(
        scale=scale,
        concept=colour,
        estimate=mean,
        spread=sd,
        density=told.density,
        prior=told.prior[:1] if still else told.prior,
        truth=None if truth is None else truth[:, None],
        **named,  # type: ignore[arg-type]
    )


def meter(level: float, told: Coverage | None = None, band: str = "") -> Meter:
    """Return the honesty meter, filled once the coverage is known."""
    panel = {"text": "Can you trust the band?", "promised": level}
    if told is None:
        return Meter(**panel)  # type: ignore[arg-type]
    verdict = tuple(told.verdict(v) for v in range(len(told.share)))
    return Meter(share=told.share, verdict=verdict, sentences=meter_words(told, band), **panel)  # type: ignore[arg-type]


def far(gap: Distance | None, x: FloatArray, home: int = 0, size: int = 0) -> Rows:
    """Return the distance to the exact answer at places x (G,): known where the handle stands."""
    return Rows(text="Distance to the exact answer", rows=distance_rows(gap, x, home, size), presented=False)
