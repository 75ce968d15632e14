"""The linear model on any basis: f(x) = intercept + basis(x) @ coef."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from bayes_core.models.base import Program, Scaffold
from bayes_core.types import Dataset, FloatArray, Prior


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
class Linear:
    """y = intercept + basis(x) @ coef + sigma * noise, every weight ~ N(0, width^2).

    Draws are named `intercept` (S,) and `coef` (S, P). Nothing is standardised behind the reader's back:
    `Prior.width` is in the data's own units.

    >>> Linear().functions({"intercept": np.ones(2), "coef": np.array([[2.0], [3.0]])}, np.array([[10.0]]))[:, 0, 0]
    array([21., 31.])
    """

    basis: Basis = Raw()
    name: str = "linear"

    def inputs(self, x: FloatArray) -> FloatArray:
        """Return the basis columns (N, P) at x (N, D)."""
        return self.basis(x)

    def design(self, x: FloatArray) -> FloatArray:
        """Return the columns with a leading column of ones for the intercept, (N, 1 + P)."""
        columns = self.basis(x)
        return np.concatenate([np.ones((len(columns), 1)), columns], axis=1)

    def functions(self, draws: Mapping[str, FloatArray], x: FloatArray) -> FloatArray:
        """Return f (S, G, 1) = intercept + basis(x) @ coef."""
        columns = self.basis(x)
        if draws["coef"].shape[1] != columns.shape[1]:
            raise ValueError(
                f"x gives {columns.shape[1]} columns and the fit has {draws['coef'].shape[1]} coefficients: "
                "predict with the inputs that were fitted"
            )
        f: FloatArray = draws["intercept"][:, None] + draws["coef"] @ columns.T
        return f[:, :, None]

    def program(self) -> Program:
        """Return the NumPyro program; sigma is a site only when the noise is unknown."""
        import jax.numpy as jnp  # noqa: PLC0415 (jax is paid for only by those who sample)
        import numpyro  # noqa: PLC0415
        import numpyro.distributions as dist  # noqa: PLC0415

        def program(columns: Any, y: Any, weight: Any, width: Any, noise: Any, noise_known: bool) -> None:
            intercept = numpyro.sample("intercept", dist.Normal(0.0, width))
            coef = numpyro.sample("coef", dist.Normal(jnp.zeros(columns.shape[1]), width).to_event(1))
            sigma = noise if noise_known else numpyro.sample("sigma", dist.HalfCauchy(noise))
            with numpyro.handlers.scale(scale=weight):
                numpyro.sample("y", dist.Normal(intercept + columns @ coef, sigma), obs=y)

        return program

    def scaffold(self, dataset: Dataset, prior: Prior) -> Scaffold:
        """Return coordinates in which the posterior is nearly round, from ridge regression at a guessed sigma.

        The Gaussian part given sigma has covariance (X'X / sigma^2 + I / width^2)^-1; log sigma is appended with
        sd 1/sqrt(2N). Only the geometry the sampler walks in changes, never the posterior.
        """
        x, y = self.design(dataset.x), dataset.y
        count, size = x.shape
        sigma = prior.noise
        if not prior.noise_known:
            spread = max(count - size, 1)
            residual = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
            floor = 1e-3 * float(np.std(y)) + 1e-12 * float(np.abs(y).max()) + 1e-300
            sigma = max(float(np.sqrt(residual @ residual / spread)), floor)
        left, scale, right = np.linalg.svd(np.vstack([x, np.zeros((size, size))]), full_matrices=False)
        precision = scale**2 / sigma**2 + 1 / prior.width**2
        centre = right.T @ (scale * (left.T @ np.append(y, np.zeros(size))) / sigma**2 / precision)
        axes = right.T / np.sqrt(precision)
        shapes: dict[str, tuple[int, ...]] = {"intercept": (), "coef": (size - 1,)}
        if not prior.noise_known:
            shapes["sigma"] = ()
            centre = np.append(centre, np.log(sigma))
            axes = np.block(
                [[axes, np.zeros((size, 1))], [np.zeros((1, size)), np.full((1, 1), 1 / np.sqrt(2 * count))]]
            )
        return Scaffold(centre, axes, shapes)
