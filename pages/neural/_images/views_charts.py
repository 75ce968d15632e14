"""What is seen of all digits at once: what refusing buys, and what the prior's width does to every method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.images import Asked, Judged, refused_by
from bayes_core.figures.panels import Grid, Prose, Row, Rows, Texts
from bayes_core.figures.picture import Label
from bayes_core.figures.refusing import refusal_figure, refusal_numbers, widths_figure, widths_numbers
from bayes_core.figures.view import View
from bayes_core.inference import METHODS
from bayes_core.numerics.positions import at_positions
from pages._ui.telling import finding
from pages._ui.words import coloured_slots

from . import readouts

SCORES = {"sure": "probability", "total": "entropy"}
CUTS = {"sure": "least probability answered", "total": "largest entropy answered"}
OTHER = {"sure": "total", "total": "sure"}
LINES = (
    ("map", "map", "solid"),
    ("laplace_last", "posterior", "solid"),
    ("vi_meanfield", "posterior", "dashed"),
    ("ensemble", "posterior", "dotted"),
    ("dropout", "posterior", "short"),
)
"""Methods with their colour and their dash."""
_Y = (-0.6, 0.0)  # of log scores


def refusal(
    said: Asked | None, y: FloatArray, shares: FloatArray, by: str, concept: str, badge: str, text: Mapping[str, str],
    opening: str, about: tuple[Row, ...],
) -> View:  # fmt: skip
    """Return how many of those answered are right, where the surest shares (V,) in per cent are answered."""
    size = len(shares)
    figure = refusal_figure(
        concept, size, "answered, the surest first, in per cent", "of these named right, in per cent"
    )
    if said is None:
        numbers, told = {}, readouts.refused(None, by, size)
    else:
        found = refused_by(said, y, shares / 100, by)
        other = refused_by(said, y, shares / 100, OTHER[by])
        numbers = refusal_numbers(found.share, found.right, other.right, found.everything)
        told = readouts.refused(found, by, size)
    rows = (
        Row("refuse.answered", "answered", told["answered"]),
        Row("refuse.right", "of these right", told["right"]),
        Row("refuse.wrong", "wrong answers that are left", told["wrong"]),
        Row("refuse.saved", "right ones refused in vain", told["saved"]),
        Row("refuse.cut", CUTS[by], told["cut"]),
    )
    return View(
        figure=figure,
        numbers=numbers,
        words=told,
        labels=(
            Label("everything", "answer all", "", "muted", (("everything", "start"),)),
            Label("curve", f"refuse by {SCORES[by]}", "", concept, (("curve", "start"),)),
        ),
        panels=(
            Rows(text="Of 359 digits", rows=rows),
            Rows(text="How it was computed", rows=about),
            Prose(text="How to read it", html=coloured_slots(text["read refuse"]), presented=False),
        ),
        badge=(badge,),
        value=tuple(f"{share:g}" for share in shares.tolist()),
        alt=finding(opening, told, size),
        grip={"handle": "answered", "text": "answered"},
    )


def widths(
    found: Mapping[str, Mapping[int, Judged]], at: Sequence[float], text: Mapping[str, str], opening: str
) -> View:  # fmt: skip
    """Return the log score of every method at every width, and the table of the one where the handle stands."""
    size = len(at)
    told = readouts.widths(found, at)
    lines = tuple((METHODS[method].title, concept, dash) for method, concept, dash in LINES)
    known = {METHODS[method].title: _logs(there, size) for method, there in found.items()}
    return View(
        figure=widths_figure(
            lines, at, _Y, ("prior width, log scale", "log score on 359 digits, in nats: higher is better")
        ),
        numbers=widths_numbers(known, at),
        words=told,
        labels=tuple(
            Label(method, METHODS[method].title, "", concept, ((METHODS[method].title, "end"),))
            for method, concept, _ in LINES
        ),
        panels=(
            Grid(
                text="At this width",
                columns=(("", ""), ("right", ""), ("log score", ""), ("entropy", "")),
                rows={method: _row(method, found.get(method, {}), size) for method, _, _ in LINES},
                after=("grid.after", (text["widths after"],)),
            ),
            Prose(text="How to read it", html=coloured_slots(text["read widths"]), presented=False),
        ),
        badge=("approximate",),
        value=tuple(f"{width:g}" for width in at),
        alt=finding(opening, told, size),
    )


def _row(method: str, found: Mapping[int, Judged], size: int) -> list[Texts]:
    cells = (readouts.right_cell, readouts.log_cell, readouts.doubt_cell)
    return [(METHODS[method].title,), *(tuple(cell(found.get(v)) for v in range(size)) for cell in cells)]


def _logs(found: Mapping[int, Judged], size: int) -> FloatArray:
    return at_positions({v: np.array([one.log_score]) for v, one in found.items()}, size, (1,))[:, 0]
