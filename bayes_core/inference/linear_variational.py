r"""The best Gaussian for the linear model with unknown noise, for thousands of data sets at once.

The family is that of `vi_meanfield` and `vi_fullrank`: Gaussian in the weights and t = log sigma. With q(t) = N(m, v)
every expectation of the ELBO but one is a closed form, because tilting a Gaussian by :math:`e^{-2t}` only shifts it;
what is left, E log(1 + e^{2t} / c^2) of the half-Cauchy prior, is smooth and takes a few Gauss-Hermite nodes. At the
optimum, with :math:`s = \mathrm{logistic}(2(t - \log c))` and :math:`\tau = E[e^{-2t}] = e^{-2m + 2v}`,

.. math:: \tau Q = N - 1 + 2 E[s], \qquad \tfrac{1}{2v} = \tau Q + 2 E[s (1 - s)] - \tfrac12 \sum_j b_j^2 A_j

where Q is the expected squared residual under the tilted Gaussian, :math:`A_j = \tau s_j^2 + 1/w^2` and b is how the
weights lean on t (zero in the mean field). Everything else follows from tau and v, and the two equations are iterated.
The family is that of Kucukelbir et al. (2017), Automatic Differentiation Variational Inference; the equations are ours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference.linear_posterior import Projection, Spectrum

_AT, _OF = np.polynomial.hermite_e.hermegauss(5)
_NODES, _WEIGHTS = _AT, _OF / _OF.sum()
_STEPS = 200
_CLOSE = 1e-4  # in m = E[log sigma], far below its sd


@dataclass(frozen=True, eq=False)
class Gaussians:
    """q at R data sets: weights N(mean (R, P), covariance (R, P, P)), log sigma N(log_sigma (R,), spread (R,) squared).

    elbo (R,) is the evidence lower bound, in nats.
    """

    mean: FloatArray
    covariance: FloatArray
    log_sigma: FloatArray
    spread: FloatArray
    elbo: FloatArray


def best_gaussians(
    spectrum: Spectrum,
    y: FloatArray | Projection,
    width: FloatArray | float,
    noise: float,
    *,
    full_rank: bool,
    steps: int = _STEPS,
) -> Gaussians:
    """Return the Gaussian closest to the posterior, smallest KL(q || posterior), for each row of targets y (R, N).

    y may be what is seen of them, and each row may have a prior width of its own (R,); sigma ~ HalfCauchy(noise). The
    search starts at a noise that explains next to nothing and at one that explains all, and takes so many `steps` at
    most; where they end at different places, the higher ELBO counts.
    """
    seen = y if isinstance(y, Projection) else Projection.of(spectrum, y)
    width = np.broadcast_to(np.asarray(width, float), seen.residual.shape)
    rms = np.sqrt((seen.residual + (seen.along**2).sum(1)) / seen.rows)
    rest = np.sqrt(seen.residual / seen.rows)
    look = _full if full_rank else _diagonal
    starts = (np.maximum(rest, 1e-3 * rms), rms)
    found = [_climb(look, spectrum, seen, width, noise, start, steps) for start in starts]
    better = found[1].elbo > found[0].elbo + 1e-9
    return Gaussians(
        *(
            np.where(better.reshape(-1, *[1] * (one.ndim - 1)), other, one)
            for one, other in zip(vars(found[0]).values(), vars(found[1]).values(), strict=True)
        )
    )


@dataclass(frozen=True, eq=False)
class _Weights:
    """q of the weights given tau and v: mean, own variance and lean b (R, P) in some basis, Q and sum b^2 A (R,)."""

    mean: FloatArray
    variance: FloatArray
    lean: FloatArray
    residual: FloatArray
    pull: FloatArray


_Look = Callable[[Spectrum, Projection, FloatArray, FloatArray, FloatArray], _Weights]


def _diagonal(spectrum: Spectrum, seen: Projection, width: FloatArray, tau: FloatArray, v: FloatArray) -> _Weights:
    """Return the mean field: the mean is ridge regression's (singular basis), variances are by weight (own basis)."""
    scale, size, inner = spectrum.scale, tau[:, None], width[:, None] ** -2.0
    mean = size * scale * seen.along / (size * scale**2 + inner)
    gram = (spectrum.scale**2) @ spectrum.right**2  # the diagonal of X'X
    variance = 1 / (size * gram + inner)
    residual = seen.residual + ((seen.along - scale * mean) ** 2).sum(1) + variance @ gram
    return _Weights(mean, variance, np.zeros_like(mean), residual, np.zeros(len(tau)))


def _full(spectrum: Spectrum, seen: Projection, width: FloatArray, tau: FloatArray, v: FloatArray) -> _Weights:
    """Return the full covariance, all in the singular basis, where it is diagonal but for the lean on log sigma."""
    scale, size, shift, inner = spectrum.scale, tau[:, None], v[:, None], width[:, None] ** -2.0
    precision = size * scale**2 + inner
    mean = size * scale * seen.along / (precision + 4 * shift * size * scale**2 * inner / precision)
    lean = -2 * mean * inner / precision
    tilted = mean - 2 * shift * lean
    residual = seen.residual + ((seen.along - scale * tilted) ** 2).sum(1)
    residual = residual + (scale**2 * (1 / precision + shift * lean**2)).sum(1)
    return _Weights(mean, 1 / precision, lean, residual, (lean**2 * precision).sum(1))


def _climb(
    look: _Look, spectrum: Spectrum, seen: Projection, width: FloatArray, noise: float, start: FloatArray, steps: int
) -> Gaussians:
    m, v = np.log(start), np.full(len(start), 0.5 / seen.rows)
    old_m, old_gain = np.full_like(m, np.nan), np.full_like(m, np.nan)
    going = np.arange(len(m))
    for _ in range(steps):  # by secants of the fixed point's own step, which is slow where the prior is narrow
        some = Projection(seen.along[going], seen.residual[going], seen.rows)
        v[going], gain = _step(look, spectrum, some, width[going], noise, m[going], v[going])
        with np.errstate(divide="ignore", invalid="ignore"):
            slope = (gain - old_gain[going]) / (m[going] - old_m[going])
        old_m[going], old_gain[going] = m[going], gain
        step = gain / -np.clip(np.nan_to_num(slope, nan=-1.0), -1.5, -0.05)
        m[going] += np.clip(step, -1.0, 1.0)
        going = going[np.abs(gain) > _CLOSE]
        if not len(going):
            break
    tau = np.exp(2 * v - 2 * m)
    q = look(spectrum, seen, width, tau, v)
    return _gathered(look, spectrum, seen, width, noise, q, m, v, tau)


def _step(
    look: _Look, spectrum: Spectrum, seen: Projection, width: FloatArray, noise: float, m: FloatArray, v: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the v that the second equation asks for, and how far the first one moves m, (R,) each."""
    q = look(spectrum, seen, width, np.exp(2 * v - 2 * m), v)
    first, second = _half_cauchy(m, v, noise)
    spare = seen.rows - 1 + first
    v = 0.5 / np.maximum(spare + second - 0.5 * q.pull, 0.5)
    return v, 0.5 * np.log(q.residual / spare) + v - m


def _half_cauchy(m: FloatArray, v: FloatArray, noise: float) -> tuple[FloatArray, FloatArray]:
    """Return 2 E[s] and 2 E[s (1 - s)] for t ~ N(m, v), (R,) each."""
    share = 1 / (1 + np.exp(-_ratios(m, v, noise)))
    first, second = share @ _WEIGHTS, (share * share) @ _WEIGHTS
    return 2 * first, 2 * (first - second)


def _ratios(m: FloatArray, v: FloatArray, noise: float) -> FloatArray:
    """Return 2 (t - log c) at nodes of t ~ N(m, v), (R, K)."""
    at: FloatArray = 2 * (m[:, None] + np.sqrt(v)[:, None] * _NODES - np.log(noise))
    return at


def _gathered(
    look: _Look, spectrum: Spectrum, seen: Projection, width: FloatArray, noise: float, q: _Weights,
    m: FloatArray, v: FloatArray, tau: FloatArray,
) -> Gaussians:  # fmt: skip
    right, size = spectrum.right, len(spectrum.right)
    mean = q.mean @ right
    if look is _full:
        inner = v[:, None, None] * q.lean[:, :, None] * q.lean[:, None, :]
        inner[:, np.arange(size), np.arange(size)] += q.variance
        covariance = spectrum.unturned(inner)
    else:
        covariance = q.variance[:, :, None] * np.eye(size)
    spread = (q.mean**2).sum(1) + np.trace(covariance, axis1=1, axis2=2)
    fits = -0.5 * seen.rows * np.log(2 * np.pi) - seen.rows * m - 0.5 * tau * q.residual
    before = -0.5 * size * np.log(2 * np.pi * width**2) - 0.5 * spread / width**2
    before = before + np.log(2 / (np.pi * noise)) + m - np.logaddexp(0.0, _ratios(m, v, noise)) @ _WEIGHTS
    entropy = 0.5 * (np.log(q.variance).sum(1) + np.log(v) + (size + 1) * np.log(2 * np.pi * np.e))
    return Gaussians(mean, covariance, m, np.sqrt(v), fits + before + entropy)
