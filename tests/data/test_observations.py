from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from scipy import stats

from bayes_core.data.observations import counts, flips, measured, readings, reorderings, wave

MAKERS = {
    "flips": lambda n, seed: flips(0.7, n, seed),
    "counts": lambda n, seed: counts(4.2, n, seed),
    "readings": lambda n, seed: readings(72.3, 1.5, n, seed),
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_more_observations_keep_the_first_ones(make):
    np.testing.assert_array_equal(make(12, 5), make(1000, 5)[:12])
    assert (make(1000, 5) != make(1000, 6)).any()
    assert len(make(0, 5)) == 0


def test_observations_come_from_their_law():
    n = 40_000
    assert stats.binomtest(int(flips(0.7, n, 3).sum()), n, 0.7).pvalue > 0.01
    assert set(np.unique(flips(0.7, n, 3))) == {0.0, 1.0}
    seen = np.bincount(counts(4.2, n, 3).astype(int), minlength=30)[:12]
    assert (
        stats.chisquare(seen, seen.sum() * stats.poisson.pmf(range(12), 4.2) / stats.poisson.cdf(11, 4.2)).pvalue > 0.01
    )
    shown = readings(72.3, 1.5, n, 3, decimals=4)
    assert stats.kstest(shown, stats.norm(72.3, 1.5).cdf).pvalue > 0.01
    np.testing.assert_array_equal(readings(72.3, 1.5, n, 3), np.round(readings(72.3, 1.5, n, 3, decimals=9), 1))
    np.testing.assert_array_equal(readings(-2.0, 0.0, 3, 1), [-2.0, -2.0, -2.0])


def test_one_observation_is_drawn_after_another():
    random = np.random.Generator(np.random.PCG64(np.random.SeedSequence([8, 11])))
    np.testing.assert_array_equal(flips(0.3, 9, 8), [float(random.random() < 0.3) for _ in range(9)])
    random = np.random.Generator(np.random.PCG64(np.random.SeedSequence([8, 11])))
    np.testing.assert_array_equal(
        readings(5.0, 2.0, 9, 8), [round(5.0 + 2.0 * random.standard_normal(), 1) for _ in range(9)]
    )


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda: flips(1.2, 3, 1), r"share of heads is 1\.2"),
        (lambda: flips(float("nan"), 3, 1), "share of heads is nan"),
        (lambda: counts(-1.0, 3, 1), r"rate is -1\.0"),
        (lambda: readings(0.0, float("inf"), 3, 1), "noise is inf"),
        (lambda: readings(0.0, 1.0, -1, 1), "n is -1"),
    ],
)
def test_bad_settings_are_named(act, says):
    with pytest.raises(ValueError, match=says):
        act()


def test_other_orders_hold_the_same_observations():
    values = np.array([3.0, 1.0, 4.0, 1.5, 9.0, 2.0])
    made = reorderings(values, 3, 40, seed=2)
    assert made.shape == (41, 6)
    np.testing.assert_array_equal(made[0], values)
    for row in made:
        np.testing.assert_array_equal(np.sort(row[:3]), [1, 3, 4])
        np.testing.assert_array_equal(row[3:], values[3:])
    assert {tuple(row[:3]) for row in made} == set(permutations([3.0, 1.0, 4.0]))
    np.testing.assert_array_equal(made[:6], reorderings(values, 3, 5, seed=2))
    np.testing.assert_array_equal(reorderings(values, 0, 2, seed=2), np.tile(values, (3, 1)))


def test_a_world_is_measured_anywhere_with_its_own_noise():
    world = wave()
    np.testing.assert_allclose(
        world.dataset().y,
        [
            1.05 * np.sin(0.95 * x) * np.exp(-0.02 * x) + 0.11 * e
            for x, e in zip(world.x[:, 0], world.shock, strict=True)
        ],
    )
    gap = np.diff(world.x[:, 0])
    assert gap.max() > 5 * np.sort(gap)[-2]
    at = np.full((30_000, 1), 5.3)
    off = (measured(world, at, seed=4) - world.truth(at[:1])) / world.noise
    assert stats.kstest(off, "norm").pvalue > 0.01
    assert (
        measured(world, at[:1], seed=1)[0] == measured(world, at[:1], seed=1)[0] != measured(world, at[:1], seed=2)[0]
    )
