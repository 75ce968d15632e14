"""The honesty meter over truths that are drawn from the prior, along its width: `coverage_over_prior`, quickly.

What a linear model knows of a world is drawn itself, evenly: the line, where the data lie along the columns, and their
residual. Neither the page's noise nor its errors matter, so that one table serves everybody who looks at these inputs.
"""

from __future__ import annotations

import numpy as np
from scipy.special import gammaincinv, ndtri

from bayes_core.checks import FloatArray
from bayes_core.evaluation.coverage import Coverage
from bayes_core.evaluation.probits import edge, farthest, places, probits
from bayes_core.inference.sigma import Projection, Spectrum, half_cauchy_quantiles


def average_coverage(
    design: FloatArray, widths: FloatArray, noise: float, rows: FloatArray, level: float, method: str, worlds: int
) -> Coverage:
    """Return how often a method's band holds lines N(0, width^2) in noise from HalfCauchy(noise), at widths (V,).

    Errors are those of counting so many worlds, or less, and of reading what lies between two widths off a line.
    """
    spectrum = Spectrum.of(design)
    rank, count = len(spectrum.scale), len(design)
    shares = even(worlds, 2 * rank + 2)
    lines, errors = ndtri(shares[:, :rank]), ndtri(shares[:, rank : 2 * rank])
    left = 2 * gammaincinv((count - rank) / 2, shares[:, -2]) if count > rank else np.zeros(worlds)  # chi-square
    sigma = half_cauchy_quantiles(noise, shares[:, -1])
    every, asked = places(spectrum, rows)
    weights = (widths[:, None, None] * lines).reshape(-1, rank)
    along = weights * spectrum.scale + np.tile(sigma[:, None] * errors, (len(widths), 1))
    seen = Projection(along, np.tile(sigma**2 * left, len(widths)), count)
    truth = weights @ spectrum.turned(every).T
    found = probits(method, spectrum, seen, widths, noise, every, truth)
    end = edge(level)
    inside = (np.abs(found.probit[asked]) < end).mean(0)
    held = np.stack([inside, farthest(found.probit, found.lean) < end]).reshape(2, len(widths), worlds)
    told = held.mean(2)
    bend = np.zeros_like(told)
    bend[:, 1:-1] = np.abs(np.diff(told, 2)) / 8  # of a parabola, halfway between two widths
    bend[:, [0, -1]] = bend[:, [1, -2]] if len(widths) > 2 else 0.0
    mcse = np.hypot(held.std(2, ddof=1) / np.sqrt(worlds), bend)
    return Coverage(told[0], mcse[0], told[1], mcse[1], level, worlds)


def even(count: int, dimensions: int) -> FloatArray:
    """Return points (count, D) that fill a unit cube evenly: multiples of powers of a generalised golden ratio, folded.

    Folding, which makes what is averaged over them periodic, halved the error here; plain draws have three times as
    much.

    >>> even(3, 1).round(3).ravel()
    array([0.236, 0.528, 0.708])
    """
    ratio = 2.0
    for _ in range(40):  # the root of x^(D + 1) = x + 1
        ratio = (1 + ratio) ** (1 / (dimensions + 1))
    at = (0.5 + np.arange(1, count + 1)[:, None] * ratio ** -np.arange(1.0, dimensions + 1)) % 1.0
    return 1 - np.abs(2 * at - 1)
