"""What is seen of cells: how many each way of doing the integral takes, over the number of parameters."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.panels import Answer, Grid, Panel, Prose, Texts
from bayes_core.figures.parts import chart, dots, line
from bayes_core.figures.picture import Label
from bayes_core.figures.view import View
from bayes_core.summaries.wording import raised

TOP = 30
"""Of the axis, as a power of ten."""
TIMES = {"second": ("a second", 8.0), "year": ("a year", 15.5), "universe": ("age of the universe", 25.64)}
_POWERS = (0, 5, 10, 15, 20, 25, 30)


def figure(most: int) -> dict[str, object]:
    """Return the figure that `numbers` move."""
    x, empty = np.arange(1.0, most + 1), np.full(most, np.nan)
    marks = [
        line(name, [1, most], [power, power], "muted", 1.0, "dotted", opacity=0.8) for name, (_, power) in TIMES.items()
    ]
    made: dict[str, object] = chart(
        [
            *marks,
            line("grid", x, empty, "reference", 2.4),
            line("enough", x, empty, "data", 1.6, "dashed"),
            line("prior", x, empty, "prior", 2.0),
            line("posterior", x, empty, "posterior", 2.4),
            dots("here", [1.0], [0.0], "reference", 11),
        ],
        (1.0, float(most)),
        (0.0, float(TOP)),
        (1, 4, 8, 12, 16, 20),
        _POWERS,
        "parameters",
        "likelihoods to compute",
        (),
        ["1", *(f"10{raised(power)}" for power in _POWERS[1:])],
    )
    return made


def cells(
    most: int,
    powers: Mapping[str, FloatArray],
    here: tuple[FloatArray, FloatArray],
    words: Mapping[str, Texts],
    rows: Mapping[str, list[Texts]],
    sentence: Texts,
    prose: str,
) -> View:
    """Return the view: powers of ten (V or 1, D) by name, and where the reader stands: parameters and power (V,)."""
    ceiling = 2.0 * TOP
    drawn = {f"{name}.y": np.minimum(values, ceiling) for name, values in powers.items()}
    panels: tuple[Panel, ...] = (
        Answer(
            text="Cells in this grid",
            id="count",
            value=words["count"],
            sentence=sentence,
            bar=False,
            concept="reference",
        ),
        Grid(
            text="What each way takes here",
            columns=(("", ""), ("likelihoods", ""), ("takes", "")),
            rows=rows,
        ),
        Prose(text="How to read it", html=prose, presented=False),
    )
    return View(
        figure=figure(most),
        numbers={
            **drawn,
            "here.x": here[0][:, None],
            "here.y": np.where(here[1] > TOP, ceiling, here[1])[:, None],
        },
        words=words,
        labels=(
            Label("grid", "this grid", "", "reference", (("grid", "last"),)),
            Label("enough", "grid, 1 % off", "the fewest cells", "data", (("enough", "last"),)),
            Label("prior", "prior draws", "10 % error", "prior", (("prior", "last"),)),
            Label("posterior", "posterior draws", "a mean, to a tenth of an sd", "posterior", (("posterior", "last"),)),
            *(Label(name, text, "", "muted", ((name, "last"),)) for name, (text, _) in TIMES.items()),
        ),
        badge=("exact",),
        panels=panels,
        grip={"handle": "parameters", "text": "here"},
        parts={name: "" for name in TIMES},
    )
