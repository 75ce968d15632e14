"""Two events as a picture: a unit square whose areas are probabilities, and all that follows from what is known."""

from __future__ import annotations

from html import escape

from bayes_core.checks import FloatArray
from bayes_core.figures.panels import Answer, Grid, Prose
from bayes_core.figures.view import View
from bayes_core.foundations.events import Bounds
from bayes_core.foundations.quantities import QUANTITIES
from bayes_core.foundations.quantities import words as named
from bayes_core.summaries.summary import percent
from pages._ui.words import coloured_slots, words

from . import readouts_events as readouts
from .scenes import PAGE


def square(
    found: Bounds,
    values: FloatArray,
    a: str,
    b: str,
    given: tuple[str, ...],
    moved: str,
    allowed: readouts.Ends | None,
    closed: readouts.Closed | None,
) -> View:
    """Return all that follows about events called a and b along a handle (V,); impossible positions say why.

    `moved` is the quantity under the hand, `allowed` between which ends the other inputs leave it, `closed` which of
    these it may be.
    """
    said = readouts.ranges(found)
    why = readouts.reasons(found, b, named(moved, a, b), allowed, closed, len(given))
    rows = {q: ((named(q, a, b),), said[q], ("given" if q in given else "",)) for q in QUANTITIES}
    return View(
        value=tuple(percent(v) for v in values),
        badge=("exact",),
        stage={"type": "square"},
        numbers={"joint": found.joint, "given": readouts.given(found)},
        words={f"q.{q}": texts for q, texts in said.items()}
        | readouts.square(found, a, b)
        | readouts.told(found, b, named(moved, a, b), allowed, closed, named("A|B", a, b))
        | {"why": why, "open": readouts.instead(found, len(given))},
        facts={"said.answer": found.settled("A|B")},
        panels=(
            Answer(text=named("A|B", a, b), value=said["A|B"], sentence=why, share=found.settled("A|B")),
            Prose(text="Bayes’ theorem", html=formula(a, b)),
            Grid(
                text="All that follows", columns=(("", ""), ("probability", ""), ("", "")), rows=rows, presented=False
            ),
        ),
        trusted=found.run,
    )


def formula(a: str, b: str) -> str:
    """Return the derivation through the joint, in words and in numbers, coloured like the square."""
    html = coloured_slots(words(PAGE)["derivation"])
    for letter, q in {"PAB": "A and B", "PB|A": "B|A", "PA|B": "A|B", "PA": "A", "PB": "B"}.items():
        html = html.replace(f'<b data-word="{letter}"></b>', escape(named(q, a, b)))  # names are words, no slots
    return html
