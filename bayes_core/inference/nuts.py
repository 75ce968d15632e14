"""NUTS: NumPyro's kernel inside one jit, in chunks that carry their state, with nothing to compile on a slider move.

Chunks are as long as a breath: draws do not depend on where they are cut. Where a linear model's noise has several
modes chains start in each of them, and say so if they stay apart.

Source: Hoffman and Gelman (2014), The No-U-Turn Sampler; kernel by NumPyro (Phan et al. 2019).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from typing import Any, NamedTuple

import numpy as np
from numpyro.infer.hmc import hmc

from bayes_core.checks import FloatArray
from bayes_core.inference import Step
from bayes_core.inference._jax import Shape, Traced, at_once, constrained, jax, jnp, potential, prepare
from bayes_core.inference.judge import judge_any
from bayes_core.inference.modes import remedy, sigma_modes
from bayes_core.inference.sigma import SigmaModes
from bayes_core.models.base import Scaffold
from bayes_core.types import Diagnostics, Fit, Question

_TREE_DEPTH = 10
_BREATH = 0.15  # seconds
_ACCEPT = 0.9  # 13 % slower than NumPyro's 0.8; divergences 123 -> 4 with three points, halved with one or two
STATS = ("lp", "energy", "acceptance_rate", "n_steps", "diverging")
"""What is told of every draw; lp is the log density of the coordinates walked in, sigma's logarithm among them."""


class Kernel(NamedTuple):
    """The two compiled functions of one shape: start a chain, and advance it by up to a chunk of steps."""

    start: Any
    advance: Any


@cache
def kernel(shape: Shape, warmup: int, chunk: int) -> Kernel:
    """Return the kernel of a shape; data, prior, coordinates, key and the number of steps are traced."""
    init, sample = hmc(potential_fn_gen=lambda traced: potential(shape, traced), algo="NUTS")

    @jax.jit
    def start(key: Any, traced: Traced, around: Any, spread: Any) -> Any:
        place, walk = jax.random.split(key)
        z = around + spread * jax.random.uniform(place, (shape.size,), minval=-2.0, maxval=2.0)  # wider than it is
        settings = {"max_tree_depth": _TREE_DEPTH, "target_accept_prob": _ACCEPT}
        return init(z, warmup, **settings, model_args=(traced,), rng_key=walk)

    @jax.jit
    def advance(state: Any, steps: Any, traced: Traced) -> Any:
        def step(i: Any, carry: Any) -> Any:
            state, draws, told = carry
            state = sample(state, model_args=(traced,))
            seen = -state.potential_energy, state.energy, state.accept_prob, state.num_steps, state.diverging
            return state, draws.at[i].set(state.z), told.at[i].set(jnp.array(seen))

        empty = jnp.zeros((chunk, shape.size)), jnp.zeros((chunk, len(STATS)))
        return jax.lax.fori_loop(0, steps, step, (state, *empty))

    return Kernel(start, advance)


def steps(question: Question) -> Iterator[Step]:
    """Yield progress through warm-up, then partial fits, then the complete fit with its diagnostics.

    Draws are the same whatever the chunk. Raises ValueError for a model without a NumPyro program, and when the
    log density is not finite where the chains start.
    """
    budget = question.budget
    shape, traced, scaffold = prepare(question)
    compiled = kernel(shape, budget.warmup, budget.chunk)
    key = jax.random.PRNGKey(question.seed)
    modes = sigma_modes(question)
    starts = _starts(modes, scaffold, shape.size)
    states = [
        compiled.start(jax.random.fold_in(key, chain), traced, *starts[chain % len(starts)])
        for chain in range(budget.chains)
    ]
    if not all(np.isfinite(float(state.potential_energy)) for state in states):
        largest = float(np.abs(question.dataset.y).max())
        raise ValueError(
            f"y reaches {largest:.3g} and the log density is not finite where the chains start: "
            "give y in other units, or widen the prior"
        )
    total = budget.warmup + budget.draws
    parts: list[FloatArray] = []
    told: list[FloatArray] = []
    done = 0
    stride = budget.chunk
    while done < total:
        warming = done < budget.warmup
        count = min(stride, (budget.warmup if warming else total) - done)
        started = time.perf_counter()
        moved = at_once(partial(_advance, compiled, count, traced), states)
        stride = _paced(count, time.perf_counter() - started, budget.chunk)
        states = [state for state, _, _ in moved]
        done += count
        if warming:
            yield Step(done, total, None)
            continue
        parts.append(np.stack([np.asarray(z)[:count] for _, z, _ in moved]))
        told.append(np.stack([np.asarray(seen)[:count] for _, _, seen in moved]))
        stats = dict(zip(STATS, np.concatenate(told, axis=1).reshape(-1, len(STATS)).T, strict=True))
        divergences = int(stats["diverging"].sum())
        sites, noise = constrained(scaffold, np.concatenate(parts, axis=1).reshape(-1, shape.size), question.prior)
        about = Diagnostics("sampled", budget.chains, divergences=divergences, complete=False)
        fit = Fit(question, sites, noise, None, about, stats=stats)
        if done == total:
            fit = replace(fit, diagnostics=_with_modes(judge_any(fit), fit, modes))
        yield Step(done, total, fit)


def _starts(modes: SigmaModes | None, scaffold: Scaffold, size: int) -> list[tuple[FloatArray, FloatArray]]:
    """Return around where, and how widely, chains start in turn (P,) each: in every mode of sigma if it has several."""
    if modes is None or len(modes.share) == 1:
        return [(np.zeros(size), np.ones(size))]
    turn = np.linalg.inv(scaffold.axes[:-1, :-1])
    found = []
    for at, sd, mean, covariance in zip(modes.log_sigma, modes.sd, modes.mean, modes.covariance, strict=True):
        weights = np.sqrt(np.diag(turn @ covariance @ turn.T))
        spread = np.append(weights, sd / scaffold.axes[-1, -1])
        found.append((scaffold.back(np.append(mean, at)), spread))
    return found


def _with_modes(about: Diagnostics, fit: Fit, modes: SigmaModes | None) -> Diagnostics:
    """Say so where sigma has several modes and some chain has not been in all of them: shares are then the starts'."""
    if modes is None or len(modes.share) == 1 or modes.visited(fit.noise.reshape(about.chains, -1)).all():
        return about
    told = (
        f"The noise has {len(modes.share)} modes, near {modes.named()}, and chains stay where they started, so the "
        f"share of each mode is not known: {remedy(fit.model)}."
    )
    return replace(about, converged=False, complaints=(told, *about.complaints))


def _paced(count: int, seconds: float, most: int) -> int:
    """Return how many steps to take before the next news: as many as fit into a breath, so that nobody waits to leave.

    >>> _paced(100, 1.5, 500), _paced(10, 0.06, 500), _paced(500, 0.02, 500)
    (10, 25, 500)
    """
    return int(min(max(count * min(_BREATH / max(seconds, 1e-9), 4.0), 1), most))


def _advance(compiled: Kernel, count: int, traced: Traced, state: Any) -> Any:
    return compiled.advance(state, count, traced)
