"""Answers along a handle against scikit-learn, scipy and plain covariance matrices, position by position."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats
from scipy.stats.mstats import mquantiles
from sklearn.linear_model import Lasso, Ridge

from bayes_core import ask
from bayes_core.ridge import Along, Answers, Paths, RidgePath, weight_range
from bayes_core.types import Diagnostics, Fit

TRACK = Along(
    np.array([0.3, 2.0, 2.0, 40.0, 0.7]), np.array([1.1, 0.4, 2.0, 0.9, 3.0]), np.array([3.0, 1.0, 5.0, 3.0, 2.0])
)
GRID = np.array([0.2, 1.0, 4.0, 7.5])


def exactly(design, y, width, noise):
    """Mean and covariance of the weights by the textbook's inverse."""
    covariance = np.linalg.inv(design.T @ design / noise**2 + np.eye(design.shape[1]) / width**2)
    return covariance @ design.T @ y / noise**2, covariance


@pytest.fixture(scope="module", params=[0.5, 0.9])
def ridged(curved, request):
    return request.param, Answers.of(curved, TRACK, "normal", level=request.param, grid=GRID, columns=7)


def test_under_a_gaussian_prior_the_weights_are_the_textbooks_and_scikit_learns(curved, columns, ridged):
    level, found = ridged
    y = curved.split.train.y
    for v, (width, noise, degree) in enumerate(zip(TRACK.width, TRACK.noise, TRACK.degree, strict=True)):
        design, size = columns(curved.split.train.x, degree), int(degree) + 1
        mean, covariance = exactly(design, y, width, noise)
        peer = Ridge(alpha=noise**2 / width**2, fit_intercept=False, solver="cholesky").fit(design, y).coef_
        lower, upper = stats.norm(mean, np.sqrt(np.diag(covariance))).interval(level)
        for name, exact in {"coef": mean, "mean": mean, "scikit": peer, "lower": lower, "upper": upper}.items():
            np.testing.assert_allclose(getattr(found, name)[v, :size], exact, rtol=1e-6, atol=1e-7, err_msg=name)
            assert np.isnan(getattr(found, name)[v, size:]).all()
        hat = design @ covariance @ design.T / noise**2
        assert found.effective[v] == pytest.approx(np.trace(hat), rel=1e-8)
        assert found.share[v] == pytest.approx(np.trace(hat) / size, rel=1e-8)
        marginal = stats.multivariate_normal(None, noise**2 * np.eye(13) + width**2 * design @ design.T)
        assert found.log_evidence[v] == pytest.approx(marginal.logpdf(y), rel=1e-9)
    assert found.count.tolist() == [4, 2, 6, 4, 3]
    assert found.has_mean.all()
    assert (found.gap < 1e-9).all()


def test_the_curves_and_bands_are_those_of_the_weights(curved, columns, ridged):
    level, found = ridged
    for v, (width, noise, degree) in enumerate(zip(TRACK.width, TRACK.noise, TRACK.degree, strict=True)):
        mean, covariance = exactly(columns(curved.split.train.x, degree), curved.split.train.y, width, noise)
        rows = columns(GRID, degree)
        spread = np.sqrt([row @ covariance @ row for row in rows])
        np.testing.assert_allclose(found.curve[v], rows @ mean, rtol=1e-7)
        np.testing.assert_allclose(found.scikit_curve[v], rows @ mean, rtol=1e-7)
        for band, sd in ((found.credible, spread), (found.predictive, np.hypot(spread, noise))):
            lower, upper = stats.norm(rows @ mean, sd).interval(level)
            np.testing.assert_allclose(band.lower[v], lower, rtol=1e-6, atol=1e-6)
            np.testing.assert_allclose(band.upper[v], upper, rtol=1e-6, atol=1e-6)
    assert (found.credible.kind, found.predictive.kind) == ("function", "observation")
    assert found.credible.level == found.predictive.level == level


def test_without_a_grid_there_are_weights_and_no_curve(several):
    track = Along(np.array([2.0, 0.1]), np.array([1.0, 3.0]), np.ones(2))
    found = Answers.of(several, track, "normal")
    assert found.coef.shape == (2, 4)
    assert found.curve.shape == found.credible.lower.shape == (2, 0)
    design, y = several.design(1.0), several.split.train.y
    for v in range(2):
        np.testing.assert_allclose(
            found.coef[v], exactly(design, y, track.width[v], track.noise[v])[0], rtol=1e-9, atol=1e-12
        )


def fit_of(problem, degree, draws):
    """A fit whose weights are these draws (S, P), the intercept first."""
    sites = {"intercept": draws[:, 0], "coef": draws[:, 1:]}
    question = ask(problem.split.train, problem.model(degree, "laplace"), "nuts")
    return Fit(question, sites, np.ones(len(draws)), None, Diagnostics("sampled"))


@pytest.mark.parametrize("home", [0, 2])
def test_under_a_laplace_prior_the_mode_is_scikit_learns_lasso(curved, columns, home):
    found = Answers.of(curved, TRACK, "laplace", grid=GRID, home=home)
    y = curved.split.train.y
    for v, (width, noise, degree) in enumerate(zip(TRACK.width, TRACK.noise, TRACK.degree, strict=True)):
        design, size = columns(curved.split.train.x, degree), int(degree) + 1
        alpha = noise**2 / width / 13
        peer = Lasso(alpha=alpha, fit_intercept=False, tol=1e-13, max_iter=400_000).fit(design, y).coef_
        np.testing.assert_allclose(found.coef[v, :size], peer, atol=2e-3)
        pull = design.T @ (y - design @ found.coef[v, :size])  # at the minimum no pull is beyond the threshold
        threshold, moved = noise**2 / width, found.coef[v, :size] != 0
        assert (np.abs(pull) <= threshold * (1 + 1e-7) + 1e-9).all()
        np.testing.assert_allclose(pull[moved], threshold * np.sign(found.coef[v, :size][moved]), rtol=1e-6, atol=1e-8)
        assert found.effective[v] == moved.sum()
        assert found.nonzero[v] == moved[1:].sum() == size - 1 - found.zeros[v]
        np.testing.assert_allclose(found.curve[v], columns(GRID, degree) @ found.coef[v, :size], rtol=1e-9)
    assert np.flatnonzero(np.isfinite(found.scikit).any(1)).tolist() == [home]
    assert np.flatnonzero(np.isfinite(found.scikit_curve).all(1)).tolist() == [home]
    assert np.flatnonzero(np.isfinite(found.gap)).tolist() == [home]
    assert found.gap[home] < 1e-3
    assert (found.zeros > 0).any()
    for nothing in (found.mean, found.lower, found.upper, found.log_evidence, found.credible.lower):
        assert np.isnan(nothing).all()


def test_a_weight_below_zero_counts_as_one_above_it(several):
    track = Along(np.array([1.0, 0.01]), np.array([1.0, 1.0]), np.ones(2))
    found = Answers.of(several, track, "laplace")
    assert (found.coef < 0).any()
    assert found.effective.tolist() == [sum(weight != 0 for weight in weights) for weights in found.coef]


def test_a_sampled_answer_is_told_where_it_was_sampled_alone(curved, columns):
    draws = np.random.default_rng(6).gumbel([3.0, -1.0, 0.5, 8.0], [1.0, 0.2, 3.0, 1.0], (401, 4))
    found = Answers.of(curved, TRACK, "laplace", level=0.8, grid=GRID, sampled=fit_of(curved, 3.0, draws), home=3)

    def ends(values):
        return mquantiles(values, [0.1, 0.9], alphap=1, betap=1)

    for j in range(4):
        assert found.mean[3, j] == pytest.approx(sum(draws[:, j]) / 401)
        np.testing.assert_allclose([found.lower[3, j], found.upper[3, j]], ends(draws[:, j]))
    for g, row in enumerate(columns(GRID, 3)):
        told = found.credible.lower[3, g], found.credible.upper[3, g]
        np.testing.assert_allclose(told, ends([sum(row * draw) for draw in draws]), rtol=1e-9)
    others = [0, 1, 2, 4]
    for part in (found.mean, found.lower, found.upper, found.credible.lower):
        assert np.isnan(part[others]).all()
    assert np.isnan(found.predictive.lower).all()
    assert found.has_mean.tolist() == [False, False, False, True, False]


def test_a_sample_of_another_model_is_refused(curved):
    draws = np.ones((5, 4))
    with pytest.raises(ValueError, match="the sampled answer has 4 weights and the model where the handle stands 2"):
        Answers.of(curved, TRACK, "laplace", sampled=fit_of(curved, 3.0, draws), home=1)


def test_too_few_columns_are_refused(curved):
    with pytest.raises(ValueError, match="degree 5 has 6 weights and 5 columns are wanted"):
        Answers.of(curved, TRACK, "normal", columns=5)


def test_the_gap_is_the_largest_difference_over_the_largest_weight(ridged):
    _, found = ridged
    nan = np.nan
    coef = np.array([[4.0, -8.0, nan], [1.0, 0.0, 2.0], [0.0, 0.0, 0.0]])
    scikit = np.array([[4.0, -7.0, nan], [nan, nan, nan], [0.0, 0.0, 0.0]])
    made = replace(found, coef=coef, scikit=scikit, effective=np.array([1.0, 2.0, 0.0]))
    np.testing.assert_allclose(made.gap, [1 / 8, nan, 0.0])
    np.testing.assert_allclose(made.largest, [8.0, 2.0, 0.0])
    assert made.count.tolist() == [2, 3, 3]
    assert made.zeros.tolist() == [0, 1, 2]  # the intercept is none of them, whatever it is
    assert made.nonzero.tolist() == [1, 1, 0]
    np.testing.assert_allclose(made.nonzero_share, [1, 1 / 2, 0])
    assert made.top.tolist() == [1, 2, 1]
    np.testing.assert_allclose(made.top_size, [8.0, 2.0, 0.0])
    np.testing.assert_allclose(made.share, [1 / 2, 2 / 3, 0.0])


def test_intervals_without_zero_and_zeros_of_the_mean_are_counted_apart_from_the_intercept(ridged):
    _, found = ridged
    nan = np.nan
    lower = np.array([[1.0, -8.0, nan], [-1.0, 0.1, 2.0], [nan, nan, nan]])
    upper = np.array([[4.0, -7.0, nan], [-0.5, 0.3, 2.5], [nan, nan, nan]])
    mean = np.array([[0.0, -7.5, nan], [0.0, 0.2, 0.0], [nan, nan, nan]])
    made = replace(found, lower=lower, upper=upper, mean=mean)
    np.testing.assert_array_equal(made.clear, [1, 2, nan])
    np.testing.assert_array_equal(made.mean_zeros, [0, 1, nan])


def test_the_bands_width_is_its_mean_over_the_grid(ridged, curved, columns):
    _, found = ridged
    exact = (found.credible.upper - found.credible.lower).sum(1) / len(GRID)
    np.testing.assert_allclose(found.band_width, exact, rtol=1e-12)
    assert np.isnan(Answers.of(curved, TRACK, "normal").band_width).all()


# ------------------------------------------------------------------------------------------------------ the paths
LOG_PENALTY = np.array([-3.0, -0.4, 1.0, 2.5])


@pytest.mark.parametrize("level", [0.5, 0.9])
def test_the_paths_are_scikit_learns_with_the_textbooks_spread(curved, columns, level):
    found = Paths.of(curved, TRACK, "normal", LOG_PENALTY, 8, level)
    assert found.coef.shape == found.lower.shape == (5, 8, 4)
    y = curved.split.train.y
    for v, (noise, degree) in enumerate(zip(TRACK.noise, TRACK.degree, strict=True)):
        design, size = columns(curved.split.train.x, degree), int(degree) + 1
        for k, penalty in enumerate(10**LOG_PENALTY):
            peer = Ridge(alpha=penalty, fit_intercept=False, solver="cholesky").fit(design, y).coef_
            np.testing.assert_allclose(found.coef[v, :size, k], peer, rtol=1e-7, atol=1e-9)
            covariance = exactly(design, y, noise / np.sqrt(penalty), noise)[1]
            lower, upper = stats.norm(peer, np.sqrt(np.diag(covariance))).interval(level)
            np.testing.assert_allclose(found.lower[v, :size, k], lower, rtol=1e-7, atol=1e-8)
            np.testing.assert_allclose(found.upper[v, :size, k], upper, rtol=1e-7, atol=1e-8)
        assert np.isnan(found.coef[v, size:]).all()


def test_the_lassos_paths_end_where_every_weight_is_zero_and_have_no_band(several):
    design, y = several.design(1.0), several.split.train.y
    most = np.abs(design.T @ y).max()
    track = Along(np.ones(2), np.array([1.0, 4.0]), np.ones(2))
    at = np.log10([0.01 * most, 0.3 * most, 0.999 * most, 1.001 * most])
    found = Paths.of(several, track, "laplace", at)
    for k, threshold in enumerate(10**at):
        peer = Lasso(alpha=threshold / 17, fit_intercept=False, tol=1e-13, max_iter=400_000).fit(design, y).coef_
        np.testing.assert_allclose(found.coef[0, :, k], peer, atol=1e-6)
    assert (found.coef[..., 3] == 0).all()
    assert (found.coef[..., 2] != 0).sum() == 2  # one weight, at both positions
    np.testing.assert_array_equal(found.coef[0], found.coef[1])
    assert np.isnan(found.lower).all()
    assert np.isnan(found.upper).all()


def test_the_axis_of_the_weights_shows_the_farthest_one_with_its_sd():
    path = RidgePath.of(np.eye(2), np.array([30.0, -60.0]), np.array([1.0]), np.array([1.0]))
    # modes 15, -30; sd 0.707 each: 1.4 x 30.707 = 42.99
    assert weight_range(path) == 50
