"""The fast sampler: many short chains of HMC that tune themselves, until function values agree.

On regression a network's posterior is walked without its output layer (`_marginal`), which is then drawn exactly. The
likelihood is raised from 2 % to 100 % over the first third of warm-up: without that, hard fits end in different modes.
Where chains still do, and always with periodic units, it is raised ten times as slowly (three sin units on thirty rows
with whole-numbered inputs: 68 % of the chains had missed the mode, and in six of twelve fits all eight; then 11 %, and
in none). The posterior is that of `nuts`.
On classes a network's weights are walked on all together (`hmc_classes`), and so are a line's, unless its posterior is
so nearly round that independent proposals do as well (`_around_mode`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference import Step, _around_mode
from bayes_core.inference._chains import Walk, run
from bayes_core.inference._chees import CHAINS, Plan, State, advance, begun, nowhere, pooled_over, warm
from bayes_core.inference._jax import jax, jnp, padded
from bayes_core.inference._marginal import Data, Net, draw_output, sites_of, value_and_grad
from bayes_core.inference.existence import refuse_without_posterior
from bayes_core.inference.hmc_classes import line_walk, network_walk
from bayes_core.inference.judge import both, judge_any, judge_functions
from bayes_core.models.linear import Linear
from bayes_core.models.mlp import Mlp
from bayes_core.types import Dataset, Diagnostics, Fit, Prior, Question

_SHORT = ((1 << 10, 50), (1 << 15, 10), (1 << 17, 2))  # rows times units, and steps at a time above that
_STRICTER = 1.009  # R-hat at which drawing ends: it must be below 1.01 at inputs in between, too
_USUAL, _CAREFUL = Plan(200, 70), Plan(1000, 700)


@cache
def _start(net: Net) -> Any:
    @jax.jit
    def start(place: Any, data: Data) -> State:
        q, width = jax.random.normal(place, (CHAINS, net.size)), jnp.ones(net.size)
        if not net.noise_known:
            rows = data.weight.sum()
            middle = (data.weight * data.y).sum() / rows  # centred first: a difference of two squares may be negative
            spread = jnp.sqrt((data.weight * (data.y - middle) ** 2).sum() / rows)
            q = q.at[:, -1].set(jnp.log(0.5 * spread + 1e-3 * data.noise))
            width = width.at[-1].set(1 / jnp.sqrt(2 * rows))
        pooled = partial(pooled_over, net.sites)
        return begun(nowhere(q, width, 0.02, 0.3), *value_and_grad(net, q, data), pooled)

    return start


@cache
def _warm(net: Net) -> Any:
    @jax.jit
    def walk(state: State, keys: Any, data: Data, plan: Plan) -> State:
        def slope_of(q: Any, temper: Any) -> Any:
            return value_and_grad(net, q, data, temper)

        return warm(state, keys, plan, slope_of, partial(pooled_over, net.sites))

    return walk


@cache
def _draw(net: Net, count: int) -> Any:
    @jax.jit
    def draw(state: State, key: Any, data: Data) -> Any:
        keys = jax.vmap(lambda i: jax.random.fold_in(key, i))(state.i + jnp.arange(count))

        def body(state: State, key: Any) -> Any:
            state = advance(state, key, lambda q: value_and_grad(net, q, data), adapt=False)
            return state, state.q

        state, q = jax.lax.scan(body, state, keys)
        outputs = jax.lax.map(lambda pair: draw_output(net, jax.random.fold_in(pair[0], 7), pair[1], data), (keys, q))
        return state, q, outputs

    return draw


def steps(question: Question, start: Fit | None = None) -> Iterator[Step]:
    """Yield progress, partial fits chunk by chunk, and the complete one when function values converged or time is up.

    Of many draws the most recent two thirds count, so that a bad start is forgotten. `Step.total` is what the last
    judgement and the clock say that it will take. `start` is a neighbouring answer about classes, whose chains go on.
    Raises ValueError for a model that is neither a network nor, on classes, linear, where there is no posterior, and
    where the density is not finite.
    """
    model = question.model
    if isinstance(model, Linear) and question.dataset.task == "classification":
        yield from _line(question, model)
        return
    if not isinstance(model, Mlp):
        raise ValueError(f"hmc integrates a network's output layer and the model is {model.name!r}: use method='nuts'")
    classes = question.dataset.task == "classification"
    yield from run(network_walk(question, model, start) if classes else _curve(question, model))


def _line(question: Question, model: Linear) -> Iterator[Step]:
    """Yield the steps of proposals from around the mode, and of chains that follow the slope where those do not do."""
    tried = 0
    for step in _around_mode.steps(question, model):
        yield step
        tried = step.done
        if step.fit is not None:
            return
    for step in run(line_walk(question, model)):
        yield replace(step, done=step.done + tried, total=step.total + tried)


def _curve(question: Question, model: Mlp) -> Walk:
    """Return how a network's curve and noise are sampled, its output layer integrated out."""
    dataset, prior = question.dataset, question.prior
    refuse_without_posterior(dataset, model, prior, question.likelihood)
    net = Net(model, dataset.x.shape[1], prior.noise_known, question.likelihood)
    data, watched, between = traced(net, dataset, prior), model.watched(dataset), model.watched_between(dataset)
    return Walk(
        question,
        start=lambda key: _start(net)(key, data),
        warm=lambda state, keys, plan: _warm(net)(state, keys, data, plan),
        draw=lambda count: lambda state, key: _draw(net, count)(state, key, data),
        fit=lambda drawn, _: _fit(question, net, drawn),
        judge=lambda fit, late: judge_any(fit) if late else _judged(fit, watched, between),
        plans=(_CAREFUL,) if model.activation == "sin" else (_USUAL, _CAREFUL),  # periodic units have more modes
        size=len(data.y) * sum(model.hidden),
        short=_SHORT,
    )


def _judged(fit: Fit, watched: FloatArray, between: FloatArray) -> Diagnostics:
    """Judge a fit where it is watched, and only if that holds, in between: `judge_any` in the order that is cheap."""
    about = judge_functions(fit, watched)
    if not about.converged or about.largest_r_hat > _STRICTER:
        return replace(about, converged=False)
    return both(about, judge_functions(fit, between)) if len(between) else about


def traced(net: Net, dataset: Dataset, prior: Prior) -> Data:
    """Return the traced half of a fit, rows padded to a size that is compiled for."""
    return Data(*padded(dataset.x, dataset.y), net.widths(prior), np.float64(prior.noise))


def _fit(question: Question, net: Net, drawn: list[FloatArray]) -> Fit:
    """Return draws (C, n, ...) of hidden coordinates and output weights as a Fit, chain after chain."""
    prior, widths = question.prior, net.widths(question.prior)
    q, outputs = (values.reshape(-1, values.shape[-1]) for values in drawn)
    sites = {site: np.asarray(values) for site, values in sites_of(net, q, widths).items()}
    spread = net.spread(widths)
    sites |= {"weight": spread["weight"] * outputs[:, :-1], "bias": spread["bias"] * outputs[:, -1]}
    noise = np.full(len(q), prior.noise) if net.noise_known else np.exp(q[:, -1])
    about = Diagnostics("sampled", CHAINS, complete=False)
    return Fit(question, sites, noise, None, about)
