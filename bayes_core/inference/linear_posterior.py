"""The exact posterior of the linear-Gaussian model: weights in closed form, sigma by quadrature.

Given sigma the weights are Gaussian (Bishop 2006, section 3.3). In the singular basis X = U diag(s) R everything is
diagonal, collinear columns included. An unknown sigma ~ HalfCauchy is integrated by the trapezoid rule in
log sigma, which converges exponentially for such smooth densities (relative error 1e-6 with three points, 1e-9 with
twenty). A prior that is far too narrow for many rows leaves two explanations, little noise or weights near zero, and
sigma has a mode for each; every mode gets nodes of its own (`sigma.py`). All of it carries a leading axis of
positions V (slider positions or repeated worlds), so that a whole sweep is one call.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference.sigma import (
    Projection,
    SigmaDensity,
    SigmaNodes,
    Spectrum,
    half_cauchy_quantiles,
    log_likelihood,
    refuse_perfect_fit,
    refuse_too_far,
)
from bayes_core.inference.sigma_table import SigmaTable
from bayes_core.inference.straight import Line
from bayes_core.intervals import Band, Kind, tails
from bayes_core.numerics import mixture
from bayes_core.numerics.peaks import Rows

_WORTH = 1e-6  # in sds: tolerance from which on few places of a line are enough
_HEAVY = 12  # rows beyond the weights, up to which sigma's second moment lies far outside its own posterior mass


@dataclass(frozen=True, eq=False)
class LinearPosterior:
    """p(weights, sigma | y) at V positions, as Gaussians on K nodes of log sigma.

    The nodes' weights (V, K) sum to 1; mean and variance (V, K, P) are in the singular basis; width, noise (V,) are
    the prior's; noise_known says whether sigma = noise. log_evidence (V,) is log p(y).
    """

    spectrum: Spectrum
    seen: Projection
    width: FloatArray
    noise: FloatArray
    noise_known: bool
    sigma_nodes: SigmaNodes

    @property
    def log_sigma(self) -> FloatArray:
        """Return the nodes of log sigma, (V, K)."""
        return self.sigma_nodes.log_sigma

    @property
    def node_weight(self) -> FloatArray:
        """Return the weight of every node, (V, K)."""
        return self.sigma_nodes.weight

    @property
    def log_evidence(self) -> FloatArray:
        """Return log p(y), (V,)."""
        return self.sigma_nodes.log_evidence

    # ------------------------------------------------------------------ sigma
    @property
    def _density(self) -> SigmaDensity:
        return SigmaDensity(self.spectrum.scale, self.seen, self.width, self.noise)

    def log_density_of_log_sigma(self, log_sigma: FloatArray) -> FloatArray:
        """Return log p(y, log sigma) at (V, K), not normalised."""
        return self._density(log_sigma)

    def sigma_density(self, grid: FloatArray) -> FloatArray:
        """Return p(sigma | y) at sigma = grid (D,), shape (V, D); grid must be positive."""
        self._needs_unknown_noise()
        at = np.broadcast_to(np.log(grid), (len(self.width), len(grid)))
        density: FloatArray = np.exp(self.log_density_of_log_sigma(at) - self.log_evidence[:, None] - at)
        return density

    def sigma_moments(self) -> tuple[FloatArray, FloatArray]:
        """Return posterior mean and sd of sigma, (V,) each; NaN where there is none.

        The density falls like sigma^-(N + 2): no rows leave no mean, and one row leaves no sd.
        """
        log_sigma, weight = self.log_sigma, self.node_weight
        if not self.noise_known and self.seen.rows - self.spectrum.rank <= _HEAVY:
            log_sigma, weight = self._density.tail_nodes()
        sigma = np.exp(log_sigma)
        mean = (weight * sigma).sum(1)
        sd = np.sqrt((weight * (sigma - mean[:, None]) ** 2).sum(1))
        nothing = np.full(len(mean), np.nan)
        rows = 2 if self.noise_known else self.seen.rows
        return mean if rows > 0 else nothing, sd if rows > 1 else nothing

    def sigma_draws(self, uniform: FloatArray) -> FloatArray:
        """Return sigma (V, S) at the given uniforms (S,), by inverting the distribution function of log sigma."""
        if self.noise_known:
            return np.repeat(self.noise[:, None], len(uniform), axis=1)
        return self._sigma_table.drawn(uniform)

    @cached_property
    def _sigma_table(self) -> SigmaTable:
        return self.sigma_nodes.table(self._density)

    def sigma_quantiles(self, probabilities: Sequence[float]) -> tuple[FloatArray, ...]:
        """Return quantiles of sigma, one (V,) for each probability; those of the prior where there are no rows."""
        if self.noise_known:
            return (self.noise,) * len(probabilities)
        if not self.seen.rows:
            return tuple(self.noise * q for q in half_cauchy_quantiles(1.0, probabilities))
        return tuple(self._sigma_table.quantiles(np.asarray(probabilities, float)).T)

    # ---------------------------------------------------------------- weights
    def given_sigma(self, sigma: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return mean and variance (V, S, P) of the weights given sigma (V, S), in the singular basis."""
        reach, variance = self.spectrum.given_sigma(self.width[:, None, None], sigma[:, :, None] ** 2)
        return reach * self.seen.along[:, None, :], variance

    def nodes(self, rows: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return mean and sd (V, G, K) of rows @ weights at every sigma node, for rows (G, P), or (V, G, P) of each."""
        mean, variance = self.given_sigma(np.exp(self.log_sigma))
        turned = self.spectrum.turned(rows)
        return turned @ mean.swapaxes(1, 2), np.sqrt(turned**2 @ variance.swapaxes(1, 2))

    def moments(self, rows: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return mean and sd (V, G) of rows (G, P) @ weights."""
        centre, spread = self.nodes(rows)
        weight = self.node_weight[:, None, :]
        mean = (weight * centre).sum(-1)
        variance = (weight * (spread**2 + (centre - mean[..., None]) ** 2)).sum(-1)
        return mean, np.sqrt(variance)

    def covariance(self) -> tuple[FloatArray, FloatArray]:
        """Return mean (V, P) and covariance (V, P, P) of the weights."""
        mean, variance = self.given_sigma(np.exp(self.log_sigma))
        right, weight = self.spectrum.right, self.node_weight
        centre = np.einsum("vk,vkp->vp", weight, mean)
        off = mean - centre[:, None, :]
        inner = np.einsum("vk,vkp,vkq->vpq", weight, off, off)
        inner[:, np.arange(len(right)), np.arange(len(right))] += np.einsum("vk,vkp->vp", weight, variance)
        return centre @ right, self.spectrum.unturned(inner)

    def take(self, row: Rows) -> LinearPosterior:
        """Return the posterior at some of the positions."""
        parts = self.seen.take(row), self.width[row], self.noise[row]
        return LinearPosterior(self.spectrum, *parts, self.noise_known, self.sigma_nodes.take(row))

    def weight_draws(self, sigma: FloatArray, normal: FloatArray) -> FloatArray:
        """Return weights (V, S, P) given sigma (V, S) from standard normals (S, P): the same ones glide."""
        mean, variance = self.given_sigma(sigma)
        draws: FloatArray = (mean + np.sqrt(variance) * normal) @ self.spectrum.right
        return draws

    def factor(self, rows: FloatArray) -> FloatArray:
        """Return F (V, G, P) with rows @ weights = mean + F @ z for standard normal z (P,), when the noise is known.

        Turning z slowly shows one exact posterior function after another.
        """
        if not self.noise_known:
            raise ValueError("sigma is unknown, so no single factor exists: set noise_known=True")
        _, variance = self.given_sigma(np.exp(self.log_sigma))
        factor: FloatArray = self.spectrum.turned(rows) * np.sqrt(variance)
        return factor

    def density(self, row: FloatArray, grid: FloatArray) -> FloatArray:
        """Return the density of row (P,) @ weights at grid (D,), shape (V, D)."""
        centre, spread = self.nodes(row[None, :])
        bell = (grid[None, :, None] - centre) / spread  # in place from here on: fresh memory costs as much as a step
        bell *= bell
        bell *= -0.5
        np.exp(bell, out=bell)
        height = self.node_weight[:, None, :] / (spread * np.sqrt(2 * np.pi))
        density: FloatArray = (bell @ height.swapaxes(1, 2))[..., 0]
        return density

    def quantiles(
        self,
        rows: FloatArray,
        probabilities: Sequence[float],
        kind: Kind = "function",
        tolerance: float = 1e-7,
    ) -> tuple[FloatArray, ...]:
        """Return exact quantiles (V, G) of f, or of a new y, where the design rows (G, P) are given."""
        line = Line.through(rows) if tolerance >= _WORTH and not self.noise_known else None
        if line is None:
            return self._asked(rows, probabilities, kind, tolerance)
        mean, sd = self.moments(line.between(np.array([0.0, 0.5, 1.0])))
        noise = (self.node_weight * np.exp(2 * self.log_sigma)).sum(1) if kind == "observation" else 0 * self.width
        found, left = line.read(
            mean,
            sd**2 + noise[:, None],
            lambda at: np.stack(self._asked(at, probabilities, kind, tolerance)),
        )
        rough = np.flatnonzero(~(left <= tolerance / 3))
        if len(rough):
            found[:, rough] = self.take(rough)._asked(rows, probabilities, kind, tolerance)
        return tuple(found)

    def _asked(
        self, rows: FloatArray, probabilities: Sequence[float], kind: Kind, tolerance: float
    ) -> tuple[FloatArray, ...]:
        """Return quantiles (V, G) of f, or of a new y, each solved for at its own row of (G, P) or (V, G, P)."""
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
    spectrum: Spectrum, y: FloatArray, width: FloatArray, noise: FloatArray, noise_known: bool, rows: int | None = None
) -> LinearPosterior:
    """Return the exact posterior for targets y (V, N), prior widths (V,) and noise scales (V,).

    `rows` is how many rows there were, where `condensed` ones stand for them.
    Raises ValueError for a y too large to compute with, and where the noise is unknown and the weights fit more points
    than they have directions without any error: then no posterior exists.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        seen = Projection.of(spectrum, y)
        seen = seen if rows is None else replace(seen, rows=rows)
    if noise_known:
        refuse_too_far(seen.total, float(np.abs(y).max(initial=0.0)))
        at = np.log(noise)[:, None]
        evidence = log_likelihood(at, width, spectrum.scale, seen)[:, 0]
        return LinearPosterior(spectrum, seen, width, noise, True, SigmaNodes(at, np.ones_like(at), at, at, evidence))
    refuse_perfect_fit(spectrum, seen, y)
    density = SigmaDensity(spectrum.scale, seen, width, noise)
    return LinearPosterior(spectrum, seen, width, noise, False, density.nodes())


def condensed(design: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return at most P + 1 rows (design (R, P), y (R,)) that say what all N say: X'X, X'y and y'y are the same.

    One column more or less is then a question of P rows, however many were measured.

    >>> x, y = condensed(np.array([[1.0, 2], [1, 3], [1, 5], [1, 9]]), np.array([1.0, 2, 2, 4]))
    >>> x.shape, (x.T @ x).round(6).tolist(), round(float(y @ y), 6)
    ((3, 2), [[4.0, 19.0], [19.0, 119.0]], 25.0)
    """
    triangle = np.asarray(np.linalg.qr(np.column_stack([design, y]), mode="r"))
    return triangle[:, :-1], triangle[:, -1]


__all__ = [
    "LinearPosterior",
    "PosteriorAt",
    "Projection",
    "Spectrum",
    "condensed",
    "log_likelihood",
    "solve",
]
