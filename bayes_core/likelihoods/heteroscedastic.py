"""Gaussian noise whose size is a second function of x."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.likelihoods.arrays import library
from bayes_core.likelihoods.gaussian import Gaussian
from bayes_core.likelihoods.heads import Head, Heads

LOG_NOISE_SPREAD = 1.0
"""Prior sd of log sigma(x) where all hidden units are saturated: noise at two places may differ by a factor of e."""


@dataclass(frozen=True)
class Heteroscedastic:
    r"""y = f_1(x) + noise * exp(f_2(x)) * e with standard normal e (Nix and Weigend 1994).

    .. math:: \log p(y \mid f, \sigma) = \log N(y \mid f_1, (\sigma e^{f_2})^2)

    The noise has no constant of its own, which is sigma, and does not follow the prior's width, which is the curve's.
    """

    outputs: ClassVar[int] = 2
    noisy: ClassVar[bool] = True
    heads: ClassVar[Heads] = (Head(), Head("noise", 1, LOG_NOISE_SPREAD, bias=False))

    def mean(self, f: FloatArray) -> FloatArray:
        """Return f_1, (..., N)."""
        curve: FloatArray = f[..., 0]
        return curve

    def parts(self, f: FloatArray, noise: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return share, mean and sd of the one Gaussian, (..., N, 1) each."""
        return np.ones((*f.shape[:-1], 1)), f[..., :1], self.level(f, noise)[..., None]

    def level(self, f: Any, noise: Any) -> Any:
        """Return the noise at every x, (..., N)."""
        return noise * library(f).exp(f[..., 1])

    def log_density(self, y: Any, f: Any, noise: Any) -> Any:
        """Return log p(y | f, noise), (..., N).

        >>> f = np.array([[0.0, np.log(2.0)]])
        >>> Heteroscedastic().log_density(np.array([1.0]), f, np.array([1.0])).round(4)
        array([-1.7371])
        """
        return Gaussian().log_density(y, f, self.level(f, noise))

    def slope(self, y: Any, f: Any, noise: Any) -> Any:
        """Return the slopes in f_1, (y - f_1) / s^2, and in f_2, (y - f_1)^2 / s^2 - 1, with s = noise exp(f_2)."""
        level = self.level(f, noise)
        off = (y - f[..., 0]) / level
        return library(f).stack([off / level, off**2 - 1], -1)

    def sample(self, f: FloatArray, noise: FloatArray, random: np.random.Generator) -> FloatArray:
        """Return f_1 plus noise of its own size at every x, (..., N)."""
        return Gaussian().sample(f, self.level(f, noise), random)
