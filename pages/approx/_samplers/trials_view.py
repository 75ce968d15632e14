"""What is seen of four runs: their traces, and, after the guess, what each is and what R-hat says of it."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from typing import Any

import numpy as np

from bayes_core.figures.chains import runs_places, runs_stage
from bayes_core.figures.panels import Grid, Texts
from bayes_core.figures.view import View
from bayes_core.samplers.reference import reference
from bayes_core.samplers.shown import Shown
from pages._ui.telling import finding, view_opening
from pages._ui.words import words

from . import readouts
from .settings import PAGE
from .trials import KEYS, TRIALS, Trial, TrialSettings


def look(settings: TrialSettings, handle: str, _: Any) -> View:
    """Return what is seen along how far the runs are."""
    values, trials = settings.positions(handle), [TRIALS[name] for name in settings.order]
    traced = [one.traced for one in trials]
    places, truths = runs_places(settings.whole(), traced, settings.means())
    told: dict[str, Texts] = {
        "spent": tuple(f"{int(value):,}" for value in values),
        "right": (KEYS[settings.order.index("fine")],),
        "wrong": (KEYS[settings.order.index("missed")],),
    }
    every = settings.along()
    for k, (key, trial, along) in enumerate(zip(KEYS, trials, every, strict=True)):
        told |= readouts.told(key, f"run {key}", along) | {f"{k}.what": (trial.what,), f"{key}.what": (trial.what,)}
        told[f"{key}.off"] = tuple(_off(seen, trial) for seen in along)
    told["right.what"] = (TRIALS["fine"].what,)
    told["wrong.off"] = told[f"{told['wrong'][0]}.off"]
    rows = {
        key: ((f"run {key}",), told[f"{key}.rhat"], told[f"{key}.worth"], told[f"{key}.verdict"], told[f"{key}.off"])
        for key in KEYS
    }
    columns = tuple((title, "") for title in ("", "R-hat", "worth", "converged?", "off by"))
    numbers = {f"runs.{k}": row[None] for k, row in enumerate(places)}
    made = View(
        stage=runs_stage([f"run {key}" for key in KEYS], truths),
        numbers=numbers | {"runs.time": values[:, None], "exact": np.ones((1, 1))},
        words=told,
        facts={
            f"{key}.rhat": np.array([seen.account.r_hat for seen in along])
            for key, along in zip(KEYS, every, strict=True)
        },
        badge=("not converged",),
        value=tuple(f"{value:g}" for value in values.tolist()),
        panels=(Grid(text="What each run says", columns=columns, rows=rows, after=("grid.after", (AFTER,))),),
    )
    return replace(made, alt=finding(view_opening(words(PAGE), settings), made.said, len(values)))


AFTER = "“Off by” is how far a run’s mean is from the exact one (the solid dots), in posterior sds: no run knows it."


def _off(seen: Shown, trial: Trial) -> str:
    told = reference(trial.plan.target)
    off = (seen.account.mean[trial.traced] - told.mean[trial.traced]) / told.sd[trial.traced]
    return f"{abs(off):.2f} sd" if isfinite(off) else readouts.NONE
