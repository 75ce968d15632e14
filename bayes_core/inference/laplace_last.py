r"""Laplace's approximation of a network's last layer alone: the hidden weights stay at their mode.

The function is linear in what is left, so its Gaussian needs no tangent, and one of a few hundred weights needs no
large Hessian. What is sure only because the hidden layers are held looks sure here too: inside the data mostly right,
far outside too narrow. Source: Kristiadi, Hein and Hennig (2020); Daxberger et al. (2021), Laplace Redux.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.inference import Step
from bayes_core.inference._jax import Shape, Traced, constrained, jax, prepare
from bayes_core.inference._train import loss_of, search
from bayes_core.inference.laplace import FLAT, STARTS, gauss_newton, modes
from bayes_core.likelihoods import Categorical
from bayes_core.models.base import Scaffold
from bayes_core.models.mlp import Mlp
from bayes_core.types import Diagnostics, Fit, Question

_LAST = ("weight", "bias", "weight_noise", "sigma")


def steps(question: Question) -> Iterator[Step]:
    """Yield draws of the best mode's last layer, and of log sigma, with the hidden weights as they are there.

    Raises ValueError for a model that is no network, and where there is no mode.
    """
    model, dataset, budget, seed = question.model, question.dataset, question.budget, question.seed
    if not isinstance(model, Mlp):
        raise ValueError(f"laplace_last needs hidden layers and the model {model.name!r} has none: use another method")
    shape, traced, scaffold = prepare(question)
    for found in search(dataset, shape, traced, scaffold, STARTS, budget.steps, seed, of_log=True):
        if found.done < found.total:
            yield Step(found.done, found.total, None)
    place, _, told = modes(found, len(dataset.y))
    z, at = place[0], last_layer(scaffold, shape.size)
    value, axes = np.linalg.eigh(_curvature(question, shape, traced, scaffold, z, at))
    if value[0] < FLAT:
        told = (*told, "The mode is not curved in every direction: flat ones were given a floor.")
    total, random = budget.chains * budget.draws, np.random.default_rng([seed, 41])
    drawn = np.repeat(z[None], total, axis=0)
    drawn[:, at] += random.standard_normal((total, len(at))) @ (axes / np.sqrt(np.maximum(value, FLAT))).T
    sites, noise = constrained(scaffold, drawn, question.prior)
    about = Diagnostics("approximate", converged=not told, complaints=told)
    yield Step(found.total, found.total, Fit(question, sites, noise, None, about))


def last_layer(scaffold: Scaffold, size: int) -> NDArray[np.intp]:
    """Return where the last layer's parameters, and log sigma, are among all of them (L,)."""
    place = scaffold.unflatten(np.arange(size))
    return np.sort(np.concatenate([np.ravel(place[site]) for site in _LAST if site in place]))


def _curvature(
    question: Question, shape: Shape, traced: Traced, scaffold: Scaffold, z: FloatArray, at: NDArray[np.intp]
) -> FloatArray:
    """Return the curvature (L, L) of the loss in the last layer: of classes the tangent's, which is the same there."""
    if isinstance(question.dataset.likelihood, Categorical):
        return gauss_newton(question, scaffold, z)[np.ix_(at, at)]
    return np.asarray(_hessian(shape, tuple(at.tolist()))(z, traced))


@cache
def _hessian(shape: Shape, at: tuple[int, ...]) -> Any:
    """Return the compiled Hessian (L, L) of the loss in some of the coordinates."""

    @jax.jit
    def hessian(z: Any, traced: Traced) -> Any:
        loss = loss_of(shape, traced, 1.0)
        place = np.array(at)
        return jax.hessian(lambda part: loss(z.at[place].set(part)))(z[place])

    return hessian
