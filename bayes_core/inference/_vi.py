"""What mean-field and full-rank variational inference share: one jitted run of Adam on the ELBO.

Source: Kucukelbir et al. (2017), Automatic Differentiation Variational Inference; guides by NumPyro.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
import numpyro
import numpyro.distributions as dist
import optax
from numpyro.infer import SVI, Trace_ELBO, init_to_value
from numpyro.infer.autoguide import AutoContinuous

from bayes_core.inference import Step
from bayes_core.inference._jax import Question, Shape, ask, constrained, jax, jnp, potential, programmed
from bayes_core.models.base import Scaffold
from bayes_core.types import Budget, Dataset, Diagnostics, Fit, FloatArray, Model, Prior

Guide = Callable[..., AutoContinuous]
_PARTICLES = 8
_FASTEST, _SLOWEST = 0.1, 0.001  # learning rates of the first and the last step
_FARTHEST_START = 12.0  # posterior sds: from farther away Adam would spend all its steps on the way


@cache
def _run(shape: Shape, guide_of: Guide, steps: int, draws: int) -> Any:
    """Return the compiled fit of one shape: (key, start, question) -> draws z (S, P) and the ELBO trace (steps,)."""

    def program(question: Question) -> None:
        z = numpyro.sample("z", dist.ImproperUniform(dist.constraints.real_vector, (), (shape.size,)))
        numpyro.factor("log joint", -potential(shape, question)(z))

    rate = optax.cosine_decay_schedule(_FASTEST, steps, _SLOWEST / _FASTEST)

    @jax.jit
    def run(key: Any, start: Any, question: Question) -> Any:
        first, last = jax.random.split(key)
        guide = guide_of(program, init_loc_fn=init_to_value(values={"z": jnp.zeros(shape.size)}), init_scale=0.5)
        svi = SVI(program, guide, optax.adam(rate), Trace_ELBO(num_particles=_PARTICLES))
        state = svi.init(first, question, init_params={"auto_loc": start})

        def step(state: Any, _: Any) -> Any:
            state, loss = svi.update(state, question)
            return state, -loss

        state, elbo = jax.lax.scan(step, state, None, length=steps)
        transform = guide.get_transform(svi.get_params(state))
        return transform(jax.random.normal(last, (draws, shape.size))), elbo

    return run


def variational_steps(
    method: str,
    guide_of: Guide,
    dataset: Dataset,
    model: Model,
    prior: Prior,
    budget: Budget,
    seed: int,
    *,
    diagonal: bool,
) -> Iterator[Step]:
    """Yield one complete fit: chains x draws independent draws of the best Gaussian, with the ELBO at every step.

    The family is Gaussian in the model's own unconstrained parameters (intercept, coef, log sigma). Coordinates only
    change the way there: any affine map keeps a full covariance full, a `diagonal` one keeps a diagonal diagonal.
    """
    shape, question, scaffold = ask(dataset, programmed(model, method), prior, diagonal=diagonal)
    total = budget.chains * budget.draws
    run = _run(shape, guide_of, budget.steps, total)
    z, elbo = (np.asarray(part) for part in run(jax.random.PRNGKey(seed), _start(scaffold, prior), question))
    trace = elbo + np.linalg.slogdet(scaffold.axes)[1]  # the coordinates' Jacobian: a bound on log p(y) itself
    if not (np.isfinite(z).all() and np.isfinite(trace[-1])):
        raise ValueError(f"{method} ran away to infinity: rescale y, or raise budget.steps")
    sites, noise = constrained(scaffold, z, prior)
    yield Step(budget.steps, budget.steps, Fit(method, model, prior, sites, noise, None, _diagnose(trace)))


def _start(scaffold: Scaffold, prior: Prior) -> FloatArray:
    """Return where the search begins: towards the prior's centre, so that the ELBO has something to climb."""
    home = np.zeros(len(scaffold.centre))
    if not prior.noise_known:
        home[-1] = np.log(prior.noise)
    z: FloatArray = np.clip(np.linalg.solve(scaffold.axes, home - scaffold.centre), -_FARTHEST_START, _FARTHEST_START)
    return z


def _diagnose(elbo: FloatArray) -> Diagnostics:
    """Judge convergence: over the last fifth of the steps the ELBO must not rise by more than its own noise."""
    tenth = max(len(elbo) // 10, 1)
    before, after = elbo[-2 * tenth : -tenth], elbo[-tenth:]
    noise = float(np.hypot(before.std(), after.std())) / np.sqrt(tenth) if tenth > 1 else 0.0
    rise = float(after.mean() - before.mean()) if len(before) else np.inf
    converged = rise <= 4 * noise + 0.02
    told = () if converged else (f"The ELBO still rose by {rise:.2g} at the end: raise budget.steps.",)
    return Diagnostics("approximate", elbo=elbo, converged=converged, complaints=told)
