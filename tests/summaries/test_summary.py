from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayes_core import Dataset, Linear, Predictive, Prior, fit, summary
from bayes_core.evaluation.compare import distance
from bayes_core.numerics.draws import density, ellipses, weighted_quantiles
from bayes_core.summaries.summary import Estimate, decimals, number

RANDOM = np.random.default_rng(5)


def test_observation_bands_are_mixture_quantiles():
    f = RANDOM.standard_normal((400, 3, 1)) * [[[0.1], [1.0], [5.0]]]
    noise = RANDOM.gamma(2, 1, 400)
    band = summary.band(Predictive(np.arange(3.0)[:, None], f, noise), 0.8, "observation")
    for g in range(3):
        for edge, share in ((band.lower, 0.1), (band.median, 0.5), (band.upper, 0.9)):
            assert stats.norm(f[:, g, 0], noise).cdf(edge[g]).mean() == pytest.approx(share, abs=1e-6)
    np.testing.assert_allclose(band.mean, f.mean(0)[:, 0])
    assert band.label == "80 % predictive"


def test_function_bands_are_quantiles_of_draws():
    f = RANDOM.standard_normal((999, 2, 1))
    band = summary.band(Predictive(np.zeros((2, 1)), f, np.ones(999)), 0.5)
    np.testing.assert_allclose(band.lower, np.quantile(f[:, :, 0], 0.25, axis=0))


@pytest.mark.parametrize(("level", "kind"), [(0.0, "function"), (1.0, "function"), (90, "function"), (0.9, "mean")])
def test_bad_bands_are_refused(level, kind):
    with pytest.raises(ValueError, match=r"level|kind"):
        summary.band(Predictive(np.zeros((1, 1)), np.zeros((3, 1, 1)), np.ones(3)), level, kind)


@pytest.mark.parametrize(
    ("mean", "sd", "mcse", "text"),
    [
        (44.341, 1.1898, 0.0, "44.3 ± 1.2"),
        (44.341, 1.1898, 0.2, "44 ± 1"),
        (-0.003, 0.041, 0.0, "−0.003 ± 0.041"),
        (1234.0, 250.0, 0.0, "1230 ± 250"),
        (3.3e9, 4e8, 0.0, "3.30e9 ± 4.00e8"),
        (9.34, 0.0, 0.0, "9.34"),
    ],
)
def test_only_known_digits_are_printed(mean, sd, mcse, text):
    assert Estimate("slope", mean, sd, mcse).text == text


def test_a_half_cauchy_is_told_by_its_quantiles_and_never_by_a_mean():
    """It has neither mean nor sd: draws of it show "100 ± 1500" one day and "40 ± 90" the next."""
    line = Dataset.from_arrays([0.0, 1.0, 2.5], [1.0, 3.0, 2.0])
    for scale in (10.0, 0.3):
        told = summary.named(summary.table(fit(line, method="prior", prior=Prior(2, scale)), 0.9))["sigma"]
        assert np.isnan(told.mean)
        assert np.isnan(told.sd)
        expected = stats.halfcauchy(scale=scale).ppf([0.05, 0.5, 0.95])
        np.testing.assert_allclose([told.low, told.median, told.high], expected, rtol=1e-12)
        assert told.median == told.centre == pytest.approx(scale)
        assert "±" not in told.text + told.spread
    assert told.text == "0.30 (0.024 to 3.8)"


def test_a_skewed_posterior_is_told_by_median_and_interval(skewed):
    from bayes_core.inference.exact import posterior

    few = Dataset.from_arrays(skewed.x[:6, 0], skewed.y[:6])
    for level in (0.9, 0.8):
        rows = summary.named(summary.table(fit(few, method="exact", prior=Prior(3, 2)), level))
        sigma = rows["sigma"]
        assert not sigma.symmetric
        low, high = (1 - level) / 2, (1 + level) / 2
        told = [float(q[0]) for q in posterior(few, Linear(), Prior(3, 2)).sigma_quantiles((low, 0.5, high))]
        for found, exact, error in zip((sigma.low, sigma.median, sigma.high), told, sigma.errors, strict=True):
            assert abs(found - exact) < 5 * error
        assert sigma.spread.endswith(f"({100 * level:g} %)")
    assert rows["intercept"].spread.endswith("(posterior sd)")
    known = summary.named(summary.table(fit(few, method="map", prior=Prior(3, 2))))["sigma"]
    assert known.symmetric  # a point has no interval
    assert known.interval == known.spread == ""


def test_digits_of_an_interval_are_those_that_its_errors_allow():
    def texts(low, median, high, *errors):
        one = [np.array([v]) for v in (low, median, high)]
        centre, between = summary.medians(*one, np.array([errors]).T if errors else None)
        return centre[0], between[0]

    assert texts(8.81, 14.78, 30.4) == ("14.8", "8.8 to 30.4")
    assert texts(8.81, 14.78, 30.4, 0.02, 0.04, 0.4) == ("14.8", "8.8 to 30")
    assert texts(8.81, 14.78, 30.4, 0.4, 0.4, 4.0) == ("15", "9 to 30")
    assert texts(5.0, 5.0, 5.0) == ("5.00", "")


def test_small_and_negative_numbers():
    assert number(-0.0001, 2) == "0.00"
    assert number(0.0, 0) == "0"
    assert number(2e-12, 13) == "2.00e−12"
    assert decimals(0.0, 0.0) == 2


def test_density_is_a_kernel_estimate():
    draws = RANDOM.gamma(3, 1, 4000)
    grid = np.linspace(-2, 20, 300)
    bandwidth = 0.9 * draws.std() * 4000**-0.2
    truth = stats.gaussian_kde(draws, bandwidth / draws.std(ddof=1))(grid)
    np.testing.assert_allclose(density(draws, grid), truth, atol=0.004)
    weight = (draws < 3).astype(float)
    assert np.trapezoid(density(draws, grid, weight), grid) == pytest.approx(1, abs=1e-3)
    assert density(draws, grid, weight)[grid > 5].max() < 1e-3


def test_a_point_is_a_spike():
    spike = density(np.array([0.52]), np.linspace(0, 1, 11))
    assert spike.argmax() == 5
    assert spike.sum() * 0.1 == pytest.approx(1)


def test_weighted_quantiles_match_repeated_draws():
    draws = RANDOM.standard_normal((50, 2))
    weight = RANDOM.integers(1, 6, 50)
    found = weighted_quantiles(draws, (weight / weight.sum())[None], (0.1, 0.5, 0.9))
    repeated = np.repeat(draws, weight * 200, axis=0)
    for value, share in zip(found, (0.1, 0.5, 0.9), strict=True):
        below = (repeated < value[0]).mean(0)
        np.testing.assert_allclose(below, share, atol=weight.max() / weight.sum())


def test_ellipses_hold_their_share():
    pairs = RANDOM.multivariate_normal([1, -2], [[2, 1.5], [1.5, 3]], (1, 5000))
    narrow, outline = (told[0] for told in ellipses(pairs, (0.2, 0.7)))
    truth = np.linalg.inv([[2, 1.5], [1.5, 3]])
    off = outline - [1, -2]
    radius = np.einsum("li,ij,lj->l", off, truth, off)
    np.testing.assert_allclose(radius, stats.chi2(2).ppf(0.7), rtol=0.12)
    middle, shape = pairs[0].mean(0), np.linalg.inv(np.cov(pairs[0].T, bias=True))
    draws, *edges = (np.einsum("li,ij,lj->l", e - middle, shape, e - middle) for e in (pairs[0], narrow, outline))
    np.testing.assert_allclose([(draws < edge.mean()).mean() for edge in edges], [0.2, 0.7], atol=1e-3)
    half = np.concatenate([np.ones(2500), np.zeros(2500)])[None]
    np.testing.assert_allclose(ellipses(pairs, [0.7], half), ellipses(pairs[:, :2500], [0.7]), atol=0.02)


def test_distance_between_normals(skewed):
    """A posterior shifted by half an sd and half as wide: every figure is known."""
    from bayes_core import Linear, Prior
    from bayes_core.inference.exact import posterior

    exact = posterior(skewed, Linear(), Prior(3, 1, noise_known=True))
    rows = np.array([[1.0, 2.0], [1.0, 9.0]])
    mean, sd = (m[0] for m in exact.moments(rows))
    f = mean + 0.5 * sd + 0.5 * sd * RANDOM.standard_normal((40_000, 1))
    gap = distance(Predictive(rows[:, 1:], f[:, :, None], np.ones(40_000)), exact, rows)
    np.testing.assert_allclose(gap.mean_gap, 0.5, atol=0.02)
    np.testing.assert_allclose(gap.sd_ratio, 0.5, atol=0.02)
    # E|0.5 + (0.5 - 1) z| for standard normal z, on 19 strata
    z = stats.norm.ppf((np.arange(19) + 0.5) / 19)
    np.testing.assert_allclose(gap.wasserstein, np.abs(0.5 - 0.5 * z).mean(), atol=0.02)
    assert gap.over_confident == (0, 1)
