"""Curves along a handle: fits made at single positions in the place of draws that were only reweighted to them."""

from __future__ import annotations

import numpy as np
import pytest

from bayes_core import Budget, Mlp, Prior, fit
from bayes_core.summaries.curves import Curves, curves, log_prior_ratio
from bayes_core.types import Dataset

PARTS = ("members", "noise")


def some(size: int, seed: int) -> Curves:
    """Return curves at `size` positions and four places, made of unequal numbers."""
    random = np.random.default_rng(seed)
    edges = {}
    for name in ("credible", "inner", "predictive"):
        low = random.normal(size=(size, 4))
        edges[name] = (low, low + random.exponential(size=(size, 4)))
    noise = random.exponential(size=(size, 3, 4))
    worth = random.exponential(size=(2, size))
    return Curves(edges, random.normal(size=(size, 3, 4)), (0, size - 1), noise, *worth)


@pytest.fixture
def wide() -> Curves:
    """Answers at positions 2 to 4 of 7."""
    return some(3, 1).among(7, 2)


def test_fits_take_the_place_of_what_stood_at_their_positions(wide):
    others = {3: some(1, 2), 6: some(1, 3), 0: some(1, 4)}
    made = wide.replaced(others)
    for v in range(7):
        source, at = (others[v], 0) if v in others else (wide, v)
        for part in PARTS:
            np.testing.assert_array_equal(getattr(made, part)[v], getattr(source, part)[at])
        for name in wide.edges:
            for side in (0, 1):
                np.testing.assert_array_equal(made.edges[name][side][v], source.edges[name][side][at])
    assert made.trusted == wide.trusted == (2, 4)
    assert made.known.tolist() == [True, False, True, True, True, False, True]
    assert np.isnan(wide.noise[[0, 6]]).all()  # the ones replaced are as they were
    assert wide.replaced({}) is wide
    np.testing.assert_array_equal(made.pareto_k, wide.pareto_k)  # they are about the draws that were reweighted


@pytest.mark.parametrize(("others", "run"), [((), (2, 4)), ((5,), (2, 5)), ((6, 1), (1, 4)), ((0, 1, 5, 6), (0, 6))])
def test_the_run_around_home_ends_before_the_first_position_without_an_answer(wide, others, run):
    assert wide.replaced({v: some(1, v) for v in others}).answered(3) == run


def test_half_a_width_is_half_the_way_between_the_edges(wide):
    half = wide.half_width("inner")
    for v in range(7):
        for g in range(4):
            low, high = (side[v, g] for side in wide.edges["inner"])
            assert half[v, g] == pytest.approx((high - low) / 2, nan_ok=True)
    assert not np.allclose(wide.half_width(), half, equal_nan=True)


def test_noise_is_told_by_its_quantiles_and_each_position_says_what_reweighting_was_worth():
    """A half-Cauchy has no mean: scipy's quantiles of it are what a prior's draws must show."""
    from scipy import stats

    data = Dataset.from_arrays([-1.0, 0.2, 0.9, 2.5], [0.3, -0.4, 0.9, 0.1])
    asked = fit(data, Mlp((3,)), "prior", Prior(1.0, 1.3), Budget(draws=2000, chains=1), seed=4)
    x, widths = np.array([[-1.0], [0.5]]), np.array([0.05, 0.95, 1.0, 1.1, 9.0])
    found = curves(asked, x, 0.8)
    true = stats.halfcauchy(scale=1.3).ppf([0.1, 0.5, 0.9])
    assert found.noise.shape == (1, 3, 2)
    np.testing.assert_allclose(found.noise[0, :, 0], true, rtol=0.12)
    assert (found.pareto_k[0], found.effective[0]) == (-np.inf, 2000)
    along = curves(asked, x, 0.8, log_prior_ratio(asked, widths), 2)
    assert along.known.tolist() == [False, True, True, True, False]
    assert (along.pareto_k[1:4] < 0.7).all()
    assert (along.effective[[0, 4]] < 200).all()
    weight = np.exp(log_prior_ratio(asked, widths)[3])
    assert along.effective[3] == pytest.approx(weight.sum() ** 2 / (weight**2).sum(), rel=0.05)
