from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayes_core import Bumps, Dataset, Linear, Prior, fit, predict
from bayes_core.predict import log_likelihood


def test_functions_are_the_model(skewed):
    answer = fit(skewed, method="exact")
    x = np.array([0.0, 2.5])
    f = predict(answer, x).f[:, :, 0]
    np.testing.assert_allclose(f[:, 0], answer.draws["intercept"])
    np.testing.assert_allclose(f[:, 1], answer.draws["intercept"] + 2.5 * answer.draws["coef"][:, 0])


def test_log_likelihood_is_scipys(skewed):
    answer = fit(skewed, method="exact")
    found = log_likelihood(answer, skewed)
    f = predict(answer, skewed.x).f[:, :, 0]
    np.testing.assert_allclose(found, stats.norm(f, answer.noise[:, None]).logpdf(skewed.y), rtol=1e-10)


def test_bumps_are_a_basis():
    x = np.linspace(0, 10, 30)
    answer = fit(Dataset.from_arrays(x, np.sin(x)), Linear(basis=Bumps()), "exact", Prior(1, 0.05, noise_known=True))
    f = predict(answer, x).f[:, :, 0]
    assert np.abs(f.mean(0) - np.sin(x)).max() < 0.1
    with pytest.raises(ValueError, match="bumps read one input"):
        fit(Dataset.from_arrays(np.ones((3, 2)), np.ones(3)), "bumps", "exact")
