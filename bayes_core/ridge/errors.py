"""Errors over the penalty: on fitted rows, on rows left out, and in expectation (bias and variance)."""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference.linear_posterior import Spectrum
from bayes_core.inference.map import modes


def cross_validated(
    design: FloatArray, y: FloatArray, penalty: FloatArray, folds: int = 5, seed: int = 0
) -> FloatArray:
    """Return the root mean squared error (V,) on rows left out, each row once, at penalties (V,).

    Raises ValueError for fewer than two folds or fewer rows than folds.
    """
    rows = len(y)
    if not 2 <= folds <= rows:
        raise ValueError(f"{folds} folds of {rows} rows: give from 2 to {rows} folds")
    part = np.random.default_rng(seed).permutation(rows) % folds
    total = np.zeros(len(penalty))
    one = np.ones(len(penalty))
    for fold in range(folds):
        out = part == fold
        targets = np.broadcast_to(y[~out], (len(penalty), int((~out).sum())))
        coef, _ = modes(Spectrum.of(design[~out]), targets, one, np.sqrt(penalty), noise_known=True)
        total += ((coef @ design[out].T - y[out]) ** 2).sum(1)
    error: FloatArray = np.sqrt(total / rows)
    return error


def rms(coef: FloatArray, design: FloatArray, y: FloatArray) -> FloatArray:
    """Return the root mean squared error (V,) of weights (V, P) on rows (M, P) with targets (M,)."""
    error: FloatArray = np.sqrt(((coef @ design.T - y) ** 2).mean(1))
    return error


def bias_and_variance(
    design: FloatArray, truth: FloatArray, rows: FloatArray, aim: FloatArray, noise: float, penalty: FloatArray
) -> tuple[FloatArray, FloatArray]:
    r"""Return mean squared bias and mean variance (V,) of the MAP curve over repeated noise, at rows (G, P).

    truth (N,) and aim (G,) are the true function at the data and at the rows. In closed form: with
    :math:`H = R (X^\top X + \lambda I)^{-1} X^\top` the bias is :math:`H f - f_*`, the variance
    :math:`\sigma^2 \operatorname{diag} H H^\top` (Hastie, Tibshirani and Friedman 2009, section 7.3).
    """
    spectrum = Spectrum.of(design)
    turned = rows @ spectrum.right.T
    shrink = spectrum.scale / (spectrum.scale**2 + penalty[:, None])
    mean = (shrink * (truth @ spectrum.left)) @ turned.T
    variance = noise**2 * ((shrink**2) @ (turned**2).T)
    return ((mean - aim) ** 2).mean(1), variance.mean(1)
