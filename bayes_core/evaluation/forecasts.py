"""Forecasts as plain arrays, checked: probabilities, logits and labels of classes, draws and noise of a number."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, log_expit, log_softmax, softmax

from bayes_core.checks import FloatArray, floats

Labels = NDArray[np.intp]

_SUM = 1e-4  # single precision adds up to this


def class_probabilities(values: ArrayLike, ndim: int) -> FloatArray:
    """Return class probabilities (..., K), checked: K at least 2, none below 0, each row with the sum 1.

    Raises ValueError that names the entry.

    >>> class_probabilities([[0.5, 0.6]], 2)
    Traceback (most recent call last):
        ...
    ValueError: the probabilities at (0,) add up to 1.1: give one for each class, with the sum 1
    """
    array = floats(values, "the probabilities", ndim)
    if array.shape[-1] < 2:
        raise ValueError(f"the probabilities have {array.shape[-1]} class: give one for each of at least 2 classes")
    if (array < 0).any():
        where = tuple(int(i) for i in np.argwhere(array < 0)[0])
        raise ValueError(f"the probability at {where} is {array[where]}: give none below 0")
    total = array.sum(-1)
    if (np.abs(total - 1) > _SUM).any():
        where = tuple(int(i) for i in np.argwhere(np.abs(total - 1) > _SUM)[0])
        raise ValueError(
            f"the probabilities at {where} add up to {total[where]:.6g}: give one for each class, with the sum 1"
        )
    return array


def shares(values: ArrayLike, name: str) -> FloatArray:
    """Return probabilities of one event (N,), each from 0 to 1; N at least 1. Raises ValueError for any other."""
    array = floats(values, name, 1)
    if len(array) == 0:
        raise ValueError(f"{name} has 0 entries: give at least one")
    wrong = (array < 0) | (array > 1)
    if wrong.any():
        at = int(wrong.argmax())
        raise ValueError(f"{name} holds {array[at]:.6g} at position {at}: give probabilities from 0 to 1, not per cent")
    return array


def class_labels(values: ArrayLike, rows: int, classes: int) -> Labels:
    """Return labels (N,) as whole numbers 0..K-1, one for each row. Raises ValueError for any other.

    >>> class_labels([0.0, 2.0], 2, 3)
    array([0, 2])
    """
    array = floats(values, "the labels", 1)
    if len(array) != rows:
        raise ValueError(f"there are {len(array)} labels for {rows} forecasts: give one label for each forecast")
    wrong = (array != np.floor(array)) | (array < 0) | (array >= classes)
    if wrong.any():
        at = int(wrong.argmax())
        raise ValueError(f"the label at position {at} is {array[at]:.6g}: give whole numbers from 0 to {classes - 1}")
    return array.astype(np.intp)


def both(one: FloatArray) -> FloatArray:
    """Return probabilities (..., 2) of "not" and "yes" from those of "yes" (...).

    >>> both(np.array([0.25]))
    array([[0.75, 0.25]])
    """
    return np.stack([1 - one, one], axis=-1)


def of_logits(logits: FloatArray) -> FloatArray:
    """Return probabilities (..., K) of logits (..., K'): K' = 1 is the log odds of class 1, else a softmax.

    >>> of_logits(np.array([[0.0]])), of_logits(np.array([[0.0, 0.0, 0.0, 0.0]]))
    (array([[0.5, 0.5]]), array([[0.25, 0.25, 0.25, 0.25]]))
    """
    if logits.shape[-1] == 1:
        return np.concatenate([expit(-logits), expit(logits)], axis=-1)
    made: FloatArray = softmax(logits, axis=-1)
    return made


def log_of_logits(logits: FloatArray) -> FloatArray:
    """Return log probabilities (..., K) of logits (..., K'), finite however large the logits are.

    >>> log_of_logits(np.array([[800.0]]))
    array([[-800.,   -0.]])
    """
    if logits.shape[-1] == 1:
        return np.concatenate([log_expit(-logits), log_expit(logits)], axis=-1)
    made: FloatArray = log_softmax(logits, axis=-1)
    return made


def top_label(probabilities: ArrayLike, labels: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return the probability (N,) of the likeliest class of each row (N, K), and whether it was the label, 0 or 1.

    Source: Guo, Pleiss, Sun and Weinberger (2017), On calibration of modern neural networks, section 2.

    >>> top_label([[0.7, 0.3], [0.1, 0.9]], [1, 1])
    (array([0.7, 0.9]), array([0., 1.]))
    """
    p = class_probabilities(probabilities, 2)
    y = class_labels(labels, *p.shape)
    return p.max(1), (p.argmax(1) == y).astype(float)


def of_class(probabilities: ArrayLike, labels: ArrayLike, k: int) -> tuple[FloatArray, FloatArray]:
    """Return the probability (N,) of class k of each row (N, K), and whether the label was k, 0 or 1."""
    p = class_probabilities(probabilities, 2)
    y = class_labels(labels, *p.shape)
    if not 0 <= k < p.shape[1]:
        raise ValueError(f"the class is {k}: choose one from 0 to {p.shape[1] - 1}")
    return p[:, k], (y == k).astype(float)


class Gaussians(NamedTuple):
    """One Gaussian of every draw for each outcome: its share, 1 where it is the only one, f and noise, (S, N) each."""

    share: FloatArray | float
    f: FloatArray
    noise: FloatArray


def mixture_forecast(
    y: ArrayLike, f: ArrayLike, noise: ArrayLike, share: ArrayLike | None
) -> tuple[FloatArray, list[Gaussians]]:
    """Return outcomes (N,) and the components of their forecasts, checked.

    Without a share each draw is one Gaussian, f (S, N) and noise (S,) or (S, N). With one, (S, N, M), f and noise are
    (S, N, M) too, as `Predictive.parts` has them. Raises ValueError where shapes disagree, a noise is not above 0, or
    shares are below 0 or have another sum than 1.

    >>> mixture_forecast([1.0], [[[0.0, 2.0]]], [[[1.0, 1.0]]], [[[0.5, 0.6]]])
    Traceback (most recent call last):
        ...
    ValueError: shares must be at least 0 and add up to 1 over the components: here one sum is 1.1
    """
    if share is None:
        outcome, values, level = regression_forecast(y, f, noise)
        return outcome, [Gaussians(1.0, values, level)]
    outcome, weight = floats(y, "y", 1), floats(share, "the share", 3)
    values, level = floats(f, "f", 3), floats(noise, "the noise", 3)
    if not weight.shape == values.shape == level.shape or values.shape[1] != len(outcome) or values.size == 0:
        raise ValueError(
            f"y is {outcome.shape}, f {values.shape}, the noise {level.shape} and the share {weight.shape}: give y "
            "(N,), and the others (S, N, M)"
        )
    total = weight.sum(-1)
    if (weight < 0).any() or (np.abs(total - 1) > _SUM).any():
        worst = total.flat[np.abs(total - 1).argmax()]
        raise ValueError(f"shares must be at least 0 and add up to 1 over the components: here one sum is {worst:.6g}")
    if not (level > 0).all():
        raise ValueError(f"a noise is {level.min():.6g}: a predictive density needs one above 0")
    each = (np.ascontiguousarray(np.moveaxis(part, -1, 0)) for part in (weight, values, level))
    return outcome, [Gaussians(*parts) for parts in zip(*each, strict=True)]


def regression_forecast(y: ArrayLike, f: ArrayLike, noise: ArrayLike) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return outcomes (N,), draws (S, N) and noise (S, N), checked: shapes, and a noise above 0."""
    outcome, values, level = floats(y, "y", 1), floats(f, "f", 2), floats(noise, "the noise")
    if level.ndim == 1:
        level = level[:, None]
    if values.shape[1] != len(outcome) or level.ndim != 2 or level.shape not in ((len(values), 1), values.shape):
        raise ValueError(
            f"y is {outcome.shape}, f {values.shape} and the noise {np.shape(noise)}: give y (N,), f (S, N) and a "
            "noise (S,) or (S, N)"
        )
    if values.size == 0:
        raise ValueError(f"f is {values.shape}: give at least one draw and one outcome")
    if not (level > 0).all():
        raise ValueError(f"a noise is {level.min():.6g}: a predictive density needs one above 0")
    return outcome, values, np.broadcast_to(level, values.shape)


__all__ = [
    "Gaussians",
    "Labels",
    "both",
    "class_labels",
    "class_probabilities",
    "log_of_logits",
    "mixture_forecast",
    "of_class",
    "of_logits",
    "regression_forecast",
    "shares",
    "top_label",
]
