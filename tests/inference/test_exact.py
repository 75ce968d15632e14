from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from bayes_core import Budget, Dataset, Linear, Prior, fit, summary
from bayes_core.inference.exact import posterior
from bayes_core.inference.linear_posterior import Spectrum, solve

RANDOM = np.random.default_rng(11)
X3 = RANDOM.gamma(2.0, 1.5, (12, 3))
Y3 = 1.0 + X3 @ np.array([0.5, -2.0, 0.1]) + RANDOM.standard_normal(12)
WIDE = Dataset.from_arrays(X3, Y3)


def closed_form(data, prior):
    """Return mean, covariance and log evidence for known noise, straight from the textbook."""
    x = np.column_stack([np.ones(len(data.y)), data.x])
    covariance = np.linalg.inv(x.T @ x / prior.noise**2 + np.eye(x.shape[1]) / prior.width**2)
    spread = prior.noise**2 * np.eye(len(x)) + prior.width**2 * x @ x.T
    evidence = stats.multivariate_normal(np.zeros(len(x)), spread).logpdf(data.y)
    return covariance @ x.T @ data.y / prior.noise**2, covariance, evidence


def by_integration(data, prior, values):
    """Return E[value(sigma)] over p(sigma | y) and the log evidence, by scipy's own quadrature."""
    x = np.column_stack([np.ones(len(data.y)), data.x])

    def log_density(sigma):
        spread = sigma**2 * np.eye(len(x)) + prior.width**2 * x @ x.T
        return stats.multivariate_normal(np.zeros(len(x)), spread, allow_singular=True).logpdf(
            data.y
        ) + stats.halfcauchy(0, prior.noise).logpdf(sigma)

    grid = np.geomspace(1e-3, 1e3, 400) * prior.noise
    peak = max(log_density(s) for s in grid)
    ends = grid[[np.argmax([log_density(s) > peak - 40 for s in grid]), -1]]

    def integral(value):
        f = lambda t: np.exp(log_density(np.exp(t)) - peak) * value(np.exp(t)) * np.exp(t)  # noqa: E731
        return integrate.quad(f, np.log(ends[0]), np.log(ends[1]), limit=400, epsabs=0, epsrel=1e-9)[0]

    total = integral(lambda s: 1.0)
    return [integral(value) / total for value in values], np.log(total) + peak


@pytest.mark.parametrize("width", [0.05, 1.0, 300.0])
def test_known_noise_is_the_closed_form(width):
    prior = Prior(width, 0.7, noise_known=True)
    mean, covariance, evidence = closed_form(WIDE, prior)
    answer = posterior(WIDE, Linear(), prior)
    found_mean, found_covariance = answer.covariance()
    np.testing.assert_allclose(found_mean[0], mean, rtol=1e-9)
    np.testing.assert_allclose(found_covariance[0], covariance, rtol=1e-8, atol=1e-14)
    assert answer.log_evidence[0] == pytest.approx(evidence, abs=1e-8)


@pytest.mark.parametrize("rows", [3, 7])
def test_unknown_noise_agrees_with_integration(skewed, rows):
    data, prior = skewed.head(rows), Prior(2.0, 1.5)
    x = np.column_stack([np.ones(rows), data.x])

    def mean_of(j):
        return lambda s: np.linalg.solve(x.T @ x / s**2 + np.eye(2) / prior.width**2, x.T @ data.y / s**2)[j]

    (intercept, slope, sigma), evidence = by_integration(data, prior, [mean_of(0), mean_of(1), lambda s: s])
    answer = posterior(data, Linear(), prior)
    np.testing.assert_allclose(answer.moments(np.eye(2))[0][0], [intercept, slope], rtol=1e-5)
    assert answer.sigma_moments()[0][0] == pytest.approx(sigma, rel=1e-4)
    assert answer.log_evidence[0] == pytest.approx(evidence, abs=1e-5)


def test_the_blogs_truth(blog, blog_truth):
    answer = posterior(blog, Linear(), Prior(10, 5))
    mean, sd = (moment[0] for moment in answer.moments(np.eye(2)))
    sigma = [float(m[0]) for m in answer.sigma_moments()]
    np.testing.assert_allclose([*mean, sigma[0]], list(blog_truth["mean"].values()), rtol=1e-6)
    np.testing.assert_allclose([*sd, sigma[1]], list(blog_truth["sd"].values()), rtol=1e-5)
    assert answer.log_evidence[0] == pytest.approx(blog_truth["log_evidence"], abs=1e-6)
    flat = posterior(Dataset.from_arrays(np.zeros(100), blog.y), Linear(), Prior(10, 5))
    assert flat.log_evidence[0] == pytest.approx(blog_truth["log_evidence_without_slope"], abs=1e-6)


@pytest.mark.parametrize("name", ["kidscore_momiq", "kidscore_momhs", "kidscore_momhsiq", "kidscore_interaction"])
def test_posteriordb(kidiq, name):
    """Reference draws: 10,000, so a mean is known to sd/100; 4.5 standard errors, sd ratio 0.95 to 1.05."""
    data, truth, order = kidiq[name]
    answer = posterior(data, Linear(), Prior(1000, 2.5))
    mean, sd = (moment[0] for moment in answer.moments(np.eye(len(order) - 1)))
    sigma = [float(m[0]) for m in answer.sigma_moments()]
    for parameter, m, s in zip(order, [*mean, sigma[0]], [*sd, sigma[1]], strict=True):
        told = truth[parameter]
        assert abs(m - told["mean"]) < 4.5 * told["sd"] / 100
        assert 0.95 < s / told["sd"] < 1.05


def test_draws_follow_the_quadrature(skewed):
    prior = Prior(3.0, 1.0)
    answer = fit(skewed, method="exact", prior=prior, budget=Budget(draws=20_000, chains=1), seed=5)
    exact = posterior(skewed, Linear(), prior)
    mean, covariance = exact.covariance()
    weights = np.column_stack([answer.draws["intercept"], answer.draws["coef"]])
    np.testing.assert_allclose(
        weights.mean(0), mean[0], atol=4.5 * float(np.sqrt(np.diag(covariance[0]).max() / 20_000))
    )
    np.testing.assert_allclose(np.cov(weights.T), covariance[0], rtol=0.08)
    grid = np.geomspace(0.05, 60, 4000)
    density = exact.sigma_density(grid)[0]
    below = np.concatenate([[0], integrate.cumulative_trapezoid(density, grid)])
    assert below[-1] == pytest.approx(1, abs=1e-3)
    assert stats.kstest(answer.noise, lambda s: np.interp(s, grid, below)).pvalue > 0.01
    assert answer.log_evidence == pytest.approx(float(exact.log_evidence[0]))


def test_each_sigma_draw_is_the_quantile_of_its_own_uniform(skewed):
    """Not only as a heap: the same uniform gives the same draw, so that draws glide along a handle."""
    exact = posterior(skewed, Linear(), Prior(2.0, 0.7))
    uniform = np.array([0.9, 0.02, 0.35, 0.34999, 0.6])
    for share, sigma in zip(uniform, exact.sigma_draws(uniform)[0], strict=True):
        below = integrate.quad(lambda at: exact.sigma_density(np.array([at]))[0, 0], 1e-6, sigma)[0]
        assert below == pytest.approx(share, abs=2e-4)


def test_bands_are_quantiles_of_the_draws(skewed):
    prior = Prior(3.0, 1.0)
    exact = posterior(skewed, Linear(), prior)
    rows = np.array([[1.0, 0.0], [1.0, 6.0], [1.0, 20.0]])
    draws = fit(skewed, method="exact", prior=prior, budget=Budget(draws=100_000, chains=1))
    f = np.column_stack([draws.draws["intercept"], draws.draws["coef"]]) @ rows.T
    noisy = f + draws.noise[:, None] * np.random.default_rng(1).standard_normal(f.shape)
    for kind, values in (("function", f), ("observation", noisy)):
        band = exact.band(rows, rows[:, 1], 0.9, kind)
        below = np.array([(values < edge[0]).mean(0) for edge in (band.lower, band.median, band.upper)])
        # the share of draws below an exact quantile is binomial: 4.5 standard errors
        for found, wanted in zip(below, (0.05, 0.5, 0.95), strict=True):
            np.testing.assert_allclose(found, wanted, atol=4.5 * np.sqrt(wanted * (1 - wanted) / 100_000))


def test_collinear_columns_share_the_effect():
    x = X3[:, 0]
    twice = posterior(Dataset.from_arrays(np.column_stack([x, x]), Y3), Linear(), Prior(1, 1, noise_known=True))
    single = Dataset.from_arrays(x, Y3)
    mean, _, evidence = closed_form(Dataset.from_arrays(np.column_stack([x, x]), Y3), Prior(1, 1, noise_known=True))
    np.testing.assert_allclose(twice.covariance()[0][0], mean, rtol=1e-8)
    assert twice.log_evidence[0] == pytest.approx(evidence, abs=1e-8)
    assert mean[1] == pytest.approx(mean[2])
    assert single.x.shape == (12, 1)


def test_a_repeated_column_adds_no_direction_however_wide_the_prior():
    """b1 + b2 ~ N(0, 2 w^2) is one weight on a column sqrt(2) x: a scale of 1e-16 must not count as one more."""
    x, prior = X3[:, 0], Prior(1e8, 1e-6, noise_known=True)
    twice = posterior(Dataset.from_arrays(np.column_stack([x, x]), Y3), Linear(), prior)
    single = posterior(Dataset.from_arrays(np.sqrt(2) * x, Y3), Linear(), prior)
    assert twice.log_evidence[0] == pytest.approx(single.log_evidence[0], rel=1e-9)
    mean = twice.covariance()[0][0]
    np.testing.assert_allclose(mean[1:], single.covariance()[0][0, 1] / np.sqrt(2), rtol=1e-6)
    np.testing.assert_allclose(mean[0], single.covariance()[0][0, 0], rtol=1e-6)


@settings(max_examples=40, deadline=None)
@given(st.floats(1e-3, 1e6), st.integers(0, 10_000), st.integers(1, 6))
def test_narrower_priors_pull_towards_zero(width, seed, rows):
    random = np.random.default_rng(seed)
    data = Dataset.from_arrays(random.standard_normal(rows), random.standard_normal(rows))
    spectrum = Spectrum.of(Linear().design(data.x))
    widths = np.array([width / 2, width])
    answer = solve(spectrum, np.repeat(data.y[None], 2, 0), widths, np.ones(2), True)
    size = np.linalg.norm(answer.covariance()[0], axis=1)
    assert size[0] <= size[1] * (1 + 1e-9)
    assert np.isfinite(answer.log_evidence).all()


def test_order_of_rows_does_not_matter(skewed):
    order = np.random.default_rng(0).permutation(len(skewed.y))
    mixed = Dataset.from_arrays(skewed.x[order], skewed.y[order])
    first, second = (posterior(data, Linear(), Prior(2, 1)) for data in (skewed, mixed))
    np.testing.assert_allclose(first.covariance()[1], second.covariance()[1], rtol=1e-9)
    assert first.log_evidence[0] == pytest.approx(second.log_evidence[0], abs=1e-9)


def test_no_density_of_a_known_sigma(skewed):
    answer = posterior(skewed, Linear(), Prior(1, 1, noise_known=True))
    with pytest.raises(ValueError, match="noise_known=False"):
        answer.sigma_density(np.ones(3))
    unknown = posterior(skewed, Linear(), Prior(1, 1))
    with pytest.raises(ValueError, match="noise_known=True"):
        unknown.factor(np.eye(2))


def test_the_factor_rebuilds_the_covariance(skewed):
    answer = posterior(skewed, Linear(), Prior(2, 0.8, noise_known=True))
    factor = answer.factor(np.eye(2))[0]
    np.testing.assert_allclose(factor @ factor.T, answer.covariance()[1][0], rtol=1e-9)


def test_table_names_and_digits(skewed):
    rows = summary.named(summary.table(fit(skewed, method="exact")))
    assert set(rows) == {"intercept", "coef[0]", "sigma"}
    assert rows["sigma"].mcse == pytest.approx(rows["sigma"].sd / np.sqrt(8000))


def test_laplaces_evidence_comes_near_with_more_rows():
    """A Gaussian at the mode of the density of log sigma is short by about 2 / N nats, and never above."""
    for rows, most in ((20, 0.2), (100, 0.04), (1000, 0.004)):
        random = np.random.default_rng(rows)
        x = random.gamma(2.0, 1.5, rows)
        data = Dataset.from_arrays(x, 1 + 0.5 * x + random.standard_normal(rows))
        evidence = [fit(data, "linear", method, Prior(2, 1)).log_evidence for method in ("laplace", "exact")]
        assert -most < evidence[0] - evidence[1] < -0.2 * most
