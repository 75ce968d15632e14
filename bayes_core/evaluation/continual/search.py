r"""Where a posterior with a Gaussian prior is highest, and the Gaussian without correlations nearest to it: B at once.

The prior is N(centre, precision^-1), the noise known, rows have weights (0 leaves one out). Modes are found by
Newton's method with derivatives by hand, which for a linear model is one step to the exact mean. Mean-field
variational inference maximises the ELBO with the expectations of a fixed cubature rule (`nodes`): of a linear model
they are exact. Both end where a step no longer lowers what they minimise. No program is compiled.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray

from .curves import Curve

MOST_STEPS = 400
_ENOUGH = 1e-6  # of what is minimised, in nats: less is no gain
_ENOUGH_OF_ELBO = 1e-3
_LN2PI = float(np.log(2 * np.pi))


@dataclass(frozen=True, eq=False)
class Problem:
    """What is asked B times: a curve, rows x and y (N,), a weight (B, N) for each row, the prior, and the noise.

    The prior has centre (B, P) and precision (B, P, P).
    """

    curve: Curve
    x: FloatArray
    y: FloatArray
    counts: FloatArray
    centre: FloatArray
    precision: FloatArray
    noise: float

    def at(self, some: NDArray[np.intp]) -> Problem:
        """Return some of the B problems, or the same ones several times."""
        parts = self.counts[some], self.centre[some], self.precision[some]
        return Problem(self.curve, self.x, self.y, *parts, self.noise)

    def data(self, f: FloatArray) -> FloatArray:
        """Return -log p(y | f), (B, ...), of function values (B, ..., N)."""
        counts = self.counts.reshape(len(self.counts), *[1] * (f.ndim - 2), -1)
        squares = ((self.y - f) / self.noise) ** 2 + _LN2PI + 2 * np.log(self.noise)
        value: FloatArray = 0.5 * (counts * squares).sum(-1)
        return value

    def prior(self, weights: FloatArray) -> FloatArray:
        """Return half the squared distance (B,) of weights (B, P) from the prior's centre."""
        off = weights - self.centre
        value: FloatArray = 0.5 * np.einsum("bp,bpq,bq->b", off, self.precision, off)
        return value

    def pull(self, weights: FloatArray) -> FloatArray:
        """Return the gradient (B, P) of that."""
        value: FloatArray = np.einsum("bpq,bq->bp", self.precision, weights - self.centre)
        return value


@dataclass(frozen=True, eq=False)
class Found:
    """A Gaussian (B, P), (B, P, P) near each posterior, log p(y) as it tells it (B,), and whether the search ended."""

    mean: FloatArray
    precision: FloatArray
    log_evidence: FloatArray
    ended: NDArray[np.bool_]

    def at(self, some: NDArray[np.intp]) -> Found:
        """Return some of them."""
        return Found(self.mean[some], self.precision[some], self.log_evidence[some], self.ended[some])


def modes(problem: Problem, start: FloatArray) -> Found:
    r"""Return the mode that each search (B, P) ends in, and Laplace's approximation there.

    .. math:: q = \mathcal N(m, \Lambda^{-1}), \quad \Lambda = \Lambda_0 + J^\top J / \sigma^2, \quad
        \log p(y) \approx \log p(y \mid m) + \log \mathcal N(m \mid m_0, \Lambda_0^{-1})
        + \tfrac P2 \log 2\pi - \tfrac12 \log |\Lambda|

    J is the curve's slope in the weights at m: the Gauss-Newton form, exact where the curve is straight.
    Source: MacKay (1992); Bishop (2006), section 4.4.
    """
    weights, size = np.array(start, float), len(start)
    damping, ended = np.zeros(size), np.zeros(size, bool)
    lowest = problem.data(problem.curve.values(weights, problem.x)) + problem.prior(weights)
    for _ in range(MOST_STEPS):
        left = np.flatnonzero(~ended)
        if not len(left):
            break
        part, here = problem.at(left), weights[left]
        slope, curvature, off = _gauss_newton(part, here)
        moved = here - _downhill(curvature + part.curve.bends(here, part.x, off), slope, damping[left])
        value = part.data(part.curve.values(moved, part.x)) + part.prior(moved)
        gain = lowest[left] - value
        better = gain >= -1e-12 * (1 + np.abs(value))
        weights[left[better]], lowest[left[better]] = moved[better], value[better]
        damping[left] = np.where(better, damping[left] * 0.2, np.maximum(damping[left], 1e-3) * 5)
        ended[left] = (better & (gain < _ENOUGH)) | (damping[left] > 1e12)
    _, curvature, _ = _gauss_newton(problem, weights)
    evidence = -lowest + 0.5 * (_log_det(problem.precision) - _log_det(curvature))
    return Found(weights, curvature, evidence, ended)


def best_modes(problem: Problem, starts: FloatArray) -> Found:
    """Return of each problem the most probable of the modes that searches from all starts (R, P) end in."""
    several, size = len(starts), len(problem.centre)
    found = modes(problem.at(np.repeat(np.arange(size), several)), np.tile(starts, (size, 1)))
    again = problem.at(np.repeat(np.arange(size), several))
    height = again.data(problem.curve.values(found.mean, problem.x)) + again.prior(found.mean)
    best = height.reshape(size, several).argmin(1)
    return found.at(np.arange(size) * several + best)


def meanfield(problem: Problem, start: FloatArray, sd: FloatArray) -> Found:
    r"""Return the Gaussian without correlations with the largest ELBO, searched for from a mean and sds (B, P).

    .. math:: \text{ELBO} = \mathbb E_q[\log p(y \mid \theta)] - \mathrm{KL}(q \,\|\, \mathcal N(m_0, \Lambda_0^{-1})),
        \quad \frac1{s_i^2} = \Lambda_{0,ii} + \frac{\mathbb E[\varepsilon_i\, g_i(m + s \varepsilon)]}{s_i}

    g is the gradient of -log p(y | theta). `log_evidence` is the ELBO, a lower bound.
    Source: Blundell et al. (2015); in turns Nguyen et al. (2018), "Variational continual learning".
    """
    mean, scale, size = np.array(start, float), np.array(sd, float), len(start)
    damping, ended = np.full(size, 1e-3), np.zeros(size, bool)
    lowest = _negative_elbo(problem, mean, scale)
    for _ in range(MOST_STEPS):
        left = np.flatnonzero(~ended)
        if not len(left):
            break
        part, here, wide = problem.at(left), mean[left], scale[left]
        slope, curvature, target = _expected(part, here, wide)
        ridge = damping[left][:, None] * np.einsum("bpp->bp", curvature)
        step = 1 / (1 + damping[left])[:, None]
        moved = here - _solve(curvature + _diagonal(ridge), slope)
        widened = wide * (target**-0.5 / wide) ** step
        value = _negative_elbo(part, moved, widened)
        gain = lowest[left] - value
        better = gain > 0
        taken = left[better]
        mean[taken], scale[taken], lowest[taken] = moved[better], widened[better], value[better]
        damping[left] = np.where(better, damping[left] * 0.4, np.maximum(damping[left], 1e-3) * 4)
        ended[left] = (better & (gain < _ENOUGH_OF_ELBO)) | (damping[left] > 1e6)
    return Found(mean, _diagonal(scale**-2.0), -lowest, ended)


@lru_cache(maxsize=8)
def nodes(size: int, turns: int = 1) -> FloatArray:
    """Return points (S, P) with mean 0, covariance 1 and no odd moment, exactly: E over them is that over N(0, 1).

    They lie in opposite pairs on a sphere, along the axes of turned crosses: the spherical cubature rule of third
    degree, averaged over `turns` rotations. What is a square of the weights is integrated exactly.

    >>> e = nodes(3)
    >>> e.shape, bool(np.allclose(e.T @ e / len(e), np.eye(3))), bool(np.allclose((e**3).mean(0), 0))
    ((6, 3), True, True)
    """
    random = np.random.default_rng(3)
    cross = [np.linalg.qr(random.standard_normal((size, size)))[0] for _ in range(turns)]
    half = np.sqrt(size) * np.concatenate(cross)
    made = np.concatenate([half, -half])
    made.setflags(write=False)
    return made


def _expected(problem: Problem, mean: FloatArray, sd: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the ELBO's slope in the mean (B, P), its curvature (B, P, P), and what 1 / sd^2 should be (B, P)."""
    noise = nodes(mean.shape[1])
    at = mean[:, None, :] + sd[:, None, :] * noise
    f, rows = problem.curve.slopes(at, problem.x)
    off = problem.counts[:, None, :] * (f - problem.y) / problem.noise**2
    slopes = np.einsum("bsn,bsnp->bsp", off, rows)
    scaled = rows * (np.sqrt(problem.counts)[:, None, :, None] / problem.noise)
    flat = scaled.reshape(len(mean), -1, mean.shape[1])
    told = flat.swapaxes(1, 2) @ flat / len(noise)
    own = np.einsum("bpp->bp", problem.precision)
    target = own + (noise * slopes).mean(1) / sd
    safe = own + np.einsum("bpp->bp", told)
    return problem.pull(mean) + slopes.mean(1), problem.precision + told, np.where(target > 0.1 * own, target, safe)


def _negative_elbo(problem: Problem, mean: FloatArray, sd: FloatArray) -> FloatArray:
    at = mean[:, None, :] + sd[:, None, :] * nodes(mean.shape[1])
    told = problem.data(problem.curve.values(at, problem.x)).mean(1)
    own = np.einsum("bpp->bp", problem.precision)
    spread = 0.5 * ((own * sd**2).sum(1) - 2 * np.log(sd).sum(1) - mean.shape[1] - _log_det(problem.precision))
    value: FloatArray = told + problem.prior(mean) + spread
    return value


def _downhill(matrix: FloatArray, slope: FloatArray, damping: FloatArray) -> FloatArray:
    """Return Newton's steps (B, P), the curvature taken as positive in every direction, and damped by a share of it."""
    bend, axes = np.linalg.eigh(matrix)
    bend = np.abs(bend)
    bend += damping[:, None] * bend.mean(1, keepdims=True) + 1e-12 * bend[:, -1:]
    step: FloatArray = np.einsum("bpq,bq->bp", axes, np.einsum("bpq,bp->bq", axes, slope) / bend)
    return step


def _gauss_newton(problem: Problem, weights: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return slope (B, P) and Gauss-Newton curvature (B, P, P) of what is minimised, and the residuals (B, N)."""
    f, rows = problem.curve.slopes(weights, problem.x)
    off = problem.counts * (f - problem.y) / problem.noise**2
    scaled = rows * (np.sqrt(problem.counts)[:, :, None] / problem.noise)
    slope = problem.pull(weights) + np.einsum("bn,bnp->bp", off, rows)
    return slope, problem.precision + scaled.swapaxes(1, 2) @ scaled, off


def _diagonal(values: FloatArray) -> FloatArray:
    made: FloatArray = values[:, :, None] * np.eye(values.shape[1])
    return made


def _solve(matrix: FloatArray, right: FloatArray) -> FloatArray:
    return np.asarray(np.linalg.solve(matrix, right[:, :, None])[:, :, 0], float)


def _log_det(matrix: FloatArray) -> FloatArray:
    return np.asarray(np.linalg.slogdet(matrix)[1], float)
