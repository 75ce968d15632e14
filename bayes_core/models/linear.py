"""The linear model on any basis: f(x) = intercept + basis(x) @ coef."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.likelihoods import Categorical, Likelihood
from bayes_core.models.base import GAUSSIAN, Program, Scaffold, observe, with_outputs
from bayes_core.numerics.peaks import Rows, peaks
from bayes_core.numerics.softmax import softmax_mode
from bayes_core.types import Dataset, Prior


class Basis(Protocol):
    """A fixed map from raw inputs (N, D) to columns (N, P) that the model is linear in."""

    def __call__(self, x: FloatArray) -> FloatArray:
        """Return the columns."""
        ...


@dataclass(frozen=True)
class Raw:
    """The inputs as they are, in the data's own units."""

    def __call__(self, x: FloatArray) -> FloatArray:
        """Return x itself."""
        return x


@dataclass(frozen=True)
class Bumps:
    """Gaussian bumps exp(-(x - c)^2 / (2 scale^2)) on `count` evenly spaced centres: smooth curves in one input.

    With N(0, width^2) weights this is a finite relative of a Gaussian process (Bishop 2006, section 3.1).
    """

    low: float = 0.0
    high: float = 10.0
    count: int = 24
    scale: float = 0.8

    def __call__(self, x: FloatArray) -> FloatArray:
        """Return one column per bump."""
        if x.shape[1] != 1:
            raise ValueError(f"bumps read one input and x has {x.shape[1]} columns: choose one column")
        centres = np.linspace(self.low, self.high, self.count)
        bumps: FloatArray = np.exp(-0.5 * ((x - centres) / self.scale) ** 2)
        return bumps


@dataclass(frozen=True)
class Polynomial:
    """Powers u, u^2, ..., u^degree of one input, scaled so that [low, high] becomes u in [-1, 1].

    Raises ValueError for a degree outside 1 to 30, an empty range, or several inputs.

    >>> Polynomial(3, 0.0, 10.0)(np.array([[0.0], [7.5]]))
    array([[-1.   ,  1.   , -1.   ],
           [ 0.5  ,  0.25 ,  0.125]])
    """

    degree: int = 3
    low: float = -1.0
    high: float = 1.0

    def __post_init__(self) -> None:
        """Check the degree and the range."""
        if isinstance(self.degree, bool) or not isinstance(self.degree, int | np.integer) or not 1 <= self.degree <= 30:
            raise ValueError(f"the degree is {self.degree!r}: give a whole number from 1 to 30")
        if not self.low < self.high:
            raise ValueError(f"the range is {self.low:g} to {self.high:g}: low must be below high")

    def __call__(self, x: FloatArray) -> FloatArray:
        """Return one column per power."""
        if x.shape[1] != 1:
            raise ValueError(f"a polynomial reads one input and x has {x.shape[1]} columns: choose one column")
        u = (2 * x - self.low - self.high) / (self.high - self.low)
        powers: FloatArray = u ** np.arange(1, self.degree + 1)
        return powers


@dataclass(frozen=True)
class Standard:
    """Each input minus a fixed centre, divided by a fixed scale: several inputs on one footing, and said so."""

    centre: tuple[float, ...]
    scale: tuple[float, ...]

    @classmethod
    def of(cls, x: FloatArray) -> Standard:
        """Return the basis that gives these inputs (N, D) mean 0 and sd 1; constant columns keep their units."""
        varies = np.ptp(x, axis=0) > 0  # the rounded sd of a constant column need not be 0
        return cls(tuple(x.mean(0).tolist()), tuple(np.where(varies, x.std(0), 1.0).tolist()))

    def __call__(self, x: FloatArray) -> FloatArray:
        """Return the standardised inputs."""
        if x.shape[1] != len(self.centre):
            raise ValueError(f"x has {x.shape[1]} columns and the basis expects {len(self.centre)}: give the same ones")
        columns: FloatArray = (x - np.array(self.centre)) / np.array(self.scale)
        return columns


@dataclass(frozen=True)
class Linear:
    """y = intercept + basis(x) @ coef + sigma * noise, every weight ~ N(0, width^2).

    With `family="laplace"` every weight ~ Laplace(0, width) instead: the prior whose mode is the lasso.
    Draws are named `intercept` (S,) and `coef` (S, P); with K' > 1 outputs, as more than two classes have, they are
    (S, K') and (S, P, K'). On classes it is logistic, or softmax, regression. Nothing is standardised behind the
    reader's back: `Prior.width` is in the data's own units.

    >>> Linear().functions({"intercept": np.ones(2), "coef": np.array([[2.0], [3.0]])}, np.array([[10.0]]))[:, 0, 0]
    array([21., 31.])
    """

    basis: Basis = Raw()
    name: str = "linear"
    family: Literal["normal", "laplace"] = "normal"

    def __post_init__(self) -> None:
        """Check the family of the prior."""
        if self.family not in ("normal", "laplace"):
            raise ValueError(f"the prior's family is {self.family!r}: choose 'normal' or 'laplace'")

    def inputs(self, x: FloatArray) -> FloatArray:
        """Return the basis columns (N, P) at x (N, D)."""
        return self.basis(x)

    def design(self, x: FloatArray) -> FloatArray:
        """Return the columns with a leading column of ones for the intercept, (N, 1 + P)."""
        columns = self.basis(x)
        return np.concatenate([np.ones((len(columns), 1)), columns], axis=1)

    def functions(self, draws: Mapping[str, FloatArray], x: FloatArray) -> FloatArray:
        """Return f (S, G, K') = intercept + basis(x) @ coef."""
        columns, intercept, coef = self.basis(x), draws["intercept"], draws["coef"]
        if coef.shape[1] != columns.shape[1]:
            raise ValueError(
                f"x gives {columns.shape[1]} columns and the fit has {coef.shape[1]} coefficients: "
                "predict with the inputs that were fitted"
            )
        if coef.ndim == 3:
            several: FloatArray = intercept[:, None, :] + columns @ coef
            return several
        f: FloatArray = intercept[:, None] + coef @ columns.T
        return f[:, :, None]

    def shapes(self, inputs: int, outputs: int = 1) -> dict[str, tuple[int, ...]]:
        """Return the shape of every site, in their flat order, for D = inputs and K' = outputs.

        >>> Linear(Polynomial(3)).shapes(1, 4)
        {'intercept': (4,), 'coef': (3, 4)}
        """
        columns = self.basis(np.zeros((1, inputs))).shape[1]
        return {"intercept": with_outputs((), outputs), "coef": with_outputs((columns,), outputs)}

    def program(self, likelihood: Likelihood = GAUSSIAN) -> Program:
        """Return the NumPyro program; sigma is a site only when the noise is unknown."""
        import jax.numpy as jnp  # noqa: PLC0415 (jax is paid for only by those who sample)
        import numpyro  # noqa: PLC0415
        import numpyro.distributions as dist  # noqa: PLC0415

        weights = dist.Laplace if self.family == "laplace" else dist.Normal
        own, each = with_outputs((), likelihood.outputs), likelihood.outputs

        def program(columns: Any, y: Any, weight: Any, width: Any, noise: Any, noise_known: bool) -> None:
            intercept = numpyro.sample("intercept", weights(jnp.zeros(own), width).to_event(len(own)))
            shape = with_outputs((columns.shape[1],), each)
            coef = numpyro.sample("coef", weights(jnp.zeros(shape), width).to_event(len(shape)))
            sigma = noise if noise_known else numpyro.sample("sigma", dist.HalfCauchy(noise))
            observe(likelihood, y, intercept + columns @ coef, sigma, weight)

        return program

    def scaffold(self, dataset: Dataset, prior: Prior, likelihood: Likelihood | None = None) -> Scaffold:
        """Return coordinates in which the posterior is nearly round: ridge regression at a typical sigma.

        The weights given sigma have covariance (X'X / sigma^2 + I / width^2)^-1; log sigma is appended with the mean
        and sd of its own marginal posterior. Of classes it is the mode, and the curvature there. Only the geometry the
        sampler walks in changes, never the posterior.
        """
        likelihood = likelihood or dataset.likelihood
        if isinstance(likelihood, Categorical):
            return self._class_scaffold(dataset, likelihood, prior.width)
        x, y = self.design(dataset.x), dataset.y
        size = x.shape[1]
        left, scale, right = np.linalg.svd(np.vstack([x, np.zeros((size, size))]), full_matrices=False)
        left = left[: len(y)]
        along = left.T @ y
        level, spread = np.log(prior.noise), 0.0
        if not prior.noise_known:
            residual = y - left @ along
            level, spread = _log_sigma(scale, along, float(residual @ residual), float(y @ y), len(y), prior)
        sigma = np.exp(level)
        precision = (scale / sigma) ** 2 + 1 / prior.width**2
        centre = right.T @ (scale / sigma * (along / sigma) / precision)
        axes = right.T / np.sqrt(precision)
        shapes: dict[str, tuple[int, ...]] = {"intercept": (), "coef": (size - 1,)}
        if not prior.noise_known:
            shapes["sigma"] = ()
            centre = np.append(centre, level)
            axes = np.block([[axes, np.zeros((size, 1))], [np.zeros((1, size)), np.full((1, 1), spread)]])
        return Scaffold(centre, axes, shapes)

    def _class_scaffold(self, dataset: Dataset, likelihood: Categorical, width: float) -> Scaffold:
        """Return coordinates around the mode of a logistic or softmax regression, as wide as it is curved there."""
        sd = width if self.family == "normal" else 2**0.5 * width
        mode = softmax_mode(self.design(dataset.x), dataset.y, likelihood, sd)
        return Scaffold(mode.weights.ravel(), mode.axes, self.shapes(dataset.x.shape[1], likelihood.outputs))


def _log_sigma(
    scale: FloatArray, along: FloatArray, residual: float, total: float, rows: int, prior: Prior
) -> tuple[float, float]:
    r"""Return mean and sd of log sigma given the data, the weights integrated out, in its heaviest mode.

    With singular values s and a = U'y of the design:

    .. math:: \log p(y \mid \sigma) = -\tfrac12 \sum_i \left[\log(\sigma^2 + w^2 s_i^2) +
        \frac{a_i^2}{\sigma^2 + w^2 s_i^2}\right] - (N - P)\log\sigma - \frac{|y|^2 - |a|^2}{2\sigma^2}
    """
    typical = np.sqrt(total / rows)
    smallest = max(np.sqrt(residual / rows), 1e-8 * typical, 1e-15 * prior.noise)  # exact fits have no smallest sigma

    def height(at: FloatArray, _: Rows) -> FloatArray:
        variance = np.exp(2 * at)[..., None] + (prior.width * scale) ** 2
        value = -0.5 * (np.log(variance) + along**2 / variance).sum(-1) - 0.5 * residual * np.exp(-2 * at)
        value = value + (len(scale) - rows + 1) * at - np.logaddexp(0.0, 2 * (at - np.log(prior.noise)))
        return np.asarray(value, dtype=np.float64)

    low, high = np.log(min(smallest, prior.noise)) - 8.0, np.log(max(typical, prior.noise)) + 8.0
    if not np.isfinite(low + high):
        return np.nan, np.nan
    found = peaks(height, np.array([low]), np.array([high]), 0.2, 18.0, 18.0)
    best = int(np.argmax(found.value + np.log(found.sd)))
    at = np.linspace(found.low[best], found.high[best], 201)
    value = height(at[None], np.zeros(1, np.intp))[0]
    weight = np.exp(value - value.max())
    weight /= weight.sum()
    mean = float(weight @ at)
    return mean, max(float(np.sqrt(weight @ (at - mean) ** 2)), float(at[1] - at[0]))
