"""The linear model with unknown noise on 20,000 nodes of log sigma: an oracle that shares no code with ours.

Weights given sigma are ridge regression in the eigenvectors of X'X, around least squares; the rest is a sum.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Dense(NamedTuple):
    evidence: float
    mean: np.ndarray
    sd: np.ndarray
    log_sigma: np.ndarray
    mass: np.ndarray

    def sigma_quantiles(self, probabilities):
        return np.exp(np.interp(probabilities, np.cumsum(self.mass) - 0.5 * self.mass, self.log_sigma))

    @property
    def log_spread(self):
        """Half the distance between the quantiles of log sigma at one sd of a Gaussian."""
        low, high = np.log(self.sigma_quantiles([0.16, 0.84]))
        return 0.5 * (high - low)

    def sigma_moments(self):
        sigma = np.exp(self.log_sigma)
        mean = self.mass @ sigma
        return mean, np.sqrt(self.mass @ (sigma - mean) ** 2)


class Problem(NamedTuple):
    design: np.ndarray
    y: np.ndarray
    width: float
    scale: float

    def log_density(self, at, width=None):
        """Return log p(y, log sigma) at nodes (K,), the weights (K, P) given them, and their variances."""
        width = width or self.width
        rows, columns = self.design.shape
        values, axes = np.linalg.eigh(self.design.T @ self.design)
        values = np.maximum(values, 0)
        least = np.linalg.lstsq(self.design, self.y, rcond=None)[0]
        rest = self.y - self.design @ least
        variance = np.exp(2 * at)[:, None]
        weights = (axes.T @ (self.design.T @ self.y)) / (values + variance / width**2)
        off = weights - axes.T @ least
        misfit = (rest @ rest + (values * off**2).sum(1)) / variance[:, 0] + (weights**2).sum(1) / width**2
        size = (rows - columns) * 2 * at + np.log(variance + width**2 * values).sum(1)
        prior = np.log(2 / np.pi) + at - np.log(self.scale) - np.logaddexp(0, 2 * (at - np.log(self.scale)))
        height = -0.5 * (rows * np.log(2 * np.pi) + size + misfit) + prior
        return height, weights, variance / (values + variance / width**2), axes

    def ends(self):
        rows, columns = self.design.shape
        rest = self.y - self.design @ np.linalg.lstsq(self.design, self.y, rcond=None)[0]
        least = np.sqrt(rest @ rest / rows) if rows > columns else 1e-9 * self.scale
        size = np.sqrt(self.y @ self.y / rows)
        return np.log(min(self.scale, least)) - 6, np.log(max(size, self.scale)) + (6 if rows > 8 else 20)

    def dense(self):
        low, high = self.ends()
        for nodes in (4_000, 20_000):
            at = np.linspace(low, high, nodes)
            height, weights, variance, axes = self.log_density(at)
            kept = np.flatnonzero(height > height.max() - 45)
            low, high = at[max(kept[0] - 1, 0)], at[min(kept[-1] + 1, nodes - 1)]
        mass = np.exp(height - height.max())
        evidence = height.max() + np.log(mass.sum() * (at[1] - at[0]))
        mass /= mass.sum()
        mean = mass @ weights
        off = weights - mean
        covariance = axes @ ((off * mass[:, None]).T @ off + np.diag(mass @ variance)) @ axes.T
        return Dense(evidence, axes @ mean, np.sqrt(np.diag(covariance)), at, mass)

    def modes(self, width=None):
        """Return the heights of the local maxima of log p(y, log sigma), left to right, and where they are."""
        at = np.linspace(*self.ends(), 1200)
        height = self.log_density(at, width)[0]
        top = np.flatnonzero((height[1:-1] > height[:-2]) & (height[1:-1] >= height[2:])) + 1
        return height[top], at[top]

    def at_transition(self):
        """Return the same problem under the prior width at which its first and its last mode are equally high."""
        low, high = np.log(self.width) - 9, np.log(self.width) + 9
        for _ in range(25):
            middle = 0.5 * (low + high)
            height, _ = self.modes(np.exp(middle))
            if len(height) == 1:  # the noise explains everything, or the weights do
                explained = self.modes(np.exp(middle))[1][0] < 0.5 * sum(self.ends())
            else:
                explained = height[0] > height[-1]
            low, high = (low, middle) if explained else (middle, high)
        return self._replace(width=float(np.exp(0.5 * (low + high))))


def problem(seed):
    """Return a random problem: 1 to 5,000 rows, up to five weights, any width; every other one with two modes alive."""
    random = np.random.default_rng(seed)
    rows, columns = int(np.exp(random.uniform(0, np.log(5000)))), int(random.integers(1, 5))
    x = random.standard_normal((rows, columns)) * np.exp(random.uniform(-2, 2)) + random.uniform(-2, 2)
    slope, sigma = random.standard_normal(columns) * np.exp(random.uniform(-2, 3)), np.exp(random.uniform(-4, 2))
    y = random.normal() * 2 + x @ slope + sigma * random.standard_normal(rows)
    width, scale = np.exp(random.uniform(-4, 4)), np.exp(random.uniform(-2, 4))
    made = Problem(np.column_stack([np.ones(rows), x]), y, float(width), float(scale))
    if random.random() < 0.5 and rows > columns + 3:
        made = made.at_transition()
        made = made._replace(width=made.width * float(np.exp(random.normal() * np.exp(random.uniform(-9, -3)))))
    return made
