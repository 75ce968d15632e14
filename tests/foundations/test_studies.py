from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from bayes_core.foundations.studies import beta_draws, ppv_draws, ppv_reach


@pytest.mark.parametrize(("rate", "size"), [(0.8, 98), (0.03, 1500), (0.0, 20), (1.0, 7), (0.4, 0)])
def test_measured_rates_are_drawn_from_their_beta(rate, size):
    draws = beta_draws(rate, size, 3000, seed=5)
    truth = stats.beta(1 + rate * size, 1 + (1 - rate) * size)
    assert stats.kstest(draws, truth.cdf).pvalue > 0.01
    assert abs(np.corrcoef(draws[1:], draws[:-1])[0, 1]) < 0.06  # they are not sorted


def test_draws_rise_with_the_rate_in_the_same_ranks():
    draws = beta_draws(np.linspace(0.2, 0.9, 71).reshape(71, 1), np.array([40.0, 400.0]), 500, seed=2)
    assert draws.shape == (71, 2, 500)
    assert (np.diff(draws, axis=0) > 0).all()
    order = np.argsort(draws, axis=-1)
    assert (order == order[0, 0]).all()


@pytest.mark.parametrize(("rate", "size"), [(0.5, -1), (1.2, 2), (-0.1, 3), (math.nan, 4)])
def test_impossible_studies_are_refused(rate, size):
    with pytest.raises(ValueError, match=r"people were studied|between 0 and 1|must be finite"):
        beta_draws(rate, size, 10, seed=1)


def test_a_predictive_value_is_as_unsure_as_its_rates():
    prevalence, sensitivity, specificity, studied = 0.03, 0.7, 0.95, np.array([60.0, 4000.0])
    draws = ppv_draws(prevalence, sensitivity, specificity, studied, 20_000, seed=5)
    assert draws.shape == (2, 20_000)
    random = np.random.default_rng(8)
    for row, size in zip(draws, studied, strict=True):
        p, hit, clear = (
            stats.beta(1 + rate * size, 1 + (1 - rate) * size).rvs(200_000, random_state=random)
            for rate in (prevalence, sensitivity, specificity)
        )
        truth = p * hit / (p * hit + (1 - p) * (1 - clear))
        assert stats.ks_2samp(row, truth).pvalue > 0.01
    assert draws[1].std() < 0.2 * draws[0].std()


@pytest.mark.parametrize("moved", range(4))
def test_predictive_values_along_a_handle_are_those_one_by_one(moved):
    rates = [0.02, 0.8, 0.9, 150.0]
    handle = np.array([40.0, 300.0, 9000.0]) if moved == 3 else np.array([0.0, 0.4, 1.0])
    along = ppv_draws(*(handle if k == moved else rate for k, rate in enumerate(rates)), draws=300, seed=11)
    for value, row in zip(handle, along, strict=True):
        alone = [float(value) if k == moved else rate for k, rate in enumerate(rates)]
        parts = [beta_draws(rate, alone[3], 300, 11 + k) for k, rate in enumerate(alone[:3])]
        for draw in range(0, 300, 60):
            p, hit, clear = (part[draw] for part in parts)
            assert row[draw] == pytest.approx(p * hit / (p * hit + (1 - p) * (1 - clear)), rel=1e-12)


@pytest.mark.parametrize(("scale", "reach"), [(1.0, 1.0), (0.16, 0.5), (0.03, 0.1), (1e-4, 0.01)])
def test_a_picture_reaches_over_three_times_what_is_likely(scale, reach):
    draws = scale * stats.beta(2, 5).rvs(4000, random_state=3)
    assert ppv_reach(draws) == reach
    likely = np.sort(draws)[3799]
    assert reach >= min(3 * likely, 1)
    assert reach == 0.01 or reach / 2.5 < 3 * likely
