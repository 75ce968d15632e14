"""What a diagnostic test says in words, at every position of a handle: counts, shares and odds."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.panels import Texts
from bayes_core.foundations.diagnosis import Diagnosis
from bayes_core.foundations.hypotheses import odds
from bayes_core.foundations.people import tree
from bayes_core.foundations.quantities import CELLS, union
from bayes_core.summaries.summary import percent
from bayes_core.summaries.wording import factor_words, odds_words

from .scenes import People

BRANCHES = ("all", "A", "notA", *CELLS)


def shares(values: FloatArray) -> Texts:
    """Return probabilities (V,) in per cent."""
    return tuple(map(percent, values))


def counted(numbers: FloatArray) -> Texts:
    """Return whole numbers (V,) as they are written."""
    return tuple(f"{int(n):,}" for n in numbers)


def rest(test: Diagnosis) -> dict[str, Texts]:
    """Return what else there is to say of tests (V,): a sentence of the page may ask for any of it."""
    return {
        "before": shares(test.prevalence),
        "false": false_alarms(test),
        "alarms": shares(1 - test.specificity),
        "npv": shares(test.npv),
        "positive": shares(test.positive),
        "p.positive": shares(test.positive),
        "odds.prior": tuple(odds_words(v) for v in odds(test.prevalence)),
        "odds.after": tuple(odds_words(v) for v in odds(test.ppv)),
        "odds.bf": tuple(factor_words(v) for v in test.bayes_factors[0]),
    }


def pointed(cells: FloatArray, people: People) -> dict[str, Texts]:
    """Return what is said of the cells (V, 4) of a thousand people to whoever points at them."""
    yes_no, results = (people.yes, people.yes, people.no, people.no), (people.positive, people.negative) * 2
    return {
        cell: tuple(f"{int(n):,} of 1,000: {yes_no[k]}, {results[k]}" for n in cells[:, k])
        for k, cell in enumerate(CELLS)
    }


def branches(test: Diagnosis, people: People) -> Texts:
    """Return the tree of whole people in words."""
    grown = tree(test)
    every, sick, found, alarms = (grown[name].astype(int) for name in ("all", "A", "both", "other"))
    return tuple(
        f"Of {n:,} {people.who} {a:,} are {people.yes}; {b:,} of them test {people.positive}. "
        f"Of the others {c:,} do too."
        for n, a, b, c in zip(every, sick, found, alarms, strict=True)
    )


_NOTHING = 1e-5  # the end of an interval below which it is told as nothing
ENOUGH = 100  # with the results seen: their share is then right to two digits


def false_alarms(test: Diagnosis) -> Texts:
    """Return how many of the positive are well, in whole people; a dash where nobody is positive."""
    grown = tree(test)
    pairs = zip(grown["other"].astype(int), grown["positive"].astype(int), strict=True)
    return tuple(f"{c:,} of {b:,}" if b else "–" for c, b in pairs)


def answer(test: Diagnosis, people: People) -> Texts:
    """Return who of the positive is sick, and which alarms are false, in whole people."""
    grown = tree(test)
    every, found, positive = (grown[name].astype(int) for name in ("all", "both", "positive"))
    return tuple(
        f"{a:,} of {b:,} {people.positive} {'is' if a == 1 else 'are'} {people.yes}"
        f"{'' if n == 1000 else f', of {n:,} {people.who}'}: {b - a:,} of {b:,} alarms are false."
        if b
        else f"Of {n:,} {people.who} nobody gets the result “{people.positive}”."
        for n, a, b in zip(every, found, positive, strict=True)
    )


def state(test: Diagnosis, results: str, people: People) -> Texts:
    """Return who of those with these results is sick, in whole people of a crowd that holds enough of them."""
    grown = tree(test.together(results), ENOUGH)
    every, found, seen = (grown[name].astype(int) for name in ("all", "both", "positive"))
    said = f"“{', '.join(chain(results, people))}”" if results else "no test yet"
    return tuple(
        f"Of {n:,} {people.who} {b:,} get {said}: {a:,} of these {'is' if a == 1 else 'are'} {people.yes}."
        if results and b
        else f"Of {n:,} {people.who} nobody gets {said}."
        if results
        else f"Of {n:,} {people.who} {a:,} are {people.yes}."
        for n, a, b in zip(every, found, seen, strict=True)
    )


def chain_words(test: Diagnosis, path: FloatArray, results: str) -> dict[str, Texts]:
    """Return the odds after all results, and the Bayes factors whose product they are multiplied by."""
    factors = dict(zip("+-", test.bayes_factors, strict=True))
    each = [tuple(map(factor_words, factors[sign])) for sign in results]
    whole = tuple(map(factor_words, test.together(results).bayes_factors[0]))
    told = tuple(
        f"{' × '.join(one[v] for one in each)} = {total}" if len(each) > 1 else total for v, total in enumerate(whole)
    )
    after = tuple(map(odds_words, odds(path[:, -1])))
    return {"odds.after": after, "said.odds": in_a_sentence(after), "odds.bf": told}


def in_a_sentence(odds: Texts) -> Texts:
    """Return odds as a sentence says them: "1 to 12", for a colon would part it."""
    return tuple(text.replace(" : ", " to ") for text in odds)


def kept_back(cells: FloatArray, people: People) -> dict[str, Texts]:
    """Return what may be said of the cells (V, 4) of a thousand people before the reader has guessed."""
    return {"crowd": tuple(f"{int(n)} of 1,000 {people.who}" for n in union(cells, "both", "only"))}


def ends(low: FloatArray, high: FloatArray) -> Texts:
    """Return intervals (V,) in per cent; where nobody tests positive there is none."""
    return tuple(
        "–" if np.isnan(a) else f"{percent(a) if a >= _NOTHING else '0.000 %'} to {percent(b)}"
        for a, b in zip(low, high, strict=True)
    )


def beside(low: FloatArray, high: FloatArray, plain: FloatArray) -> Texts:
    """Return where the plain answer lies beside an interval."""
    return tuple(
        "–" if np.isnan(p + a) else "below the interval" if p < a else "above it" if p > b else "inside the interval"
        for a, b, p in zip(low, high, plain, strict=True)
    )


def studies(studied: FloatArray, found: FloatArray, imagined: float) -> dict[str, Texts]:
    """Return what studies (V,) of so many people find of the rare, and whether their prior imagines more."""
    decides = {
        True: "so the prior says more about them than the study",
        False: "so the study says more about them than the prior",
    }
    return {
        "study.people": tuple(f"{n:,.0f}" for n in studied),
        "study.found": tuple(f"{n:,.3g}" if n < 1000 else f"{n:,.0f}" for n in found),
        "study.prior": (f"{imagined:g}",),
        "study.decides": tuple(decides[bool(n < imagined)] for n in found),
    }


def chain(results: str, people: People) -> list[str]:
    """Return results in words, one by one.

    >>> from .scenes import TESTS
    >>> chain("++-", TESTS["rare"].story)
    ['positive', 'positive', 'negative']
    """
    names: Mapping[str, str] = {"+": people.positive, "-": people.negative}
    return [names[result] for result in results]
