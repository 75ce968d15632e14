r"""Laplace's approximation: a Gaussian at each mode, as wide as the curvature says; networks predict by their tangent.

.. math:: q(\theta) = \mathcal N(\hat\theta, H^{-1}), \quad
    \log p(y) \approx -L(\hat\theta) + \tfrac P2 \log 2\pi - \tfrac12 \log|H|

theta holds the weights and log sigma, and the mode is that of their density. On classes a network's curvature is that
of its tangent (the generalised Gauss-Newton matrix): what is predicted with is then what was approximated. Several
modes are weighted by their evidence, and the evidence told is their sum. Of a network it counts each mode once: the
same mode with units swapped or signs turned, H! 2^H copies with H odd units in one layer, is left out, so it lies below
log p(y) by about the log of their number where these copies stay apart. Source: MacKay (1992); Immer, Korzepa and Bauer
(2021) for the tangent.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference import Step
from bayes_core.inference._jax import constrained, prepare
from bayes_core.inference._train import Search, curvature, no_mode, search
from bayes_core.likelihoods import Categorical
from bayes_core.models.base import Scaffold
from bayes_core.models.linear import Linear
from bayes_core.models.mlp import Mlp
from bayes_core.models.tangent import Tangent, jacobian
from bayes_core.types import Diagnostics, Fit, Question

STARTS = 8
FLAT = 1e-3  # of the prior's own curvature: below it a place is a plain, not a mode
_SAME = 1e-4  # nats: modes whose losses differ by less are copies of one, by swapped units or signs
_MOST, _MOST_OF_TANGENT = 200, 1000  # parameters: the Hessian, or the tangent's, is computed in full


def steps(question: Question) -> Iterator[Step]:
    """Yield draws of a mixture of Gaussians at the modes found, in one step, with the approximate log evidence.

    Raises ValueError for a model without a NumPyro program, with too many parameters, or without a mode.
    """
    model, prior, budget, seed = question.model, question.prior, question.budget, question.seed
    dataset = question.dataset
    if isinstance(model, Linear) and model.family != "normal":
        raise ValueError(
            f"laplace needs a smooth prior and a {model.family} one has a kink at its mode: use method='nuts'"
        )
    shape, traced, scaffold = prepare(question)
    by_tangent = isinstance(model, Mlp) and isinstance(dataset.likelihood, Categorical)
    most = _MOST_OF_TANGENT if by_tangent else _MOST
    if shape.size > most:
        raise ValueError(f"{shape.size} parameters need a Hessian of {shape.size}²: laplace takes at most {most}")
    for found in search(dataset, shape, traced, scaffold, STARTS, budget.steps, seed, of_log=True):
        if found.done < found.total:
            yield Step(found.done, found.total, None)
    place, loss, told = modes(found, len(dataset.y))
    if by_tangent:
        hessian = np.stack([gauss_newton(question, scaffold, z) for z in place])
    else:
        hessian = np.stack([np.asarray(curvature(shape)(z, np.float64(True), traced)) for z in place])
    value, axes = np.linalg.eigh(hessian)
    curved = value[:, 0] > FLAT
    if curved.any():
        place, loss, value, axes = place[curved], loss[curved], value[curved], axes[curved]
    else:
        told = (*told, "No mode is curved in every direction: flat ones were given a floor.")
    value = np.maximum(value, FLAT)
    evidence = -loss + 0.5 * shape.size * np.log(2 * np.pi) - 0.5 * np.log(value).sum(1) + scaffold.log_size
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
    yield Step(
        found.total, found.total, Fit(question, sites, noise, float(np.logaddexp.reduce(evidences)), about, tangent)
    )


def gauss_newton(question: Question, scaffold: Scaffold, z: FloatArray) -> FloatArray:
    r"""Return the tangent's curvature (P, P) at coordinates z (P,) of a network on classes.

    .. math:: \sum_n A^\top J_n^\top (\mathrm{diag}(p_n) - p_n p_n^\top) J_n A + I

    Source: Immer, Korzepa and Bauer (2021), equation 7.
    """
    data, network, likelihood = question.dataset, question.model, question.dataset.likelihood
    assert isinstance(network, Mlp)
    assert isinstance(likelihood, Categorical)
    sites, _ = constrained(scaffold, z[None], question.prior)
    slopes = jacobian(network, sites, data.x)[0] * scaffold.axes
    bent = likelihood.curvature(network.functions(sites, data.x)[0])
    curved: FloatArray = np.tensordot(slopes, bent @ slopes, ((0, 1), (0, 1))) + np.eye(len(z))
    return curved


def modes(found: Search, rows: int) -> tuple[FloatArray, FloatArray, tuple[str, ...]]:
    """Return the modes that were found (M, P), best first, their loss (M,), and what there is to complain about.

    Raises ValueError where every search ran into a spike.
    """
    real = ~found.spike & np.isfinite(found.loss) & np.isfinite(found.z).all(1)
    if not real.any():
        raise ValueError(no_mode(found, rows))
    usable = found.there if found.there.any() else real
    lower = real & ~found.there & (found.loss < np.where(usable, found.loss, np.inf).min() - _SAME)
    told: tuple[str, ...] = ()
    if not found.there.any() or lower.any():
        told = ("The search stopped before the best mode: raise budget.steps.",)
    kept: list[int] = []
    for m in np.argsort(np.where(usable, found.loss, np.inf))[: int(usable.sum())]:
        if all(abs(found.loss[m] - found.loss[k]) > _SAME for k in kept):
            kept.append(int(m))
    return found.z[kept], found.loss[kept], told
