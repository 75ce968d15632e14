r"""Laplace's approximation: a Gaussian at each mode, as wide as the curvature says; networks predict by their tangent.

.. math:: q(\theta) = \mathcal N(\hat\theta, H^{-1}), \quad
    \log p(y) \approx -L(\hat\theta) + \tfrac P2 \log 2\pi - \tfrac12 \log|H|

Several modes are weighted by their evidence. Source: MacKay (1992); Immer, Korzepa and Bauer (2021) for the tangent.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference import Step
from bayes_core.inference._jax import constrained, prepare
from bayes_core.inference._train import modes
from bayes_core.models.linear import Linear
from bayes_core.models.mlp import Mlp
from bayes_core.models.tangent import Tangent
from bayes_core.types import Diagnostics, Fit, Question

_STARTS = 8
_FLAT = 0.05  # of the prior's own curvature: below it a place is a saddle or a plain, not a mode
_MOST = 200  # parameters: the Hessian is computed in full


def steps(question: Question) -> Iterator[Step]:
    """Yield draws of a mixture of Gaussians at the modes found, in one step, with the approximate log evidence.

    Raises ValueError for a model without a NumPyro program, with too many parameters, or without a mode.
    """
    model, prior, budget, seed = question.model, question.prior, question.budget, question.seed
    if isinstance(model, Linear) and model.family != "normal":
        raise ValueError(
            f"laplace needs a smooth prior and a {model.family} one has a kink at its mode: use method='nuts'"
        )
    shape, traced, scaffold = prepare(question)
    if shape.size > _MOST:
        raise ValueError(f"{shape.size} parameters need a Hessian of {shape.size}²: laplace takes at most {_MOST}")
    place, loss, hessian = modes(shape, traced, _STARTS, max(200, budget.steps // 4), seed)
    value, axes = np.linalg.eigh(hessian)
    round_ones = value[:, 0] > _FLAT
    told = () if round_ones.any() else ("No mode is curved in every direction: flat ones were given a floor.",)
    if round_ones.any():
        place, loss, value, axes = place[round_ones], loss[round_ones], value[round_ones], axes[round_ones]
    value = np.maximum(value, _FLAT)
    evidence = -loss + 0.5 * shape.size * np.log(2 * np.pi) - 0.5 * np.log(value).sum(1) + scaffold.log_size
    if not prior.noise_known:  # the loss counts sigma itself, the Gaussian lives on its log: mode for mode the same
        evidence = evidence + scaffold.last(place)
    share = np.exp(evidence - evidence.max())
    total, random = budget.chains * budget.draws, np.random.default_rng([seed, 41])
    mode = random.choice(len(share), total, p=share / share.sum())
    shock = random.standard_normal((total, shape.size))
    z = place[mode] + np.einsum("spk,sk->sp", (axes / np.sqrt(value)[:, None, :])[mode], shock)
    sites, noise = constrained(scaffold, z, prior)
    tangent = None
    if isinstance(model, Mlp):
        centres, _ = constrained(scaffold, place, prior)
        sites, tangent = {**sites, "mode": mode.astype(float)}, Tangent(model, centres)
    about = Diagnostics("approximate", converged=not told, complaints=told)
    evidences: FloatArray = evidence
    yield Step(1, 1, Fit(question, sites, noise, float(np.logaddexp.reduce(evidences)), about, tangent))
