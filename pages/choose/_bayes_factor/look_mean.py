"""From a mean's settings to what is seen."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bayes_core.figures import bayes_factor as figures
from bayes_core.figures.bayes_factor import Across
from bayes_core.figures.view import View
from bayes_core.foundations.bayes_factor import axes, mean, robustness, sequential
from bayes_core.foundations.bayes_factor.hypotheses import Compared
from bayes_core.foundations.bayes_factor.mean import Effect
from bayes_core.numerics.rounding import ticks
from pages._ui.words import words

from . import views
from .settings import PAGE
from .settings_mean import MeanSettings
from .views import Drawn

_GRID = 161
_DRAWN = 81
WIDTHS = (0.05, 5.0)
_WIDTH_TICKS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)


def _predict(s: MeanSettings, handle: str, found: Compared) -> Drawn:
    reach, effect = s.reach, s.effect(handle)
    at = axes.inner(-reach, reach, _DRAWN)
    predicted = mean.predicted(effect.nu, effect.n, at, s.hypotheses(handle), s.widths(handle))
    title = "t statistic" if s.summary else "t statistic: mean less the tested one, in standard errors"
    across = Across(-reach, reach, ticks(-reach, reach), title)
    return Drawn(
        figures.predictions_figure(at, across, 0.4, "density", s.top()),
        figures.predictions_numbers(predicted, effect.t, (found.null, found.other), s.top()),
        views.PREDICTIONS,
        ghost=("other",),
    )


def _heights(s: MeanSettings, handle: str, found: Compared) -> Drawn:
    effect, hypotheses = s.effect(handle), s.hypotheses(handle)
    far = axes.effects_shown(s.reach, effect.n)
    grid = axes.inner(-far, far, _GRID)
    both = mean.density(effect, s.widths(handle), grid)
    logs = [found.cut(log, grid, hypotheses, k) for k, log in enumerate(both)]
    title = "effect, in sd" if s.summary else f"effect: {s.story.name} less the tested mean, in sd"
    return Drawn(
        figures.heights_figure(grid, Across(-far, far, ticks(-far, far), title), -2.5, axes.tallest(effect.n, 1.0)),
        figures.heights_numbers(logs, hypotheses.inside, found.cut_heights, -2.5),
        views.HEIGHTS,
        ghost=("posterior",),
    )


def _along(s: MeanSettings, handle: str, found: Compared) -> Drawn:
    at, y = s.usual("seen"), s.values()
    path, _ = sequential.along_values(y, s.value, at, s.hypotheses(handle), s.widths(handle))
    top = axes.power_of(sequential.along_values(y, s.value, at, s.hypotheses(), np.array([0.707]))[0], 1)
    seen = s.positions("seen") if handle == "seen" else np.array([s.seen])
    across = Across(0.0, float(len(y)), ticks(0.0, float(len(y))), f"{s.story.many} seen")
    return Drawn(
        figures.path_figure(at, across, top),
        figures.path_numbers(at, path, seen, found.log_bf10, top),
        views.PATH,
        ghost=("path",),
    )


def _width(s: MeanSettings, handle: str, found: Compared) -> Drawn:
    widths = s.usual("width")
    over = robustness.over_widths(s.effect(handle), s.hypotheses(handle), widths)
    low, high = (float(np.log10(end)) for end in WIDTHS)
    marks = [float(np.log10(mark)) for mark in _WIDTH_TICKS]
    across = Across(low, high, marks, "width of H₁’s prior, in sd (logarithmic)")
    return Drawn(
        figures.robust_figure(widths, across, s.top(), [f"{mark:g}" for mark in _WIDTH_TICKS]),
        figures.robust_numbers(over.path, (over.at, over.largest), s.widths(handle), found.log_bf10, s.top()),
        views.ROBUST,
        ghost=("over",),
    )


_DRAWINGS: dict[str, Callable[[MeanSettings, str, Compared], Drawn]] = {
    "predict": _predict,
    "heights": _heights,
    "along": _along,
    "width": _width,
}


def look_mean(s: MeanSettings, handle: str) -> View:
    """Return what is seen of a mean along a handle."""
    hypotheses, positions = s.hypotheses(handle), s.positions(handle)
    if s.view == "along":
        at = positions if handle == "seen" else np.array([s.seen])
        found, t, p = sequential.after_values(s.values(), s.value, at, hypotheses, s.widths(handle))
        seen = tuple(f"{n:,.0f} {s.story.many}" for n in at)
    else:
        effect: Effect = s.effect(handle)
        found, t, p = mean.compare(effect, hypotheses, s.widths(handle)), effect.t, mean.p_value(effect, s.side)
        seen = (f"n = {' + '.join(str(n) for n in s.summary if n)}" if s.summary else f"{len(s.values()):,} values",)
    size = len(found.null)
    texts = tuple(f"{v:g}" for v in positions)
    said = {"counted": seen, "t.told": tuple(f"{v:.2f}".replace("-", "−") for v in np.broadcast_to(t, size))}
    drawn = _DRAWINGS[s.view](s, handle, found)
    return views.compared(
        drawn, found, np.broadcast_to(p, size), hypotheses, words(PAGE), texts, said, density=True
    )  # fmt: skip
