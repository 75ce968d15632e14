from __future__ import annotations

from fractions import Fraction

import numpy as np
from scipy import special

from bayes_core.foundations.hypotheses import log_odds, odds, posterior


def test_a_posterior_is_prior_times_likelihood_and_order_does_not_matter():
    prior, likelihood = np.array([0.5, 0.3, 0.2]), np.array([[0.1, 0.0, 0.9], [0.7, 0.2, 0.4]])
    with np.errstate(divide="ignore"):
        share = posterior(np.log(prior), np.log(likelihood))
    np.testing.assert_allclose(share, [[5 / 23, 0, 18 / 23], [35 / 49, 6 / 49, 8 / 49]], atol=1e-15)
    steps = np.log(np.random.default_rng(3).random((1000, 3))) * 5
    there, back = posterior(np.log(prior), steps.sum(0)), posterior(np.log(prior) + steps[::-1].sum(0), np.zeros(3))
    np.testing.assert_allclose(there, back, rtol=1e-8)


def test_odds_are_shares_over_what_is_left():
    share = [Fraction(0), Fraction(1, 100), Fraction(2, 7), Fraction(99, 100)]
    exact = [float(p / (1 - p)) for p in share]
    np.testing.assert_allclose(odds([float(p) for p in share]), exact, rtol=1e-12)
    assert odds([1.0])[0] == np.inf
    assert np.isnan(odds(np.nan))


def test_log_odds_are_scipys_within_twelve_tens():
    share = np.array([1e-9, 0.3, 0.5, 0.999])
    np.testing.assert_allclose(log_odds(share), special.logit(share) / np.log(10), rtol=1e-9, atol=1e-12)
    np.testing.assert_array_equal(log_odds([0.0, 1.0, 1e-30]), [-12, 12, -12])
    assert np.isnan(log_odds(np.nan))
