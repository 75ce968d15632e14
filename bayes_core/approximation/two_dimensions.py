"""Two weights whose posterior is an exact Gaussian, tilted: what a q that may not tilt makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray

_LOG_2PI = float(np.log(2 * np.pi))
FAMILIES: Mapping[str, str] = {"meanfield": "mean-field", "lowrank": "low-rank", "full": "full-rank"}
"""What may be varied: a width for each weight; one shared direction on top; any covariance."""


@dataclass(frozen=True, eq=False)
class Tilted:
    """A line y = intercept + slope (x - origin) with known noise, under N(0, prior^2) for each: its exact posterior.

    Parameters are (slope, intercept), in this order.

    >>> line = Tilted((0.0, 1.0, 4.0), (1.0, 2.0, 9.0), noise=1.0, prior=(10.0, 10.0))
    >>> line.mean.round(2), round(line.correlation, 2)
    (array([2.08, 0.54]), -0.7)
    """

    x: tuple[float, ...]
    y: tuple[float, ...]
    noise: float
    prior: tuple[float, float]
    origin: float = 0.0

    @cached_property
    def _design(self) -> FloatArray:
        x = np.asarray(self.x, float) - self.origin
        return np.stack([x, np.ones_like(x)], 1)

    @cached_property
    def precision(self) -> FloatArray:
        """Return the inverse covariance (2, 2) of the posterior."""
        return np.asarray(self._design.T @ self._design / self.noise**2 + np.diag(1 / np.square(self.prior)))

    @cached_property
    def covariance(self) -> FloatArray:
        """Return the covariance (2, 2) of the posterior."""
        return np.asarray(np.linalg.inv(self.precision))

    @cached_property
    def mean(self) -> FloatArray:
        """Return the posterior mean (2,)."""
        return np.asarray(self.covariance @ self._design.T @ np.asarray(self.y) / self.noise**2)

    @cached_property
    def sd(self) -> FloatArray:
        """Return the posterior sd (2,) of slope and intercept."""
        return np.sqrt(np.diag(self.covariance))

    @cached_property
    def correlation(self) -> float:
        """Return the posterior correlation of slope and intercept."""
        return float(self.covariance[0, 1] / self.sd.prod())

    @cached_property
    def log_evidence(self) -> float:
        """Return log p(y): y is Gaussian with covariance noise^2 I + X diag(prior^2) X'."""
        y, many = np.asarray(self.y, float), len(self.y)
        spread = self.noise**2 * np.eye(many) + self._design * np.square(self.prior) @ self._design.T
        _, logdet = np.linalg.slogdet(spread)
        return float(-0.5 * (y @ np.linalg.solve(spread, y) + logdet + many * _LOG_2PI))

    # ---------------------------------------------------------------------------------------------------- any q
    def reverse(self, covariance: FloatArray) -> FloatArray:
        """Return KL(q || p) of Gaussians (..., 2, 2) about the posterior's own mean."""
        return _kl(covariance, self.covariance)

    def forward(self, covariance: FloatArray) -> FloatArray:
        """Return KL(p || q) of Gaussians (..., 2, 2) about the posterior's own mean."""
        return _kl(self.covariance, covariance)

    def elbo(self, covariance: FloatArray) -> FloatArray:
        """Return the ELBO of Gaussians (..., 2, 2) about the posterior's own mean: E_q[log p(y, w)] + H(q).

        It asks for no evidence: the expected log joint is a trace, and the entropy a determinant.
        """
        w, many = self.mean, len(self.y)
        rest = np.asarray(self.y) - self._design @ w
        log_joint = (
            -0.5 * (rest @ rest) / self.noise**2 - many * (np.log(self.noise) + 0.5 * _LOG_2PI)
            - 0.5 * np.square(w / np.asarray(self.prior)).sum() - np.log(self.prior).sum() - _LOG_2PI
        )  # fmt: skip
        spread = np.trace(self.precision @ covariance, axis1=-2, axis2=-1)
        return np.asarray(log_joint - 0.5 * spread + 0.5 * np.log(_det(covariance)) + 1 + _LOG_2PI)

    # -------------------------------------------------------------------------------------------------- the best q
    def best(self, family: str, way: str = "reverse") -> FloatArray:
        """Return the covariance (2, 2) of the best q of a family, in closed form.

        Mean-field backward takes the conditional sds, 1 / sqrt(precision_ii), forward the marginal ones. With two
        weights one direction on top of two widths is any covariance, so low-rank and full-rank find p itself.
        """
        if family not in FAMILIES:
            raise ValueError(f"{family} is no family of q: choose one of {', '.join(FAMILIES)}")
        if family != "meanfield":
            return self.covariance
        return np.diag(1 / np.diag(self.precision) if way == "reverse" else np.diag(self.covariance))

    def best_sd(self, family: str) -> FloatArray:
        """Return the widths (2,) of the best q of a family, backward."""
        return np.sqrt(np.diag(self.best(family)))

    def line_sd(self, covariance: FloatArray, x: ArrayLike) -> FloatArray:
        """Return the sd (..., X) that a q gives the line at places x (X,)."""
        at = np.atleast_1d(np.asarray(x, float)) - self.origin
        rows = np.stack([at, np.ones_like(at)], 1)
        return np.asarray(np.sqrt(np.einsum("xi,...ij,xj->...x", rows, covariance, rows)))


def covariances(slope: ArrayLike, intercept: ArrayLike, tilt: ArrayLike = 0.0) -> FloatArray:
    """Return covariances (..., 2, 2) from two sds and a correlation."""
    a, b, r = np.broadcast_arrays(*(np.asarray(v, float) for v in (slope, intercept, tilt)))
    across = a * b * r
    return np.stack([np.stack([a**2, across], -1), np.stack([across, b**2], -1)], -2)


def outline(mean: FloatArray, covariance: FloatArray, level: float, points: int = 73) -> FloatArray:
    """Return the outline (..., P, 2) that holds a share of a Gaussian in two dimensions.

    >>> rim = outline(np.zeros(2), np.eye(2), 0.5)
    >>> round(float(np.hypot(*rim[0])), 4)
    1.1774
    """
    turn = np.linspace(0, 2 * np.pi, points)
    radius = np.sqrt(-2 * np.log(1 - level))
    round_it = radius * np.stack([np.cos(turn), np.sin(turn)], 1)
    return np.asarray(mean + round_it @ np.swapaxes(np.linalg.cholesky(covariance), -1, -2))


OUTLINES = (0.9, 0.5)
REACH = float(np.sqrt(-2 * np.log(1 - OUTLINES[0])))
"""How many widths from the middle the outline of 90 % reaches, in either direction."""


@dataclass(frozen=True, eq=False)
class Pairwise:
    """A q for two weights at V positions, with covariances (V, 2, 2), over the exact posterior of a line."""

    line: Tilted
    covariance: FloatArray
    family: str

    @cached_property
    def reverse(self) -> FloatArray:
        """Return KL(q || p) (V,)."""
        return self.line.reverse(self.covariance)

    @cached_property
    def forward(self) -> FloatArray:
        """Return KL(p || q) (V,)."""
        return self.line.forward(self.covariance)

    @cached_property
    def elbo(self) -> FloatArray:
        """Return the ELBO (V,)."""
        return self.line.elbo(self.covariance)

    @cached_property
    def sd(self) -> FloatArray:
        """Return the widths (V, 2) of slope and intercept."""
        return np.sqrt(np.diagonal(self.covariance, axis1=-2, axis2=-1))

    @cached_property
    def correlation(self) -> FloatArray:
        """Return the correlation (V,) of q."""
        return np.asarray(self.covariance[:, 0, 1] / self.sd.prod(1))

    def outlines(self, level: float) -> tuple[FloatArray, FloatArray]:
        """Return the outlines (V, 2 P) of q and (1, 2 P) of p that hold a share, as x, y pairs."""
        q = outline(self.line.mean, self.covariance, level)
        return q.reshape(len(q), -1), outline(self.line.mean, self.line.covariance, level).reshape(1, -1)

    def drawn(self, e: FloatArray) -> FloatArray:
        """Return what q makes (V, 2 S) of pairs of random numbers (S, 2), as x, y pairs."""
        return draws(self.line.mean, self.covariance, e).reshape(len(self.covariance), -1)

    @property
    def grips(self) -> FloatArray:
        """Return the rightmost and the uppermost place (V, 4) of q's outline of 90 %, x and y of each."""
        mean, sd, r = self.line.mean, self.sd * REACH, self.correlation
        right = mean + np.stack([sd[:, 0], r * sd[:, 1]], 1)
        upper = mean + np.stack([r * sd[:, 0], sd[:, 1]], 1)
        return np.concatenate([right, upper], 1)

    def times_as_wide(self, x: FloatArray) -> FloatArray:
        """Return how many times as wide (V, X) as the exact posterior q makes the line at places x (X,)."""
        return self.line.line_sd(self.covariance, x) / self.line.line_sd(self.line.covariance, x)


def frozen_pairs(count: int = 60, seed: int = 5) -> FloatArray:
    """Return pairs of random numbers (S, 2) whose means are 0 and whose covariance is the identity, exactly."""
    e = np.random.default_rng(seed).standard_normal((count, 2))
    e = e - e.mean(0)
    return np.asarray(np.linalg.solve(np.linalg.cholesky(e.T @ e / count), e.T).T)


def draws(mean: FloatArray, covariance: FloatArray, e: FloatArray) -> FloatArray:
    """Return what Gaussians (..., 2, 2) make (..., S, 2) of pairs of random numbers (S, 2)."""
    return np.asarray(mean + e @ np.swapaxes(np.linalg.cholesky(covariance), -1, -2))


def size(family: str, weights: int) -> int:
    """Return how many numbers a q of a family has for so many weights, its means among them.

    >>> [size(family, 1000) for family in FAMILIES]
    [2000, 3000, 501500]
    """
    spread = {"meanfield": weights, "lowrank": 2 * weights, "full": weights * (weights + 1) // 2}
    return weights + spread[family]


def _det(covariance: FloatArray) -> FloatArray:
    return np.asarray(covariance[..., 0, 0] * covariance[..., 1, 1] - covariance[..., 0, 1] ** 2)


def _kl(first: FloatArray, second: FloatArray) -> FloatArray:
    """Return KL(first || second) of Gaussians with one mean."""
    trace = np.trace(np.linalg.solve(second, first), axis1=-2, axis2=-1)
    return np.asarray(np.maximum(0.5 * (trace - 2 + np.log(_det(second) / _det(first))), 0.0))
