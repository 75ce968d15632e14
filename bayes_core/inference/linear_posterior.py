"""The exact posterior of the linear-Gaussian model: weights in closed form, sigma by quadrature.

Given sigma the weights are Gaussian (Bishop 2006, section 3.3). In the singular basis X = U diag(s) R everything is
diagonal, collinear columns included. An unknown sigma ~ HalfCauchy is integrated by the trapezoid rule in
log sigma, which converges exponentially for such smooth densities (relative error 1e-6 with three points, 1e-9 with
twenty). All of it carries a leading axis of positions V
(slider positions or repeated worlds), so that a whole sweep is one call.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.intervals import Band, Kind, tails
from bayes_core.numerics import mixture

_DROP = 18.0  # log density below its maximum at which the sigma grid ends: e^-18 of the peak
_NODES = 21
_EPS = float(np.finfo(float).eps)
_STEP = 0.35  # widest step in log sigma; matters only for a handful of points


@dataclass(frozen=True, eq=False)
class Spectrum:
    """A design matrix (N, P) in its singular basis: left (N, P), scale (P,), right (P, P).

    A scale that rounding alone could have made, below max(N, P) eps times the largest, is 0: of that direction the data
    say nothing, and a wide prior would take the rounding for news.
    """

    left: FloatArray
    scale: FloatArray
    right: FloatArray

    @classmethod
    def of(cls, design: FloatArray) -> Spectrum:
        """Decompose a design matrix; zero rows stand in where there are fewer rows than columns."""
        rows, columns = design.shape
        padded = np.vstack([design, np.zeros((max(columns - rows, 0), columns))])
        left, scale, right = np.linalg.svd(padded, full_matrices=False)
        return cls(left[:rows], np.where(scale > max(design.shape) * _EPS * scale.max(initial=0.0), scale, 0.0), right)

    def turned(self, rows: FloatArray) -> FloatArray:
        """Return rows (G, P) in the singular basis; what rounding alone leaves of them along a scale of 0 is 0 too."""
        turned: FloatArray = rows @ self.right.T
        least = len(self.scale) * _EPS * np.linalg.norm(rows, axis=1, keepdims=True)
        return np.where((self.scale == 0) & (np.abs(turned) <= least), 0.0, turned)


@dataclass(frozen=True, eq=False)
class Projection:
    """Targets seen through a spectrum: along (V, P) the columns, the squared residual (V,), the row count."""

    along: FloatArray
    residual: FloatArray
    rows: int

    @classmethod
    def of(cls, spectrum: Spectrum, y: FloatArray) -> Projection:
        """Project targets y (V, N)."""
        along = y @ spectrum.left
        rest = y - along @ spectrum.left.T
        return cls(along, np.einsum("vn,vn->v", rest, rest), y.shape[1])


def log_likelihood(log_sigma: FloatArray, width: FloatArray, scale: FloatArray, seen: Projection) -> FloatArray:
    r"""Return log p(y | sigma), weights integrated out, at log_sigma (V, K) and widths (V,).

    .. math:: -\tfrac12 \Big[N \log 2\pi + (N - P) \log \sigma^2 + \textstyle\sum_j \log(\sigma^2 + w^2 s_j^2)
        + \sum_j c_j^2 / (\sigma^2 + w^2 s_j^2) + r / \sigma^2\Big]
    """
    variance = np.exp(2 * log_sigma)[..., None] + (width[:, None] * scale)[:, None, :] ** 2
    rank_free = seen.rows - len(scale)
    with np.errstate(over="ignore"):
        misfit = (seen.along[:, None, :] ** 2 / variance).sum(-1) + seen.residual[:, None] * np.exp(-2 * log_sigma)
    spread = np.log(variance).sum(-1) + 2 * rank_free * log_sigma
    value: FloatArray = -0.5 * (seen.rows * np.log(2 * np.pi) + spread + misfit)
    return value


def log_half_cauchy(log_sigma: FloatArray, scale: FloatArray) -> FloatArray:
    """Return the log density of log sigma when sigma ~ HalfCauchy(scale); scale broadcasts against it."""
    ratio = log_sigma - np.log(scale)
    value: FloatArray = np.log(2 / np.pi) + ratio - np.logaddexp(0.0, 2 * ratio)
    return value


def half_cauchy_quantiles(scale: float, probabilities: Sequence[float]) -> tuple[float, ...]:
    r"""Return the quantiles of HalfCauchy(scale), :math:`s \tan(\pi p / 2)`: it has a median, s, and no mean and no sd.

    >>> [round(q, 2) for q in half_cauchy_quantiles(10.0, (0.05, 0.5, 0.95))]
    [0.79, 10.0, 127.06]
    """
    return tuple(float(scale * np.tan(0.5 * np.pi * p)) for p in probabilities)


@dataclass(frozen=True, eq=False)
class LinearPosterior:
    """p(weights, sigma | y) at V positions, as Gaussians on K nodes of log sigma.

    node_weight (V, K) sums to 1; mean and variance (V, K, P) are in the singular basis; width, noise (V,) are the
    prior's; noise_known says whether sigma = noise. log_evidence (V,) is log p(y).
    """

    spectrum: Spectrum
    seen: Projection
    width: FloatArray
    noise: FloatArray
    noise_known: bool
    log_sigma: FloatArray
    node_weight: FloatArray
    log_evidence: FloatArray

    # ------------------------------------------------------------------ sigma
    def log_density_of_log_sigma(self, log_sigma: FloatArray) -> FloatArray:
        """Return log p(y, log sigma) at (V, K), not normalised."""
        likelihood = log_likelihood(log_sigma, self.width, self.spectrum.scale, self.seen)
        return likelihood + log_half_cauchy(log_sigma, self.noise[:, None])

    def sigma_density(self, grid: FloatArray) -> FloatArray:
        """Return p(sigma | y) at sigma = grid (D,), shape (V, D); grid must be positive."""
        self._needs_unknown_noise()
        at = np.broadcast_to(np.log(grid), (len(self.width), len(grid)))
        density: FloatArray = np.exp(self.log_density_of_log_sigma(at) - self.log_evidence[:, None] - at)
        return density

    def sigma_moments(self) -> tuple[FloatArray, FloatArray]:
        """Return posterior mean and sd of sigma, (V,) each."""
        sigma = np.exp(self.log_sigma)
        mean = (self.node_weight * sigma).sum(1)
        variance = (self.node_weight * (sigma - mean[:, None]) ** 2).sum(1)
        return mean, np.sqrt(variance)

    def sigma_draws(self, uniform: FloatArray) -> FloatArray:
        """Return sigma (V, S) at the given uniforms (S,), by inverting the distribution function of log sigma."""
        if self.noise_known:
            return np.repeat(self.noise[:, None], len(uniform), axis=1)
        fine = np.linspace(self.log_sigma[:, 0], self.log_sigma[:, -1], 301, axis=1)
        log_density = self.log_density_of_log_sigma(fine)
        density = np.exp(log_density - log_density.max(1, keepdims=True))
        below = np.concatenate(
            [np.zeros((len(fine), 1)), np.cumsum(0.5 * (density[:, 1:] + density[:, :-1]), axis=1)], axis=1
        )
        # roughly in order, neighbouring look-ups end in the same cells: four times as fast, with the same result
        order = np.argsort((uniform * 65535).astype(np.uint16), kind="stable")
        sigma = np.empty((len(fine), len(uniform)))
        for row, b, f in zip(sigma, below, fine, strict=True):
            row[order] = np.interp(uniform[order] * b[-1], b, f)
        return np.exp(sigma, out=sigma)

    def sigma_quantiles(self, probabilities: Sequence[float]) -> tuple[FloatArray, ...]:
        """Return quantiles of sigma, one (V,) for each probability; those of the prior where there are no rows."""
        if self.noise_known:
            return (self.noise,) * len(probabilities)
        if not self.seen.rows:
            return tuple(self.noise * q for q in half_cauchy_quantiles(1.0, probabilities))
        return tuple(self.sigma_draws(np.asarray(probabilities)).T)

    # ---------------------------------------------------------------- weights
    def _given_sigma(self, sigma: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return mean and variance (V, S, P) of the weights given sigma (V, S), in the singular basis."""
        scale, width = self.spectrum.scale, self.width[:, None, None]
        noise = sigma[:, :, None] ** 2
        shrunk = noise + (width * scale) ** 2
        return width**2 * scale * self.seen.along[:, None, :] / shrunk, width**2 * noise / shrunk

    def nodes(self, rows: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return mean and sd (V, G, K) of rows (G, P) @ weights at every sigma node."""
        mean, variance = self._given_sigma(np.exp(self.log_sigma))
        turned = self.spectrum.turned(rows)
        centre = np.matmul(mean, turned.T).swapaxes(1, 2)
        spread = np.matmul(variance, (turned**2).T).swapaxes(1, 2)
        return centre, np.sqrt(spread)

    def moments(self, rows: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return mean and sd (V, G) of rows (G, P) @ weights."""
        centre, spread = self.nodes(rows)
        weight = self.node_weight[:, None, :]
        mean = (weight * centre).sum(-1)
        variance = (weight * (spread**2 + (centre - mean[..., None]) ** 2)).sum(-1)
        return mean, np.sqrt(variance)

    def covariance(self) -> tuple[FloatArray, FloatArray]:
        """Return mean (V, P) and covariance (V, P, P) of the weights."""
        mean, variance = self._given_sigma(np.exp(self.log_sigma))
        right, weight = self.spectrum.right, self.node_weight
        centre = np.einsum("vk,vkp->vp", weight, mean)
        off = mean - centre[:, None, :]
        inner = np.einsum("vk,vkp,vkq->vpq", weight, off, off)
        inner[:, np.arange(len(right)), np.arange(len(right))] += np.einsum("vk,vkp->vp", weight, variance)
        return centre @ right, np.einsum("pa,vpq,qb->vab", right, inner, right)

    def weight_draws(self, sigma: FloatArray, normal: FloatArray) -> FloatArray:
        """Return weights (V, S, P) given sigma (V, S) from standard normals (S, P): the same ones glide."""
        mean, variance = self._given_sigma(sigma)
        draws: FloatArray = (mean + np.sqrt(variance) * normal) @ self.spectrum.right
        return draws

    def factor(self, rows: FloatArray) -> FloatArray:
        """Return F (V, G, P) with rows @ weights = mean + F @ z for standard normal z (P,), when the noise is known.

        Turning z slowly shows one exact posterior function after another.
        """
        if not self.noise_known:
            raise ValueError("sigma is unknown, so no single factor exists: set noise_known=True")
        _, variance = self._given_sigma(np.exp(self.log_sigma))
        factor: FloatArray = self.spectrum.turned(rows) * np.sqrt(variance)
        return factor

    def density(self, row: FloatArray, grid: FloatArray) -> FloatArray:
        """Return the density of row (P,) @ weights at grid (D,), shape (V, D)."""
        centre, spread = self.nodes(row[None, :])
        z = (grid[None, :, None] - centre) / spread
        parts = self.node_weight[:, None, :] * np.exp(-0.5 * z * z) / (spread * np.sqrt(2 * np.pi))
        density: FloatArray = parts.sum(-1)
        return density

    def quantiles(
        self,
        rows: FloatArray,
        probabilities: Sequence[float],
        kind: Kind = "function",
        tolerance: float = 1e-7,
    ) -> tuple[FloatArray, ...]:
        """Return exact quantiles (V, G) of f, or of a new y, where the design rows (G, P) are given."""
        centre, spread = self.nodes(rows)
        if kind == "observation":
            spread = np.sqrt(spread**2 + np.exp(2 * self.log_sigma)[:, None, :])
        return mixture.quantiles(probabilities, self.node_weight[:, None, :], centre, spread, tolerance)

    def at(self, rows: FloatArray, tolerance: float = 1e-7) -> PosteriorAt:
        """Return what is believed where the design rows (G, P) are given, with quantiles to a tolerance."""
        return PosteriorAt(self, rows, tolerance)

    def band(self, rows: FloatArray, x: FloatArray, level: float, kind: Kind = "function") -> Band:
        """Return the exact equal-tailed interval (V, G) of f, or of a new y, with its mean and median."""
        low, high = tails(level)
        lower, median, upper = self.quantiles(rows, (low, 0.5, high), kind)
        return Band(x, lower, upper, level, kind, self.moments(rows)[0], median)

    def _needs_unknown_noise(self) -> None:
        if self.noise_known:
            raise ValueError("the noise is known, so sigma has no density: set noise_known=False")


@dataclass(frozen=True, eq=False)
class PosteriorAt:
    """A LinearPosterior at design rows (G, P): closed forms for f and for a new y."""

    posterior: LinearPosterior
    rows: FloatArray
    tolerance: float

    def quantiles(self, probabilities: Sequence[float], kind: Kind = "function") -> tuple[FloatArray, ...]:
        """Return exact quantiles (V, G) of f, or of a new y."""
        return self.posterior.quantiles(self.rows, probabilities, kind, self.tolerance)

    def mean(self) -> FloatArray:
        """Return the posterior mean of f, (V, G)."""
        return self.posterior.moments(self.rows)[0]


def solve(
    spectrum: Spectrum, y: FloatArray, width: FloatArray, noise: FloatArray, noise_known: bool
) -> LinearPosterior:
    """Return the exact posterior for targets y (V, N), prior widths (V,) and noise scales (V,)."""
    seen = Projection.of(spectrum, y)
    if noise_known:
        at = np.log(noise)[:, None]
        evidence = log_likelihood(at, width, spectrum.scale, seen)[:, 0]
        return LinearPosterior(spectrum, seen, width, noise, True, at, np.ones_like(at), evidence)
    log_sigma, log_density = _sigma_nodes(spectrum.scale, seen, width, noise)
    peak = log_density.max(1, keepdims=True)
    density = np.exp(log_density - peak)
    total = density.sum(1, keepdims=True)
    step = log_sigma[:, 1] - log_sigma[:, 0]
    evidence = peak[:, 0] + np.log(total[:, 0] * step)
    return LinearPosterior(spectrum, seen, width, noise, False, log_sigma, density / total, evidence)


def _sigma_nodes(
    scale: FloatArray, seen: Projection, width: FloatArray, noise: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return evenly spaced nodes (V, K) of log sigma around its posterior mass, and log p(y, log sigma) there."""
    prior_scale = noise[:, None]

    def log_density(at: FloatArray) -> FloatArray:
        return log_likelihood(at, width, scale, seen) + log_half_cauchy(at, prior_scale)

    size = np.sqrt((seen.residual + (seen.along**2).sum(1)) / max(seen.rows, 1))
    floor = np.sqrt(seen.residual / max(seen.rows, 1))
    low = np.log(np.minimum(noise, np.where(floor > 0, floor, noise))) - 1.5 * _DROP
    high = np.log(np.maximum(noise, size)) + 1.5 * _DROP
    for _ in range(12):  # zoom in: each pass keeps the cells that can hold mass
        at = np.linspace(low, high, 49, axis=1)
        value = log_density(at)
        heavy = value > value.max(1, keepdims=True) - _DROP
        first, last = heavy.argmax(1), 48 - heavy[:, ::-1].argmax(1)
        cell = (high - low) / 48
        new_low, new_high = low + np.maximum(first - 1, 0) * cell, low + np.minimum(last + 1, 48) * cell
        shrunk = (new_high - new_low) < 0.8 * (high - low)
        low, high = new_low, new_high
        if not shrunk.any():
            break
    count = max(_NODES, int(np.ceil(float((high - low).max()) / _STEP)) + 1)
    at = np.linspace(low, high, count, axis=1)
    return at, log_density(at)
