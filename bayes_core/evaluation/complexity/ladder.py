"""A ladder of models for one data set: rising degrees, or more and more bumps, each with its exact posterior."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference.linear_posterior import LinearPosterior, Spectrum, solve
from bayes_core.models import Bumps

Family = Literal["polynomial", "bumps"]
FAMILIES: tuple[Family, ...] = ("polynomial", "bumps")
HIGHEST = 12
_SPARE = 2  # rows beyond the weights of the largest model: one is left out, and one is left for sigma


@dataclass(frozen=True, eq=False)
class Ladder:
    r"""Polynomials :math:`f(x) = \sum_{j \le d} \beta_j u^j`, one for each degree d, u = -1 and 1 at the range's ends.

    With `family="bumps"` a size is the number of Gaussian bumps, evenly spaced and as wide as they are apart, beside a
    constant. Every weight, the constant included, is N(0, width^2); the noise is HalfCauchy(noise), or `noise` itself
    where it is known. x (N,), y (N,), `ends` the range of x. Raises ValueError where a width or a noise is no positive
    finite number, since improper priors have no evidence, and for rows that are too few for a size.

    >>> Ladder(np.arange(5.0), np.zeros(5), (0, 4), (0, 1), 1.0).columns(np.array([0.0, 3.0]), 1)
    array([[ 1. , -1. ],
           [ 1. ,  0.5]])
    """

    x: FloatArray
    y: FloatArray
    ends: tuple[float, float]
    sizes: tuple[int, ...]
    noise: float
    noise_known: bool = False
    family: Family = "polynomial"

    def __post_init__(self) -> None:
        """Refuse what has no evidence."""
        _proper("noise", np.array([self.noise]))
        if not self.ends[0] < self.ends[1]:
            raise ValueError(f"x goes from {self.ends[0]:g} to {self.ends[1]:g}: a curve needs a range")
        most = highest(self.x)
        if not self.noise_known and max(self.sizes) > most:
            raise ValueError(
                f"size {max(self.sizes)} has {max(self.sizes) + 1} weights for values at "
                f"{len(np.unique(self.x))} places: with an unknown noise the largest size here is {most}"
            )

    def columns(self, x: FloatArray, size: int) -> FloatArray:
        """Return the columns 1, u, ..., u^size at places x (G,), or a constant and so many bumps, (G, size + 1)."""
        low, high = self.ends
        if self.family == "bumps":
            ends = self.ends if size > 1 else ((low + high) / 2,) * 2
            bumps = Bumps(*ends, size, (high - low) / (size + 1))(x[:, None])
            return np.concatenate([np.ones((len(x), 1)), bumps], axis=1)
        powers: FloatArray = ((2 * x - low - high) / (high - low))[:, None] ** np.arange(size + 1)
        return powers

    def rungs(self, widths: FloatArray) -> tuple[Rung, ...]:
        """Return every size's posterior at prior widths (V,).

        Raises ValueError for a width that is no positive finite number.
        """
        _proper("prior width", widths)
        return tuple(self._rung(size, widths) for size in self.sizes)

    def _rung(self, size: int, widths: FloatArray) -> Rung:
        spectrum = Spectrum.of(self.columns(self.x, size))
        targets = np.broadcast_to(self.y, (len(widths), len(self.y)))
        posterior = solve(spectrum, targets, widths, np.full(len(widths), self.noise), self.noise_known)
        return Rung(size, posterior, self.y)


def highest(x: FloatArray) -> int:
    """Return the largest size that values at places x (N,) leave something to say about the noise, at most 12.

    >>> highest(np.array([1.0, 2.0, 2.0, 3.0, 4.0, 5.0])), highest(np.arange(40.0))
    (2, 12)
    """
    return min(HIGHEST, len(np.unique(x)) - 1 - _SPARE)


def _proper(name: str, values: FloatArray) -> None:
    wrong = values[~(np.isfinite(values) & (values > 0))]
    if len(wrong):
        raise ValueError(
            f"the {name} is {wrong[0]:g}: evidence needs a proper prior, for one that never ends gives every data set "
            "the probability 0 times a constant that anyone may choose; give a positive, finite number"
        )


@dataclass(frozen=True, eq=False)
class Rung:
    r"""One size: its posterior at V prior widths, and what it says of every row, exactly.

    Given sigma the mean's residual is e, its variance :math:`\sigma^2 h` with the leverage h, and without row i the
    row's own residual is :math:`e_i / (1 - h_i)`, its variance :math:`\sigma^2 / (1 - h_i)`; sigma is a sum over nodes.
    Source: Rasmussen and Williams (2006), equation 5.12, which is that in another notation.
    """

    size: int
    posterior: LinearPosterior
    y: FloatArray

    @property
    def evidence(self) -> FloatArray:
        """Return the log evidence, (V,)."""
        return self.posterior.log_evidence

    @cached_property
    def _seen(self) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Return residual and leverage (V, K, N), sigma^2 and the log of the nodes' weights (V, K, 1)."""
        posterior = self.posterior
        left, variance = posterior.spectrum.left, np.exp(2 * posterior.log_sigma)[..., None]
        signal = (posterior.width[:, None, None] * posterior.spectrum.scale) ** 2
        shrunk = signal / (variance + signal)
        fitted = (shrunk * posterior.seen.along[:, None, :]) @ left.T
        with np.errstate(divide="ignore"):
            weight = np.log(posterior.node_weight)[..., None]
        return self.y - fitted, shrunk @ (left**2).T, variance, weight

    @property
    def fit(self) -> FloatArray:
        """Return the log predictive density of every row by the posterior that has seen it, (V, N)."""
        residual, leverage, variance, weight = self._seen
        return _sum(weight + _normal(residual, variance * (1 + leverage)))

    @property
    def left_out(self) -> FloatArray:
        r"""Return the log predictive density of every row by the posterior of all others, (V, N), without a refit.

        .. math:: p(y_i \mid y_{-i}) = 1 \Big/ \int \frac{p(\sigma \mid y)}{p(y_i \mid y_{-i}, \sigma)}\,d\sigma
        """
        residual, leverage, variance, weight = self._seen
        rest = 1 - leverage
        return -_sum(weight - _normal(residual / rest, variance / rest))

    @property
    def waic(self) -> FloatArray:
        r"""Return WAIC's estimate of what `left_out` is, (V, N): the fit less the variance of the row's log density.

        Given sigma the latter is :math:`s^4/(2\sigma^4) + e^2 s^2/\sigma^4` with :math:`s^2 = \sigma^2 h`; between the
        nodes of sigma that of its mean is added. Source: Watanabe (2010); Gelman, Hwang and Vehtari (2014), p_WAIC2.
        """
        residual, leverage, variance, weight = self._seen
        part = np.exp(weight)
        square = residual**2 / variance
        mean = -0.5 * (np.log(2 * np.pi * variance) + square + leverage)
        within = (part * (leverage**2 / 2 + square * leverage)).sum(1)
        between = (part * (mean - (part * mean).sum(1, keepdims=True)) ** 2).sum(1)
        return np.asarray(self.fit - within - between)

    def new(self, rows: FloatArray, y: FloatArray) -> FloatArray:
        """Return the log predictive density of new values y (G, M) at columns (G, P), (V, G, M)."""
        centre, spread = self.posterior.nodes(rows)
        variance = spread**2 + np.exp(2 * self.posterior.log_sigma)[:, None, :]
        with np.errstate(divide="ignore"):
            weight = np.log(self.posterior.node_weight)[:, None, :]
        each = [_sum((weight + _normal(column[:, None] - centre, variance)).swapaxes(1, 2)) for column in y.T]
        return np.stack(each, axis=-1)

    def log_likelihood(self, draws: int, seed: int) -> FloatArray:
        """Return log p(y_i | weights, sigma) at draws from the posterior, (V, S, N); a seed's draws glide."""
        random = np.random.default_rng([seed, self.size])
        sigma = self.posterior.sigma_draws(random.random(draws))
        mean, variance = self.posterior.given_sigma(sigma)
        normal = random.standard_normal((draws, len(self.posterior.spectrum.scale)))
        spectrum = self.posterior.spectrum
        off = (mean + np.sqrt(variance) * normal) @ (spectrum.left * spectrum.scale).T
        off -= self.y
        off *= off
        off *= (-0.5 / sigma**2)[..., None]
        off -= (np.log(sigma) + 0.5 * np.log(2 * np.pi))[..., None]
        return np.asarray(off)


def _normal(off: FloatArray, variance: FloatArray) -> FloatArray:
    density: FloatArray = -0.5 * (np.log(2 * np.pi * variance) + off**2 / variance)
    return density


def _sum(logs: FloatArray) -> FloatArray:
    """Return the log of a sum over the nodes, the second axis."""
    top = logs.max(1, keepdims=True)
    total: FloatArray = top[:, 0] + np.log(np.exp(logs - top).sum(1))
    return total
