"""The fits of the three heads: the one on screen first, then the others for the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.tide import HOURS, UNITS, tide
from bayes_core.evaluation.outcome_map import OutcomeMap, held, log_scores, outcome_map
from bayes_core.types import Fit
from pages._ui.work.courier import News
from pages._ui.work.store import store

from .kept import kept
from .settings_answers import FRESH, HEAD_NAMES, HEADS, HIGH, LOW, AnswersSettings

LEVEL = 0.9
_X = np.round(np.linspace(LOW, HIGH, 105), 3)
_Y = np.linspace(-6.0, HOURS + 6.0, 481)  # all that any of them may say


@dataclass(frozen=True, eq=False)
class Told:
    """What a head says: its density over the picture, its log score on fresh readings and what its region held of them.

    Scores and shares come with their standard errors.
    """

    map: OutcomeMap
    score: float
    score_error: float
    held: float
    held_error: float
    badge: str


Answers = Mapping[str, Told]


def work_answers(settings: AnswersSettings) -> Iterator[News]:
    """Yield the head on screen, then the others beside it."""
    found: dict[str, Told] = {}
    order = sorted(HEADS, key=lambda head: head != settings.head)
    for count, head in enumerate(order, start=1):
        if not found and store().get(settings.question(head)) is None:
            yield News(busy=f"{HEAD_NAMES[head]}: eight networks are trained…")
        fit = store().answer(settings.question(head))
        found[head] = kept(fit, ("told", settings.seed), partial(told, fit, settings.seed))
        left = len(order) - count
        extra = f"{HEAD_NAMES[order[count]]}, to compare with…" if left else ""
        yield News(dict(found), extra=extra, settled=not left, fit=fit if count == 1 else None)


def told(fit: Fit, seed: int) -> Told:
    """Return what a fit says of the time at every level, and what it is worth on readings that nobody fitted."""
    fresh = tide(FRESH, seed + 1000)
    seen = outcome_map(fit, UNITS, _X, _Y)
    scores, inside = log_scores(fit, UNITS, fresh), held(seen, fresh, LEVEL)
    return Told(seen, *_mean(scores), *_mean(inside), fit.diagnostics.badge)


def _mean(values: FloatArray) -> tuple[float, float]:
    return float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values)))
