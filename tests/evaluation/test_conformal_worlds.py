"""What a conformal band holds where the truth is known: exact shares against draws, quadrature and the beta law."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from bayes_core.evaluation.conformal import (
    SCORES,
    Curve,
    Forecast,
    Population,
    counted,
    law_held,
    mean_held,
    rank,
    share_inside,
    thresholds,
)

ENDS = np.linspace(0.4, 1, 31)


def inputs(p):
    """More days on the left than on the right: density 2 (1 - x / 10) / 10."""
    return 10 * (1 - np.sqrt(1 - p))


@pytest.fixture(scope="module", params=SCORES)
def world(request):
    """A wrong forecast of a curve whose noise grows; density of the inputs on a grid."""
    x = np.linspace(0, 10, 201)
    centre = 2 + 0.5 * x
    told = Forecast(centre, 0.5 + 0.1 * x, centre - 1.5, centre + 1 + 0.2 * x)
    weight = 2 * (1 - x / 10) / 10
    weight[[0, -1]] /= 2  # trapezoid
    return Population(x, weight, told, 2 + 0.06 * x**2, 0.5 + 0.15 * x, 0.3 * np.ones(201), request.param)


def test_the_share_inside_is_that_of_many_days(world):
    """C at thresholds, and after a drift, against days drawn from the continuous world."""
    random = np.random.default_rng(3)
    x = inputs(random.random(400_000))
    y = 2 + 0.06 * x**2 + (0.5 + 0.15 * x) * random.standard_normal(len(x))
    for drift in (0.0, 4.0):
        curve = world.curve(drift)
        q = curve.inverse(np.array([0.2, 0.5, 0.9, 0.99]))
        for one, share in zip(q, (0.2, 0.5, 0.9, 0.99), strict=True):
            lower, upper = (np.interp(x, world.x, edge[0]) for edge in world.edges([one]))
            inside = (y + 0.3 * drift >= lower) & (y + 0.3 * drift <= upper)
            assert inside.mean() == pytest.approx(share, abs=0.004)
        np.testing.assert_allclose(curve.at(q), [0.2, 0.5, 0.9, 0.99], atol=1e-9)
    assert world.curve().at(np.inf) == 1.0
    assert world.curve().share[[0, -1]].tolist() == pytest.approx([0, 1], abs=2e-6)


def test_shares_at_each_input_and_over_some(world):
    lower, upper = world.edges([0.7, np.inf])
    inside = world.inside(lower, upper, [2.0, 0.0])
    at = 40
    told = stats.norm(world.mean[at] + 0.6, world.noise[at])
    assert inside[0, at] == pytest.approx(max(told.cdf(upper[0, at]) - told.cdf(lower[0, at]), 0.0))
    np.testing.assert_array_equal(inside[1], 1.0)
    left = world.x < 3
    assert world.over(inside, left)[0] == pytest.approx(np.average(inside[0][left], weights=world.probability[left]))
    assert world.over(inside)[0] == pytest.approx(np.average(inside[0], weights=world.probability))


@pytest.mark.parametrize(("n", "level"), [(15, 0.8), (100, 0.9)])
def test_simulated_worlds_follow_the_exact_law(world, n, level):
    scores = world.draw(4000, n, 5, inputs)
    assert scores.shape == (4000, n)
    q = thresholds(scores, [level])[:, 0]
    before = world.curve()
    for after in (before, world.curve(4.0, before.q)):
        held = after.at(q)
        exact = mean_held(before, after, n, level)
        assert held.mean() == pytest.approx(exact, abs=4 * held.std() / np.sqrt(4000))
        law = law_held(before, after, n, level, ENDS)
        seen = counted(held[None], ENDS)[0]
        assert law.sum() == pytest.approx(1)
        assert seen.sum() == 4000
        many = law * 4000 > 5
        square = ((seen - 4000 * law)[many] ** 2 / (4000 * law)[many]).sum()
        assert stats.chi2(many.sum() - 1).sf(square) > 1e-4


def test_without_a_drift_the_law_is_the_beta(world):
    before = world.curve()
    k = rank(37, 0.75)
    law = stats.beta(k, 38 - k)
    exact = np.diff(law.cdf(ENDS))
    exact[0] += law.cdf(ENDS[0])
    np.testing.assert_allclose(law_held(before, before, 37, 0.75, ENDS), exact, atol=2e-5)
    assert mean_held(before, before, 37, 0.75) == k / 38
    again = Curve(before.q, before.share.copy())
    assert mean_held(before, again, 37, 0.75) == pytest.approx(k / 38, abs=2e-4)


def test_too_few_days_hold_everything(world):
    before, after = world.curve(), world.curve(50.0)
    assert mean_held(before, after, 8, 0.9) == 1.0
    assert law_held(before, after, 8, 0.9, ENDS)[-1] == 1.0


def test_the_draws_of_a_seed_are_the_same_and_more_days_do_not_forget_the_score(world):
    one, other = world.draw(3, 4, 1, inputs), world.draw(3, 4, 1, inputs)
    np.testing.assert_array_equal(one, other)
    assert not np.array_equal(one, world.draw(3, 4, 2, inputs))


def test_days_between_the_places_are_read_off_straight_lines():
    """Two places only, and everything straight between them: the scores of days are those worked out by hand."""
    ends = np.array([0.0, 10.0])
    told = Forecast(1 + 2 * ends, 1 + 0.5 * ends)
    world = Population(ends, np.ones(2), told, 4 - ends, 0.001 + 0 * ends, 0 * ends, "normalised")
    scores = world.draw(1, 4000, 3, lambda p: 10 * p)[0]
    x = 10 * np.random.default_rng([3, 23]).random(4000)
    np.testing.assert_allclose(scores, np.abs(3 - 3 * x) / (1 + 0.5 * x), atol=0.005)


def test_a_forecast_without_noise_around_it_still_has_an_end():
    """A perfect forecast of a nearly noiseless world: its scores are tiny, and the curve reaches them."""
    x = np.linspace(0, 1, 11)
    world = Population(x, np.ones(11), Forecast(x), x, np.full(11, 1e-6), np.zeros(11))
    curve = world.curve()
    assert curve.inverse(0.9) == pytest.approx(1e-6 * stats.norm.ppf(0.95), rel=1e-3)
    np.testing.assert_allclose(replace(world, probability=7 * np.ones(11)).probability, 1 / 11)
    assert share_inside(0.0, 1.0, 0.5, 1e-6) == pytest.approx(1.0)
