from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import brentq

from bayes_core.numerics import mixture

WEIGHT = np.array([0.5, 0.3, 0.2])
MEAN = np.array([-1.0, 0.5, 8.0])
SD = np.array([0.2, 1.0, 3.0])


@pytest.mark.parametrize("probability", [1e-4, 0.05, 0.25, 0.5, 0.77, 0.95, 0.9999])
def test_quantile_solves_the_distribution_function(probability):
    at = mixture.quantile(probability, WEIGHT, MEAN, SD)
    truth = brentq(lambda a: sum(WEIGHT * stats.norm.cdf(a, MEAN, SD)) - probability, -100, 100, xtol=1e-12)
    assert float(at) == pytest.approx(truth, abs=1e-6)


def test_several_quantiles_and_axes_at_once():
    mean = MEAN + np.arange(6.0).reshape(2, 3, 1)
    low, high = mixture.quantiles((0.1, 0.9), WEIGHT, mean, SD)
    assert low.shape == (2, 3)
    for i in range(2):
        for j in range(3):
            assert low[i, j] == pytest.approx(float(mixture.quantile(0.1, WEIGHT, mean[i, j], SD)), abs=1e-6)
    assert (low < high).all()


def test_points_are_their_own_quantile():
    np.testing.assert_allclose(mixture.quantile(0.3, np.ones(1), np.array([[5.0], [-2.0]]), np.zeros(1)), [5.0, -2.0])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0.01, 1), st.floats(-50, 50), st.floats(0.01, 20)), min_size=1, max_size=6),
    st.floats(0.001, 0.999),
)
def test_quantile_inverts_cdf(parts, probability):
    weight, mean, sd = (np.array(part) for part in zip(*parts, strict=True))
    weight = weight / weight.sum()
    at = mixture.quantile(probability, weight, mean, sd, tolerance=1e-10)
    spread = np.sqrt((weight * (sd**2 + mean**2)).sum() - (weight * mean).sum() ** 2)
    slack = 1e-7 * spread
    assert mixture.cdf(at - slack, weight, mean, sd) <= probability + 1e-9
    assert mixture.cdf(at + slack, weight, mean, sd) >= probability - 1e-9


@pytest.mark.parametrize("probability", [0.02, 0.25, 0.5, 0.95])
def test_the_tolerance_holds_also_where_far_tails_make_the_sd_large(probability):
    sd = np.geomspace(1.0, 1e9, 60)
    weight = 1 / sd**1.2
    weight /= weight.sum()
    spread = np.sqrt(weight @ sd**2)
    at = mixture.quantile(probability, weight, 0.3 * np.log(sd), sd, tolerance=1e-4)
    truth = brentq(lambda a: weight @ stats.norm.cdf(a, 0.3 * np.log(sd), sd) - probability, -1e10, 1e10, xtol=1e-9)
    density = weight @ stats.norm.pdf(truth, 0.3 * np.log(sd), sd)
    assert spread > 1e3
    assert abs(float(at) - truth) < 1e-4 * 2 * probability * (1 - probability) / density
