from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.linear_model import Lasso

from bayes_core import Linear, Polynomial, Standard
from bayes_core.data import diabetes
from bayes_core.numerics.lasso import lasso

FEW = settings(max_examples=40, deadline=None, derandomize=True)


def violation(design, y, threshold, beta):
    """How far the subgradient conditions fail: x'r = t sign(b) where b != 0, |x'r| <= t elsewhere; relative to t."""
    pull = design.T @ (y - design @ beta)
    gap = np.where(beta != 0, np.abs(pull - threshold * np.sign(beta)), np.maximum(np.abs(pull) - threshold, 0))
    return gap.max() / threshold


def cost(design, y, threshold, beta):
    return 0.5 * ((y - design @ beta) ** 2).sum() + threshold * np.abs(beta).sum()


def designs():
    random = np.random.default_rng(11)
    plain = random.gamma(2, 1, (25, 6)) - 1
    near = plain[:, :1] + 0.01 * random.standard_normal((25, 3))
    wide = random.exponential(1, (8, 20)) - 0.7
    patients = diabetes(("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"))
    x12 = random.uniform(-1, 1, (12, 1))
    cases = {
        "random": plain,
        "correlated": np.hstack([plain, near]),
        "wide": wide,
        "collinear": np.hstack([plain, plain[:, :2] @ [[1.0], [-2.0]]]),
        "duplicated": np.hstack([plain, plain[:, [0, 3]]]),
        "opposite": np.hstack([plain, -plain[:, [1]]]),
        "zero column": np.insert(plain, 2, 0.0, axis=1),
        "one column": plain[:, :1],
        "degree 15, 12 points": Linear(Polynomial(15)).design(x12),
        "degree 15, 60 points": Linear(Polynomial(15)).design(random.uniform(-1, 1, (60, 1))),
    }
    made = {}
    for name, design in cases.items():
        y = 1 + 2 * design[:, 0] - 1.5 * design[:, -1] + 0.5 * random.gumbel(size=len(design))
        made[name] = (design, y)
    made["diabetes"] = (Linear(Standard.of(patients.x)).design(patients.x), patients.y)
    return made


DESIGNS = designs()


@pytest.mark.parametrize("name", DESIGNS)
def test_the_subgradient_conditions_hold_along_the_path(name):
    design, y = DESIGNS[name]
    thresholds = np.abs(design.T @ y).max() * np.geomspace(1e-5, 0.999, 23)
    for threshold, beta in zip(thresholds, lasso(design, y, thresholds), strict=True):
        assert violation(design, y, threshold, beta) < 1e-6
        assert np.count_nonzero(beta) > 0


@pytest.mark.parametrize("name", ["random", "correlated", "wide", "zero column", "one column", "diabetes"])
def test_it_is_scikit_learns_lasso(name):
    design, y = DESIGNS[name]
    for part in (0.5, 0.1, 0.02):
        threshold = part * np.abs(design.T @ y).max()
        peer = Lasso(alpha=threshold / len(y), fit_intercept=False, tol=1e-13, max_iter=200_000).fit(design, y)
        beta = lasso(design, y, np.array([threshold]))[0]
        np.testing.assert_allclose(beta, peer.coef_, rtol=1e-5, atol=1e-6 * np.abs(beta).max())


@pytest.mark.parametrize("name", ["collinear", "duplicated", "opposite"])
def test_where_the_weights_are_not_unique_the_fit_and_the_cost_still_are(name):
    design, y = DESIGNS[name]
    threshold = 0.05 * np.abs(design.T @ y).max()
    peer = Lasso(alpha=threshold / len(y), fit_intercept=False, tol=1e-13, max_iter=200_000).fit(design, y)
    beta = lasso(design, y, np.array([threshold]))[0]
    np.testing.assert_allclose(design @ beta, design @ peer.coef_, rtol=1e-5, atol=1e-6)
    assert cost(design, y, threshold, beta) <= cost(design, y, threshold, peer.coef_) * (1 + 1e-12)


def test_orthonormal_columns_give_the_soft_threshold():
    design = np.linalg.qr(np.random.default_rng(3).gamma(1, 1, (9, 5))).Q
    y = np.array([3.0, -1.0, 0.4, 2.5, -0.2, 5.0, 1.0, -4.0, 0.7])
    pull, thresholds = design.T @ y, np.array([0.05, 0.6, 1.7, 3.0])
    soft = np.sign(pull) * np.maximum(np.abs(pull) - thresholds[:, None], 0)
    assert 0 < np.count_nonzero(soft[-1]) < 5 == np.count_nonzero(soft[0])
    np.testing.assert_allclose(lasso(design, y, thresholds), soft, rtol=1e-10, atol=1e-12)


def test_the_order_of_the_thresholds_does_not_matter():
    design, y = DESIGNS["correlated"]
    thresholds = np.array([0.3, 40.0, 0.02, 7.0, 7.0, 1e9])
    together = lasso(design, y, thresholds)
    for threshold, beta in zip(thresholds, together, strict=True):
        np.testing.assert_allclose(lasso(design, y, np.array([threshold]))[0], beta, rtol=1e-7, atol=1e-9)


def test_above_the_largest_pull_every_weight_is_zero_and_just_below_one_is_not():
    design, y = DESIGNS["random"]
    largest = np.abs(design.T @ y).max()
    beta = lasso(design, y, largest * np.array([1.0, 1.5, 1e6, 0.9999]))
    assert np.count_nonzero(beta, axis=1).tolist() == [0, 0, 0, 1]


def test_targets_of_zero_give_weights_of_zero():
    np.testing.assert_array_equal(lasso(DESIGNS["random"][0], np.zeros(25), np.array([1e-9, 2.0])), np.zeros((2, 6)))


def test_small_thresholds_end_in_least_squares():
    design, y = DESIGNS["correlated"]
    best = np.linalg.lstsq(design, y, rcond=None)[0]
    np.testing.assert_allclose(lasso(design, y, np.array([1e-9]))[0], best, rtol=1e-6)


@pytest.mark.parametrize("threshold", [0.0, -1.0, np.nan])
def test_a_threshold_that_is_not_positive_is_refused(threshold):
    with pytest.raises(ValueError, match=r"the threshold is .*more than 0"):
        lasso(np.eye(3)[:, :2], np.array([1.0, 2.0, 4.0]), np.array([0.5, threshold]))


whole = st.integers(-3, 3).map(float)
sizes = st.tuples(st.integers(2, 7), st.integers(1, 9))


@FEW
@given(sizes, st.integers(0, 10**6), st.floats(1e-4, 1.2))
def test_the_conditions_hold_on_any_random_design(size, seed, part):
    random = np.random.default_rng(seed)
    design, y = random.gumbel(size=size), random.gumbel(size=size[0])
    threshold = part * np.abs(design.T @ y).max()
    beta = lasso(design, y, np.array([threshold]))[0]
    assert violation(design, y, threshold, beta) < 1e-6


@FEW
@example(([[2, -2, -2, 2], [1, 2, -1, -1], [0, -2, -2, 1]], [3, -2, -2]), 0.3)  # three at once; one turns away
@example(([[-1, -1, -2, -2], [1, -1, 2, 0]], [3, 0]), 0.01)
@given(
    sizes.flatmap(lambda s: st.tuples(arrays(float, s, elements=whole), arrays(float, s[0], elements=whole))),
    st.floats(0.01, 1),
)
def test_the_conditions_hold_on_designs_of_whole_numbers_full_of_ties(problem, part):
    design, y = (np.array(given_, float) for given_ in problem)
    threshold = max(part * np.abs(design.T @ y).max(), 1e-3)
    beta = lasso(design, y, np.array([threshold]))[0]
    assert violation(design, y, threshold, np.where(np.abs(beta) < 1e-12, 0, beta)) < 1e-6
