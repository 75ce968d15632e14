"""What is seen of a forecaster: what it said against what happened, its scores before and now, and how to read them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.calibration import BandJudgement, ClassJudgement
from bayes_core.figures import calibration as figures
from bayes_core.figures.panels import Answer, Grid, Panel, Prose, Texts
from bayes_core.figures.picture import Label
from bayes_core.figures.theme import CONCEPT
from bayes_core.figures.view import View
from pages._ui.telling import finding
from pages._ui.words import coloured_slots, filled

from . import readouts
from .scenes import Story
from .settings import MOST_BINS

Judgement = ClassJudgement | BandJudgement
_WHOLE = '<p><span data-word="{}"></span></p>'
_NAMES = {"map": "network (MAP)", "hmc": "posterior", "exact": "posterior"}
_COLUMNS = {"map": "MAP", "hmc": "posterior"}
_OTHER = {"map": "hmc", "hmc": "map"}


def concept_of(method: str) -> str:
    """Return whose colour a forecaster wears."""
    return CONCEPT.get(method, "posterior")


def _titles(story: Story) -> tuple[str, str, str]:
    if story.task == "band":
        return (
            "level promised; below, place in the forecast, %",
            f"{story.many} inside the band, %",
            f"where in its own forecast each {story.one} fell (PIT)",
        )
    return (
        "the forecast said, %",
        f"{story.many} that were {story.event}, %",
        f"how many {story.many}, by what was said",
    )


def waiting(story: Story, method: str, text: Mapping[str, str]) -> View:
    """Return the picture before the first forecast."""
    concept = concept_of(method)
    return View(
        figure=_figure(story, concept),
        words=readouts.parted(story),
        alt=("Forecasts are being made.",),
        labels=_labels(story, method, concept),
        panels=_panels(story, concept, readouts.empty(story), None, {}, text, method),
        parts=_PARTS,
    )


_PARTS = {"calibrated": "", "before": "answer", "before place": "answer"}
"""The line of a forecast that keeps its word is nobody's truth; where the marks were is an answer too."""


def calibration(
    story: Story, method: str, told: Judgement, before: Judgement, beside: Judgement | None, spreads: FloatArray,
    best: Mapping[str, float], value: Texts, text: Mapping[str, str], opening: str,
) -> View:  # fmt: skip
    """Return what is seen along a handle: `before` is the forecast as it was made, `beside` the other forecaster's."""
    concept, words = concept_of(method), readouts.parted(story) | readouts.said(told, story)
    columns = [before, told] + ([beside] if beside is not None else [])
    moved = np.broadcast_to(spreads != 1.0, len(told.points))
    words |= {"best": (f"{best['best']:.2f}",), "mark.temperature": (story.learned,)}
    return View(
        figure=_figure(story, concept),
        numbers={**_numbers(told, before, moved), "mark.temperature": np.array([[best["place"]]])},
        words=words,
        facts=readouts.facts(told),
        alt=finding(opening, words, len(told.points)),
        badge=("simulated",),
        value=value,
        ghost=("curve", "joined"),
        labels=_labels(story, method, concept),
        panels=_panels(story, concept, readouts.table(columns, story), told, words, text, method),
        parts=_PARTS,
    )


def _figure(story: Story, concept: str) -> dict[str, object]:
    make = figures.coverage_figure if story.task == "band" else figures.reliability_figure
    made: dict[str, object] = make(concept, MOST_BINS, _titles(story))
    return made


def _numbers(told: Judgement, before: Judgement, moved: np.ndarray) -> Mapping[str, FloatArray]:
    if isinstance(told, BandJudgement) and isinstance(before, BandJudgement):
        return figures.coverage_numbers(told, before, moved)
    assert isinstance(told, ClassJudgement)
    assert isinstance(before, ClassJudgement)
    return figures.reliability_numbers(told, before, moved)


def _labels(story: Story, method: str, concept: str) -> tuple[Label, ...]:
    band = story.task == "band"
    chance = "consistency band" if band else "consistency bar"
    return (
        Label("calibrated", "calibrated", "keeps every promise", "truth", (("calibrated", "high"),)),
        Label(
            "chance", chance, "90 % if calibrated", "muted", (("expected", "high") if band else ("bar middle", "last"),)
        ),
        Label("own", _NAMES[method], "", concept, (("marks" if band else "joined", "last"),)),
        Label("sure", "too sure", "", "muted", (("sure place", "peak"),)),
        Label("modest", "too modest", "", "muted", (("modest place", "peak"),)),
        Label("before", "before", "", "muted", (("before place", "peak"),)),
    )


def _panels(
    story: Story, concept: str, rows: Mapping[str, list[Texts]], told: Judgement | None, words: Mapping[str, Texts],
    text: Mapping[str, str], method: str,
) -> tuple[Panel, ...]:  # fmt: skip
    band = story.task == "band"
    promise = told.verdict if told is not None else None
    names = ["as made", "now", *([_COLUMNS[_OTHER[method]]] if method in _OTHER else [])]
    inks = ["", concept, concept_of(_OTHER.get(method, ""))]
    how = filled(text[f"read {story.task}"], {"one": story.one, "many": story.many})
    reading = Prose(text="How to read it", html=coloured_slots(how), presented=False)
    return (
        Answer(
            text="Does the 90 % band keep its word?" if band else "Does it keep its word?",
            id="word",
            concept=concept,
            value=words.get("kept", ()),
            sentence=finding(text[f"word {story.task}"], words, len(told.points)) if told is not None else (),
            share=None if promise is None else promise.kept,
            promised=None if promise is None else promise.promised,
            promise="promised" if band else "says",
        ),
        Grid(
            text="Scores, and what chance adds",
            columns=(("", ""), *((name, ink) for name, ink in zip(names, inks, strict=False))),
            rows=rows,
        ),
        Prose(
            text=f"How many {story.many} until you can tell?",
            html=_WHOLE.format("tell"),
            slots={"tell": words["tell"]} if words else {},
        ),
        reading,
    )
