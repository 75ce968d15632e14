from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from bayes_core.numerics.normal import below, held, holding


def test_the_share_below_is_scipys_to_twelve_digits():
    z = np.concatenate([np.linspace(-12.3, 11.7, 100_001), [-1e9, -60.0, 60.0, 1e9, 0.0, -0.0]])
    np.testing.assert_allclose(below(z, np.exp(-0.5 * z * z)), ndtr(z), rtol=0, atol=2e-12)


def test_in_single_precision_shares_and_their_ends_are_scipys_to_four_digits():
    x = np.linspace(-6, 6, 20_001, dtype=np.float32)
    np.testing.assert_allclose(held(x), 2 * ndtr(x.astype(float)) - 1, rtol=0, atol=3e-4)
    share = np.linspace(-0.999993, 0.999993, 20_001, dtype=np.float32)
    np.testing.assert_allclose(holding(share), ndtri((1 + share.astype(float)) / 2), rtol=0, atol=5e-5)
    assert 4.5 < holding(np.ones(1, np.float32))[0] < 5
