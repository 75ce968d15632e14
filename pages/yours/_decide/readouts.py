"""What the decision page says in words: counts, amounts, costs, and what waiting is worth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.decision_along import Acts, Amounts, Counted
from bayes_core.evaluation.payoffs import Payoffs
from bayes_core.figures.panels import Texts
from bayes_core.summaries.summary import number, percent

from .scenes import ACT_NAMES, ACTS

NOTHING = "next to nothing"
BEST, GUESS, YOURS = "● best action", "◆ best guess", "○ yours"


def amount(values: FloatArray, digits: int, unit: str = "") -> Texts:
    """Return amounts (V,) in so many decimals, thousands set apart.

    >>> amount(np.array([8467.2, -0.01]), 0, "papers")
    ('8,467 papers', '0 papers')
    """
    rounded = [round(float(value), digits) + 0.0 for value in np.atleast_1d(values)]
    return tuple(f"{value:,.{digits}f} {unit}".strip().replace("-", "−") for value in rounded)


def money(values: FloatArray, least: FloatArray, unit: str) -> Texts:
    """Return costs (V,) with the decimals that three digits of the least cost have, so that differences add up.

    >>> money(np.array([27300.0, 3.14]), np.array([20994.0, 7.0]), "€")
    ('27,300 €', '3.14 €')
    """
    pairs = zip(*np.broadcast_arrays(np.atleast_1d(values), np.atleast_1d(least)), strict=True)
    return tuple(_money(float(value), _places(float(low), unit), unit) for value, low in pairs)


def _places(least: float, unit: str) -> int:
    """Return the decimals that three digits have; money has cents or none."""
    places = 2 - int(np.floor(np.log10(least))) if least > 0 else 2
    return 2 if unit == "€" and places >= 1 else places


def _money(value: float, places: int, unit: str) -> str:
    rounded = round(value, places) + 0.0
    return f"{rounded:,.{max(places, 0)}f} {unit}".strip().replace("-", "−")


def worth(values: FloatArray, errors: FloatArray, least: FloatArray, unit: str) -> Texts:
    """Return what waiting is worth, as nothing where the error of working it out hides it.

    >>> worth(np.array([157.0, 0.0]), np.array([3.0, 0.1]), np.array([20994.0, 7.0]), "€")
    ('160 €', 'next to nothing')
    """
    told = []
    for value, error, low in zip(*np.broadcast_arrays(values, errors, least), strict=True):
        if value <= error or round(value, _places(float(low), unit)) <= 0:
            told.append(NOTHING)
            continue
        known = int(np.floor(np.log10(value / max(error, 1e-12 * value)))) + 1
        places = min(min(max(known, 1), 3) - 1 - int(np.floor(np.log10(value))), max(_places(float(low), unit), 0))
        told.append(_money(float(value), places, unit))
    return tuple(told)


def counts(counted: Counted) -> dict[str, Texts]:
    """Return how many of the dots lie above and at or below the threshold, and the exact share above."""
    total, above = len(counted.dots), counted.above.sum(1)
    told = {"above": above, "below": total - above}
    words = {name: tuple(f"{n} of {total}" for n in values) for name, values in told.items()}
    return words | {"share": tuple(map(percent, counted.share))}


def dearer(times: FloatArray) -> Texts:
    """Return how much dearer the best guess is than the best action, in words.

    >>> dearer(np.array([1.0, 1.3, 5.94]))
    ('The best guess is as cheap.', 'The best guess is 30 % dearer.', 'The best guess is 5.9 times as dear.')
    """
    return tuple(_dearer(float(t)) for t in times)


def _dearer(times: float) -> str:
    if times < 1.005:
        return "The best guess is as cheap."
    return f"The best guess is {percent(times - 1) + ' dearer' if times < 2 else f'{times:.2g} times as dear'}."


def told(found: Amounts, digits: int, unit: str, coin: str) -> dict[str, Texts]:
    """Return the words of an amount: the action, its quantile, its cost, and the regrets."""
    least = found.least
    return counts(found.counted) | {
        "best": amount(found.best, digits, unit),
        "guess": amount(found.guess, digits, unit),
        "own": amount(found.action, digits, unit),
        "quantile": tuple(map(percent, found.share)),
        "least": money(least, least, coin),
        "guess.cost": money(found.guess_cost, least, coin),
        "own.cost": money(found.own_cost, least, coin),
        "regret": money(found.regret, least, coin),
        "own.regret": money(found.own_regret, least, coin),
        "dearer": dearer(found.times[0]),
        "waiting": worth(found.worth, found.error, least, coin),
        "kept": under_best(found),
    }


def under_best(found: Amounts) -> Texts:
    """Return how many of the dots lie at or below the best action."""
    total = len(found.counted.dots)
    return tuple(f"{n} of {total}" for n in found.counted.under(found.best))


def held(found: Amounts) -> tuple[Texts, Texts, Texts]:
    """Return how many of the dots lie at or below the best action, the best guess and the reader's action."""
    rows = (found.best, found.guess, found.action)
    best, guess, own = (tuple(str(n) for n in found.counted.under(row)) for row in rows)
    return best, guess, own


def arithmetic(over: Sequence[str], under: Sequence[str], share: FloatArray) -> Texts:
    """Return the best action's quantile as a sum: under ÷ (under + over)."""
    size = max(len(over), len(under), len(share))
    pick = [(texts[min(v, len(texts) - 1)] for texts in (over, under)) for v in range(size)]
    shares = np.broadcast_to(share, size)
    return tuple(f"the {percent(float(s))} quantile: {u} ÷ ({u} + {o})" for (o, u), s in zip(pick, shares, strict=True))


def told_acts(found: Acts, digits: int, unit: str, coin: str) -> dict[str, Texts]:
    """Return the words of a choice between acts: the best one, its cost, and the regrets."""
    least = found.least
    size = len(least)
    names = [ACT_NAMES[act] for act in ACTS]

    def of(act: np.ndarray) -> Texts:
        return tuple(names[int(k)] for k in np.broadcast_to(act, size))

    return counts(found.counted) | {
        "best": of(found.best),
        "best.key": tuple(ACTS[int(k)] for k in found.best),
        "guess": of(found.guess),
        "level": amount(found.guessed, digits, unit),
        "own": of(found.own),
        "cut": amount(found.cut, digits, unit),
        "least": money(least, least, coin),
        "guess.cost": money(found.cost_of(found.guess), least, coin),
        "own.cost": money(found.cost_of(found.own), least, coin),
        "regret": money(found.regret, least, coin),
        "own.regret": money(found.own_regret, least, coin),
        "dearer": dearer(found.times[0]),
        "knowing": money(found.knowing, least, coin),
        "waiting": worth(found.worth, found.error, least, coin),
    }


def told_payoffs(found: Payoffs, names: Sequence[str], digits: int, unit: str, span: FloatArray) -> dict[str, Texts]:
    """Return the words of a choice by a table of pay-offs whose numbers span so much."""

    def pay(values: FloatArray) -> Texts:
        return money(values, span, "")

    return counts(found.counted) | {
        "best": tuple(names[int(k)] for k in found.best),
        "guess": tuple(names[int(k)] for k in found.guess),
        "level": amount(found.guessed, digits, unit),
        "cut": amount(found.cut, digits, unit),
        "most": pay(found.most),
        "guess.pay": pay(found.guess_pay),
        "regret": pay(found.regret),
        "knowing": pay(found.knowing),
        "waiting": worth(found.worth, found.error, span, ""),
    }


__all__ = [
    "BEST",
    "GUESS",
    "NOTHING",
    "YOURS",
    "amount",
    "arithmetic",
    "held",
    "money",
    "number",
    "told",
    "told_acts",
    "told_payoffs",
]
