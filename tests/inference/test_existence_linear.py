"""A linear model without a posterior is refused in words by every method; tiny noise that is real is answered."""

from __future__ import annotations

import numpy as np
import pytest
from dense import Problem
from scipy import stats

from bayes_core import METHODS, Budget, Dataset, Linear, Prior, fit, methods_for
from bayes_core.inference.exact import posterior

X = np.array([0.0, 1.3, 2.0, 2.9, 4.4, 5.0, 6.1, 7.7, 8.0, 9.2])
PERFECT = {
    "a line": Dataset.from_arrays(X, 2 + 3 * X),
    "constant y": Dataset.from_arrays(X, np.full(10, 0.7)),
    "zero": Dataset.from_arrays(X, np.zeros(10)),
    "one place": Dataset.from_arrays([1.5, 1.5, 1.5], [-4.0, -4.0, -4.0]),
    "far away": Dataset.from_arrays(X, np.full(10, 1e8)),
    "a plane": Dataset.from_arrays(np.column_stack([X, X**2, 2 * X]), 1e6 - 17 * X + 0.3 * X**2),
    "repeated": Dataset.from_arrays([0.0, 1.0, 0.0, 1.0], [0.3, 0.9, 0.3, 0.9]),
}
SAMPLERS = [name for name in methods_for(Linear()) if name not in ("exact", "map", "prior")]


@pytest.mark.parametrize("name", PERFECT)
@pytest.mark.parametrize("method", ["exact", "map"])
def test_a_perfect_fit_has_no_posterior(name, method):
    with pytest.raises(ValueError, match=r"fitted without error by .* no posterior exists.*noise_known=True"):
        fit(PERFECT[name], "linear", method)
    assert fit(PERFECT[name], "linear", method, Prior(1, 1, noise_known=True)).noise[0] == 1


@pytest.mark.parametrize("method", SAMPLERS)
@pytest.mark.parametrize("family", ["normal", "laplace"])
def test_every_method_refuses_it(method, family):
    if not METHODS[method].suits(Linear(family=family)):
        pytest.skip(f"{method} does not answer for a {family} prior")
    with pytest.raises(ValueError, match=r"no posterior exists.*noise_known=True, or give targets that vary"):
        fit(PERFECT["a line"], Linear(family=family), method)


def test_map_with_a_laplace_prior_refuses_it():
    with pytest.raises(ValueError, match="no posterior exists"):
        fit(PERFECT["a line"], "laplace", "map")


def test_the_refused_integral_does_diverge():
    """p(y | sigma) of ten points on a line grows like sigma^-8: by scipy, without any projection."""
    data, prior = PERFECT["a line"], Prior(1, 1)
    design = np.column_stack([np.ones(10), X])
    cover = prior.width**2 * design @ design.T
    height = [stats.multivariate_normal(np.zeros(10), s**2 * np.eye(10) + cover).logpdf(data.y) for s in (3e-2, 3e-3)]
    assert (height[1] - height[0]) / np.log(10) == pytest.approx(8, abs=0.05)


@pytest.mark.parametrize("level", [0.0, 5.0, 1e8])
@pytest.mark.parametrize("noise", [1e-12, 1e-6, 1.0])
def test_noise_that_is_real_is_answered(level, noise):
    """Noise of 1e-12 of y is 4,000 times what rounding leaves."""
    random = np.random.default_rng(5)
    size = max(level, 30.0)
    y = level + 3 * X + noise * size * random.standard_normal(10)
    data, prior = Dataset.from_arrays(X, y), Prior(3 * size, size)
    (mean,), _ = posterior(data, Linear(), prior).sigma_moments()
    rest = y - np.polyval(np.polyfit(X, y, 1), X)
    assert mean == pytest.approx(np.sqrt(rest @ rest / 6), rel=0.2)
    assert fit(data, "linear", "map", prior).noise[0] == pytest.approx(np.sqrt(rest @ rest / 10), rel=0.15)


@pytest.mark.parametrize("rows", [1, 2, 3])
@pytest.mark.parametrize("level", [0.7, -3e7, 1e8])
def test_few_points_far_from_zero(rows, level):
    """No more rows than weights always have a posterior; three do unless they lie on a line."""
    x, y = X[:rows], level + np.array([0.3, -0.4, 1.1])[:rows]
    prior = Prior(abs(level), 2.0)
    answer, design = posterior(Dataset.from_arrays(x, y), Linear(), prior), np.column_stack([np.ones(rows), x])
    truth = Problem(design, y, prior.width, prior.noise).dense()
    assert answer.log_evidence[0] == pytest.approx(truth.evidence, abs=1e-3)
    median = answer.sigma_quantiles([0.5])[0][0]
    assert median == pytest.approx(truth.sigma_quantiles([0.5])[0], rel=5e-3)


@pytest.mark.parametrize("rows", [1, 2, 12])
def test_nuts_agrees_far_from_zero(rows):
    random = np.random.default_rng(rows)
    x, y = random.uniform(0, 9, rows), 1e8 + random.standard_normal(rows)
    data, prior = Dataset.from_arrays(x, y), Prior(1e8, 1.0)
    drawn = fit(data, "linear", "nuts", prior, Budget(draws=1000, warmup=500, chains=4), seed=3)
    low, high = (q[0] for q in posterior(data, Linear(), prior).sigma_quantiles([0.25, 0.75]))
    effective = drawn.diagnostics.ess_bulk["sigma"]
    below = [(drawn.noise < edge).mean() for edge in (low, high)]
    np.testing.assert_allclose(below, [0.25, 0.75], atol=4.5 * np.sqrt(0.1875 / effective) + 0.005)


@pytest.mark.parametrize("method", ["exact", "map", "nuts"])
@pytest.mark.parametrize("y", [[1e200, -1e200, 3e199], [1e-200, 2e-200, -1e-200], [1e308, 1e308, -1e308]])
def test_targets_beyond_arithmetic_are_refused(method, y):
    with pytest.raises(ValueError, match="other units"):
        fit(Dataset.from_arrays([1.0, 2.0, 4.0], y), "linear", method)
