from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayes_core import Dataset, Prior
from bayes_core.inference.exact import posterior
from bayes_core.inference.sigma_table import SigmaTable
from bayes_core.models import Linear

SHARES = np.array([0.005, 0.05, 0.31, 0.5, 0.77, 0.95, 0.995])


def test_quantiles_are_those_of_a_known_law():
    """Of a gamma's logarithm, which is skewed, in cells as wide as the posterior's; a span may be there twice."""
    law = stats.loggamma(2.3)
    at = np.linspace(law.ppf(1e-9), law.ppf(1 - 1e-12), 301)
    step = np.full(301, at[1] - at[0])
    step[0] = 0.0
    once = SigmaTable(at[None], 7 * law.pdf(at)[None], step[None])
    twice = SigmaTable(np.tile(at, 2)[None], np.tile(law.pdf(at), 2)[None], np.append(step, 0 * step)[None])
    for table in (once, twice):
        np.testing.assert_allclose(np.log(table.quantiles(SHARES)[0]), law.ppf(SHARES), atol=1e-5 * law.std())
        np.testing.assert_allclose(np.log(table.drawn(SHARES)[0]), law.ppf(SHARES), atol=4e-3 * law.std())


@pytest.mark.parametrize("width", [0.03, 0.3, 10.0])
def test_sigmas_quantiles_are_those_of_a_table_a_hundred_times_as_fine(width):
    """At 0.03 the prior leaves two explanations, and sigma two modes with nothing between."""
    x = np.linspace(0, 9, 60)
    answer = posterior(Dataset.from_arrays(x, 1 + 3 * x + np.sin(40 * x)), Linear(), Prior(width, 1.0))
    fine = np.linspace(-6, 9, 300_001)
    density = np.exp(answer.log_density_of_log_sigma(fine[None])[0] - answer.log_evidence[0])
    below = np.cumsum(density) - 0.5 * density
    truth = np.interp(SHARES * below[-1], below, fine)
    mean = density @ fine / density.sum()
    sd = np.sqrt(density @ (fine - mean) ** 2 / density.sum())
    np.testing.assert_allclose(np.log(np.ravel(answer.sigma_quantiles(SHARES))), truth, atol=1e-5 * sd)
