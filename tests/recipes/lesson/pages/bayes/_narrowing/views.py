"""What is seen of a belief that narrows."""

from __future__ import annotations

from bayes_core.checks import FloatArray
from bayes_core.conjugate import Belief
from bayes_core.figures.panels import Row, Rows
from bayes_core.figures.parts import chart, line
from bayes_core.figures.picture import Label
from bayes_core.figures.view import View
from bayes_core.summaries.summary import number


def narrowing(after: Belief, n: FloatArray, values: FloatArray) -> View:
    """Return the posterior sd after n measurements (N,), at every position (V,): after.sd is (V, N)."""
    ticks = (0, 5, 10, 15, 20)
    curve = line("sd", n, after.sd[0], "posterior", 2.4)
    ten = tuple(number(float(sd), 2) for sd in after.sd[:, 10])
    return View(
        figure=chart([curve], (0, 20), (0, 6), ticks, (0, 2, 4, 6), "measurements", "posterior sd"),
        numbers={"sd.y": after.sd},
        labels=(Label("sd", "posterior sd", "exact", "posterior", (("sd", "high"),)),),
        panels=(Rows(text="After ten measurements", rows=(Row("ten", "posterior sd", ten),)),),
        value=tuple(f"{v:g}" for v in values),
        badge=("exact",),
        alt=tuple(f"After ten measurements the posterior sd is {sd}." for sd in ten),
    )
