from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayes_core.numerics.draws import central, densities, quantile_error

SKEWED = {"gamma": stats.gamma(2.2, scale=0.3), "beta": stats.beta(9, 60), "normal": stats.norm(-3, 0.01)}
each = pytest.mark.parametrize("truth", SKEWED.values(), ids=SKEWED)


@each
@pytest.mark.parametrize("level", [0.5, 0.9, 0.95])
def test_an_intervals_ends_err_as_much_as_they_say(truth, level):
    drawn = truth.rvs((800, 1000), random_state=np.random.default_rng(4))  # 800 repetitions
    found = central(drawn, level)
    below = (1 - level) / 2
    for ends, errors, p in ((found.low, found.low_error, below), (found.high, found.high_error, 1 - below)):
        assert ends.mean() == pytest.approx(truth.ppf(p), abs=4 * ends.std() / np.sqrt(800) + 0.1 * ends.std())
        assert np.sqrt((errors**2).mean()) == pytest.approx(ends.std(), rel=0.2)
        np.testing.assert_allclose(np.median(errors), ends.std(), rtol=0.15)


@each
@pytest.mark.parametrize("p", [0.05, 0.3, 0.95])
def test_a_quantiles_error_is_the_asymptotic_one(truth, p):
    drawn = truth.rvs((3, 400_000), random_state=np.random.default_rng(9))
    exact = np.sqrt(p * (1 - p) / 400_000) / truth.pdf(truth.ppf(p))
    np.testing.assert_allclose(quantile_error(drawn, np.quantile(drawn, p, axis=1), p), exact, rtol=0.05)


def test_an_interval_cuts_the_sorted_draws():
    drawn = np.random.default_rng(2).gamma(1.3, size=(2, 1001))
    found = central(drawn, 0.9)
    np.testing.assert_allclose([found.low, found.high], np.sort(drawn, axis=1)[:, [50, 950]].T)
    np.testing.assert_allclose(found.sd, [np.sqrt(((row - row.mean()) ** 2).mean()) for row in drawn])


def test_draws_that_are_all_alike_have_no_error():
    found = central(np.full((1, 50), 0.3), 0.8)
    assert (found.low, found.high, found.sd) == (0.3, 0.3, pytest.approx(0, abs=1e-15))
    assert found.low_error < 1e-10


def test_a_level_outside_is_refused():
    with pytest.raises(ValueError, match="the interval level is 1"):
        central(np.ones((1, 3)), 1.0)


def test_densities_are_kernel_estimates_row_by_row():
    drawn = np.stack([stats.gamma(3).rvs(900, random_state=1), stats.norm(4, 0.5).rvs(900, random_state=2)])
    grid = np.linspace(-4, 16, 801)
    for row, found in zip(drawn, densities(drawn, grid), strict=True):
        sd = row.std()
        peer = stats.gaussian_kde(row, bw_method=0.9 * 900**-0.2 * sd / row.std(ddof=1))
        np.testing.assert_allclose(found, peer(grid), atol=0.004 * peer(grid).max())
