from __future__ import annotations

import numpy as np
import pytest

from bayes_core import Linear
from bayes_core.data import sleep
from bayes_core.evaluation.coverage import Coverage, coverage
from bayes_core.inference.linear_posterior import Spectrum, solve

PLACES = np.linspace(0, 12, 4)[:, None]
ROWS = Linear().design(PLACES)


@pytest.mark.parametrize("width", [0.8, 6.0, 40.0])
@pytest.mark.parametrize("n", [3, 8])
def test_it_is_what_a_loop_over_worlds_counts(width, n):
    world = sleep(n)
    shocks = np.random.default_rng(1).standard_normal((300, n))
    y = world.repeat(shocks, 14.0)
    told = coverage(Linear().design(world.x), [y], np.array([width]), 10.0, ROWS, world.truth(PLACES), 0.9)
    each = solve(Spectrum.of(Linear().design(world.x)), y, np.full(300, width), np.full(300, 10.0), False)
    lower, upper = each.quantiles(ROWS, (0.05, 0.95))
    inside = ((lower < world.truth(PLACES)) & (world.truth(PLACES) < upper)).mean(1)
    assert told.share[0] == pytest.approx(inside.mean(), abs=1e-3)
    assert told.mcse[0] == pytest.approx(inside.std(ddof=1) / np.sqrt(300), abs=1e-3)
    assert told.worlds == 300


@pytest.mark.parametrize("level", [0.5, 0.9])
def test_bands_keep_their_promise_on_worlds_drawn_from_the_prior(level):
    """Exact Bayes is calibrated on average over its own prior: truth and noise drawn anew for every world."""
    random = np.random.default_rng(8)
    x = Linear().design(sleep(5).x)
    inside = []
    for _ in range(1500):
        weights, sigma = random.normal(0, 4.0, 2), np.abs(random.standard_cauchy()) * 3.0
        y = x @ weights + sigma * random.standard_normal(5)
        one = coverage(x, [np.stack([y, y])], np.array([4.0]), 3.0, ROWS, ROWS @ weights, level)
        inside.append(one.share[0])
    assert np.mean(inside) == pytest.approx(level, abs=4.5 * np.std(inside) / np.sqrt(1500))


def test_a_stubborn_prior_breaks_the_promise():
    world = sleep(8)
    y = world.repeat(np.random.default_rng(0).standard_normal((500, 8)), 14.0)
    told = coverage(Linear().design(world.x), [y, y], np.array([0.5, 25.0]), 10.0, ROWS, world.truth(PLACES))
    assert told.share[0] < 0.3
    assert told.verdict(0) == "▼ badly over-confident"
    assert told.verdict(1) == "✓ keeps its promise"


def test_faults_are_in_every_world():
    world = sleep(6, faults=((4, 150.0),))
    y = world.repeat(np.random.default_rng(0).standard_normal((50, 6)), 14.0)
    np.testing.assert_array_equal(y[:, 4], 150.0)
    assert np.ptp(y[:, 3]) > 0
    np.testing.assert_array_equal(world.outcomes(np.array([1.0, 30.0]))[:, 4], 150.0)


def test_verdicts():
    def verdict(share):
        return Coverage(np.array([share]), np.array([0.004]), 0.9, 2000).verdict()

    assert verdict(0.885) == "✓ keeps its promise"
    assert verdict(0.85) == "▼ over-confident"
    assert verdict(0.2) == "▼ badly over-confident"
    assert verdict(0.96) == "▲ more cautious than promised"
