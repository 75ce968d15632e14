"""The floor of a valley: Newton's method in a trust region, for many searches at once, to a criterion.

Each round minimises the quadratic model of a loss within a ball by conjugate gradients (Steihaug 1983; Nocedal and
Wright 2006, algorithms 4.1 and 7.2): no linear algebra but products with the Hessian, which may be indefinite. A search
has ended where the model, at its minimum inside the ball, promises less than `CLOSE` nats and bends up in every
direction; or at a kink (relu), where not even the smallest steps descend.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.inference._jax import jax, jnp

CLOSE = 1e-8  # nats
_FIRST, _WIDEST, _SMALLEST = 1.0, 1e3, 1e-9  # radii, in prior sds
_LOOSE = 0.1  # share of the slope that a model's minimum may leave
_KICK = 1e-6  # length of a slope in a random direction, which finds the ways down from a saddle

Loss = Callable[[Any, Any], Any]
"""(z (P,), what this search has of its own) -> loss in nats."""


class Searches(NamedTuple):
    """M searches: where each is (M, P) and its loss (M,); all else is (M,) too.

    `promised` is what the last move should gain by the quadratic model, `edge` tells that it ended at the ball's
    surface, `probing` that only a saddle is still in question, `done` that the search has ended.
    """

    z: Any
    value: Any
    promised: Any
    edge: Any
    radius: Any
    probing: Any
    done: Any
    rounds: Any


def begin(z: FloatArray) -> Searches:
    """Return searches that start at z (M, P)."""
    z = np.asarray(z)
    far, no = np.full(len(z), np.inf), np.zeros(len(z), bool)
    return Searches(z, far, far, no, np.full(len(z), _FIRST), no, no, np.int64(0))


def advance(loss: Loss, searches: Searches, own: Any, until: Any, products: int) -> Searches:
    """Return the searches after round `until`, or when all are done; a round takes `products` products at most."""

    def under_way(now: Searches) -> Any:
        return (now.rounds < until) & ~now.done.all()

    return jax.lax.while_loop(under_way, lambda now: _round(loss, now, own, products), searches)


def _round(loss: Loss, now: Searches, own: Any, products: int) -> Searches:
    """Find each search's next move, and go there if it descends about as promised."""
    every = jax.vmap(jax.value_and_grad(loss))
    (value, slope), product = jax.linearize(lambda z: every(z, own), now.z)
    kick = _KICK * jax.random.normal(jax.random.key(0), slope.shape[1:]) / slope.shape[1] ** 0.5
    seen = slope + jnp.where(now.probing[:, None], kick, 0.0)
    move, promised, edge, saddle = steihaug(lambda v: product(v)[1], seen, now.radius, now.done, products)
    after = jax.vmap(loss)(now.z + move, own)
    share = jnp.where(jnp.isfinite(after), (value - after) / jnp.maximum(promised, 1e-300), -1.0)
    near = ~edge & (promised < CLOSE)  # so near the floor rounding hides what a step gains
    taken = ((share > 1e-4) | (near & (after < value + CLOSE))) & ~now.done
    radius = jnp.where(share < 0.25, 0.25 * jnp.minimum(length(move), now.radius), now.radius)
    radius = jnp.where((share > 0.75) & edge, jnp.minimum(2 * now.radius, _WIDEST), radius)
    radius = jnp.where(near | now.done, now.radius, radius)
    done = now.done | (now.probing & ~saddle & near) | (radius < _SMALLEST)
    return Searches(
        jnp.where(taken[:, None], now.z + move, now.z),
        jnp.where(taken, after, value),
        jnp.where(now.done, now.promised, promised),
        jnp.where(now.done, now.edge, edge),
        radius,
        near & ~done & ~now.probing,
        done,
        now.rounds + 1,
    )


def steihaug(
    product: Callable[[Any], Any], slope: Any, radius: Any, idle: Any, products: int
) -> tuple[Any, Any, Any, Any]:
    """Return moves (M, P) that lower slope . p + p' H p / 2 within |p| <= radius, and by how much (M,).

    Also whether each ends at the edge, and whether because the Hessian bends down there. `product` is v -> H v for all
    M at once; `idle` searches stay where they are.
    """
    size = length(slope)
    enough = jnp.minimum(_LOOSE, jnp.sqrt(size)) * size

    def under_way(carry: Any) -> Any:
        return (carry[0] < products) & ~carry[-1].all()

    def body(carry: Any) -> Any:
        i, p, hp, rest, way, edge, saddle, over = carry
        bent = product(way)
        bend, before = (way * bent).sum(1), (rest * rest).sum(1)
        down = bend <= 0
        stride = before / jnp.where(down, 1.0, bend)
        out = down | (length(p + stride[:, None] * way) >= radius)
        stride = jnp.where(over, 0.0, jnp.where(out, _to_edge(p, way, radius), stride))[:, None]
        after = rest + stride * bent
        turn = ((after * after).sum(1) / jnp.maximum(before, 1e-300))[:, None]
        return (
            i + 1,
            p + stride * way,
            hp + stride * bent,
            after,
            jnp.where(over[:, None], way, turn * way - after),
            edge | (out & ~over),
            saddle | (down & ~over),
            over | out | (length(after) <= enough),
        )

    zero, no = jnp.zeros_like(slope), jnp.zeros(len(slope), bool)
    start = (0, zero, zero, slope, -slope, no, no, idle | ~(size > 0) | ~jnp.isfinite(size))
    _, p, hp, _, _, edge, saddle, _ = jax.lax.while_loop(under_way, body, start)
    return p, -(slope * p).sum(1) - 0.5 * (p * hp).sum(1), edge, saddle


def stuck(searches: Searches) -> NDArray[np.bool_]:
    """Return which searches (M,) ended because not even the smallest steps descend: at a kink, or in a spike."""
    radius: FloatArray = np.asarray(searches.radius)
    return radius < _SMALLEST


def length(v: Any) -> Any:
    """Return |v| (M,) of vectors (M, P)."""
    return jnp.sqrt((v * v).sum(1))


def _to_edge(p: Any, way: Any, radius: Any) -> Any:
    """Return t >= 0 with |p + t way| = radius."""
    along, ahead = (way * way).sum(1), (p * way).sum(1)
    room = jnp.maximum(radius**2 - (p * p).sum(1), 0.0)
    return room / jnp.maximum(ahead + jnp.sqrt(ahead**2 + along * room), 1e-300)
