"""What the samplers page says in words."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, isfinite, isnan, log10

from bayes_core.figures.panels import Texts
from bayes_core.samplers.account import Account
from bayes_core.samplers.shown import Shown

NONE = "unknown"


def whole(value: float) -> str:
    """Return a count with its thousands apart, "unknown" where there is none.

    >>> whole(1234.4), whole(float("nan"))
    ('1,234', 'unknown')
    """
    return f"{value:,.0f}" if isfinite(value) else NONE


def agree(r_hat: float) -> str:
    """Return R-hat in the digits that it deserves.

    >>> agree(1.0049), agree(2.31), agree(7e9), agree(float("nan"))
    ('1.005', '2.3', 'over 10', 'unknown')
    """
    if isnan(r_hat):
        return NONE
    return (
        "over 10" if r_hat > 10 else f"{r_hat:.3f}" if r_hat < 1.1 else f"{r_hat:.2f}" if r_hat < 2 else f"{r_hat:.1f}"
    )


def verdict(told: Account) -> str:
    """Return whether chains have converged by what they say themselves, in a sign and a word."""
    return "✓ yes" if told.converged else "▼ no"


def gloss(seen: Shown) -> str:
    """Return what the last move of the first chain was, in words."""
    move = seen.move
    if move is None:
        return "not yet begun"
    if len(seen.hops):
        took = int(seen.hops[:, 4].sum())
        if seen.run.plan.sampler == "gibbs":
            return f"the last {len(seen.hops)} conditional draws"
        lost = "▼ diverged · " if move.diverged else ""
        return f"{lost}last {len(seen.hops)} proposals, {took} accepted"
    steps = len(seen.path) - 1
    if seen.under_way:
        return f"on its way: {steps} leapfrog step{'s' if steps != 1 else ''} so far"
    leaps = f"{move.cost} leapfrog step{'s' if move.cost != 1 else ''}"
    if move.way:
        many = f"{len(move.way)} doubling{'s' if len(move.way) != 1 else ''} ({' '.join(move.way)})"
        return f"▼ diverged: {leaps}, {many}" if move.diverged else f"{leaps} in {many}"
    return f"▼ diverged after {leaps}" if move.diverged else f"{leaps}, {'accepted' if move.accepted else 'refused'}"


def told(side: str, name: str, along: Sequence[Shown]) -> dict[str, Texts]:
    """Return the words of one side at every position."""
    every = [seen.account for seen in along]
    return {
        f"{side}.name": (name,),
        f"{side}.gloss": tuple(map(gloss, along)),
        f"{side}.draws": tuple(whole(one.draws) for one in every),
        f"{side}.worth": tuple(whole(one.worth) for one in every),
        f"{side}.accepted": tuple(f"{100 * one.accepted:.0f} %" if isfinite(one.accepted) else NONE for one in every),
        f"{side}.diverged": tuple(whole(one.diverged) for one in every),
        f"{side}.rhat": tuple(agree(one.r_hat) for one in every),
        f"{side}.verdict": tuple(map(verdict, every)),
    }


def means(side: str, along: Sequence[Shown], traced: int, truth: str) -> dict[str, Texts]:
    """Return the mean that the chains tell, with its Monte-Carlo error, and how far it is from the exact one."""
    rows = [(one.account.mean[traced], one.account.error[traced]) for one in along]
    return {f"{side}.mean": tuple(_mean(mean, error) for mean, error in rows), "truth": (truth,)}


def _mean(mean: float, error: float) -> str:
    """Return a mean with its Monte-Carlo error, to the first digit of this."""
    if not (isfinite(mean) and isfinite(error) and error > 0):
        return NONE
    places = max(0, min(3, -floor(log10(error))))
    return f"{_plain(mean, places)} ± {error:,.{places}f}"


def placed(mean: float, sd: float) -> str:
    """Return an exact mean to a hundredth of its sd.

    >>> placed(212.523, 25.45), placed(-1e-18, 1.3)
    ('212.5', '0.00')
    """
    return _plain(mean, max(0, 2 - floor(log10(sd))))


def _plain(value: float, places: int) -> str:
    return f"{round(value, places) + 0.0:,.{places}f}".replace("-", "−")
