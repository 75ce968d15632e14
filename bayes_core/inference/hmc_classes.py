"""What `hmc` walks on where targets are classes: all of a network's weights, or a line's around its mode.

A network's weights start from the prior and warm up as those of regression do; chains are judged by log odds. A line's
posterior is nearly Gaussian: with the curvature at the mode as its metric, trajectories of 1.6 sd (a quarter of a turn)
are as good as they get, and ChEES, which needs longer to find that out, tunes nothing there but the step.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference._chains import Walk, standing, tuning_of
from bayes_core.inference._chees import CHAINS, Plan, Standing, State, advance, begun, nowhere, pooled_over, warm
from bayes_core.inference._class_density import ClassNet, Place, Rows, line, network
from bayes_core.inference._jax import jax, jnp, padded
from bayes_core.inference.judge import both, judge, judge_functions
from bayes_core.models.linear import Linear
from bayes_core.models.mlp import Mlp
from bayes_core.types import Dataset, Diagnostics, Fit, Question

_SHORT = ((1 << 15, 50), (1 << 18, 10), (1 << 21, 2))  # rows times units, and steps at a time above that
_STRICTER = 1.008  # R-hat at a quarter of the places at which drawing ends: it must be below 1.01 at all of them
_SIDE = 12  # places along each of two inputs
_USUAL, _CAREFUL = Plan(150, 50), Plan(1000, 700)
_LENGTH = 1.6
_JITTER = (0.57, 1.43)  # of that length: what is left of a turn must not be the same every time
_LINE = Plan(75, 0)
_SMALL = 1 << 13  # numbers in the columns of a line, up to which one core is faster than two


def rows_of(dataset: Dataset, columns: FloatArray) -> Rows:
    """Return the traced half of the data: columns (N, P) and targets, padded to a size that is compiled for."""
    x, y, weight = padded(columns, dataset.y)
    outputs = dataset.likelihood.outputs
    codes = np.array([1.0]) if outputs == 1 else np.arange(float(outputs))
    single = np.float32
    return Rows(x.astype(single), (y == codes[:, None]).astype(single), weight.astype(single))


# ---------------------------------------------------------------------------------------------------------- networks
@cache
def _start(net: ClassNet) -> Any:
    @jax.jit
    def start(place: Any) -> Standing:
        q = jax.random.normal(place, (CHAINS, net.size), jnp.float32)
        return nowhere(q, jnp.ones(net.size, jnp.float32), 0.1, 0.5)

    return start


@cache
def _begin(net: ClassNet) -> Any:
    @jax.jit
    def begin(at: Standing, rows: Rows, spread: Any) -> State:
        return begun(at, *network(net, at.q, rows, spread), partial(pooled_over, net.sites))

    return begin


@cache
def _warm(net: ClassNet) -> Any:
    @jax.jit
    def walk(state: State, keys: Any, rows: Rows, spread: Any, plan: Plan) -> State:
        def slope_of(q: Any, temper: Any) -> Any:
            return network(net, q, rows, spread, temper)

        return warm(state, keys, plan, slope_of, partial(pooled_over, net.sites))

    return walk


@cache
def _draw(net: ClassNet, count: int) -> Any:
    @jax.jit
    def draw(state: State, key: Any, rows: Rows, spread: Any) -> Any:
        return _drawn(state, key, count, lambda q: network(net, q, rows, spread))

    return draw


def _drawn(state: State, key: Any, count: int, slope_of: Any, jitter: tuple[float, float] = (0.0, 2.0)) -> Any:
    keys = jax.vmap(lambda i: jax.random.fold_in(key, i))(state.i + jnp.arange(count))

    def body(state: State, key: Any) -> Any:
        state = advance(state, key, slope_of, False, *jitter)
        return state, state.q

    return jax.lax.scan(body, state, keys)


def network_walk(question: Question, model: Mlp, before: Fit | None) -> Walk:
    """Return how a network's class probabilities are sampled, on all of its weights."""
    dataset = question.dataset
    net = ClassNet(model, dataset.x.shape[1], dataset.likelihood.outputs)
    rows, axes = rows_of(dataset, dataset.x), model.scaffold(dataset, question.prior).axes
    spread, at = axes.astype(np.float32), places(model, dataset)
    return Walk(
        question,
        start=lambda key: _begin(net)(_start(net)(key), rows, spread),
        warm=lambda state, keys, plan: _warm(net)(state, keys, rows, spread, plan),
        draw=lambda count: lambda state, key: _draw(net, count)(state, key, rows, spread),
        fit=lambda drawn, state: _network_fit(question, net, axes, drawn[0], state),
        judge=partial(_judged, at),
        plans=(_CAREFUL,) if model.activation == "sin" else (_USUAL, _CAREFUL),  # periodic units have more modes
        size=len(rows.x) * sum(model.hidden),
        short=_SHORT,
        again=None if before is None else lambda: _begin(net)(_standing(net, before, axes), rows, spread),
    )


def _standing(net: ClassNet, before: Fit, spread: FloatArray) -> Standing:
    asked = before.question
    theta = np.concatenate([before.draws[site].reshape(len(before.noise), -1) for site in net.sites], axis=1)
    old = theta / net.model.scaffold(asked.dataset, asked.prior).axes
    return standing(before, old, theta / spread)


def places(model: Mlp, dataset: Dataset) -> FloatArray:
    """Return the inputs (G, D) at which convergence is judged, the first quarter of them everywhere already.

    Two inputs: a grid from a third of the range below the data to a third above, which is what a map shows.
    """
    x = dataset.x
    if x.shape[1] != 2:
        return np.concatenate([model.watched(dataset), model.watched_between(dataset)])
    low, high = x.min(0), x.max(0)
    third = np.where(high > low, (high - low) / 3, 1.0)
    steps = np.linspace(low - third, high + third, _SIDE)
    row, column = np.divmod(np.arange(_SIDE**2), _SIDE)
    order = np.argsort((row + column) % 4, kind="stable")
    return np.column_stack([steps[row, 0], steps[column, 1]])[order]


def _judged(at: FloatArray, fit: Fit, late: bool) -> Diagnostics:
    """Judge by the log odds at a quarter of the places, and only if these hold, or time is up, at the others too."""
    quarter = -(-len(at) // 4)
    about = judge_functions(fit, at[:quarter])
    if not late and (not about.converged or about.largest_r_hat > _STRICTER):
        return replace(about, converged=False)
    return both(about, judge_functions(fit, at[quarter:]))


def _network_fit(question: Question, net: ClassNet, spread: FloatArray, drawn: FloatArray, state: State) -> Fit:
    """Return draws (C, n, P) of whitened weights as a Fit, chain after chain."""
    theta = drawn.reshape(-1, net.size).astype(float) * spread
    about = Diagnostics("sampled", CHAINS, complete=False, tuning=tuning_of(state))
    return Fit(question, net.split(theta), np.ones(len(theta)), None, about)


# -------------------------------------------------------------------------------------------------------------- lines
@cache
def _start_line(outputs: int) -> Any:
    @jax.jit
    def start(place: Any, rows: Rows, at: Place) -> State:
        size = len(at.centre)
        # nearer than draws would be: farther out on its steep side a chain may never take a step, and there is one mode
        q = 0.5 * jax.random.normal(place, (CHAINS, size), jnp.float32)
        known = nowhere(q, jnp.ones(size, jnp.float32), 0.5, _LENGTH)
        return begun(known, *line(outputs, q, rows, at), lambda variance: variance)

    return start


@cache
def _warm_line(outputs: int) -> Any:
    @jax.jit
    def walk(state: State, keys: Any, rows: Rows, at: Place) -> State:
        def body(state: State, key: Any) -> Any:
            moved = advance(state, key, lambda q: line(outputs, q, rows, at), adapt=True)
            return moved._replace(length=state.length, length_mean=state.length_mean), None

        return jax.lax.scan(body, state, keys)[0]

    return walk


@cache
def _draw_line(outputs: int, count: int) -> Any:
    @jax.jit
    def draw(state: State, key: Any, rows: Rows, at: Place) -> Any:
        return _drawn(state, key, count, lambda q: line(outputs, q, rows, at), _JITTER)

    return draw


def line_walk(question: Question, model: Linear) -> Walk:
    """Return how a logistic or softmax regression is sampled, in coordinates where its posterior is nearly round."""
    dataset, prior = question.dataset, question.prior
    scaffold, outputs = model.scaffold(dataset, prior), dataset.likelihood.outputs
    rows = rows_of(dataset, model.design(dataset.x))
    at = Place(*(np.asarray(part, np.float32) for part in (scaffold.centre, scaffold.axes, prior.width)))

    def fit(drawn: list[FloatArray], _: State) -> Fit:
        theta = scaffold.centre + drawn[0].reshape(-1, len(scaffold.centre)).astype(float) @ scaffold.axes.T
        about = Diagnostics("sampled", CHAINS, complete=False)
        return Fit(question, scaffold.unflatten(theta), np.ones(len(theta)), None, about)

    return Walk(
        question,
        start=lambda key: _start_line(outputs)(key, rows, at),
        warm=lambda state, keys, _: _warm_line(outputs)(state, keys, rows, at),
        draw=lambda count: lambda state, key: _draw_line(outputs, count)(state, key, rows, at),
        fit=fit,
        judge=lambda fit, _: judge(fit),
        plans=(_LINE,),
        size=rows.x.size,
        short=_SHORT,
        least=4,
        apart=rows.x.size > _SMALL,
    )
