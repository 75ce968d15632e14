"""A diagnostic test as a picture: people to count, predictive values, test after test, unsure rates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures import bayes
from bayes_core.figures.panels import Answer, Cells, Panel, Prose, Row, Rows, Texts, Tree
from bayes_core.figures.picture import Label
from bayes_core.figures.view import View
from bayes_core.foundations.diagnosis import Diagnosis
from bayes_core.foundations.people import people as counted_people
from bayes_core.foundations.people import tree, untested
from bayes_core.foundations.quantities import CELLS
from bayes_core.foundations.studies import StudiedPpv
from bayes_core.intervals import tails
from pages._ui.words import coloured_slots, words

from . import readouts_tests as readouts
from .scenes import PAGE, People

LEVEL = 0.9
_LOWEST = -5.4  # log odds, at the foot of the picture of test after test
_TOLD_LATER = ("false", "alarms", "npv", "positive", "p.positive", "odds.after", "odds.bf")
_HIDDEN = {name: ("?",) for name in _TOLD_LATER}


def count(test: Diagnosis, values: FloatArray, people: People, guess: float | None) -> View:
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
    return replace(_told(test, values), stage={"type": "people"}, numbers={"people": cells}, panels=panels)


def question(test: Diagnosis, values: FloatArray, people: People) -> View:
    """Return a thousand people who have not been tested yet, before a question what results would mean."""
    cells = counted_people(test.joint, 1000)
    hidden = replace(_answer(test, people, None), value=("?",), sentence=("",), share=np.full(len(values), np.nan))
    told = _told(test, values)
    return replace(
        told,
        words={**told.words, **_HIDDEN, **readouts.kept_back(cells, people)},
        facts={},
        stage={"type": "people"},
        numbers={"people": untested(cells)},
        panels=(hidden,),
    )


def curve(test: Diagnosis, values: FloatArray, people: People, guess: float | None, prevalences: FloatArray) -> View:
    """Return the predictive values of tests (V,) over prevalences (G,)."""
    told = _told(test, values)
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


def again(test: Diagnosis, values: FloatArray, people: People, guess: float | None, results: str, most: int) -> View:
    """Return what tests (V,) say one after another; there is room for `most` results."""
    told, path, seen = _told(test, values), test.chain(results), readouts.chain(results, people)
    places = ["before", *seen, *[""] * (most - len(seen))]
    title = f"P({people.yes} | {', '.join(seen) or 'no test yet'})"
    counts = readouts.state(test, results, people)
    answer = _answer(test, people, guess, path[:, -1], title, counts=counts)
    return replace(
        told,
        words={**told.words, **readouts.chain_words(test, path, results)},
        facts={"answer": path[:, -1]},
        figure=bayes.chain_figure(
            places, _LOWEST, (-4, -2, 0, 2, 4), ("0.01", "1", "50", "99", "99.99"), "test after test"
        ),
        numbers=bayes.chain_numbers(path, most + 1),
        panels=(answer, _odds(), _prose("Posterior becomes prior", "again")),
    )


def unsure(
    test: Diagnosis, values: FloatArray, people: People, guess: float | None, ppv: StudiedPpv, at: FloatArray,
    study: Mapping[str, Texts],
) -> View:  # fmt: skip
    """Return what studies of some people leave of the answer: the posterior of the PPV (V,), its density `at` (G,).

    `study` are the words on what the studies find.
    """
    told, plain = _told(test, values), readouts.shares(test.ppv)
    low, high = (ppv.quantile(tail) for tail in (tails(LEVEL)[0], tails(LEVEL)[1]))
    title = f"P({people.yes} | {people.positive}), 90 % credible"
    shown, where = readouts.ends(low, high), readouts.beside(low, high, test.ppv)
    certain = tuple(f"With the rates taken as certain it is {one}." for one in plain)
    answer = _answer(test, people, guess, title=title, shown=shown, counts=certain)
    return replace(
        told,
        words={**told.words, "where": where},
        facts={"wide": high - low, "plain": test.ppv},
        figure=bayes.spread_figure(at, f"P({people.yes} | {people.positive}), %"),
        numbers=bayes.spread_numbers(ppv.density(at), at, low, high, test.ppv),
        panels=(
            answer,
            Rows(text="The plain answer (dashed)", rows=(Row("plain", "rates taken as certain", plain),)),
            replace(_prose("What is unsure", "unsure"), slots=study),
        ),
    )


def _told(test: Diagnosis, values: FloatArray) -> View:
    """Return what every view of tests says."""
    return View(
        value=tuple(f"{v:.9g}" for v in values),
        badge=("exact",),
        words=readouts.rest(test),
        facts={"answer": test.ppv},
        parts={"now": "answer", "plain": "answer"},
    )


def _answer(
    test: Diagnosis,
    people: People,
    guess: float | None,
    share: FloatArray | None = None,
    title: str = "",
    shown: Texts = (),
    counts: Texts = (),
) -> Answer:
    """Return the answer: the PPV unless another `share` (V,) is, beside what was guessed and whom one can count."""
    share = test.ppv if share is None else share
    shown, counts = shown or readouts.shares(share), counts or readouts.answer(test, people)
    return Answer(
        text=title or f"{people.yes} if {people.positive}: P({people.yes} | {people.positive})",
        value=shown,
        sentence=counts,
        share=share,
        guess=guess,
    )


def _odds() -> Panel:
    return _prose("The same in odds", "odds")


def _prose(title: str, section: str) -> Prose:
    return Prose(text=title, html=coloured_slots(words(PAGE)[section]))
