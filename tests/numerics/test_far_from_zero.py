"""Spreads of numbers that are large beside their differences: what is squared is centred first."""

from __future__ import annotations

import numpy as np
import pytest

from bayes_core import Budget, Dataset, Linear, fit
from bayes_core.foundations.conjugate.belief import Seen
from bayes_core.summaries.answers.draws import Draws
from bayes_core.summaries.sweep import Track, log_joint

LEVELS = [0.7, 1e8, -1e9, 3e12]


@pytest.mark.parametrize("level", LEVELS)
def test_observations_are_scattered_as_they_are(level):
    for seed in range(20):
        random = np.random.default_rng(seed)
        y = level + random.standard_gamma(0.8, 30) * (1 if seed % 2 else 1e-6 * abs(level))
        y[0] += 1e3 * abs(level) * (seed % 3 == 0)  # the first may be an outlier: nothing may lean on it
        seen = Seen.along(y)
        told = [0.0, *(float(((y[:n] - y[:n].mean()) ** 2).sum()) for n in range(1, 31))]
        np.testing.assert_allclose(seen.scatter, told, rtol=1e-6, atol=1e-12 * y.max() ** 2 * np.finfo(float).eps)
    assert Seen.along(np.full(9, level)).scatter.max() == 0.0


@pytest.mark.parametrize("level", LEVELS)
def test_weighted_draws_keep_their_sd(level):
    asked = fit(
        Dataset.from_arrays([0.0, 1.0], [0.1, 0.3]), "linear", "prior", budget=Budget(draws=400, chains=1), seed=1
    )
    values, weight = asked.draws["intercept"], np.repeat([[1.0, 3.0]], 200, axis=0).reshape(1, -1) / 800
    size = 1e-6 * abs(level)
    moved = type(asked)(
        asked.question,
        {"intercept": level + size * values, "coef": asked.draws["coef"]},
        asked.noise,
        None,
        asked.diagnostics,
    )
    _, sd = Draws(moved, weight, np.zeros(400)).moments("intercept")
    truth = size * np.sqrt(np.cov(values, aweights=weight[0], ddof=0))
    assert sd[0] == pytest.approx(float(truth), rel=1e-6)


@pytest.mark.parametrize("level", LEVELS)
def test_reweighting_to_other_targets_keeps_its_digits(level):
    """Differences of log likelihoods, by residuals: a shift of everything changes none of them."""
    x, random = np.linspace(0, 1, 7), np.random.default_rng(2)
    y = level + np.stack([random.standard_normal(7), random.standard_normal(7)])
    weights = np.array([[level, 0.4], [level + 0.5, -0.1]])
    sigma = np.array([0.7, 2.0])
    asked = Track("noise", np.ones(2), x[:, None], y, np.full(2, abs(level)), 1.0)
    found = log_joint(asked, Linear(), weights, sigma)
    f = weights[:, :1] + weights[:, 1:] * x
    told = np.stack([-0.5 * (((one - f) / sigma[:, None]) ** 2).sum(1) for one in y])
    np.testing.assert_allclose(found[1] - found[0], told[1] - told[0], rtol=1e-6, atol=1e-6)
