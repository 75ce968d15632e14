"""Beliefs as curves: their heights are those of scipy's densities, side by side."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayes_core.foundations.conjugate.belief import Seen
from bayes_core.foundations.conjugate.beta import Beta
from bayes_core.foundations.conjugate.densities import fine_grid, heights, likelihood_heights, predictive, rises
from bayes_core.foundations.conjugate.gamma import Gamma
from bayes_core.foundations.conjugate.normal import Normal

A, B = np.array([2.5, 0.7, 40.0]), np.array([0.7, 3.0, 9.0])
BESIDE = {  # three positions of two beliefs, the same in scipy, and an axis
    "beta": ((Beta(A, B), Beta(B + 1, A + 1)), (stats.beta(A, B), stats.beta(B + 1, A + 1)), (0.0, 1.0)),
    "gamma": (
        (Gamma(A, B), Gamma(B + 2, A)),
        (stats.gamma(A, scale=1 / B), stats.gamma(B + 2, scale=1 / A)),
        (0.0, 12.0),
    ),
    "normal": ((Normal(A, B, 2.0), Normal(-B, A, 2.0)), (stats.norm(A, B), stats.norm(-B, A)), (-30.0, 60.0)),
}


def _infinite(truth, v, axis):
    """Return whether scipy's density is infinite at either end of an axis."""
    with np.errstate(divide="ignore"):
        return [bool(np.isinf(truth.pdf(end)[v])) for end in axis]


each = pytest.mark.parametrize(("beliefs", "truths", "axis"), BESIDE.values(), ids=BESIDE)


@each
def test_a_grid_is_fine_where_a_belief_has_its_mass(beliefs, truths, axis):
    for belief, truth in zip(beliefs, truths, strict=True):
        grid = fine_grid(belief, *axis)
        assert grid.shape == (3, 136)
        assert (np.diff(grid, axis=1) >= 0).all()
        assert (grid[:, 0], grid[:, -1]) == (pytest.approx(axis[0]), pytest.approx(axis[1]))
        low, high = truth.ppf(0.1), truth.ppf(0.9)
        for v in range(3):
            inside = (grid[v] >= low[v]) & (grid[v] <= high[v])
            assert np.diff(grid[v][inside]).max() <= 0.2 * truth.std()[v]


@each
def test_heights_are_shares_of_the_highest_peak_of_all(beliefs, truths, axis):
    drawn = heights({"one": beliefs[0], "other": beliefs[1]}, *axis)
    with np.errstate(divide="ignore"):
        logs = {name: truth.logpdf(drawn[name].x.T).T for name, truth in zip(drawn, truths, strict=True)}
    pdf = {name: np.exp(np.minimum(log, 700)) for name, log in logs.items()}
    room = (axis[1] - axis[0]) / 71
    for v in range(3):
        tops = []
        for name, truth in zip(drawn, truths, strict=True):
            x = drawn[name].x[v]
            at_low, at_high = _infinite(truth, v, axis)
            kept = (x >= axis[0] + room * at_low) & (x <= axis[1] - room * at_high)
            tops.append(pdf[name][v][kept].max())
        top = max(tops)
        for name in drawn:
            share = np.minimum(pdf[name][v] / top, np.exp(0.4))
            np.testing.assert_allclose(drawn[name].y[v], share, rtol=1e-8, atol=1e-12)


def test_an_infinite_edge_leaves_the_other_curve_its_height():
    """/updating: a prior worth less than two flips drew posterior and likelihood flat on zero."""
    for worth in (0.1, 0.5, 1.9):
        prior = Beta.around([0.5, 0.02, 0.98], [worth] * 3)
        after = prior.learn(Seen.flips(4, 2))
        drawn = heights({"prior": prior, "posterior": after}, 0.0, 1.0)
        assert (drawn["posterior"].y.max(1) > 0.6).all()
        assert np.isclose(drawn["prior"].y.max(1), np.exp(0.4)).all()
        assert rises(prior, 0.0, 1.0).any(1).all()
        assert not rises(after, 0.0, 1.0).any()
    assert not rises(Beta([0.5], [0.5]), 0.1, 0.9).any()  # the axis does not reach so far
    assert rises(Gamma([0.5, 1.0], [1.0, 1.0]), 0.0, 9.0).tolist() == [[True, False], [False, False]]
    assert not rises(Normal([0.0], [1.0], [1.0]), -9.0, 9.0).any()


def test_a_belief_without_a_peak_stays_finite():
    drawn = heights({"bathtub": Beta(np.array([0.5]), np.array([0.5]))}, 0.0, 1.0)["bathtub"]
    assert np.isfinite(drawn.y).all()
    assert drawn.y.max() <= np.exp(0.4)


def test_a_likelihood_is_a_share_of_its_own_peak():
    flips, weights, counts = np.array([1, 1, 0, 1.0]), np.array([3.1, -0.4, 5.5]), np.array([2, 0, 7.0])
    met = [
        (Beta(1.0, 1.0), flips, np.linspace(0, 1, 801), stats.bernoulli.pmf, {}),
        (Normal(0.0, 5.0, 2.3), weights, np.linspace(-4, 9, 801), stats.norm.pdf, {"scale": 2.3}),
        (Gamma(1.0, 1.0), counts, np.linspace(0, 15, 801), stats.poisson.pmf, {}),
    ]
    for belief, data, grid, density, more in met:
        product = np.prod([density(y, grid, **more) for y in data], axis=0)
        found = likelihood_heights(belief, Seen.along(data).at(np.array([len(data), 0])), np.stack([grid, grid]))
        np.testing.assert_allclose(found[0], product / product.max(), atol=1e-9)
        np.testing.assert_array_equal(found[1], 1.0)


def test_predictions_are_scipys():
    heads, counts, places = np.arange(11.0), np.arange(30.0), np.linspace(-9, 9, 25)
    for v, row in enumerate(predictive(Beta(A, B), heads, 10)):
        np.testing.assert_allclose(row, stats.betabinom(10, A[v], B[v]).pmf(heads), rtol=1e-9)
    for v, row in enumerate(predictive(Gamma(A, B), counts, 10)):
        np.testing.assert_allclose(row, stats.nbinom(A[v], B[v] / (B[v] + 1)).pmf(counts), rtol=1e-8, atol=1e-300)
    for v, row in enumerate(predictive(Normal(A, B, 2.0), places, 10)):
        np.testing.assert_allclose(row, stats.norm(A[v], np.hypot(B[v], 2.0)).pdf(places), rtol=1e-9)
    assert predictive(Gamma(2.0, 1.0), counts, 10).shape == (1, 30)
