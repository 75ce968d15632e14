from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from scipy import stats

from bayes_core import Linear
from bayes_core.data import blog, houses, sleep
from bayes_core.evaluation.coverage import (
    MAKERS,
    Coverage,
    Gaussian,
    coverage,
    coverage_over_prior,
    farthest,
    world_bands,
)
from bayes_core.inference.linear_posterior import Spectrum, solve

PLACES = np.linspace(0, 12, 4)[:, None]
ROWS = Linear().design(PLACES)
FINE = Linear().design(np.linspace(0, 12, 241)[:, None])


def truth_of(world):
    return np.array([world.intercept, *world.coef])


def repeats(world, noise, count=300, seed=1):
    return world.repeat(np.random.default_rng(seed).standard_normal((count, len(world.x))), noise)


@pytest.mark.parametrize("width", [0.8, 3.0, 40.0])
@pytest.mark.parametrize("n", [3, 8])
def test_it_is_what_a_loop_over_worlds_counts_on_a_fine_grid(width, n):
    world = sleep(n)
    y, design = repeats(world, 14.0), Linear().design(world.x)
    told = coverage(design, [y], np.array([width]), 10.0, ROWS, truth_of(world), 0.9)
    each = solve(Spectrum.of(design), y, np.full(300, width), np.full(300, 10.0), False)
    for rows, share, error, reduce in (
        (ROWS, told.pointwise, told.pointwise_mcse, np.mean),
        (FINE, told.whole, told.whole_mcse, np.all),
    ):
        lower, upper = each.quantiles(rows, (0.05, 0.95))
        truth = rows @ truth_of(world)
        inside = reduce((lower < truth) & (truth < upper), axis=1)
        # of 300 worlds one may lie within a rounding of the edge of its band
        assert share[0] == pytest.approx(inside.mean(), abs=1.01 / 300)
        assert error[0] == pytest.approx(inside.std(ddof=1) / np.sqrt(300), abs=3e-3)
    assert told.worlds == 300


@pytest.mark.parametrize(
    ("world", "noise_prior", "width", "ends", "pointwise", "whole"),
    [
        (sleep(5, 5), 10.0, 25.0, (-0.4, 12.0), 0.887, 0.7615),
        (houses(20, 8), 50.0, 100.0, (0.0, 260.0), 0.917, 0.776),
        (blog(100, 42), 5.0, 10.0, (-3.0, 4.0), 0.8665, 0.6925),
        (sleep(8, 5), 10.0, 1.2, (-0.4, 12.0), 0.0, 0.0),  # a stubborn prior, at the one truth of the page
    ],
)
def test_a_whole_line_is_held_more_rarely_than_its_points(world, noise_prior, width, ends, pointwise, whole):
    rows = Linear().design(np.linspace(*ends, 5)[:, None])
    y = world.repeat(np.random.default_rng([8, 7]).standard_normal((2000, len(world.x))), world.noise)
    told = coverage(Linear().design(world.x), [y], np.array([width]), noise_prior, rows, truth_of(world))
    assert told.pointwise[0] == pytest.approx(pointwise, abs=0.025)
    assert told.whole[0] == pytest.approx(whole, abs=0.03)
    assert told.whole[0] <= told.pointwise[0]


@pytest.mark.parametrize("level", [0.5, 0.9])
def test_the_exact_band_has_its_level_over_truths_drawn_from_the_prior(level):
    """Bayes is calibrated on average over its own prior, line and noise: at a stubborn width too, where the page's one
    truth is never held."""
    world = sleep(8)
    asked = (Linear().design(world.x), np.array([1.2, 25.0]), 10.0, ROWS, level)
    told = coverage_over_prior(*asked, worlds=3000, seed=5)
    np.testing.assert_allclose(told.pointwise, level, atol=4 * told.pointwise_mcse.max())
    assert (told.pointwise_mcse < 0.009).all()
    assert (told.whole < told.pointwise - 0.05).all()
    few = Linear().design(np.array([[0.5], [7.0]]))  # so few that the prior of the noise decides how wide the band is
    alone = coverage_over_prior(few, np.array([40.0]), 10.0, ROWS, level, worlds=3000)
    assert alone.pointwise[0] == pytest.approx(level, abs=4 * alone.pointwise_mcse[0])
    y = repeats(world, 14.0)
    fixed = coverage(asked[0], [y, y], asked[1], 10.0, ROWS, truth_of(world), level)
    assert fixed.pointwise[0] < 0.05
    assert fixed.pointwise[1] > level - 0.1


def test_worlds_drawn_from_the_prior_are_the_models_own():
    """The same count by hand: weights N(0, w^2), sigma half-Cauchy, y around the line, one exact posterior each."""
    random, width, noise, count = np.random.default_rng(3), 4.0, 3.0, 600
    design = Linear().design(sleep(6).x)
    weights = width * random.standard_normal((count, 2))
    sigma = np.abs(random.standard_cauchy(count)) * noise
    y = weights @ design.T + sigma[:, None] * random.standard_normal((count, 6))
    each = solve(Spectrum.of(design), y, np.full(count, width), np.full(count, noise), False)
    lower, upper = each.quantiles(FINE, (0.1, 0.9))
    truth = weights @ FINE.T
    whole = ((lower < truth) & (truth < upper)).all(1)
    told = coverage_over_prior(design, np.array([width]), noise, ROWS, 0.8, worlds=1500, seed=1)
    error = np.hypot(told.whole_mcse[0], whole.std() / np.sqrt(count))
    assert told.whole[0] == pytest.approx(whole.mean(), abs=4 * error)


def test_mean_field_covers_less_than_exact_and_full_rank_lies_between():
    world = sleep(8)
    y, design = repeats(world, 14.0, 800), Linear().design(world.x)
    shares = [
        coverage(design, [y], np.array([25.0]), 10.0, ROWS, truth_of(world), 0.9, method).whole[0]
        for method in ("vi_meanfield", "vi_fullrank", "exact")
    ]
    assert shares[0] < shares[1] - 0.05 < shares[2] - 0.05
    same = coverage(design, [y], np.array([25.0]), 10.0, ROWS, truth_of(world), 0.9, "nuts").whole[0]
    assert same == shares[2]


def test_the_prior_has_one_band_and_holds_a_line_or_not():
    """Against dense draws: P(|g . u(x)| < z for all x on the axis) for a standard normal g."""
    world = sleep(4)
    design, y = Linear().design(world.x), repeats(world, 14.0, 10)
    told = coverage(design, [y, y], np.array([0.5, 50.0]), 10.0, ROWS, truth_of(world), 0.9, "prior")
    np.testing.assert_array_equal(told.whole, [0.0, 1.0])
    average = coverage_over_prior(design, np.array([3.0]), 10.0, ROWS, 0.9, "prior", worlds=4000)
    normal = np.random.default_rng(4).standard_normal((20_000, 2))
    sizes = np.abs(normal @ FINE.T) / np.linalg.norm(FINE, axis=1)
    whole = (sizes < stats.norm.ppf(0.95)).all(1).mean()
    assert average.whole[0] == pytest.approx(whole, abs=4 * average.whole_mcse[0] + 0.01)


def test_the_farthest_place_is_where_the_distance_is_largest():
    random = np.random.default_rng(0)
    roots = random.standard_normal((50, 2, 2))
    bands = Gaussian(random.standard_normal((50, 2)), roots @ roots.swapaxes(1, 2) + 0.05 * np.eye(2))
    truth = random.standard_normal((1, 2))
    rows = farthest(bands, ROWS[0], ROWS[-1], truth)
    assert ((rows[:, 1] >= 0) & (rows[:, 1] <= 12)).all()
    for r in range(50):
        off = truth[0] - bands.mean[r]
        distance = np.abs(FINE @ off) / np.sqrt(np.einsum("ta,ab,tb->t", FINE, bands.covariance[r], FINE))
        # in the middle the largest, or at an end, where every caller asks as well
        here = np.abs(rows[r] @ off) / np.sqrt(rows[r] @ bands.covariance[r] @ rows[r])
        assert max(here, distance[0], distance[-1]) >= distance.max() - 1e-9


@pytest.mark.parametrize("method", ["exact", "vi_fullrank"])
def test_the_bands_of_some_worlds_are_those_that_are_counted(method):
    world = sleep(8)
    y, design, widths = repeats(world, 14.0, 40), Linear().design(world.x), np.array([2.0, 25.0])
    lower, upper, held = world_bands(design, [y, y], widths, 10.0, FINE, truth_of(world), 0.9, method)
    truth = FINE @ truth_of(world)
    np.testing.assert_array_equal(held, ((lower < truth) & (truth < upper)).all(2))
    told = coverage(design, [y, y], widths, 10.0, ROWS, truth_of(world), 0.9, method)
    np.testing.assert_allclose(held.mean(1), told.whole, atol=1.01 / 40)
    if method == "exact":
        one = solve(Spectrum.of(design), y[17:18], widths[:1], np.array([10.0]), False).quantiles(FINE, (0.05, 0.95))
        np.testing.assert_allclose([lower[0, 17], upper[0, 17]], np.array(one)[:, 0], rtol=1e-3, atol=1e-2)


def test_a_method_without_a_band_is_refused():
    world = sleep(5)
    y = repeats(world, 14.0, 5)
    with pytest.raises(ValueError, match=r"'map' has no band .* choose among exact, nuts"):
        coverage(Linear().design(world.x), [y], np.array([2.0]), 10.0, ROWS, truth_of(world), 0.9, "map")
    assert set(MAKERS) == {"exact", "nuts", "vi_meanfield", "vi_fullrank", "prior"}


def test_faults_are_in_every_world():
    world = sleep(6, faults=((4, 150.0),))
    y = world.repeat(np.random.default_rng(0).standard_normal((50, 6)), 14.0)
    np.testing.assert_array_equal(y[:, 4], 150.0)
    assert np.ptp(y[:, 3]) > 0
    np.testing.assert_array_equal(world.outcomes(np.array([1.0, 30.0]))[:, 4], 150.0)


def test_verdicts_look_at_the_level():
    def verdict(share):
        one = np.array([share])
        return Coverage(one, np.array([0.004]), 0 * one, one, 0.9, 2000).verdict()

    assert verdict(0.885) == "✓ at the level"
    assert verdict(0.85) == "▼ below the level"
    assert verdict(0.2) == "▼ far below the level"
    assert verdict(0.96) == "▲ above the level"


def test_what_lies_between_two_widths_is_read_off_a_straight_line():
    told = Coverage(*(np.array([k, k + 1.0]) for k in range(4)), 0.9, 2000)
    there = told.at(np.array([0.0, 2.0]), np.array([0.5, 2.0, 3.0]))
    for k, name in enumerate(one.name for one in fields(Coverage)[:4]):
        np.testing.assert_allclose(getattr(there, name), [k + 0.25, k + 1, k + 1])
