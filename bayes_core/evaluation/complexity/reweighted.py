r"""Leave-one-out without refits: draws weighed as if a row had not been there, and how far that can be trusted.

A draw's weight for row i is :math:`1 / p(y_i \mid \theta)`. Few draws that hardly allow the row carry nearly all of it,
so the largest :math:`3\sqrt S` weights are replaced by quantiles of a generalised Pareto tail, whose shape k says
whether any number of draws would do: above 0.7 none that is affordable. Source: Vehtari, Gelman and Gabry (2017),
Practical Bayesian model evaluation using leave-one-out cross-validation and WAIC; arviz-stats does the same row by row
and takes the log *likelihood* as well.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.numerics.importance import pareto_tails

TRUSTED = 0.7
"""Pareto k up to which reweighted draws are worth something."""
_LEAST = float(np.finfo(float).tiny)


class Reweighted(NamedTuple):
    """What reweighted draws say of rows (...,): their log predictive density without themselves, and Pareto k."""

    left_out: FloatArray
    pareto_k: FloatArray


def psis(log_likelihood: FloatArray) -> Reweighted:
    """Return PSIS-LOO of rows, given log p(y_i | draw), (..., S) with S at least 100 draws.

    >>> random = np.random.default_rng(0)
    >>> heavy = psis(-np.array([[0.2], [0.9]]) * random.exponential(size=20_000))
    >>> heavy.pareto_k.round(1)
    array([0.2, 0.9])
    """
    shape = log_likelihood.shape[:-1]
    rows = log_likelihood.reshape(-1, log_likelihood.shape[-1])
    count = int(min(0.2 * rows.shape[1], 3 * rows.shape[1] ** 0.5))
    most = -np.sort(np.partition(rows, count, axis=1)[:, : count + 1], axis=1)[:, ::-1]  # unlikely draws weigh most
    top = most[:, -1:]
    raw = np.exp(most - top)
    over = np.maximum(raw[:, 1:] - raw[:, :1], _LEAST)
    k, scale = pareto_tails(over)
    tail = np.minimum(raw[:, :1] + _quantiles(k, scale, count), 1.0)
    rest = np.exp(-rows - top).sum(1) - raw[:, 1:].sum(1)
    likely = rows.shape[1] - count + (tail / raw[:, 1:]).sum(1)  # a weight times its likelihood is 1, but in the tail
    left_out = np.log(likely) - top[:, 0] - np.log(rest + tail.sum(1))
    return Reweighted(left_out.reshape(shape), k.reshape(shape))


def _quantiles(k: FloatArray, scale: FloatArray, count: int) -> FloatArray:
    """Return the quantiles (R, M) of Pareto tails at (j - 1/2) / M."""
    log_rest = np.log1p(-(np.arange(1, count + 1) - 0.5) / count)
    flat = np.abs(k) < 1e-12
    safe = np.where(flat, 1.0, k)[:, None]
    steep = np.expm1(-safe * log_rest) / safe
    return np.asarray(scale[:, None] * np.where(flat[:, None], -log_rest, steep))
