"""What is seen of a choice by a reader's own table of pay-offs: what each action pays as the threshold moves."""

from __future__ import annotations

import numpy as np

from bayes_core.evaluation.payoffs import Payoffs
from bayes_core.figures.dots import Up, dots_numbers
from bayes_core.figures.panels import Bars, Grid, Texts
from bayes_core.figures.view import View
from bayes_core.numerics.rounding import ticks

from . import readouts
from .typed import Rows as Table
from .views import Scenery, aloud, beside, each_time, origin, stage, to_do

SHORT = 10  # letters of a name on a phone


def payoffs(found: Payoffs, table: Table, scenery: Scenery) -> View:
    """Return what is seen of which action to choose."""
    names = tuple(name for name, *_ in table)
    low, high = _reach(table)
    span = np.array([high - low])
    told = readouts.told_payoffs(found, names, scenery.reach.digits, scenery.story.unit, span)
    up = Up(low, high, marks := ticks(low, high), _texts(marks), "mean pay-off")
    size = len(found.cut)
    return View(
        stage=stage(scenery, tuple((name, _short(name)) for name in names), up),
        numbers=dots_numbers(
            dots=found.counted.dots,
            centre=found.guessed[:1],
            above=found.counted.above,
            action=found.cut[:, None],
            pays=found.curves.reshape(1, -1),
            heights=beside(found.guess_pay, np.full(size, np.nan), found.most),
            middles=found.middles[None],
            marks=beside(found.cut, found.cut),
        ),
        words=told,
        facts={"above": found.counted.above.sum(1), "regret": found.regret},
        badge=("exact",),
        panels=(
            to_do(told["best"], found, told),
            Grid(
                text="",
                badge=False,
                columns=(("", ""), ("action", ""), ("mean pay-off", "")),
                rows={
                    "best": ((readouts.BEST,), told["best"], told["most"]),
                    "guess": ((readouts.GUESS,), told["guess"], told["guess.pay"]),
                },
            ),
            each_time(scenery, told),
            Bars(
                text="What each action pays on average",
                id="acts",
                names=names,
                concepts=("muted",) * len(names),
                shares=(found.pay - low) / (high - low),
                texts=tuple(readouts.money(found.pay[:, k], span, "") for k in range(len(names))),
            ),
            origin(scenery, found.counted),
            aloud(scenery),
        ),
    )


def _reach(table: Table) -> tuple[float, float]:
    """Return the ends of the pay-off axis: no mean is outside what the table holds."""
    values = [value for _, *pair in table for value in pair]
    low, high = min(values), max(values)
    room = 0.0 if high > low else max(abs(high) / 2, 1.0)
    return low - room, high + room


def _texts(marks: tuple[float, ...]) -> Texts:
    return tuple(f"{mark:,.7g}".replace("-", "−") for mark in marks)


def _short(name: str) -> str:
    return name if len(name) <= SHORT else f"{name[: SHORT - 1]}…"
