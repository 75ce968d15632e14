"""A mixture of Gaussians whose shares, means and scales are functions of x: several answers at one x."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from bayes_core.checks import FloatArray, count
from bayes_core.likelihoods.arrays import library
from bayes_core.likelihoods.categorical import log_sum_exp
from bayes_core.likelihoods.heads import Head, Heads
from bayes_core.likelihoods.heteroscedastic import LOG_NOISE_SPREAD, Heteroscedastic

MOST_COMPONENTS = 20
SHARE_SPREAD = 3.0
"""Prior sd of a component's logit, and of its change over x: one may have all but a thousandth, or next to nothing."""


@dataclass(frozen=True)
class MixtureDensity:
    r"""y is from one of M Gaussians, each with a share, a mean and a scale of its own at every x (Bishop 1994).

    .. math:: p(y \mid f, \sigma) = \sum_{m=1}^M \pi_m\, N(y \mid \mu_m, (\sigma e^{g_m})^2), \qquad
        \pi = \mathrm{softmax}(a)

    f holds the means, then the logarithms g of the scales over sigma, then the logits a, M each: K' = 3M. A single
    component has no share to tell, and is `Heteroscedastic`, K' = 2. Components have no order: swapping two changes
    nothing. One that collapses onto k targets gains -k g nats, without bound; a prior g ~ N(0, s^2) takes more away,
    and ends it at g = -k s^2. With many weights for few rows that is far down: a mode wants rows enough, or a narrow
    prior of the scales. Source: Bishop (1994), Mixture density networks, equations 22 to 26 and 34 to 39.
    Raises ValueError for a number of components that is none, or above 20.

    >>> MixtureDensity(3).outputs, MixtureDensity(1).outputs
    (9, 2)
    """

    components: int = 2
    noisy: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Check the number of components."""
        count(self.components, "the number of components", 1, MOST_COMPONENTS)

    @property
    def outputs(self) -> int:
        """Return K'."""
        return sum(head.outputs for head in self.heads)

    @property
    def heads(self) -> Heads:
        """Return the means, the scales, and unless there is but one component the shares."""
        if self.components == 1:
            return Heteroscedastic.heads
        scale = LOG_NOISE_SPREAD / 2**0.5  # a constant and a change over x share the variance
        return (
            Head("", self.components),
            Head("noise", self.components, scale),
            Head("share", self.components, SHARE_SPREAD),
        )

    def log_density(self, y: Any, f: Any, noise: Any) -> Any:
        """Return log p(y | f, noise), (..., N).

        >>> f = np.array([[-1.0, 1.0, 0.0, 0.0, 0.0, 0.0]])
        >>> MixtureDensity(2).log_density(np.array([0.0]), f, np.array([1.0])).round(4)
        array([-1.4189])
        """
        return log_sum_exp(self._terms(y, f, noise)[0])

    def slope(self, y: Any, f: Any, noise: Any) -> Any:
        """Return the slopes in means, r off / s, in log scales, r (off^2 - 1), and in logits, r - pi; (..., N, K').

        r is the probability that y came from a component, off = (y - mean) / s, and s its scale.
        """
        terms, off, sd = self._terms(y, f, noise)
        xp = library(f)
        blame = xp.exp(terms - log_sum_exp(terms)[..., None])
        slopes = [blame * off / sd, blame * (off**2 - 1)]
        if self.components > 1:
            slopes.append(blame - xp.exp(self._log_share(f)))
        return xp.concatenate(slopes, -1)

    def parts(self, f: FloatArray, noise: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return share, mean and sd of every component, (..., N, M) each."""
        mean, sd = self._gaussians(f, noise)
        return np.exp(self._log_share(f)), mean, sd

    def mean(self, f: FloatArray) -> FloatArray:
        """Return E[y | f], (..., N).

        >>> MixtureDensity(2).mean(np.array([[-1.0, 1.0, 0.0, 0.0, np.log(3.0), 0.0]])).round(4)
        array([-0.5])
        """
        share, mean, _ = self.parts(f, np.ones(1))
        expected: FloatArray = (share * mean).sum(-1)
        return expected

    def level(self, f: FloatArray, noise: FloatArray) -> FloatArray:
        r"""Return the sd of y given f, (..., N), by the law of total variance.

        .. math:: \mathrm{Var}(y \mid f) = \sum_m \pi_m s_m^2 + \sum_m \pi_m (\mu_m - \bar\mu)^2

        >>> MixtureDensity(2).level(np.array([[-3.0, 3.0, 0.0, 0.0, 0.0, 0.0]]), np.array([4.0]))
        array([5.])
        """
        share, mean, sd = self.parts(f, noise)
        off = mean - (share * mean).sum(-1, keepdims=True)
        spread: FloatArray = np.sqrt((share * (sd**2 + off**2)).sum(-1))
        return spread

    def sample(self, f: FloatArray, noise: FloatArray, random: np.random.Generator) -> FloatArray:
        """Return one y for every f, (..., N): a component by its share, and a draw of it."""
        share, mean, sd = self.parts(f, noise)
        below = np.cumsum(share, axis=-1)[..., :-1]
        one = (random.random(f.shape[:-1])[..., None] >= below).sum(-1)[..., None]
        mean, sd = (np.take_along_axis(part, one, -1)[..., 0] for part in (mean, sd))
        made: FloatArray = mean + sd * random.standard_normal(mean.shape)
        return made

    def _gaussians(self, f: Any, noise: Any) -> tuple[Any, Any]:
        """Return mean and sd of every component, (..., N, M)."""
        xp, several = library(f), self.components
        return f[..., :several], xp.asarray(noise)[..., None] * xp.exp(f[..., several : 2 * several])

    def _log_share(self, f: Any) -> Any:
        """Return the logarithm of every component's share, (..., N, M)."""
        if self.components == 1:
            return library(f).zeros_like(f[..., :1])
        logits = f[..., 2 * self.components :]
        return logits - log_sum_exp(logits)[..., None]

    def _terms(self, y: Any, f: Any, noise: Any) -> tuple[Any, Any, Any]:
        """Return the log of each component's part of the density, (y - mean) / s, and s, (..., N, M) each."""
        xp = library(f)
        mean, sd = self._gaussians(f, noise)
        off = (y[..., None] - mean) / sd
        return self._log_share(f) - 0.5 * off**2 - xp.log((2 * xp.pi) ** 0.5 * sd), off, sd
