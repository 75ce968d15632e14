"""Gaussian noise around one function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.likelihoods.arrays import library
from bayes_core.likelihoods.heads import ONE, Heads


@dataclass(frozen=True)
class Gaussian:
    r"""y = f(x) + noise * e with standard normal e.

    .. math:: \log p(y \mid f, \sigma) = -\tfrac12 (y - f)^2 / \sigma^2 - \log(\sqrt{2\pi}\, \sigma)
    """

    outputs: ClassVar[int] = 1
    noisy: ClassVar[bool] = True
    heads: ClassVar[Heads] = ONE

    def mean(self, f: FloatArray) -> FloatArray:
        """Return f, (..., N)."""
        curve: FloatArray = f[..., 0]
        return curve

    def level(self, f: FloatArray, noise: FloatArray) -> FloatArray:
        """Return the noise, (..., N)."""
        return np.broadcast_to(noise, f.shape[:-1])

    def parts(self, f: FloatArray, noise: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return share, mean and sd of the one Gaussian, (..., N, 1) each."""
        return np.ones((*f.shape[:-1], 1)), f[..., :1], self.level(f, noise)[..., None]

    def log_density(self, y: Any, f: Any, noise: Any) -> Any:
        """Return log p(y | f, noise), (..., N).

        >>> Gaussian().log_density(np.array([1.0]), np.array([[0.0]]), np.array([2.0])).round(4)
        array([-1.7371])
        """
        xp = library(f)
        off = (y - f[..., 0]) / noise
        return -0.5 * off**2 - xp.log((2 * xp.pi) ** 0.5 * noise)

    def slope(self, y: Any, f: Any, noise: Any) -> Any:
        """Return (y - f) / noise^2, (..., N, 1)."""
        return ((y - f[..., 0]) / noise**2)[..., None]

    def sample(self, f: FloatArray, noise: FloatArray, random: np.random.Generator) -> FloatArray:
        """Return f plus noise, (..., N)."""
        made: FloatArray = f[..., 0] + noise * random.standard_normal(f.shape[:-1])
        return made
