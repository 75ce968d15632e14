from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize, stats
from sklearn.linear_model import Ridge

from bayes_core import Dataset, Linear, Prior, fit
from bayes_core.numerics.lasso import lasso


def minus_log_joint(parameters, data, prior):
    *weights, log_sigma = parameters
    sigma = np.exp(log_sigma)
    f = weights[0] + data.x @ np.array(weights[1:])
    return -(
        stats.norm(f, sigma).logpdf(data.y).sum()
        + stats.norm(0, prior.width).logpdf(weights).sum()
        + stats.halfcauchy(0, prior.noise).logpdf(sigma)
    )


@pytest.mark.parametrize(("width", "noise"), [(0.2, 0.3), (1.0, 5.0), (50.0, 1.0)])
def test_it_is_the_mode_that_an_optimiser_finds(skewed, width, noise):
    prior = Prior(width, noise)
    answer = fit(skewed, method="map", prior=prior)
    found = np.array([answer.draws["intercept"][0], answer.draws["coef"][0, 0], np.log(answer.noise[0])])
    best = min(
        (
            optimize.minimize(
                minus_log_joint, start, (skewed, prior), method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12}
            )
            for start in ([0, 0, 0], [1, 1, 1], [0, 0, 2])
        ),
        key=lambda r: r.fun,
    )
    np.testing.assert_allclose(found, best.x, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("width", [0.1, 1.0, 30.0])
def test_known_noise_is_ridge_regression(width):
    """lambda = noise^2 / width^2; the intercept is shrunk like any other weight, so it is a column here too."""
    random = np.random.default_rng(4)
    x = random.gamma(2, 1, (15, 3))
    data = Dataset.from_arrays(x, 2 + x @ [1.0, -1.0, 0.3] + random.standard_normal(15))
    answer = fit(data, method="map", prior=Prior(width, 0.8, noise_known=True))
    ridge = Ridge(alpha=0.8**2 / width**2, fit_intercept=False, solver="svd")
    ridge.fit(np.column_stack([np.ones(15), x]), data.y)
    np.testing.assert_allclose([answer.draws["intercept"][0], *answer.draws["coef"][0]], ridge.coef_, rtol=1e-8)


def test_wide_priors_are_least_squares(skewed):
    answer = fit(skewed, method="map", prior=Prior(1e6, 1, noise_known=True))
    slope, intercept = np.polyfit(skewed.x[:, 0], skewed.y, 1)
    np.testing.assert_allclose(
        [answer.draws["coef"][0, 0], answer.draws["intercept"][0]], [slope, intercept], rtol=1e-6
    )


@pytest.mark.parametrize("rows", [20, 300])
@pytest.mark.parametrize("family", ["normal", "laplace"])
def test_it_is_the_higher_of_two_modes(rows, family):
    """A prior far too narrow leaves little noise or weights near zero: which is higher changes with its width."""
    random = np.random.default_rng(2)
    x = random.standard_normal(rows)
    design, y = np.column_stack([np.ones(rows), x]), 11.9 * x + 0.046 * random.standard_normal(rows)
    at = np.linspace(np.log(0.02), np.log(40), 2000)
    widths = np.geomspace(0.03, 3.0, 25) * (1 if family == "normal" else 0.1) * (300 / rows) ** 0.5
    sides = []
    for width in widths:
        sigma = np.exp(at)
        if family == "normal":
            weights = np.linalg.solve(
                design.T @ design + (sigma[:, None, None] / width) ** 2 * np.eye(2),
                np.tile(design.T @ y, (2000, 1))[..., None],
            )[..., 0]
            size = stats.norm(0, width).logpdf(weights).sum(1)
        else:
            weights = lasso(design, y, sigma**2 / width)
            size = -np.abs(weights).sum(1) / width  # scipy takes the log of an underflowing density
        misfit = ((y - weights @ design.T) ** 2).sum(1)
        height = -rows * at - 0.5 * misfit / sigma**2 + size + stats.halfcauchy(0, 23.2).logpdf(sigma)
        answer = fit(Dataset.from_arrays(x, y), Linear(family=family), "map", Prior(float(width), 23.2))
        assert np.log(answer.noise[0]) == pytest.approx(at[height.argmax()], abs=2 * (at[1] - at[0]))
        sides.append(answer.noise[0] < 0.5)
    assert 3 < sum(sides) < 22


def test_there_is_no_band(skewed):
    assert fit(skewed, method="map").noise.shape == (1,)


@pytest.mark.parametrize("rows", [1, 2])
def test_no_mode_where_everything_fits(skewed, rows):
    with pytest.raises(ValueError, match=r"has no mode.*noise_known=True"):
        fit(skewed.head(rows), method="map")
    assert np.isfinite(fit(skewed.head(rows), method="map", prior=Prior(1, 1, noise_known=True)).draws["coef"]).all()
