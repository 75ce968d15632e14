"""Finding modes: many starts of Adam at once on the negative log posterior, in coordinates where the prior is round."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import optax

from bayes_core.checks import FloatArray
from bayes_core.inference._jax import Shape, Traced, coordinates, jax, potential, pull

_FASTEST, _SLOWEST = 0.1, 0.001  # learning rates of the first and the last step


def loss_of(shape: Shape, traced: Traced) -> Any:
    """Return -log p(y, weights, sigma) over coordinates z, as a density of sigma itself rather than of its log."""
    energy = potential(shape, traced)

    def loss(z: Any) -> Any:
        if shape.noise_known:
            return energy(z)
        return energy(z) + coordinates(shape, traced).last(z)

    return loss


@cache
def _trained(shape: Shape, steps: int) -> Any:
    rate = optax.cosine_decay_schedule(_FASTEST, steps, _SLOWEST / _FASTEST)
    optimiser = optax.adam(rate)

    @jax.jit
    def train(starts: Any, anchors: Any, traced: Traced) -> Any:
        loss = loss_of(shape, traced)

        def anchored(z: Any, anchor: Any) -> Any:  # the prior pulls each member to a place of its own
            return loss(z) - (z * anchor).sum()

        slope = jax.vmap(jax.grad(anchored))

        def step(carry: Any, _: Any) -> Any:
            z, state = carry
            moves, state = optimiser.update(slope(z, anchors), state)
            return (optax.apply_updates(z, moves), state), None

        (z, _), _ = jax.lax.scan(step, (starts, optimiser.init(starts)), None, length=steps)
        return z, jax.vmap(loss)(z)

    return train


@cache
def _curved(shape: Shape) -> Any:
    @jax.jit
    def curved(z: Any, traced: Traced) -> Any:
        loss = loss_of(shape, traced)
        return jax.vmap(jax.value_and_grad(loss))(z), jax.vmap(jax.hessian(loss))(z)

    return curved


def train(
    shape: Shape, traced: Traced, members: int, steps: int, seed: int, *, anchored: bool = False
) -> tuple[FloatArray, FloatArray]:
    """Return where `members` searches ended (M, P), and the loss there (M,); `anchored` ones keep a prior draw each."""
    random = np.random.default_rng([seed, 31])
    starts = random.standard_normal((members, shape.size))
    anchors = np.zeros_like(starts)
    if anchored:
        anchors = random.standard_normal(starts.shape)
    if not shape.noise_known:
        starts[:, -1] = anchors[:, -1] = 0.0
    anchors = pull(traced, anchors)
    z, loss = _trained(shape, steps)(starts, anchors, traced)
    return np.asarray(z), np.asarray(loss)


def modes(
    shape: Shape, traced: Traced, starts: int, steps: int, seed: int
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the modes found from several starts (M, P), best first, their loss (M,) and Hessian (M, P, P).

    Adam finds the valley, a few damped Newton steps its floor. Starts that end at the same loss count once.
    Raises ValueError where no mode is found.
    """
    z, _ = train(shape, traced, starts, steps, seed)
    curved = _curved(shape)
    for _ in range(12):
        (value, slope), hessian = (part for part in curved(z, traced))
        value, slope, hessian = np.asarray(value), np.asarray(slope), np.asarray(hessian)
        if not np.isfinite(value).any():
            break
        move = np.stack([_newton(h, g) for h, g in zip(hessian, slope, strict=True)])
        if np.abs(move).max() < 1e-10:
            break
        for size in (1.0, 0.3, 0.05):  # the largest step that does not climb, for each on its own
            trial = z + size * move
            (after, _), _ = curved(trial, traced)
            better = np.asarray(after) < value
            z = np.where(better[:, None], trial, z)
            value = np.where(better, np.asarray(after), value)
            move = np.where(better[:, None], 0.0, move)
    (value, slope), hessian = curved(z, traced)
    value, hessian = np.asarray(value), np.asarray(hessian)
    order = np.argsort(np.where(np.isfinite(value), value, np.inf))
    kept: list[int] = []
    for m in order:
        good = np.isfinite(value[m]) and np.isfinite(hessian[m]).all()
        if good and all(abs(value[m] - value[k]) > 1e-4 for k in kept):
            kept.append(int(m))
    if not kept:
        raise ValueError("no mode was found: the density grows without bound, or y is out of reach; rescale y")
    return z[kept], value[kept], hessian[kept]


def _newton(hessian: FloatArray, slope: FloatArray) -> FloatArray:
    """Return a descent step: Newton's, with curvatures made positive; none where the numbers are not finite."""
    if not (np.isfinite(hessian).all() and np.isfinite(slope).all()):
        return np.zeros_like(slope)
    value, axes = np.linalg.eigh(hessian)
    size = np.maximum(np.abs(value), 1e-6 * np.abs(value).max() + 1e-12)
    step: FloatArray = -axes @ ((axes.T @ slope) / size)
    return step
