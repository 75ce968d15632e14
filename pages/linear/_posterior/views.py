"""What is seen of an answer of the linear model: a picture, its labels and the panels beside it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.data.source import Scale, Source
from bayes_core.evaluation.compare import Distance
from bayes_core.evaluation.coverage import MAKERS, Coverage
from bayes_core.evaluation.coverage_along import Along
from bayes_core.figures.linear import figure, traces
from bayes_core.figures.panels import Heading, Joint, Meter, Panel, Prose, Rows, Spark, Worlds
from bayes_core.figures.picture import Label, Probe
from bayes_core.figures.theme import CONCEPT
from bayes_core.figures.view import View
from bayes_core.intervals import level_words
from bayes_core.summaries.sweep import Sweep
from pages._ui.labels import band_labels
from pages._ui.probing import band_probe

from .readouts import (
    BUTTONS,
    DRAWN_POINTS,
    HELD,
    METER,
    NO_METER,
    SIGNS,
    WHOSE,
    Told,
    distance_rows,
    facts,
    meter_words,
    said,
    worlds_words,
)
from .settings import SHOWN

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
    seen = {} if waiting else swept.marginals
    told = {name: Told.of(one, skewed=name == "sigma") for name, one in seen.items()}
    shown = ("data", "reference") if waiting else tuple(drawn)
    return View(
        figure=figure(swept, source.axes, method, source.truth(grid), waiting=waiting),
        numbers={f"{name}.y": values for name, values in drawn.items() if name in shown},
        value=tuple(f"{v:.3g}" for v in swept.track.values),
        alt=("An answer is being computed.",) if waiting else (),
        badge=() if waiting else (badge,),
        words={} if waiting else said(swept, method, source.point, told),
        facts={} if waiting else facts(swept),
        labels=_labels(method, swept.lens.level, source),
        panels=_panels(swept, told, source, method, noises, waiting=waiting),
        note={"text": source.beyond, "from": float(source.seen.max())},
        ghost=("predictive", "credible"),
        probe=_probe(method, swept.lens.level, source),
        trusted=None if waiting else swept.trusted,
    )


def _labels(method: str, level: float, source: Source) -> tuple[Label, ...]:
    truth = "posterior" if method == "prior" else "exact answer"
    return band_labels(
        method,
        level,
        f"a new {source.point[0]} falls here",
        "at each x separately",
        "one line, no band",
        None if method == "exact" else (truth, f"{level_words(level)}, both kinds"),
        truth=source.world is not None,
    )


def _probe(method: str, level: float, source: Source) -> Probe:
    one, many = source.point
    known = source.world is not None
    return band_probe(source.axes, method, level, f"a new {one}", f"the mean of all such {many}", truth=known)


def _panels(
    swept: Sweep, told: Mapping[str, Told], source: Source, method: str, noises: FloatArray | None, *, waiting: bool
) -> tuple[Panel, ...]:
    colour, lens = CONCEPT.get(method, "posterior"), swept.lens
    panels: list[Panel] = [Heading(text="What the model now believes")]
    panels += [_spark(name, swept, told.get(name), source, colour, noises) for name in swept.marginals]
    if source.world is not None:  # what was measured has no truth to repeat
        panels.append(meter(lens.level, method))
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
    if source.world is not None and method in MAKERS:
        panels.append(worlds(source, method))
    return tuple(panels)


def _scale(parameter: str, source: Source) -> Scale:
    return source.scales["sigma" if parameter == "sigma" else _IDS[parameter]]


def _spark(
    parameter: str, swept: Sweep, told: Told | None, source: Source, colour: str, noises: FloatArray | None
) -> Spark:
    """Return a parameter's spark; empty while nothing can be told of it."""
    named = {"id": _IDS[parameter], "name": _TITLES[parameter], "presented": parameter != "intercept"}
    scale = _scale(parameter, source)
    if told is None:
        return Spark(scale=scale, concept=colour, **named)  # type: ignore[arg-type]
    marginal, world = swept.marginals[parameter], source.world
    truth = None
    if world is not None:
        truths = {"coef[0]": world.coef[:1], "intercept": np.array([world.intercept]), "sigma": noises}
        truth = truths[parameter]
    still = not np.ptp(marginal.prior, axis=0).any()
    return Spark(
        scale=scale,
        concept=colour,
        estimate=told.estimate,
        sd=told.sd,
        spread=told.beside,
        interval=told.interval(swept.lens.level),
        density=marginal.density,
        prior=marginal.prior[:1] if still else marginal.prior,
        truth=None if truth is None else truth[:, None],
        **named,  # type: ignore[arg-type]
    )


def meter(level: float, method: str, told: Along | None = None, average: Coverage | None = None) -> Panel:
    """Return the meter, filled once the coverage is known; where there is no band it says why it is missing."""
    if method not in MAKERS:
        return Prose(text=METER, html=NO_METER)
    panel = {"text": METER, "level": level, "rows": HELD, "columns": WHOSE, "buttons": BUTTONS}
    if told is None or average is None:
        return Meter(**panel)  # type: ignore[arg-type]
    own = told.coverage
    shares = np.stack([own.pointwise, average.pointwise, own.whole, average.whole], axis=1)
    verdict = tuple(f"At each x, this truth: {own.verdict(v)}" for v in range(len(shares)))
    sentences = meter_words(told, average, method)
    return Meter(shares=shares, verdict=verdict, sentences=sentences, **panel)  # type: ignore[arg-type]


def worlds(
    source: Source,
    method: str,
    entered: int = 0,
    edges: tuple[FloatArray, FloatArray] | None = None,
    held: NDArray[np.bool_] | None = None,
    data: FloatArray | None = None,
) -> Worlds:
    """Return small multiples of repeated worlds, filled once their bands (V, R, T) are known."""
    grid = source.slice(source.axes.grid(9))
    truth, few = source.truth(grid), slice(None, DRAWN_POINTS)
    panel = {
        "text": f"{SHOWN} of the repeated worlds",
        "count": SHOWN,
        "x": grid[:, source.along],
        "truth": np.zeros(len(grid)) if truth is None else truth,
        "points": source.seen[few],
        "ranges": (source.axes.x_range, source.axes.y_range),
        "concept": CONCEPT.get(method, "posterior"),
        "names": SIGNS,
        "enter": "World",
        "entered": entered,
        "presented": False,
    }
    if edges is None or held is None or data is None:
        return Worlds(**panel)  # type: ignore[arg-type]
    bands = np.stack([source.axes.clip(edge) for edge in edges], axis=2)
    signs = tuple("".join("✓" if one else "✗" for one in row) for row in held)
    drawn = source.axes.clip(data[:, :, few])
    return Worlds(bands=bands, data=drawn, signs=signs, sentences=worlds_words(held, data.shape[2]), **panel)  # type: ignore[arg-type]


def far(gap: Distance | None, x: FloatArray, home: int = 0, size: int = 0) -> Rows:
    """Return the distance to the exact answer at places x (G,): known where the handle stands."""
    return Rows(text="Distance to the exact answer", rows=distance_rows(gap, x, home, size), presented=False)
