"""What any model must offer besides reading draws: its joint density as a NumPyro program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, runtime_checkable

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.likelihoods import Gaussian, Heteroscedastic, Likelihood, one_gaussian
from bayes_core.types import Dataset, Model, Prior

Program = Callable[..., None]


GAUSSIAN = Gaussian()


@runtime_checkable
class Programmed(Model, Protocol):
    """A model that general methods (NUTS, variational inference) can run."""

    def program(self, likelihood: Likelihood = GAUSSIAN) -> Program:
        """Return the NumPyro program `(inputs, y, weight, width, noise, noise_known) -> None` for a likelihood.

        `inputs` is what `inputs(x)` returns; weight (N,) is 1 for a real row and 0 for padding. width is the prior's,
        or what the model's own `widths` makes of the prior: a network's is one of each site.
        Everything but `noise_known` is traced, so that no slider compiles anything.
        """
        ...

    def inputs(self, x: FloatArray) -> FloatArray:
        """Return the array (N, P) that the program reads for raw inputs x (N, D)."""
        ...

    def scaffold(self, dataset: Dataset, prior: Prior, likelihood: Likelihood | None = None) -> Scaffold:
        """Return a good coordinate system for samplers and optimisers; it never changes the posterior.

        Without a likelihood it is that of the data set's task.
        """
        ...


def observe(likelihood: Likelihood, y: Any, f: Any, noise: Any, weight: Any) -> None:
    """Add log p(y | f, noise) of every row to a NumPyro program as its site "y"; f is (N, K'), or (N,) where K' is 1.

    weight (N,) is how often each row counts.
    """
    import numpyro  # noqa: PLC0415 (jax is paid for only by those who sample)
    import numpyro.distributions as dist  # noqa: PLC0415

    if isinstance(likelihood, Heteroscedastic):
        f, noise = f[:, 0], likelihood.level(f, noise)
    if one_gaussian(
        likelihood
    ):  # NumPyro's own normal is the same density; a rounding error more and every chain is another
        with numpyro.handlers.scale(scale=weight):
            numpyro.sample("y", dist.Normal(f, noise), obs=y)
        return
    f = f if f.ndim == y.ndim + 1 else f[:, None]
    numpyro.factor("y", (weight * likelihood.log_density(y, f, noise)).sum())


def with_outputs(shape: tuple[int, ...], outputs: int) -> tuple[int, ...]:
    """Return the shape of a site that feeds the outputs: one output adds no axis.

    >>> with_outputs((5,), 1), with_outputs((5,), 3)
    ((5,), (5, 3))
    """
    return shape if outputs == 1 else (*shape, outputs)


class Scaffold:
    """An affine change of coordinates, parameters = centre + axes @ z, in unconstrained space.

    centre (P,), axes (P, P) square and invertible, or (P,) where it is a diagonal; `unflatten` names the parameters.
    """

    def __init__(self, centre: FloatArray, axes: FloatArray, shapes: Mapping[str, tuple[int, ...]]) -> None:
        """Keep the map and the shape of each site, in their flat order."""
        self.centre, self.axes, self.shapes = centre, axes, dict(shapes)

    @property
    def diagonal(self) -> bool:
        """Return whether each parameter has an axis of its own."""
        return bool(self.axes.ndim == 1)

    def forth(self, z: Any) -> Any:
        """Return parameters (..., P) at coordinates z (..., P); works on numpy and on traced arrays."""
        return self.centre + (self.axes * z if self.diagonal else (self.axes * z[..., None, :]).sum(-1))

    def back(self, flat: FloatArray) -> FloatArray:
        """Return the coordinates (P,) of parameters (P,)."""
        way = flat - self.centre
        if self.diagonal:
            return way / self.axes
        return np.asarray(np.linalg.solve(self.axes, way), dtype=np.float64)

    @property
    def log_size(self) -> float:
        """Return the log determinant of the axes."""
        return float(np.log(np.abs(self.axes)).sum() if self.diagonal else np.linalg.slogdet(self.axes)[1])

    def last(self, z: Any) -> Any:
        """Return the last parameter, log sigma where it is unknown, whose axis is its own, at z (..., P)."""
        return self.centre[-1] + (self.axes[-1] if self.diagonal else self.axes[-1, -1]) * z[..., -1]

    def unflatten(self, flat: Any) -> dict[str, Any]:
        """Split (..., P) into {site: (..., *shape)}; works on numpy and on traced arrays."""
        sites, start = {}, 0
        for site, shape in self.shapes.items():
            size = int(np.prod(shape, dtype=int))
            sites[site] = flat[..., start : start + size].reshape((*flat.shape[:-1], *shape))
            start += size
        return sites
