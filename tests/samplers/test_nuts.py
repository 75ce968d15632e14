"""NUTS against NumPyro: from the same state, momentum and directions the same tree; R-hat and ESS by arviz-stats."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from arviz_stats.base import array_stats
from numpyro.infer.hmc_util import build_tree, euclidean_kinetic_energy, velocity_verlet

from bayes_core.samplers import Options, Plan, State, account, run
from bayes_core.samplers.account import kept
from bayes_core.samplers.moves import Dice
from bayes_core.samplers.nuts import DEEPEST, step
from bayes_core.samplers.targets import target


def potential(z):
    """The banana once more, for jax."""
    return z[0] ** 2 / 2 + (z[1] - (z[0] ** 2 - 1)) ** 2 / (2 * 0.4**2)


def directions(key):
    """Which way NumPyro's doublings go: the keys that its loop splits, one of three a doubling."""
    ways = []
    for _ in range(DEEPEST):
        key, way, _ = jax.random.split(key, 3)
        ways.append(bool(jax.random.bernoulli(way)))
    return ways


@pytest.fixture(scope="module")
def numpyros():
    init, update = velocity_verlet(potential, euclidean_kinetic_energy)

    @jax.jit
    def tree(z, r, size, key):
        start = init(z, r)
        return build_tree(update, euclidean_kinetic_energy, start, jnp.ones(2), size, key, max_tree_depth=DEEPEST)

    return tree


def test_trees_are_numpyros(numpyros):
    density, seen = target("banana").log, set()
    rng = np.random.default_rng(4)
    for n in range(40):
        z, r = rng.normal(size=2) * [1, 1.4], rng.normal(size=2)
        size, key = float([0.08, 0.25, 0.6, 1.6][n % 4]), jax.random.PRNGKey(n)
        theirs = numpyros(jnp.array(z, jnp.float32), jnp.array(r, jnp.float32), size, key)
        chance = [u for way in directions(key) for u in (0.0 if way else 1.0, 0.5, 0.5)]
        ours = step(density, State.at(density, *z.tolist()), Options(size), Dice(tuple(r.tolist()), tuple(chance)))
        assert len(ours.way) == int(theirs.depth)
        assert ours.cost == int(theirs.num_proposals)
        assert ours.diverged == bool(theirs.diverging)
        assert ours.accepted == pytest.approx(float(theirs.sum_accept_probs) / ours.cost, abs=5e-3)
        if not ours.diverged:
            assert ours.path[0] == pytest.approx(np.asarray(theirs.z_left).tolist(), rel=2e-3, abs=2e-3)
            assert ours.path[-1] == pytest.approx(np.asarray(theirs.z_right).tolist(), rel=2e-3, abs=2e-3)
            apart = np.abs(np.array(ours.path) - np.asarray(theirs.z_proposal)).max(1)
            assert ours.chance[int(apart.argmin())] > 0  # what NumPyro keeps is a point that we might keep
            assert apart.min() < 5e-3
        seen.add((ours.diverged, len(ours.way)))
    assert len(seen) > 5
    assert any(lost for lost, _ in seen)


def test_the_chance_of_a_point_is_how_often_it_is_kept():
    density, rng = target("banana").log, np.random.default_rng(0)
    ways = [0.9, 0.1, 0.9, 0.1, 0.1, 0.9, 0.1]
    counts: dict[tuple[float, float], int] = {}
    for _ in range(4000):
        chance = [u for way in ways for u in (way, rng.random(), rng.random())]
        move = step(density, State.at(density, 0.9, 0.3), Options(0.4), Dice((0.8, -0.5), tuple(chance)))
        place = move.state.x, move.state.y
        counts[place] = counts.get(place, 0) + 1
    assert sum(move.chance) == pytest.approx(1)
    for place, share in zip(move.path, move.chance, strict=True):
        assert counts.get(place, 0) / 4000 == pytest.approx(share, abs=4 * np.sqrt(max(share, 1e-3) / 4000))


def test_worth_and_agreement_are_arvizs():
    chains = run(Plan("humps", "random_walk", 1.1, seed=3, spend=900))
    told, drawn = account(chains, 900, warm=100), kept(chains, 900, 100)
    assert told.draws == drawn[0].size
    axes = {"chain_axis": 1, "draw_axis": 2}
    assert told.worth == pytest.approx(array_stats.ess(drawn, **axes).min())
    assert told.r_hat == pytest.approx(array_stats.rhat(drawn, **axes).max())
    assert told.mean == pytest.approx(drawn.mean((1, 2)))


def test_later_doublings_are_preferred():
    """Small steps lose no energy, so every half weighs as much as all before it, and takes the place for certain."""
    move = step(
        target("line").log, State.at(target("line").log, 4.0, 215.0), Options(1e-3), Dice((0.3, 0.4), (0.1,) * 21)
    )
    assert len(move.way) == DEEPEST
    assert sum(move.chance[-(2 ** (DEEPEST - 1)) :]) == pytest.approx(1, abs=0.01)
