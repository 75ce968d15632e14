from __future__ import annotations

import numpy as np
import pytest

from bayes_core import Budget, Dataset, Linear, Prior, fit, predict, summary
from bayes_core.data import houses, sleep
from bayes_core.inference.exact import posterior
from bayes_core.summaries.sweep import Lens, Track, log_joint, prior_worth, sweep

WORLD = sleep(7)
GRID = np.linspace(-1, 12, 9)[:, None]
LENS = Lens(
    GRID,
    {
        "coef[0]": np.linspace(-30, 40, 801),
        "intercept": np.linspace(-120, 120, 801),
        "sigma": np.linspace(0.05, 400, 4000),
    },
    level=0.8,
)
WIDTHS = np.array([0.7, 4.0, 25.0])
NOISES = np.array([5.0, 14.0, 30.0])


def track(handle):
    if handle == "width":
        return Track("width", WIDTHS, WORLD.x, WORLD.outcomes(np.full(3, 14.0)), WIDTHS, 10.0)
    return Track("noise", NOISES, WORLD.x, WORLD.outcomes(NOISES), np.full(3, 25.0), 10.0)


def single(handle, v):
    asked = track(handle)
    return Dataset.from_arrays(asked.x, asked.y[v]), Prior(float(asked.width[v]), 10.0)


@pytest.mark.parametrize("handle", ["width", "noise"])
def test_every_position_is_the_single_exact_answer(handle):
    swept = sweep(track(handle), LENS, Linear(), "exact")
    rows = Linear().design(GRID)
    for v in range(3):
        data, prior = single(handle, v)
        answer = posterior(data, Linear(), prior)
        for name, level, kind in (
            ("credible", 0.8, "function"),
            ("inner", 0.5, "function"),
            ("predictive", 0.8, "observation"),
        ):
            band = answer.band(rows, GRID[:, 0], level, kind)
            interval = swept.intervals[name]
            assert (interval.level, interval.kind) == (level, kind)
            scale = (band.upper - band.lower).max()
            np.testing.assert_allclose(interval.lower[v], band.lower[0], atol=1e-4 * scale)
            np.testing.assert_allclose(interval.upper[v], band.upper[0], atol=1e-4 * scale)
        mean, sd = (m[0] for m in answer.moments(np.eye(2)))
        assert swept.marginals["intercept"].mean[v] == pytest.approx(mean[0])
        assert swept.marginals["coef[0]"].sd[v] == pytest.approx(sd[1])
        assert swept.marginals["sigma"].mean[v] == pytest.approx(answer.sigma_moments()[0][0])


@pytest.mark.parametrize("name", list(LENS.marginals))
def test_marginals_are_densities(name):
    marginal = sweep(track("noise"), LENS, Linear(), "exact").marginals[name]
    mass = np.trapezoid(marginal.density, marginal.grid, axis=1)
    np.testing.assert_allclose(mass, 1, atol=0.01)
    mean = np.trapezoid(marginal.density * marginal.grid, marginal.grid, axis=1)
    np.testing.assert_allclose(mean, marginal.mean, rtol=0.03, atol=0.05 * marginal.sd.max())


def test_prior_sweep_is_the_prior_and_the_data_are_beside_it():
    swept = sweep(track("width"), LENS, Linear(), "prior")
    interval = swept.intervals["credible"]
    sd = WIDTHS[:, None] * np.sqrt(1 + GRID[:, 0] ** 2)
    np.testing.assert_allclose(interval.upper, 1.2815515655 * sd, rtol=1e-4)
    np.testing.assert_allclose(interval.lower, -interval.upper, rtol=1e-4)
    exact = sweep(track("width"), LENS, Linear(), "exact").intervals
    np.testing.assert_allclose(swept.reference["credible"].upper, exact["credible"].upper)
    assert np.isnan(swept.marginals["sigma"].mean).all()  # a half-Cauchy has no mean


def test_map_sweep_has_no_band_and_is_the_single_mode():
    swept = sweep(track("width"), LENS, Linear(), "map")
    for v in range(3):
        data, prior = single("width", v)
        mode = fit(data, method="map", prior=prior)
        assert swept.member_weights[v, 0] == pytest.approx([mode.draws["intercept"][0], mode.draws["coef"][0, 0]])
        band = summary.band(predict(mode, GRID), 0.8, "observation")
        np.testing.assert_allclose(swept.intervals["predictive"].upper[v], band.upper, rtol=1e-4)
    np.testing.assert_array_equal(swept.intervals["credible"].lower, swept.intervals["credible"].upper)


def test_reweighted_draws_agree_with_exact_where_they_are_trusted():
    widths = np.array([0.3, 15.0, 20.0, 25.0, 40.0])
    asked = Track("width", widths, WORLD.x, WORLD.outcomes(np.full(5, 14.0)), widths, 10.0)
    data = Dataset.from_arrays(asked.x, asked.y[3])
    drawn = fit(data, method="exact", prior=Prior(25.0, 10.0), budget=Budget(draws=2000, chains=1), seed=4)
    swept = sweep(asked, LENS, Linear(), "nuts", drawn, home=3)
    exact = sweep(asked, LENS, Linear(), "exact")
    low, high = swept.trusted
    assert low >= 1  # 0.3 is far beyond these draws
    assert high == 4
    assert np.isnan(swept.intervals["credible"].lower[0]).all()
    assert np.isnan(swept.marginals["coef[0]"].mean[0])
    for v in range(low, high + 1):
        truth, found = exact.marginals["coef[0]"], swept.marginals["coef[0]"]
        assert abs(found.mean[v] - truth.mean[v]) < 4.5 * found.mcse[v]
        gap = np.abs(swept.intervals["credible"].upper[v] - exact.intervals["credible"].upper[v])
        half = (exact.intervals["credible"].upper[v] - exact.intervals["credible"].lower[v]) / 2
        assert (gap < 0.12 * half).all()  # an 80 % edge of 2,000 draws is known to 0.04 sd; reweighted, to about 0.08


def test_log_joint_differences_are_the_models(skewed):
    """Against scipy's densities: only differences between positions count."""
    from scipy import stats

    asked = Track("noise", np.ones(2), skewed.x, np.stack([skewed.y, skewed.y * 1.1 + 0.2]), np.array([1.0, 3.0]), 1.0)
    weights, sigma = np.array([[0.5, 0.4], [2.0, -0.1]]), np.array([0.7, 2.0])
    found = log_joint(asked, Linear(), weights, sigma)

    def truth(v, s):
        f = weights[s, 0] + weights[s, 1] * skewed.x[:, 0]
        return stats.norm(f, sigma[s]).logpdf(asked.y[v]).sum() + stats.norm(0, asked.width[v]).logpdf(weights[s]).sum()

    for s in range(2):
        assert found[1, s] - found[0, s] == pytest.approx(truth(1, s) - truth(0, s))


def test_joint_outlines_hold_their_share():
    swept = sweep(track("width"), LENS, Linear(), "exact")
    data, prior = single("width", 2)
    draws = fit(data, method="exact", prior=prior, budget=Budget(draws=40_000, chains=1), seed=9)
    pairs = np.column_stack([draws.draws["intercept"], draws.draws["coef"]])
    for level in (0.8, 0.5):
        outline = swept.joint[level][2]
        centre = outline[:-1].mean(0)
        axes = np.linalg.inv(np.cov(outline[:-1].T) * 2)
        inside = np.einsum("si,ij,sj->s", pairs - centre, axes, pairs - centre) <= 1
        assert inside.mean() == pytest.approx(level, abs=0.07)  # the radius comes from 600 draws


HOUSES, NIGHTS = houses(20, 8), sleep(8)


def pull(x, y, sigma, width, slope_width):
    """Return the slope's mean and precision, the intercept under N(0, width^2), by ordinary matrix algebra."""
    design = np.column_stack([np.ones(len(x)), x])
    precision = design.T @ design / sigma**2 + np.diag([width**-2.0, slope_width**-2.0])
    covariance = np.linalg.inv(precision)
    return (covariance @ design.T @ y / sigma**2)[1], 1 / covariance[1, 1]


@pytest.mark.parametrize(
    ("world", "width", "sigma", "told"),
    [
        (HOUSES, 100.0, 48.5, 0.00031),
        (HOUSES, 3.16, 48.9, 0.031),
        (HOUSES, 1.0, 49.2, 0.29),
        (NIGHTS, 1.2, 33.3, 67.5),  # the page once said 196
        (NIGHTS, 1.2, 31.6, 60.6),
    ],
)
def test_worth_counts_points_of_the_slope_with_the_intercept_under_the_same_prior(world, width, sigma, told):
    """k such that N points and a prior of their own say as much as N + k points without: shrinkage and precision."""
    x, y, n = world.x[:, 0], world.outcomes(np.array([world.noise]))[0], len(world.x)
    [worth] = prior_worth(Linear().design(world.x), np.array([sigma]), np.array([width]))
    assert worth == pytest.approx(told, rel=0.02)
    mean, precision = pull(x, y, sigma, width, width)
    free, without = pull(x, y, sigma, width, 1e9)
    assert mean == pytest.approx(free * n / (n + worth), rel=1e-9)
    assert precision == pytest.approx(without * (n + worth) / n, rel=1e-9)
    # and the page's own answer, for this noise
    data, prior = Dataset.from_arrays(world.x, y), Prior(width, sigma, noise_known=True)
    assert posterior(data, Linear(), prior).moments(np.array([[0.0, 1.0]]))[0][0, 0] == pytest.approx(mean)


def test_pseudo_points_do_what_the_prior_does():
    """As many rows as the prior is worth, each telling as much of the slope as a row does, saying zero."""
    x, sigma, width = NIGHTS.x[:, 0], 14.0, 4.0
    y = NIGHTS.outcomes(np.array([14.0]))[0]
    [worth] = prior_worth(Linear().design(NIGHTS.x), np.array([sigma]), np.array([width]))
    _, without = pull(x, y, sigma, width, 1e9)
    each = np.sqrt(without / len(x)) * sigma  # the size of a row that tells of the slope alone what a data row tells
    whole = int(worth)
    rows = np.concatenate([np.full(whole, each), [each * np.sqrt(worth - whole)]])
    design = np.column_stack([np.concatenate([np.ones(len(x)), 0 * rows]), np.concatenate([x, rows])])
    target = np.concatenate([y, np.zeros(len(rows))])
    precision = design.T @ design / sigma**2 + np.diag([width**-2.0, 0.0])
    found = np.linalg.solve(precision, design.T @ target / sigma**2)
    assert found[1] == pytest.approx(pull(x, y, sigma, width, width)[0])


def test_a_narrower_prior_may_steepen_the_slope_because_it_pins_the_intercept():
    question = Track("width", np.array([1.0, 3.16, 100.0]), HOUSES.x, HOUSES.outcomes(np.full(3, 45.0)),
                     np.array([1.0, 3.16, 100.0]), 50.0)  # fmt: skip
    swept = sweep(question, LENS, Linear())
    np.testing.assert_allclose(swept.marginals["coef[0]"].mean, [3.664, 3.713, 3.336], atol=2e-3)
    np.testing.assert_allclose(swept.marginals["intercept"].mean, [0.067, 0.328, 36.72], atol=5e-2)
    assert (np.diff(swept.worth) < 0).all()
    np.testing.assert_allclose(swept.worth, [0.293, 0.031, 0.00031], rtol=0.03)


def test_worth_knows_its_limits():
    flat = Linear().design(np.zeros((4, 1)))
    told = prior_worth(flat, np.array([1.0, np.nan]), np.array([2.0, 2.0]))
    assert np.isinf(told[0])
    assert np.isnan(told[1])


def test_marginals_are_told_by_their_quantiles_too():
    """Median and interval (the lens has 80 %) of sigma, against the exact distribution function, and of the prior."""
    swept = sweep(track("noise"), LENS, Linear(), "exact").marginals["sigma"]
    for v in range(3):
        data, prior = single("noise", v)
        grid = np.geomspace(0.05, 4000, 40_001)
        density = posterior(data, Linear(), prior).sigma_density(grid)[0]
        below = np.concatenate([[0], np.cumsum(0.5 * (density[1:] + density[:-1]) * np.diff(grid))])
        np.testing.assert_allclose(swept.quantiles[:, v], np.interp([0.1, 0.5, 0.9], below, grid), rtol=2e-3)
    before = sweep(track("noise"), LENS, Linear(), "prior").marginals["sigma"]
    expected = 10.0 * np.tan(0.5 * np.pi * np.array([0.1, 0.5, 0.9]))
    np.testing.assert_allclose(before.quantiles, np.tile(expected[:, None], 3))
    slope = sweep(track("width"), LENS, Linear(), "exact").marginals["coef[0]"]
    data, prior = single("width", 1)
    [low] = posterior(data, Linear(), prior).quantiles(np.array([[0.0, 1.0]]), [0.1])
    assert slope.quantiles[0, 1] == pytest.approx(low[0, 0], rel=1e-3)


def test_draws_need_their_fit():
    with pytest.raises(ValueError, match="give fit="):
        sweep(track("width"), LENS, Linear(), "nuts")
