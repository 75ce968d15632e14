"""A diagnostic test as a picture: people to count, predictive values, test after test, unsure rates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bayes_core.figures import bayes
from bayes_core.figures.picture import Handle, Label, Picture
from bayes_core.summaries.wording import one_in, share_words
from pages._ui.handles import handle
from pages._ui.words import coloured_slots, words

from .settings import MOST_TESTS, PAGE, TestSettings
from .tests_film import film, grid, ppv_grid

__all__ = ["film", "handles", "picture"]
_AGAIN_LOW = -5.4


def picture(settings: TestSettings, state: dict[str, Any]) -> Picture:
    """Return the picture of these settings."""
    s, present = settings.spec, state["present"]
    answer = {
        "type": "answer",
        "id": "answer",
        "badge": "badge",
        "concept": "posterior",
        "text": f"P({s.yes} | {s.positive})",
    }
    odds_panel = {"type": "prose", "text": "The same in odds", "html": coloured_slots(words(PAGE)["odds"])}
    if settings.view == "people":
        panels: list[dict[str, Any]] = [answer]
        if settings.hidden:
            asks = {"text": "Guess first", "words": words(PAGE)["ask"], "label": "your guess", "button": "Reveal"}
            panels.append({"type": "ask", "value": settings.guess if settings.guess >= 0 else 50} | asks)
        else:
            panels.append(_cells(settings))
            panels.append(_tree(settings))
            if not present:
                panels.append(odds_panel)
        return Picture(None, settings.stamp, (), tuple(panels), stage={"type": "people"}, **state)
    figure, labels, panels = {"curve": _curve, "again": _again, "unsure": _unsure}[settings.view](settings, answer)
    if settings.view != "unsure":
        panels.append(odds_panel)
    return Picture(figure, settings.stamp, labels, tuple(panels), **state)


def _cells(settings: TestSettings) -> dict[str, Any]:
    s = settings.spec
    return {
        "type": "cells",
        "text": f"1,000 {s.who}",
        "columns": [s.positive, s.negative],
        "rows": [s.yes, s.no],
        "inside": ["found", "missed", "false alarm", "cleared"],
        "hint": "Point at a cell, or at a person.",
    }


def _tree(settings: TestSettings) -> dict[str, Any]:
    s = settings.spec
    names = {"all": s.who, "A": s.yes, "notA": s.no, "both": s.positive, "only": s.negative, "other": s.positive}
    return {"type": "tree", "text": "Counting whole people", "names": names | {"neither": s.negative}}


def _curve(settings: TestSettings, answer: dict[str, Any]) -> tuple[Any, tuple[Label, ...], list[dict[str, Any]]]:
    s = settings.spec
    figure = bayes.curve_figure(grid(settings), f"share of {s.yes} among those tested (prevalence)")
    labels = (
        Label("ppv", f"{s.yes} if {s.positive}", "PPV, exact", "posterior", (("ppv", "high"),)),
        Label("before", "before the test", "the prevalence itself", "prior", (("before", "high"),)),
        Label("npv", f"{s.no} if {s.negative}", "NPV, exact", "reference", (("npv", "low"),)),
    )
    rows = [[f"P({s.no} | {s.negative})", "npv"], [f"P({s.positive})", "positive"]]
    return figure, labels, [answer, {"type": "rows", "text": "And the rest", "badge": "badge", "rows": rows}]


def _again(settings: TestSettings, answer: dict[str, Any]) -> tuple[Any, tuple[Label, ...], list[dict[str, Any]]]:
    s = settings.spec
    names = {"+": s.positive, "-": s.negative}
    texts = ["before", *(names[r] for r in settings.results), *[""] * (MOST_TESTS - len(settings.results))]
    figure = bayes.chain_figure(
        texts, _AGAIN_LOW, (-4, -2, 0, 2, 4), ("0.01", "1", "50", "99", "99.99"), "test after test"
    )
    answer = answer | {"text": f"P({s.yes} | {said(settings)})"}
    steps = {
        "type": "prose",
        "text": "Posterior becomes prior",
        "html": coloured_slots(words(PAGE)["again"]),
    }
    return figure, (), [answer, steps]


def said(settings: TestSettings) -> str:
    """Return the results in words.

    >>> said(TestSettings.at_start("rare", results="++-"))
    'positive, positive, negative'
    """
    names = {"+": settings.spec.positive, "-": settings.spec.negative}
    return ", ".join(names[r] for r in settings.results) or "no test yet"


def _unsure(settings: TestSettings, answer: dict[str, Any]) -> tuple[Any, tuple[Label, ...], list[dict[str, Any]]]:
    s = settings.spec
    figure = bayes.spread_figure(ppv_grid(settings.scene), f"P({s.yes} | {s.positive}), %")
    answer = answer | {"text": f"P({s.yes} | {s.positive}), 90 % credible"}
    rows = [["rates taken as certain", "plain"]]
    return (
        figure,
        (),
        [
            answer,
            {"type": "rows", "text": "The plain answer (dashed)", "badge": "badge", "rows": rows},
            {"type": "prose", "text": "What is unsure", "html": coloured_slots(words(PAGE)["unsure"])},
        ],
    )


def handles(settings: TestSettings, is_locked: Callable[[str], bool]) -> tuple[Handle, ...]:
    """Return the handles with their words."""
    s, text, made = settings.spec, words(PAGE), []
    looks = {
        "prevalence": ((f"{s.yes} before", " the test"), "prior", ("rare", "common")),
        "sensitivity": (("sensitivity", ""), "likelihood", (f"misses the {s.yes}", "finds all")),
        "specificity": (("specificity", ""), "likelihood", ("cries wolf", "never wrong")),
        "studied": (("people studied", " for each rate"), "reference", ("a handful", "a nation")),
    }
    for name in settings.handles:
        label, concept, ends = looks[name]
        sentence = text[f"said {name}"].replace("{yes}", s.yes).replace("{positive}", s.positive)
        shown = {"studied": "{:,.0f}".format, "prevalence": _rate}.get(name, share_words)
        made.append(handle(settings, name, label, concept, ends, shown, sentence, is_locked))
    return tuple(made)


def _rate(value: float) -> str:
    return one_in(value) if value < 0.002 else share_words(value)
