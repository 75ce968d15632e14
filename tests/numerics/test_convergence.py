"""R-hat and effective sample sizes against arviz-stats, which takes one quantity at a time."""

from __future__ import annotations

import numpy as np
import pytest
from arviz_stats.base import array_stats
from scipy import stats

from bayes_core.numerics.convergence import TAILS, _normal_scores, convergence

SIZES = [(8, 250), (4, 501), (3, 77), (2, 9), (2, 4), (4, 7)]


def skewed_chains(memory: float, chains: int, draws: int, quantities: int = 5):
    """Return autoregressive chains with skewed shocks, one with ties and one whose chains disagree."""
    shocks = np.random.default_rng([3, chains, draws]).standard_gamma(0.7, (quantities, chains, draws))
    values = shocks.copy()
    for i in range(1, draws):
        values[..., i] += memory * values[..., i - 1]
    values[1] = np.round(values[1], 1 if draws < 20 else 0)
    values[2] += 2 * np.arange(chains)[:, None]
    return values


@pytest.mark.parametrize(("chains", "draws"), SIZES)
@pytest.mark.parametrize("memory", [0.0, 0.5, 0.95, -0.6])
def test_the_numbers_are_arviz_stats_own(chains, draws, memory):
    values = skewed_chains(memory, chains, draws)
    told, axes = convergence(values), {"chain_axis": 1, "draw_axis": 2}
    assert told.r_hat == pytest.approx(array_stats.rhat(values, **axes), rel=1e-9)
    assert told.ess_bulk == pytest.approx(array_stats.ess(values, **axes), rel=1e-9)
    assert told.ess_tail == pytest.approx(array_stats.ess(values, method="tail", prob=TAILS, **axes), rel=1e-9)


def test_a_tail_that_never_changes_is_known_without_error():
    values = np.minimum(skewed_chains(0.5, 4, 200), 0.9)  # 95 % quantile and maximum are the same
    told = convergence(values)
    assert told.ess_tail == pytest.approx(array_stats.ess(values, method="tail", prob=TAILS, chain_axis=1, draw_axis=2))
    assert np.isfinite(told.ess_tail).all()


def test_single_precision_tells_the_same_in_fewer_digits():
    values = skewed_chains(0.7, 8, 301)
    values[:, 2, 50:90] = values[:, 2, 50:51]  # a chain that stood still: ties
    told, single = convergence(values), convergence(values.astype(np.float32))
    for name, one in told._asdict().items():
        other = getattr(single, name)
        np.testing.assert_allclose(other, one, rtol=2e-3 if name == "spread_error" else 2e-4)
    assert single.r_hat.dtype == np.float32


def test_ties_share_the_middle_of_their_ranks():
    random = np.random.default_rng(4)
    values = np.round(7 * random.standard_gamma(1.5, (3, 4, 30)))  # whole numbers: differences are exact
    scores, folded = _normal_scores(values)
    middle = np.median(values, axis=(1, 2), keepdims=True)
    for found, of in ((scores, values), (folded, np.abs(values - middle))):
        for row, score in zip(of, found, strict=True):
            ranks = stats.rankdata(row.ravel())
            np.testing.assert_allclose(score.ravel(), stats.norm.ppf((ranks - 0.375) / (120 + 0.25)), rtol=1e-9)
