"""Observations invented one by one: flips, counts and readings from a seed, in which more data never change the first.

And one measurement more of a world, wherever someone asks for it.
"""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray, count
from bayes_core.data.synthetic import World

_MOST = 10_000_000


def flips(share: float, n: int, seed: int) -> FloatArray:
    """Return n flips (n,) of a coin that falls on heads (1) with this probability.

    >>> flips(0.7, 10, seed=4)
    array([1., 1., 1., 0., 0., 1., 1., 1., 1., 1.])
    """
    if not 0 <= share <= 1:
        raise ValueError(f"the share of heads is {share}: a probability lies between 0 and 1")
    return (_random(seed).random(_size(n)) < share).astype(float)


def arranged(heads: int, n: int, seed: int) -> FloatArray:
    """Return n flips (n,) of which so many fell on heads, in an order that the seed says.

    >>> arranged(3, 5, seed=1).sum()
    np.float64(3.0)
    """
    if not 0 <= heads <= _size(n):
        raise ValueError(f"{heads} heads in {n} flips: heads must lie between 0 and the number of flips")
    return (_random(seed).permutation(n) < heads).astype(float)


def counts(rate: float, n: int, seed: int) -> FloatArray:
    """Return n Poisson counts (n,) with this mean."""
    if not 0 <= rate < np.inf:
        raise ValueError(f"the rate is {rate}: it must be 0 or more, and finite")
    return _random(seed).poisson(rate, _size(n)).astype(float)


def readings(truth: float, noise: float, n: int, seed: int, decimals: int = 1) -> FloatArray:
    """Return n readings (n,) of one quantity with Gaussian noise, rounded as the instrument shows them."""
    if not 0 <= noise < np.inf:
        raise ValueError(f"the noise is {noise}: it must be 0 or more, and finite")
    return np.round(truth + noise * _random(seed).standard_normal(_size(n)), decimals)


def evenings(n: int, seed: int, slope: float, noise: float) -> tuple[FloatArray, FloatArray]:
    """Return n evenings: cups of coffee, 0 to 4, about their mean, and minutes of sleep lost about theirs, (n,) each.

    >>> cups, minutes = evenings(40, seed=7, slope=3.0, noise=24.0)
    >>> len(cups), abs(round(float(cups.mean()), 9)), abs(round(float(minutes.mean()), 9))
    (40, 0.0, 0.0)
    """
    random = _random(seed)
    cups = random.integers(0, 5, _size(n)).astype(float)
    minutes = np.round(slope * cups + noise * random.standard_normal(n))
    return cups - cups.mean(), minutes - minutes.mean()


def reorderings(values: FloatArray, first: int, shuffles: int, seed: int) -> FloatArray:
    """Return values (N,) as they came, then with the `first` of them in other orders: (1 + shuffles, N).

    What comes after the first ones stays in its place.

    >>> reorderings(np.array([1.0, 2.0, 3.0, 9.0]), 3, 1, seed=8)
    array([[1., 2., 3., 9.],
           [2., 3., 1., 9.]])
    """
    orders = [values]
    for k in range(shuffles):
        mixed = np.random.default_rng([seed, 20 + k]).permutation(values[:first])
        orders.append(np.concatenate([mixed, values[first:]]))
    return np.array(orders)


def wave() -> World:
    """Return a slow wave that fades, measured at eight places with a gap between them."""
    where = np.array([0.7, 1.3, 2.0, 2.4, 3.1, 7.6, 8.1, 8.5])
    return World(
        where[:, None],
        0.0,
        np.zeros(1),
        0.11,
        np.random.default_rng(7).standard_normal(len(where)),
        title="A wave with a gap",
        source="invented for this project",
        bend=lambda x: 1.05 * np.sin(0.95 * x[:, 0]) * np.exp(-0.02 * x[:, 0]),
    )


def measured(world: World, x: FloatArray, seed: int) -> FloatArray:
    """Return one new measurement (G,) of a world at each of x (G, D), with its own noise there."""
    x = np.asarray(x, float)
    shocks = np.random.default_rng(seed).standard_normal(len(x))
    return world.truth(x) + world.noise * world.noise_factor(x) * shocks


def _random(seed: int) -> np.random.Generator:
    return np.random.default_rng([seed, 11])


def _size(n: int) -> int:
    return count(n, "n", 0, _MOST)
