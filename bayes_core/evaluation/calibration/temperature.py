"""One number that makes a classifier louder or softer, and never changes its mind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import logsumexp

from bayes_core.checks import FloatArray, floats, positive
from bayes_core.evaluation.forecasts import Labels, class_labels, class_probabilities, log_of_logits, of_logits

_STEPS, _NEAR = 100, 1e-10
_LOWEST, _HIGHEST = 1e-3, 1e3
"""Temperatures beyond these are no repair: below, every forecast is a certainty; above, all are alike."""


@dataclass(frozen=True)
class Temperature:
    """The temperature with the highest mean log score on a calibration split, its standard error, and both scores.

    `log_score` is the mean log probability of the label at that temperature, `log_score_at_one` without it; in nats.
    """

    value: float
    error: float
    log_score: float
    log_score_at_one: float


def tempered(logits: ArrayLike, temperature: float) -> FloatArray:
    """Return class probabilities (N, K) of logits (N, K') over a temperature; K' = 1 is the log odds of class 1.

    >>> tempered([[2.0]], 2.0).round(3)
    array([[0.269, 0.731]])
    """
    temperature = positive(temperature, "the temperature", "1 leaves forecasts as they are")
    return of_logits(floats(logits, "the logits", 2) / temperature)


def best_temperature(logits: ArrayLike, labels: ArrayLike) -> Temperature:
    r"""Return the temperature that scores best on a calibration split: logits (N, K'), labels (N,).

    Newton's method in :math:`\beta = 1/T`, in which the log loss is convex, kept in a bracket:

    .. math:: \frac{dL}{d\beta} = \tfrac1N \sum_n E_{p_n}[z_n] - z_{n y_n}, \qquad
        \frac{d^2L}{d\beta^2} = \tfrac1N \sum_n \mathrm{Var}_{p_n}[z_n]

    Its standard error is the sandwich's. Source: Guo, Pleiss, Sun and Weinberger (2017), section 4.2. Raises ValueError
    where no temperature is best: every label is the likeliest class (T would go to 0), the logits know nothing of the
    labels (T would go to infinity), or all logits of a row are equal in every row.

    >>> told = best_temperature([[6.0], [6.0], [-6.0], [6.0]], [1, 1, 0, 0])
    >>> round(told.value, 3), bool(told.log_score > told.log_score_at_one)
    (5.461, True)
    """
    z = floats(logits, "the logits", 2)
    y = class_labels(labels, len(z), max(z.shape[1], 2))
    if len(z) == 0:
        raise ValueError("the calibration split has 0 rows: give at least two, of which one is forecast wrong")
    _refuse_without_best(z, y)
    low, high, beta = 1 / _HIGHEST, 1 / _LOWEST, 1.0
    for _ in range(_STEPS):
        slope, bend, _ = _derivatives(z, y, beta)
        low, high = (low, beta) if slope > 0 else (beta, high)
        new = beta - slope / bend if bend > 0 else np.nan
        if not low < new < high:
            new = float(np.sqrt(low * high))
        moved, beta = abs(new - beta), new
        if moved <= _NEAR * beta:
            break
    _, bend, score = _derivatives(z, y, beta)
    error = score.std() / np.sqrt(len(z)) / max(bend, 1e-300) / beta**2
    return Temperature(1 / beta, float(error), _log_score(z * beta, y), _log_score(z, y))


def logits_of(probabilities: ArrayLike) -> FloatArray:
    """Return logits (N, K') of class probabilities (N, K): the log odds for two classes, else logarithms.

    Raises ValueError for a probability of exactly 0 (or, of two, 1): its logit is infinite, and no temperature moves
    it. Ask the logits themselves, or `predictive_logits`, which works on logarithms all through.

    >>> logits_of([[0.25, 0.75]]).round(4)
    array([[1.0986]])
    """
    p = class_probabilities(probabilities, 2)
    if (p == 0).any():
        row, k = (int(i) for i in np.argwhere(p == 0)[0])
        raise ValueError(
            f"the probability of class {k} in row {row} is exactly 0: its logit is infinite and no temperature moves "
            "it; give the model's logits, or a probability that is small but not 0"
        )
    return _as_logits(np.log(p))


def predictive_logits(f: ArrayLike) -> FloatArray:
    r"""Return the logits (G, K') of the predictive probabilities of draws of logits (S, G, K').

    .. math:: \log \tfrac1S \sum_s p_s

    Computed in logarithms, so that none is infinite: a temperature acts on what all draws say together.

    >>> predictive_logits([[[900.0]], [[-900.0]]])
    array([[0.]])
    """
    draws = floats(f, "f", 3)
    return _as_logits(logsumexp(log_of_logits(draws), axis=0) - np.log(len(draws)))


def _as_logits(log: FloatArray) -> FloatArray:
    return log[:, 1:] - log[:, :1] if log.shape[1] == 2 else log


def _every_class(z: FloatArray) -> FloatArray:
    """Return one logit for each class (N, K): class 0 has the logit 0 where only the odds are given."""
    return np.concatenate([np.zeros_like(z), z], axis=1) if z.shape[1] == 1 else z


def _derivatives(z: FloatArray, y: Labels, beta: float) -> tuple[float, float, FloatArray]:
    """Return slope and bend of the mean log loss in beta, and the slopes of its rows (N,)."""
    every, p = _every_class(z), of_logits(z * beta)
    mean = (p * every).sum(1)
    rows: FloatArray = mean - every[np.arange(len(every)), y]
    bend = (p * (every - mean[:, None]) ** 2).sum(1).mean()
    return float(rows.mean()), float(bend), rows


def _log_score(z: FloatArray, y: Labels) -> float:
    return float(log_of_logits(z)[np.arange(len(z)), y].mean())


def _refuse_without_best(z: FloatArray, y: Labels) -> None:
    every = _every_class(z)
    own = every[np.arange(len(every)), y]
    if (every == own[:, None]).all():
        raise ValueError("every forecast gives all classes the same probability: there is nothing for T to change")
    if (own >= every.max(1)).all():
        raise ValueError(
            f"the likeliest class is right in all {len(z)} rows: the lower T, the better the score, without end; "
            "give a calibration split with at least one wrong forecast"
        )
    if (own - every.mean(1)).mean() <= 0:
        raise ValueError(
            "the forecasts know nothing of these labels: the higher T, the better the score, without end; see that "
            "labels and classes are in the same order"
        )


__all__ = ["Temperature", "best_temperature", "logits_of", "predictive_logits", "tempered"]
