"""What a diagnostic test says in words, at every position of a handle: counts, shares and odds."""

from __future__ import annotations

from collections.abc import Mapping

from bayes_core.checks import FloatArray
from bayes_core.figures.panels import Texts
from bayes_core.foundations.diagnosis import Diagnosis
from bayes_core.foundations.hypotheses import odds
from bayes_core.foundations.people import tree
from bayes_core.foundations.quantities import CELLS, union
from bayes_core.numerics.draws import DrawnInterval
from bayes_core.summaries.summary import percent
from bayes_core.summaries.wording import factor_words, odds_words, percent_drawn

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
        "npv": shares(test.npv),
        "positive": shares(test.positive),
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


def answer(test: Diagnosis, people: People) -> Texts:
    """Return who of the positive is sick, in whole people."""
    grown = tree(test)
    every, found, positive = (grown[name].astype(int) for name in ("all", "both", "positive"))
    return tuple(
        f"{a:,} of {b:,} {people.positive} {'is' if a == 1 else 'are'} {people.yes}"
        f"{'' if n == 1000 else f', of {n:,} {people.who}'}."
        for n, a, b in zip(every, found, positive, strict=True)
    )


def held_against(guess: int, shown: Texts) -> Texts:
    """Return a guess, in per cent, beside the answer."""
    return tuple(f"You said {guess} %. It is {text}." for text in shown)


def alternative(test: Diagnosis, people: People) -> Texts:
    """Return the finding for those who do not see the picture."""
    return tuple(
        f"{words} The probability of being {people.yes} went from {percent(before)} before the test to "
        f"{percent(after)} after a result of “{people.positive}”."
        for words, before, after in zip(answer(test, people), test.prevalence, test.ppv, strict=True)
    )


def kept_back(cells: FloatArray, people: People) -> Texts:
    """Return what may be said of the cells (V, 4) of a thousand people before the reader has guessed."""
    return tuple(
        f"1,000 {people.who}, {int(n)} of them {people.yes}. The answer hides until you guess."
        for n in union(cells, "both", "only")
    )


def ends(drawn: DrawnInterval) -> tuple[Texts, Texts]:
    """Return both ends of intervals (V,) of draws in per cent, in as many digits as the draws are good for."""
    sides = ((drawn.low, drawn.low_error), (drawn.high, drawn.high_error))
    low, high = (tuple(map(percent_drawn, end, drawn.sd, error)) for end, error in sides)
    return low, high


def spread_alternative(low: Texts, high: Texts, plain: Texts, people: People) -> Texts:
    """Return how far the answer spreads where every rate comes from a study."""
    return tuple(
        f"With every rate known from a study only, the share of {people.yes} among the {people.positive} lies between "
        f"{a} and {b} % (90 % credible); rates taken as certain: {c}."
        for a, b, c in zip(low, high, plain, strict=True)
    )


def chain(results: str, people: People) -> list[str]:
    """Return results in words, one by one.

    >>> from .scenes import TESTS
    >>> chain("++-", TESTS["rare"].story)
    ['positive', 'positive', 'negative']
    """
    names: Mapping[str, str] = {"+": people.positive, "-": people.negative}
    return [names[result] for result in results]
