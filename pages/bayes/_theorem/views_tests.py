"""A diagnostic test as a picture: people to count, predictive values, test after test, unsure rates."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures import bayes
from bayes_core.figures.panels import Answer, Ask, Cells, Panel, Prose, Row, Rows, Texts, Tree
from bayes_core.figures.picture import Label
from bayes_core.figures.view import View
from bayes_core.foundations.diagnosis import Diagnosis
from bayes_core.foundations.people import people as counted_people
from bayes_core.foundations.people import tree, untested
from bayes_core.foundations.quantities import CELLS
from bayes_core.numerics.draws import central, densities
from pages._ui.words import coloured_slots, words

from . import readouts_tests as readouts
from .scenes import PAGE, People

LEVEL = 0.9
_LOWEST = -5.4  # log odds, at the foot of the picture of test after test
_TOLD_LATER = ("npv", "positive", "odds.after", "odds.bf")
_HIDDEN = {name: ("?",) for name in _TOLD_LATER}


def count(test: Diagnosis, values: FloatArray, people: People, guess: int | None) -> View:
    """Return a thousand people, the tests (V,) among them, as cells and as a tree."""
    cells, grown = counted_people(test.joint, 1000), tree(test)
    table = Cells(
        text=f"1,000 {people.who}",
        columns=(people.positive, people.negative),
        rows=(people.yes, people.no),
        inside=("found", "missed", "false alarm", "cleared"),
        hint="Point at a cell, or at a person.",
        counts={cell: readouts.counted(cells[:, k]) for k, cell in enumerate(CELLS)},
        pointed=readouts.pointed(cells, people),
    )
    named = {"all": people.who, "A": people.yes, "notA": people.no}
    named |= {"both": people.positive, "only": people.negative, "other": people.positive, "neither": people.negative}
    branches = Tree(
        text="Counting whole people",
        names=named,
        counts={name: readouts.counted(grown[name]) for name in readouts.BRANCHES},
        alt=readouts.branches(test, people),
    )
    panels = (_answer(test, people, guess), table, branches, replace(_odds(), presented=False))
    return replace(_told(test, values, people), stage={"type": "people"}, numbers={"people": cells}, panels=panels)


def question(test: Diagnosis, values: FloatArray, people: People, guess: int) -> View:
    """Return a thousand people who have not been tested yet, and the question what a test would mean."""
    cells = counted_people(test.joint, 1000)
    hidden = replace(_answer(test, people, None), value=("?",), sentence=("",), share=np.full(len(values), np.nan))
    ask = Ask(text="Guess first", value=guess, question=words(PAGE)["ask"], label="your guess", button="Reveal")
    told = _told(test, values, people)
    return replace(
        told,
        alt=readouts.kept_back(cells, people),
        words={**told.words, **_HIDDEN},
        stage={"type": "people"},
        numbers={"people": untested(cells)},
        panels=(hidden, ask),
    )


def curve(test: Diagnosis, values: FloatArray, people: People, guess: int | None, prevalences: FloatArray) -> View:
    """Return the predictive values of tests (V,) over prevalences (G,)."""
    told = _told(test, values, people)
    rows = (
        Row("npv", f"P({people.no} | {people.negative})", told.words["npv"]),
        Row("positive", f"P({people.positive})", told.words["positive"]),
    )
    return replace(
        told,
        figure=bayes.curve_figure(prevalences, f"share of {people.yes} among those tested (prevalence)"),
        numbers=bayes.curve_numbers(test, test.among(prevalences)),
        labels=(
            Label("ppv", f"{people.yes} if {people.positive}", "PPV, exact", "posterior", (("ppv", "high"),)),
            Label("before", "before the test", "the prevalence itself", "prior", (("before", "high"),)),
            Label("npv", f"{people.no} if {people.negative}", "NPV, exact", "reference", (("npv", "low"),)),
        ),
        panels=(_answer(test, people, guess), Rows(text="And the rest", rows=rows), _odds()),
    )


def again(test: Diagnosis, values: FloatArray, people: People, guess: int | None, results: str, most: int) -> View:
    """Return what tests (V,) say one after another; there is room for `most` results."""
    path, seen = test.chain(results), readouts.chain(results, people)
    places = ["before", *seen, *[""] * (most - len(seen))]
    title = f"P({people.yes} | {', '.join(seen) or 'no test yet'})"
    answer = _answer(test, people, guess, path[:, -1], title)
    return replace(
        _told(test, values, people),
        figure=bayes.chain_figure(
            places, _LOWEST, (-4, -2, 0, 2, 4), ("0.01", "1", "50", "99", "99.99"), "test after test"
        ),
        numbers=bayes.chain_numbers(path, most + 1),
        panels=(answer, _prose("Posterior becomes prior", "again"), _odds()),
    )


def unsure(
    test: Diagnosis, values: FloatArray, people: People, guess: int | None, draws: FloatArray, at: FloatArray
) -> View:
    """Return what studies of some people leave of the answer: draws (V, S) of the PPV, their densities `at` (G,)."""
    drawn, plain = central(draws, LEVEL), readouts.shares(test.ppv)
    low, high = readouts.ends(drawn)
    title = f"P({people.yes} | {people.positive}), 90 % credible"
    answer = _answer(
        test, people, guess, title=title, shown=tuple(f"{a} to {b} %" for a, b in zip(low, high, strict=True))
    )
    return replace(
        _told(test, values, people),
        alt=readouts.spread_alternative(low, high, plain, people),
        figure=bayes.spread_figure(at, f"P({people.yes} | {people.positive}), %"),
        numbers=bayes.spread_numbers(densities(draws, at), at, drawn.low, drawn.high, test.ppv),
        panels=(
            answer,
            Rows(text="The plain answer (dashed)", rows=(Row("plain", "rates taken as certain", plain),)),
            _prose("What is unsure", "unsure"),
        ),
    )


def _told(test: Diagnosis, values: FloatArray, people: People) -> View:
    """Return what every view of tests says."""
    return View(
        value=tuple(f"{v:.9g}" for v in values),
        badge=("exact",),
        alt=readouts.alternative(test, people),
        words=readouts.rest(test),
    )


def _answer(
    test: Diagnosis,
    people: People,
    guess: int | None,
    share: FloatArray | None = None,
    title: str = "",
    shown: Texts = (),
) -> Answer:
    """Return the answer: the PPV unless another `share` (V,) is, beside what was guessed."""
    share = test.ppv if share is None else share
    shown = shown or readouts.shares(share)
    return Answer(
        text=title or f"P({people.yes} | {people.positive})",
        value=shown,
        sentence=readouts.answer(test, people) if guess is None else readouts.held_against(guess, shown),
        share=share,
        guess=None if guess is None else guess / 100,
    )


def _odds() -> Panel:
    return _prose("The same in odds", "odds")


def _prose(title: str, section: str) -> Prose:
    return Prose(text=title, html=coloured_slots(words(PAGE)[section]))
