from __future__ import annotations

import numpy as np
from scipy import stats

from bayes_core import Budget, Prior, fit
from bayes_core.inference.prior import density

BIG = Budget(draws=20_000, chains=1)


def test_draws_are_the_prior(skewed):
    answer = fit(skewed, method="prior", prior=Prior(width=3.0, noise=2.0), budget=BIG, seed=2)
    assert stats.kstest(answer.draws["intercept"], stats.norm(0, 3).cdf).pvalue > 0.01
    assert stats.kstest(answer.draws["coef"][:, 0], stats.norm(0, 3).cdf).pvalue > 0.01
    assert stats.kstest(answer.noise, stats.halfcauchy(0, 2).cdf).pvalue > 0.01
    assert abs(np.corrcoef(answer.draws["intercept"], answer.draws["coef"][:, 0])[0, 1]) < 4.5 / np.sqrt(20_000)


def test_the_data_play_no_part(skewed, blog):
    first, second = (fit(data, method="prior", budget=BIG, seed=2) for data in (skewed, blog))
    np.testing.assert_array_equal(first.draws["coef"], second.draws["coef"])


def test_densities_of_the_prior_are_scipys():
    width, noise, grid = np.array([0.4, 7.0]), np.array([2.0, 0.3]), np.array([0.05, 0.9, 3.3])
    for v in range(2):
        sigma = stats.halfcauchy(0, noise[v]).pdf(grid)
        np.testing.assert_allclose(density("sigma", grid, width, noise)[v], sigma, rtol=1e-12)
        weight = stats.norm(0, width[v]).pdf(-grid)
        np.testing.assert_allclose(density("coef[0]", -grid, width, noise)[v], weight, rtol=1e-12)
