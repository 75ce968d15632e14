"""Averages over draws and their exact errors, and the evidence by cells: against closed forms and repeated worlds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayes_core.data import blog
from bayes_core.evaluation.ahead import of_line
from bayes_core.evaluation.futures import Mixture
from bayes_core.evaluation.monte_carlo import QUANTITIES, Evidence, draws_of, running, spread_of
from bayes_core.models import Linear
from bayes_core.types import Prior

SKEWED = Mixture(np.array([0.7, 0.3]), np.array([0.0, 4.0]), np.array([1.0, 2.5]))  # lopsided, of two parts


@pytest.fixture(scope="module")
def skewed():
    return spread_of(SKEWED)


def test_what_is_exact_is_the_mixtures_own(skewed):
    mean = 0.3 * 4
    variance = 0.7 * 1 + 0.3 * 2.5**2 + 0.7 * mean**2 + 0.3 * (4 - mean) ** 2
    told = {name: quantity.exact(skewed) for name, quantity in QUANTITIES.items()}
    assert told["mean"] == pytest.approx(mean, abs=1e-5)
    assert told["sd"] == pytest.approx(np.sqrt(variance), rel=1e-4)
    for name, p in (("median", 0.5), ("upper", 0.95)):
        assert SKEWED.below(told[name]) == pytest.approx(p, abs=1e-4)
    density = 0.7 * stats.norm.pdf(2.0) + 0.3 * stats.norm.pdf(2.0, 4.0, 2.5)
    assert skewed.density(np.array(2.0)) == pytest.approx(density, rel=3e-3)


def test_errors_of_independent_draws_are_the_textbooks():
    """Of a Gaussian: sd, sd sqrt(pi / 2), sd sqrt(p (1 - p)) / phi, sd / sqrt(2), sqrt(p (1 - p))."""
    bell = spread_of(Mixture.of(10.0, 3.0))
    z = stats.norm.ppf(0.95)
    expected = {
        "mean": 3.0,
        "median": 3 * np.sqrt(np.pi / 2),
        "upper": 3 * np.sqrt(0.95 * 0.05) / stats.norm.pdf(z),
        "sd": 3 / np.sqrt(2),
        "rare": np.sqrt(0.01 * 0.99),
    }
    for name, value in expected.items():
        assert QUANTITIES[name].error(bell, 0.0) == pytest.approx(value, rel=0.01), name  # nodes cut an indicator


def test_memory_costs_what_the_chains_law_says():
    """A Gaussian AR(1): the mean's variance grows by (1 + r) / (1 - r), the sd's, a square's, by that of r squared."""
    bell = spread_of(Mixture.of(0.0, 1.0))
    for r in (0.3, 0.9):
        mean, sd = (QUANTITIES[name].error(bell, r) / QUANTITIES[name].error(bell, 0.0) for name in ("mean", "sd"))
        assert mean**2 == pytest.approx((1 + r) / (1 - r), rel=1e-6)
        assert sd**2 == pytest.approx((1 + r**2) / (1 - r**2), rel=1e-6)
    sign = 1 + 4 / np.pi * np.arcsin(0.6 ** np.arange(1, 400)).sum()  # of a median: signs correlate by the arcsine law
    ratio = QUANTITIES["median"].error(bell, 0.6) / QUANTITIES["median"].error(bell, 0.0)
    assert ratio**2 == pytest.approx(sign, rel=0.01)


@pytest.mark.parametrize("correlation", [0.0, 0.8])
@pytest.mark.parametrize("name", list(QUANTITIES))
def test_estimates_of_many_streams_scatter_by_that_error(skewed, name, correlation):
    """Two thousand streams of 1,500 draws: their sd, known to 1.6 %, is the error that is told; no bias."""
    quantity, streams, size = QUANTITIES[name], 2000, 1500
    noise = np.random.default_rng(3).standard_normal((streams, size))
    told = running(skewed, quantity, np.array([float(size)]), noise, correlation)
    assert told.estimates.std() == pytest.approx(told.error[0], rel=0.08)  # 5 errors, and what is not yet linear
    assert abs(told.estimates.mean() - told.exact) < 5 * told.error[0] / np.sqrt(streams) + 0.03 * told.error[0]
    within = (np.abs(told.estimates - told.exact) <= 1.6449 * told.error).mean()
    assert within == pytest.approx(0.9, abs=0.035)  # 5 errors of a share


def test_a_chain_starts_where_it_stays_and_remembers(skewed):
    noise = np.random.default_rng(5).standard_normal((4000, 3))
    draws = draws_of(skewed, noise, 0.9)
    for column in draws.T:  # the same distribution from the first draw on
        assert stats.kstest(column, lambda at: SKEWED.below(np.asarray(at))).pvalue > 1e-3
    z = stats.norm.ppf(np.clip(SKEWED.below(draws), 1e-12, 1 - 1e-12))
    assert np.corrcoef(z[:, 0], z[:, 1])[0, 1] == pytest.approx(0.9, abs=0.02)
    assert np.corrcoef(z[:, 0], z[:, 2])[0, 1] == pytest.approx(0.81, abs=0.03)


def test_an_exact_forecast_is_averaged():
    """The tutorial's line at x = 2: mean 1.317 + 2 x 44.341, as the published posterior has it."""
    now = of_line(blog(100, 42).dataset(), Linear(), Prior(10, 5), np.array([2.0]), 2).now
    told = spread_of(now)
    assert told.mean == pytest.approx(1.317 + 2 * 44.341, abs=0.01)
    assert told.sd == pytest.approx(np.hypot(10.8, 2.6), rel=0.02)  # noise, and slope with intercept


def test_a_memory_that_the_series_cannot_hold_is_refused(skewed):
    with pytest.raises(ValueError, match=r"0\.99 is outside 0 to 0\.95"):
        QUANTITIES["mean"].error(skewed, 0.99)


# ------------------------------------------------------------------------------------------------------------ evidence
@pytest.mark.parametrize("told", [0.1, 0.5])
def test_the_evidence_is_a_multivariate_normals(told):
    evidence = Evidence(told, 4)
    y, variance = evidence.measured
    for d in range(1, 5):
        dense = stats.multivariate_normal(np.zeros(d), (1 + variance) * np.eye(d)).logpdf(y[:d])
        assert evidence.exact[d - 1] == pytest.approx(dense, rel=1e-10)
    posterior_sd = np.sqrt(1 / (1 + 1 / variance))
    assert posterior_sd == pytest.approx(told)


def test_a_product_of_sums_is_the_sum_over_all_cells():
    """Three parameters, nine cells an axis: all 729 cells, one by one."""
    evidence = Evidence(0.4, 3)
    y, variance = evidence.measured
    axis = -4 + 8 / 9 * (np.arange(9) + 0.5)
    theta = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), -1).reshape(-1, 3)
    joint = stats.norm.pdf(theta).prod(1) * stats.norm.pdf(y, theta, np.sqrt(variance)).prod(1)
    assert evidence.by_cells(9)[2] == pytest.approx(np.log(joint.sum() * (8 / 9) ** 3), rel=1e-10)
    assert evidence.cells(9)[2] == len(theta)


def test_enough_cells_are_enough_and_one_less_is_not():
    evidence = Evidence(0.2, 6)
    for d, enough in enumerate(evidence.enough_cells().astype(int)):
        off = [abs(np.expm1(evidence.by_cells(k)[d] - evidence.exact[d])) for k in (enough - 1, enough, enough + 1)]
        assert off[0] > 0.01 >= max(off[1:])


def test_prior_draws_scatter_as_their_closed_form_says():
    evidence = Evidence(0.5, 2)
    y, variance = evidence.measured
    theta = np.random.default_rng(7).standard_normal((400_000, 2))
    likelihood = stats.norm.pdf(y, theta, np.sqrt(variance)).prod(1)
    assert np.log(likelihood.mean()) == pytest.approx(evidence.exact[1], abs=0.02)
    share = likelihood.mean() ** 2 / (likelihood**2).mean()
    assert evidence.effective[1] == pytest.approx(share, rel=0.03)
    assert evidence.enough_draws(0.1)[1] == pytest.approx(likelihood.var() / likelihood.mean() ** 2 / 0.01, rel=0.03)


@pytest.mark.parametrize(
    ("told", "parameters", "why"), [(0.5, 0, "needs 1 or more"), (1.0, 2, "below 1"), (0.01, 2, "0.04")]
)
def test_integrals_without_a_meaning_are_refused(told, parameters, why):
    with pytest.raises(ValueError, match=why):
        Evidence(told, parameters)
