"""The honesty meter: how often does an interval hold the truth, over thousands of repeated worlds?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from bayes_core.checks import FloatArray, floats
from bayes_core.inference.sigma import Projection, SigmaDensity, Spectrum
from bayes_core.intervals import tails

_BETWEEN = 24


@dataclass(frozen=True, eq=False)
class Coverage:
    """The share of (world, place) pairs whose truth lies in the interval, (V,), with its Monte-Carlo error (V,)."""

    share: FloatArray
    mcse: FloatArray
    promised: float
    worlds: int

    def verdict(self, position: int = 0) -> str:
        """Return a sign and words; a gap within three Monte-Carlo errors, or within 0.02, counts as kept.

        >>> Coverage(np.array([0.62]), np.array([0.01]), 0.9, 2000).verdict()
        '▼ over-confident'
        """
        gap = float(self.share[position]) - self.promised
        if abs(gap) <= max(0.02, 3 * float(self.mcse[position])):
            return "✓ keeps its promise"
        if gap > 0:
            return "▲ more cautious than promised"
        return "▼ over-confident" if self.share[position] > 0.5 * self.promised else "▼ badly over-confident"


def coverage(
    design: FloatArray,
    y: Sequence[FloatArray],
    width: FloatArray,
    noise: float,
    rows: FloatArray,
    truth: FloatArray,
    level: float = 0.9,
) -> Coverage:
    r"""Return how often the exact credible band for f holds the truth, at V slider positions.

    Each y[v] (R, N) holds R repeated worlds; the posterior of every one is computed with prior width[v] and
    sigma ~ HalfCauchy(noise), and asked whether truth (T,) at the design rows (T, P) lies between its quantiles:

    .. math:: \alpha/2 < P(f(x_t) < f_{true}(x_t) \mid y_r) < 1 - \alpha/2

    The Monte-Carlo error counts worlds, since places within one world stand and fall together.
    """
    rows, truth = floats(rows, "rows", 2), floats(truth, "truth", 1)
    low, high = tails(level)
    spectrum = Spectrum.of(design)
    turned = rows @ spectrum.right.T
    share, mcse = np.empty(len(width)), np.empty(len(width))
    for v, (worlds, w) in enumerate(zip(y, width, strict=True)):
        below = _probability_below(spectrum, worlds, float(w), noise, turned, truth)
        inside = ((below > low) & (below < high)).mean(1)
        share[v], mcse[v] = inside.mean(), inside.std(ddof=1) / np.sqrt(len(inside))
    return Coverage(share, mcse, level, len(y[0]))


def _probability_below(
    spectrum: Spectrum, y: FloatArray, width: float, noise: float, turned: FloatArray, truth: FloatArray
) -> FloatArray:
    """Return P(f(x_t) < truth_t | y_r), shape (R, T), with one grid of sigma nodes that serves every world."""
    seen, one = Projection.of(spectrum, y), np.ones(len(y))
    density = SigmaDensity(spectrum.scale, seen, width * one, noise * one)
    log_sigma, log_step = density.take(_extreme(density)).shared_nodes()
    log_mass = density(np.broadcast_to(log_sigma, (len(y), len(log_sigma)))) + log_step
    node = np.exp(log_mass - log_mass.max(1, keepdims=True))
    node /= node.sum(1, keepdims=True)
    variance = np.exp(2 * log_sigma)[:, None]
    shrunk = variance + (width * spectrum.scale) ** 2
    spread = np.sqrt((width**2 * variance / shrunk) @ (turned**2).T)  # (K, T)
    reach = (width**2 * spectrum.scale / shrunk)[:, None, :] * turned  # (K, T, P)
    standard = (truth / spread).ravel() - seen.along @ (reach / spread[:, :, None]).reshape(-1, len(shrunk.T)).T
    below = ndtr(standard.reshape(len(y), len(log_sigma), len(truth)))
    probability: FloatArray = np.einsum("rk,rkt->rt", node, below)
    return probability


def _extreme(density: SigmaDensity) -> NDArray[np.intp]:
    """Return which worlds to ask where sigma can be: the extreme ones, and some in between that may have two modes."""
    seen, width, noise = density.seen, density.width, density.noise
    shrunk = (seen.along**2 / (1 + (width[:, None] * density.scale / noise[:, None]) ** 2)).sum(1)
    found = {
        int(pick(v)) for v in (seen.total, seen.residual, shrunk + seen.residual) for pick in (np.argmin, np.argmax)
    }
    between = np.argsort(seen.total)[np.linspace(0, len(shrunk) - 1, min(_BETWEEN, len(shrunk))).astype(int)]
    return np.array(sorted(found | set(between.tolist())))
