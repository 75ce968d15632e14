"""From the settings of several answers at one x to what is seen."""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.tide import HOURS, tide, tide_density
from bayes_core.evaluation.outcome_map import OutcomeMap
from bayes_core.figures.answers import answers_figure, columns, slices
from bayes_core.figures.panels import Grid, Prose, Row, Rows, Texts
from bayes_core.figures.picture import Label
from bayes_core.figures.view import View
from bayes_core.intervals import level_words
from bayes_core.summaries.wording import whole_percent, with_errors
from pages._ui.telling import finding, view_opening
from pages._ui.words import coloured_slots, words

from .settings import PAGE
from .settings_answers import HEAD_NAMES, HIGH, LOW, ROWS, AnswersSettings
from .work_answers import LEVEL, Answers, Told

_Y = (-1.5, HOURS + 1.5)
_REACH = 0.9  # of a slice's highest point, in metres of the axis
_SHORT = {"mixture": "three Gaussians", "varying": "one, width by level", "gaussian": "one Gaussian"}


def look_answers(settings: AnswersSettings, handle: str, found: Answers | None) -> View:
    """Return what a network says of the time, at every level."""
    text, at = words(PAGE), settings.positions(handle)
    data = tide(ROWS, settings.seed)
    own = (found or {}).get(settings.head)
    said: dict[str, Texts] = {}
    numbers: dict[str, FloatArray] = {
        "here line.x": np.stack([at, at], axis=1),
        "here line.y": np.broadcast_to(np.array(_Y), (len(at), 2)),
    }
    if own is not None:
        numbers |= _numbers(own, at)
        said = _said(own, at)
    return View(
        figure=answers_figure((data.x[:, 0], data.y), (LOW, HIGH), _Y, ("level, m", "time, h")),
        numbers=numbers,
        words=said,
        labels=(
            Label(
                "outer", f"{level_words(LEVEL)} region", "predictive, a new reading", "aleatoric", (("outer", "last"),)
            ),
            Label("inner", "50 % region", "predictive", "aleatoric", (("inner", "last"),)),
            Label("slice", "density here", "", "aleatoric", (("slice place", "peak"),)),
            Label("truth", "truth", "hidden in real life", "truth", (("true slice place", "peak"),)),
        ),
        panels=(
            Rows(
                text="When does it stand here?",
                rows=(
                    Row("humps", "answers", said.get("humps", ())),
                    Row("tops", "most likely at", said.get("tops", ())),
                    Row("length", f"the {level_words(LEVEL)} region has", said.get("length", ())),
                    Row("true.humps", "in truth, answers", said.get("true.humps", ())),
                ),
            ),
            Grid(
                text="On a thousand fresh readings",
                columns=(("", ""), ("log score", ""), ("90 % holds", "")),
                rows={head: _row(head, (found or {}).get(head)) for head in HEAD_NAMES},
            ),
            Prose(text="How to read it", html=coloured_slots(text["read answers"]), presented=False),
        ),
        badge=(own.badge,) if own else (),
        value=tuple(f"{one:g}" for one in at.tolist()),
        alt=finding(view_opening(text, settings), said, len(at)) if own else ("Networks are being trained.",),
        grip={"handle": "here", "text": "level"},
        parts={f"true slice{place}.{axis}": "truth" for place in ("", " place") for axis in "xy"},
    )


def _numbers(own: Told, at: FloatArray) -> dict[str, FloatArray]:
    outer, inner = columns(own.map, LEVEL), columns(own.map, 0.5)
    y, shown = own.map.y, _at(own, at)
    day = y[(y >= 0) & (y <= HOURS)]
    true = tide_density(at, day)
    return {
        "outer.x": outer[0],
        "outer.y": outer[1],
        "inner.x": inner[0],
        "inner.y": inner[1],
        **slices(at, (y, shown), (day, true), _REACH),
    }


def _at(own: Told, at: FloatArray) -> FloatArray:
    """Return the densities (V, L) at the levels that are asked for, between those of the map."""
    place = np.interp(at, own.map.x, np.arange(len(own.map.x)))
    low = np.floor(place).astype(int)
    high, part = np.minimum(low + 1, len(own.map.x) - 1), (place - low)[:, None]
    mixed: FloatArray = (1 - part) * own.map.density[low] + part * own.map.density[high]
    return mixed


def _said(own: Told, at: FloatArray) -> dict[str, Texts]:
    y = own.map.y
    day = y[(y >= 0) & (y <= HOURS)]
    here, true = OutcomeMap(at, y, _at(own, at)), OutcomeMap(at, day, tide_density(at, day))
    return {
        "here": tuple(f"{level:.4g}".replace("-", "−") for level in at.tolist()),
        "humps": tuple(str(len(tops)) for tops in here.humps()),
        "tops": tuple(_times(tops) for tops in here.humps()),
        "length": tuple(f"{length:.1f} h" for length in here.lengths(LEVEL).tolist()),
        "true.humps": tuple(str(len(tops)) for tops in true.humps()),
        "true.tops": tuple(_times(tops) for tops in true.humps()),
        "score": with_errors(np.array([own.score]), np.array([own.score_error]), 2),
        "held": whole_percent(np.array([own.held])),
    }


def _times(tops: FloatArray) -> str:
    *first, last = (f"{top:.1f}".replace("-", "−") for top in tops.tolist())
    return f"{', '.join(first)} or {last} h" if first else f"{last} h"


def _row(head: str, told: Told | None) -> list[Texts]:
    if told is None:
        return [(_SHORT[head],), (), ()]
    score = with_errors(np.array([told.score]), np.array([told.score_error]), 2)
    error = f"{100 * told.held_error:.0f}"
    return [(_SHORT[head],), score, (f"{100 * told.held:.0f} ± {error} %",)]
