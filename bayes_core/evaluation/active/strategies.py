"""Rules for the next place: each scores every place by what is believed now, and the highest score is measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.active.bits import class_information, entropy_of_mean, number_information


@dataclass(frozen=True, eq=False)
class Now:
    """What is believed of f in W worlds: mean and sd (W, G), the noise (G,) of a number, and chance's own turn (W,).

    Where numbers are measured, `covariance` (W, P, P) is that of the weights and `design` (G, P) their columns.
    """

    mean: FloatArray
    sd: FloatArray
    noise: FloatArray | None
    turn: FloatArray
    covariance: FloatArray | None = None
    design: FloatArray | None = None


@dataclass(frozen=True)
class Strategy:
    """A rule for the next place; `tasks` are what it is for."""

    title: str
    tasks: tuple[str, ...]
    score: Callable[[Now], FloatArray]


def information(now: Now) -> FloatArray:
    """Return what one measurement would tell of the curve, in bits (W, G)."""
    if now.noise is None:
        return class_information(now.mean, now.sd)
    return number_information(now.sd, now.noise)


def variance(now: Now) -> FloatArray:
    """Return the variance of what a measurement would read (W, G): the doubt about the curve, and the noise."""
    assert now.noise is not None
    both: FloatArray = now.sd**2 + now.noise**2
    return both


def remaining(now: Now) -> FloatArray:
    r"""Return how much one measurement would take off the mean variance over all places (W, G).

    .. math:: \frac1G \sum_g \frac{\mathrm{Cov}(f_g, f_x)^2}{s_x^2 + \sigma_x^2} = \frac{\varphi_x^\top \Sigma
        \left(\Phi^\top \Phi / G\right) \Sigma\, \varphi_x}{s_x^2 + \sigma_x^2}

    Source: Cohn, Ghahramani and Jordan (1996), Active learning with statistical models.
    """
    assert now.covariance is not None
    assert now.design is not None
    assert now.noise is not None
    inner = now.covariance @ (now.design.T @ now.design / len(now.design)) @ now.covariance
    taken: FloatArray = ((now.design @ inner) * now.design).sum(-1) / (now.sd**2 + now.noise**2)
    return taken


def entropy(now: Now) -> FloatArray:
    """Return how open a yes or no is (W, G), in bits, for whatever reason."""
    return entropy_of_mean(now.mean, now.sd)


def random(now: Now) -> FloatArray:
    """Return a score that is highest where chance points."""
    places = np.arange(now.mean.shape[1])
    drawn: FloatArray = -np.abs(places - (now.turn * len(places)).astype(int)[:, None]).astype(float)
    return drawn


STRATEGIES: dict[str, Strategy] = {
    "information": Strategy("most information", ("regression", "classification"), information),
    "variance": Strategy("largest variance", ("regression",), variance),
    "remaining": Strategy("least doubt left", ("regression",), remaining),
    "entropy": Strategy("largest entropy", ("classification",), entropy),
    "random": Strategy("at random", ("regression", "classification"), random),
}


def strategies_for(task: str) -> tuple[str, ...]:
    """Return the rules for a task.

    >>> strategies_for("classification")
    ('information', 'entropy', 'random')
    """
    return tuple(name for name, one in STRATEGIES.items() if task in one.tasks)
