from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from bayes_core.numerics.normal import below


def test_the_share_below_is_scipys_to_twelve_digits():
    z = np.concatenate([np.linspace(-12.3, 11.7, 100_001), [-1e9, -60.0, 60.0, 1e9, 0.0, -0.0]])
    np.testing.assert_allclose(below(z, np.exp(-0.5 * z * z)), ndtr(z), rtol=0, atol=2e-12)
