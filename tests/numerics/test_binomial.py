"""Binomial sums against scipy.stats and against enumeration."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayes_core.numerics import binomial

N = np.array([1, 2, 7, 19, 60, 400, 2000, 100_000])
P = np.array([0.0, 1e-9, 0.013, 0.1, 0.31, 0.5, 0.77, 0.999, 1.0])


@pytest.mark.parametrize("tail", [0.005, 0.05, 0.5, 0.95, 0.999])
def test_quantiles_are_scipys(tail):
    n, p = np.meshgrid(N, P)
    np.testing.assert_array_equal(binomial.quantile(tail, n, p), stats.binom.ppf(tail, n, p))


def test_the_cdf_is_scipys_also_below_zero_and_beyond_n():
    k, n, p = np.meshgrid(np.array([-2.0, -1, 0, 0.5, 3, 19, 3000]), N, P)
    np.testing.assert_allclose(binomial.cdf(k, n, p), stats.binom.cdf(k, n, p), rtol=1e-10, atol=1e-250)


def test_the_mean_gap_is_the_sum_over_all_counts():
    for n in (1, 2, 7, 60, 400):
        k = np.arange(n + 1)
        for p in P:
            want = (stats.binom.pmf(k, n, p) * np.abs(k / n - p)).sum()
            assert binomial.mean_gap(n, p) == pytest.approx(want, rel=1e-9, abs=1e-14)
