"""A diagnostic test as a picture: people to count, predictive values, test after test, unsure rates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from bayes_core import summary
from bayes_core.checks import FloatArray
from bayes_core.figures import bayes
from bayes_core.figures.film import Film, pack
from bayes_core.figures.frames import Frames
from bayes_core.figures.picture import Handle, Label, Picture
from bayes_core.foundations.diagnosis import Diagnosis, beta_draws, crowd, people
from bayes_core.summaries.summary import percent
from pages._ui.handles import handle
from pages._ui.words import coloured_slots, words

from .settings import MOST_TESTS, PAGE, TestSettings

CELLS = ("both", "only", "other", "neither")  # ill and positive, ill and negative, healthy and positive, the rest
DRAWS = 1000
LEVEL = 0.9
_AGAIN_LOW = -5.4


def test_at(settings: TestSettings, handle: str) -> Diagnosis:
    """Return the tests along one handle, the others standing where they stand."""
    values = settings.positions(handle)
    parts = [values if n == handle else getattr(settings, n) for n in ("prevalence", "sensitivity", "specificity")]
    return Diagnosis(*np.broadcast_arrays(*parts, values)[:3])


def unsure(settings: TestSettings, handle: str) -> FloatArray:
    """Return draws (V, S) of the PPV when every rate is known only from a study of `studied` people."""
    values = settings.positions(handle)
    studied = values if handle == "studied" else np.array([settings.studied])
    rates = []
    for number, name in enumerate(("prevalence", "sensitivity", "specificity")):
        rate = values if name == handle else np.array([getattr(settings, name)])
        rates.append(beta_draws(rate, studied, DRAWS, seed=100 + number))
    shape = (len(values), DRAWS)
    return Diagnosis(*(np.broadcast_to(rate, shape) for rate in rates)).ppv


def after(test: Diagnosis, results: str) -> FloatArray:
    """Return P(yes) (V, 1 + tests) before and after every result, NaN where a perfect test cannot give such results."""
    ill, well = (
        ((rate > 0) | (sign not in results)) & ((rate < 1) | (other not in results))
        for rate, sign, other in ((test.sensitivity, "+", "-"), (test.specificity, "-", "+"))
    )
    path = np.full((len(test.prevalence), 1 + len(results)), np.nan)
    path[:, 0], fine = test.prevalence, ill | well
    rates = (test.prevalence[fine], test.sensitivity[fine], test.specificity[fine])
    path[fine] = Diagnosis(*rates).after(results)
    return path


def film(settings: TestSettings, handle: str) -> Film:
    """Return everything the picture shows along one handle; where that handle stands plays no part, so it is cached."""
    return _film(settings.others(handle), handle)


@st.cache_data(max_entries=400, show_spinner=False)
def _film(settings: TestSettings, handle: str) -> Film:
    values = settings.positions(handle)
    test = test_at(settings, handle)
    ppv = test.ppv
    numbers: dict[str, FloatArray] = {}
    told = _words(settings, test) | {"value": tuple(f"{v:.9g}" for v in values)}
    if settings.view == "people":
        counts = people(test.joint, 1000)
        if settings.hidden:  # until the guess is made the picture shows who is ill, and no result at all
            ill = counts[:, 0] + counts[:, 1]
            zero = np.zeros_like(ill)
            counts = np.stack([zero, ill, zero, 1000 - ill], 1)
            told |= {name: ("?",) for name in told if name.startswith(("cell.", "tree.b", "tree.o", "tree.n"))}
            told |= {name: ("",) for name in told if name.startswith("point.")} | {"tree.alt": ("",)}
            told |= {"npv": ("?",), "positive": ("?",)}
            told |= {"answer": ("?",), "answer.words": ("",), "odds.bf": ("?",), "odds.after": ("?",)}
            told["alt"] = tuple(
                f"1,000 {settings.spec.who}, {int(n)} of them {settings.spec.yes}. The answer hides until you guess."
                for n in ill
            )
            ppv = np.full_like(ppv, np.nan)
        numbers["people"] = counts
    elif settings.view == "curve":
        numbers |= bayes.curve_numbers(test, grid(settings))
    elif settings.view == "again":
        path = after(test, settings.results)
        numbers |= bayes.chain_numbers(path, MOST_TESTS + 1)
        ppv = path[:, -1]
        told["answer"] = tuple(percent(v) for v in ppv)
    else:
        draws = unsure(settings, handle)
        low, high = np.quantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=1)
        numbers |= bayes.spread_numbers(draws, ppv_grid(settings.scene), low, high, test.ppv)
        ends = [_honest(draws, p) for p in (low, high)]
        told["answer"] = tuple(f"{a} to {b} %" for a, b in zip(*ends, strict=True))
        told["plain"] = tuple(percent(v) for v in test.ppv)
        told["alt"] = tuple(
            f"With every rate known from a study only, the share of {settings.spec.yes} among the "
            f"{settings.spec.positive} lies between {a} and {b} % (90 % credible); rates taken as certain: {c}."
            for a, b, c in zip(*ends, told["plain"], strict=True)
        )
    numbers["answer.share"] = ppv[:, None]
    if settings.reveal and settings.spec.asks and settings.guess >= 0:
        numbers["guess"] = np.array([[settings.guess / 100]])
        told["answer.words"] = tuple(f"You said {settings.guess} %. It is {t}." for t in told["answer"])
    return pack(Frames(handle, values, numbers, told))


@st.cache_data(show_spinner=False)
def ppv_grid(scene: str) -> FloatArray:
    """Return the PPVs that a scene's picture of unsure rates reaches over: round, and three times what is likely."""
    draws = unsure(TestSettings.start(scene), "prevalence")[TestSettings.at_start(scene).home()["prevalence"]]
    likely = 3 * float(np.quantile(draws, 0.95))
    return np.linspace(0, next((top for top in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5) if top >= likely), 1.0), 121)


def _honest(draws: FloatArray, ends: FloatArray) -> tuple[str, ...]:
    """Return interval ends in per cent with the digits that the draws allow."""
    texts = []
    for row, end in zip(draws, ends, strict=True):
        half = (np.abs(row - end) <= 0.1 * row.std() + 1e-12).mean() / 0.2 / max(row.std(), 1e-12)  # density there
        error = np.sqrt(0.05 * 0.95 / len(row)) / max(half, 1e-12)
        texts.append(
            summary.number(100 * float(end), min(2, summary.decimals(0.0, 100 * float(row.std()), 100 * error)))
        )
    return tuple(texts)


def grid(settings: TestSettings) -> FloatArray:
    """Return log10 prevalence for the curves."""
    return np.linspace(np.log10(settings.spec.rarest), 0, 121)


def _words(settings: TestSettings, test: Diagnosis) -> dict[str, tuple[str, ...]]:
    """Return the texts of every readout at every position."""
    s, told = settings.spec, {}
    counts = people(test.joint, 1000)
    for k, cell in enumerate(CELLS):
        told[f"cell.{cell}"] = tuple(f"{int(n):,}" for n in counts[:, k])
    yes_no, results = (s.yes, s.yes, s.no, s.no), (s.positive, s.negative) * 2
    for k, cell in enumerate(CELLS):
        told[f"point.{cell}"] = tuple(f"{int(n):,} of 1,000: {yes_no[k]}, {results[k]}" for n in counts[:, k])
    sizes = [crowd(float(p)) for p in test.prevalence]
    whole = np.array([people(j, n) for j, n in zip(test.joint, sizes, strict=True)])
    tree = {"all": np.array(sizes), "A": whole[:, 0] + whole[:, 1], "notA": whole[:, 2] + whole[:, 3]}
    tree |= {cell: whole[:, k] for k, cell in enumerate(CELLS)}
    told |= {f"tree.{name}": tuple(f"{int(n):,}" for n in values) for name, values in tree.items()}
    told["tree.alt"] = tuple(
        f"Of {n:,} {s.who} {int(a):,} are {s.yes}; {int(b):,} of them test {s.positive}. "
        f"Of the others {int(c):,} do too."
        for n, a, b, c in zip(sizes, tree["A"], whole[:, 0], whole[:, 2], strict=True)
    )
    told["answer"] = tuple(percent(v) for v in test.ppv)
    told["npv"] = tuple(percent(v) for v in test.npv)
    told["positive"] = tuple(percent(v) for v in test.positive)
    told["answer.words"] = tuple(
        f"{int(a):,} of {int(a + b):,} {s.positive} {'is' if a == 1 else 'are'} {s.yes}"
        f"{'' if n == 1000 else f', of {n:,} {s.who}'}."
        for n, a, b in zip(sizes, whole[:, 0], whole[:, 2], strict=True)
    )
    factor = test.bayes_factors[0]
    with np.errstate(divide="ignore", invalid="ignore"):
        before, after = (v / (1 - v) for v in (test.prevalence, test.ppv))
    told["odds.prior"], told["odds.after"] = (tuple(odds(v) for v in o) for o in (before, after))
    told["odds.bf"] = tuple("∞" if np.isinf(f) else "–" if np.isnan(f) else f"{f:.3g}" for f in factor)
    told["badge"] = ("exact",)
    told["alt"] = tuple(
        f"{w} The probability of being {s.yes} went from {percent(p)} before the test to {a} after a result of "
        f"“{s.positive}”."
        for w, p, a in zip(told["answer.words"], test.prevalence, told["answer"], strict=True)
    )
    return told


def odds(value: float) -> str:
    """Return odds as people say them.

    >>> odds(0.0101), odds(3.0), odds(float("inf"))
    ('1 : 99', '3 : 1', 'certain')
    """
    if np.isnan(value):
        return "–"
    if np.isinf(value):
        return "certain"
    if value == 0:
        return "impossible"
    one = f"{value if value >= 1 else 1 / value:.4g}"
    large = f"{float(one):,.0f}" if float(one) >= 1000 else one
    return f"{large} : 1" if value >= 1 else f"1 : {large}"


# ------------------------------------------------------------------------------------------------- the picture
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
    ticks = np.arange(np.ceil(np.log10(s.rarest)), 1)
    texts = [one_in(10 ** float(t)) for t in ticks]
    figure = bayes.curve_figure(grid(settings), ticks, texts, f"share of {s.yes} among those tested (prevalence)")
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


def one_in(share: float) -> str:
    """Return a small share as "1 in n".

    >>> one_in(0.001), one_in(1.0)
    ('1 in 1,000', 'all')
    """
    return "all" if share >= 1 else f"1 in {round(1 / share):,}"


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
        shown = {"studied": "{:,.0f}".format, "prevalence": _rate}.get(name, _share)
        made.append(handle(settings, name, label, concept, ends, shown, sentence, is_locked))
    return tuple(made)


def _share(value: float) -> str:
    return f"{100 * value:.5g} %"


def _rate(value: float) -> str:
    return one_in(value) if value < 0.002 else _share(value)
