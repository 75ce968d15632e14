"""From a share's settings to what is seen."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures import bayes_factor as figures
from bayes_core.figures.bayes_factor import Across
from bayes_core.figures.view import View
from bayes_core.foundations.bayes_factor import axes, proportion, robustness, sequential
from bayes_core.foundations.bayes_factor.hypotheses import Compared
from bayes_core.foundations.conjugate.beta import Beta
from bayes_core.numerics.rounding import ticks
from pages._ui.words import words

from . import views
from .settings import PAGE
from .settings_share import ShareSettings
from .views import Drawn

_GRID = 161
WORTHS = (0.1, 1000.0)
_WORTH_TICKS = (0.1, 1.0, 10.0, 100.0, 1000.0)


def _predict(s: ShareSettings, handle: str, found: Compared) -> Drawn:
    low, high = s.shown
    at = axes.whole_numbers(low, high)
    hypotheses, worths = s.hypotheses(handle), s.worths(handle)
    predicted = proportion.predicted(s.n, at, hypotheses, worths)
    across = Across(low - 0.5, high + 0.5, ticks(low, high), f"{s.story.sides[0]} in {s.n:,} {s.story.many}")
    highest = axes.highest(proportion.predicted(s.n, at, s.hypotheses().at(np.zeros(1)), np.array([2.0]))[0])
    return Drawn(
        figures.predictions_figure(at, across, highest, "probability", s.top()),
        figures.predictions_numbers(predicted, s.count(handle).heads, (found.null, found.other), s.top()),
        views.PREDICTIONS[:2],
        grip={"handle": "heads", "text": "seen"},
        ghost=("other",),
    )


def _heights(s: ShareSettings, handle: str, found: Compared) -> Drawn:
    low, high = (end / s.n for end in s.shown)
    grid = axes.inner(low, high, _GRID)
    prior = proportion.prior_around(s.null, s.worths(handle))
    count, hypotheses = s.count(handle), s.hypotheses(handle)
    after = Beta(prior.a + count.heads, prior.b + count.n - count.heads)
    top = axes.tallest(s.n, 0.5)
    across = Across(low, high, ticks(low, high), s.story.parameter)
    return Drawn(
        figures.heights_figure(grid, across, -2.5, top),
        figures.heights_numbers(
            [found.cut(some.log_density(grid), grid, hypotheses, k) for k, some in enumerate((prior, after))],
            hypotheses.inside,
            found.cut_heights,
            -2.5,
        ),
        views.HEIGHTS,
        ghost=("posterior",),
    )


def _along(s: ShareSettings, handle: str, found: Compared) -> Drawn:
    at = sequential.places(s.n, 200)
    path, _ = sequential.along_tosses(s.record(), at, s.hypotheses(handle), s.worths(handle))
    top = axes.power_of(sequential.along_tosses(s.record(), at, s.hypotheses(), np.array([2.0]))[0], 1)
    seen = s.positions("seen") if handle == "seen" else np.array([s.seen])
    across = Across(0.0, float(s.n), ticks(0.0, float(s.n)), f"{s.story.many} seen")
    return Drawn(
        figures.path_figure(at, across, top),
        figures.path_numbers(at, path, seen, found.log_bf10, top),
        views.PATH,
        ghost=("path",),
    )


def _width(s: ShareSettings, handle: str, found: Compared) -> Drawn:
    worths = s.usual("worth")
    over = robustness.over_worths(s.count(handle), s.hypotheses(handle), worths)
    low, high = (float(np.log10(end)) for end in WORTHS)
    texts = [f"{mark:g}" for mark in _WORTH_TICKS]
    across = Across(low, high, [float(np.log10(mark)) for mark in _WORTH_TICKS], f"H₁’s prior worth, {s.story.many}")
    return Drawn(
        figures.robust_figure(worths, across, s.top(), texts),
        figures.robust_numbers(over.path, (over.at, over.largest), s.worths(handle), found.log_bf10, s.top()),
        views.ROBUST,
        ghost=("over",),
    )


_DRAWINGS: dict[str, Callable[[ShareSettings, str, Compared], Drawn]] = {
    "predict": _predict,
    "heights": _heights,
    "along": _along,
    "width": _width,
}


def look_share(s: ShareSettings, handle: str) -> View:
    """Return what is seen of a share along a handle."""
    count, hypotheses = s.count(handle), s.hypotheses(handle)
    found = proportion.compare(count, hypotheses, s.worths(handle))
    p = proportion.p_value(count, s.null, s.side)
    positions: FloatArray = s.positions(handle)
    size = max(len(count.heads), len(positions))
    shown = np.broadcast_to(count.heads, size), np.broadcast_to(count.n, size)
    seen = tuple(f"{h:,.0f} of {n:,.0f}" for h, n in zip(*shown, strict=True))
    texts = tuple(f"{v:g}" for v in positions)
    drawn = _DRAWINGS[s.view](s, handle, found)
    return views.compared(
        drawn, found, np.broadcast_to(p, len(found.null)), hypotheses, words(PAGE), texts, {"counted": seen},
        density=False,
    )  # fmt: skip
