"""A diagnostic test along one handle: the numbers and the words of every view."""

from __future__ import annotations

import numpy as np
import streamlit as st

from bayes_core.checks import FloatArray
from bayes_core.figures import bayes
from bayes_core.figures.film import Film, pack
from bayes_core.figures.frames import Frames
from bayes_core.foundations.diagnosis import Diagnosis
from bayes_core.foundations.hypotheses import odds
from bayes_core.foundations.people import people, tree, untested
from bayes_core.foundations.quantities import CELLS, union
from bayes_core.foundations.studies import ppv_draws, ppv_reach
from bayes_core.numerics.draws import central, densities
from bayes_core.summaries.summary import percent
from bayes_core.summaries.wording import factor_words, odds_words, percent_drawn

from .settings import MOST_TESTS, TestSettings

RATES = ("prevalence", "sensitivity", "specificity")
DRAWS = 1000
LEVEL = 0.9
Told = dict[str, tuple[str, ...]]
Numbers = dict[str, FloatArray]


def test_at(settings: TestSettings, handle: str) -> Diagnosis:
    """Return the tests along one handle, the others standing where they stand."""
    values = settings.positions(handle)
    parts = [values if n == handle else np.full(len(values), getattr(settings, n)) for n in RATES]
    return Diagnosis(*parts)


def unsure(settings: TestSettings, handle: str) -> FloatArray:
    """Return draws (V, S) of the PPV when every rate is known only from a study of `studied` people."""
    parts = [getattr(settings, name) for name in (*RATES, "studied")]
    if handle in (*RATES, "studied"):
        parts[(*RATES, "studied").index(handle)] = settings.positions(handle)
    return ppv_draws(*parts, draws=DRAWS, seed=100)


def film(settings: TestSettings, handle: str) -> Film:
    """Return everything the picture shows along one handle; where that handle stands plays no part, so it is cached."""
    return _film(settings.others(handle), handle)


@st.cache_data(max_entries=400, show_spinner=False)
def _film(settings: TestSettings, handle: str) -> Film:
    values, test = settings.positions(handle), test_at(settings, handle)
    told = _words(settings, test) | {"value": tuple(f"{v:.9g}" for v in values)}
    if settings.view == "people":
        numbers, more = _people(settings, test, told)
    elif settings.view == "curve":
        numbers, more = bayes.curve_numbers(test, test.among(grid(settings))), {}
    elif settings.view == "again":
        numbers, more = _again(settings, test)
    else:
        numbers, more = _unsure(settings, test, unsure(settings, handle))
    numbers.setdefault("answer.share", test.ppv[:, None])
    told |= more
    if settings.reveal and settings.spec.asks and settings.guess >= 0:
        numbers["guess"] = np.array([[settings.guess / 100]])
        told["answer.words"] = tuple(f"You said {settings.guess} %. It is {t}." for t in told["answer"])
    return pack(Frames(handle, values, numbers, told))


def _people(settings: TestSettings, test: Diagnosis, told: Told) -> tuple[Numbers, Told]:
    """Count a thousand people; until the guess is made they show who is ill, and no result at all."""
    counts = people(test.joint, 1000)
    if not settings.hidden:
        return {"people": counts}, {}
    more: Told = {name: ("?",) for name in told if name.startswith(("cell.", "tree.b", "tree.o", "tree.n"))}
    more |= {name: ("",) for name in told if name.startswith("point.")} | {"tree.alt": ("",)}
    more |= {"npv": ("?",), "positive": ("?",)}
    more |= {"answer": ("?",), "answer.words": ("",), "odds.bf": ("?",), "odds.after": ("?",)}
    more["alt"] = tuple(
        f"1,000 {settings.spec.who}, {int(n)} of them {settings.spec.yes}. The answer hides until you guess."
        for n in union(counts, "both", "only")
    )
    return {"people": untested(counts), "answer.share": np.full((len(counts), 1), np.nan)}, more


def _again(settings: TestSettings, test: Diagnosis) -> tuple[Numbers, Told]:
    """Chain the results seen so far."""
    path = test.chain(settings.results)
    numbers = bayes.chain_numbers(path, MOST_TESTS + 1) | {"answer.share": path[:, -1:]}
    return numbers, {"answer": tuple(percent(v) for v in path[:, -1])}


def _unsure(settings: TestSettings, test: Diagnosis, draws: FloatArray) -> tuple[Numbers, Told]:
    """Show what studies of some people leave of the answer."""
    at, ends, s = ppv_grid(settings.scene), central(draws, LEVEL), settings.spec
    numbers = bayes.spread_numbers(densities(draws, at), at, ends.low, ends.high, test.ppv)
    sides = ((ends.low, ends.low_error), (ends.high, ends.high_error))
    lows, highs = (tuple(map(percent_drawn, end, ends.sd, error)) for end, error in sides)
    told: Told = {
        "answer": tuple(f"{a} to {b} %" for a, b in zip(lows, highs, strict=True)),
        "plain": tuple(percent(v) for v in test.ppv),
    }
    told["alt"] = tuple(
        f"With every rate known from a study only, the share of {s.yes} among the {s.positive} lies between {a} and "
        f"{b} % (90 % credible); rates taken as certain: {c}."
        for a, b, c in zip(lows, highs, told["plain"], strict=True)
    )
    return numbers, told


@st.cache_data(show_spinner=False)
def ppv_grid(scene: str) -> FloatArray:
    """Return the PPVs that a scene's picture of unsure rates reaches over."""
    draws = unsure(TestSettings.start(scene), "prevalence")[TestSettings.at_start(scene).home()["prevalence"]]
    return np.linspace(0, ppv_reach(draws), 121)


def grid(settings: TestSettings) -> FloatArray:
    """Return the prevalences that the curves are drawn over."""
    return np.geomspace(settings.spec.rarest, 1, 121)


def _words(settings: TestSettings, test: Diagnosis) -> Told:
    """Return the texts of every readout at every position."""
    s, counts, counted = settings.spec, people(test.joint, 1000), tree(test)
    told: Told = {}
    yes_no, results = (s.yes, s.yes, s.no, s.no), (s.positive, s.negative) * 2
    for k, cell in enumerate(CELLS):
        told[f"cell.{cell}"] = tuple(f"{int(n):,}" for n in counts[:, k])
        told[f"point.{cell}"] = tuple(f"{int(n):,} of 1,000: {yes_no[k]}, {results[k]}" for n in counts[:, k])
    told |= {f"tree.{name}": tuple(f"{int(n):,}" for n in counted[name]) for name in ("all", "A", "notA", *CELLS)}
    every, ill, found, alarms, positive = (
        counted[name].astype(int) for name in ("all", "A", "both", "other", "positive")
    )
    told["tree.alt"] = tuple(
        f"Of {n:,} {s.who} {a:,} are {s.yes}; {b:,} of them test {s.positive}. Of the others {c:,} do too."
        for n, a, b, c in zip(every, ill, found, alarms, strict=True)
    )
    told |= {name: tuple(map(percent, getattr(test, name))) for name in ("npv", "positive")}
    told["answer"] = tuple(percent(v) for v in test.ppv)
    told["answer.words"] = tuple(
        f"{a:,} of {b:,} {s.positive} {'is' if a == 1 else 'are'} {s.yes}{'' if n == 1000 else f', of {n:,} {s.who}'}."
        for n, a, b in zip(every, found, positive, strict=True)
    )
    told["odds.prior"] = tuple(odds_words(v) for v in odds(test.prevalence))
    told["odds.after"] = tuple(odds_words(v) for v in odds(test.ppv))
    told["odds.bf"] = tuple(factor_words(v) for v in test.bayes_factors[0])
    told["badge"] = ("exact",)
    told["alt"] = tuple(
        f"{w} The probability of being {s.yes} went from {percent(p)} before the test to {a} after a result of "
        f"“{s.positive}”."
        for w, p, a in zip(told["answer.words"], test.prevalence, told["answer"], strict=True)
    )
    return told
