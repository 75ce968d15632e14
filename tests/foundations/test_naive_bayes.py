from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats
from sklearn.datasets import load_iris
from sklearn.discriminant_analysis import QuadraticDiscriminantAnalysis
from sklearn.naive_bayes import GaussianNB

from bayes_core.foundations.naive_bayes import GaussianClasses, held_out


def made_up():
    """Three unequal classes of 9, 25 and 60 rows; four correlated features on very different scales."""
    random = np.random.default_rng(11)
    label = np.repeat([0, 1, 2], [9, 25, 60])
    mixing = np.array([[1.0, 0.6, 0, 0], [0, 0.8, -0.4, 0], [0, 0, 1.0, 0.9], [0, 0, 0, 0.3]])
    centre = np.array([[0, 1, -2, 0.5], [1.5, 0, 0.3, 0.2], [-1, 2, 1, -0.4]])
    x = centre[label] + random.standard_normal((94, 4)) @ mixing * np.array([[1.0], [0.5], [1.8]])[label]
    return x * [1, 20, 0.1, 3] + [0, 500, 0, -7], label


DATA = {"iris": load_iris(return_X_y=True), "uneven iris": tuple(part[20:] for part in load_iris(return_X_y=True))}
DATA["made up"] = made_up()
each = pytest.mark.parametrize(("x", "label"), DATA.values(), ids=DATA)


@each
def test_naive_probabilities_are_scikit_learns(x, label):
    peer, ours = GaussianNB().fit(x, label), GaussianClasses.of(x, label)
    wide = np.vstack([x, x.mean(0) + 9 * x.std(0), x.mean(0) - 40 * x.std(0)])
    np.testing.assert_allclose(ours.steps(wide)[:, -1], peer.predict_proba(wide), rtol=1e-6, atol=1e-290)
    np.testing.assert_allclose(np.exp(ours.log_prior), peer.class_prior_)
    np.testing.assert_allclose(np.diagonal(ours.covariance, axis1=1, axis2=2), peer.var_, rtol=1e-12)


@each
def test_steps_start_at_the_prior_and_add_one_feature_at_a_time(x, label):
    ours = GaussianClasses.of(x, label)
    steps = ours.steps(x)
    assert steps.shape == (len(x), x.shape[1] + 1, 3)
    np.testing.assert_allclose(steps[:, 0], np.tile(np.bincount(label) / len(label), (len(x), 1)))
    np.testing.assert_allclose(steps.sum(-1), 1)
    for count in (1, 3):
        part = x[:, :count]
        smooth = 1e-9 * x.var(0).max() / part.var(0).max()  # that of all features, not only of these
        fewer = GaussianNB(var_smoothing=smooth).fit(part, label).predict_proba(part)
        np.testing.assert_allclose(steps[:, count], fewer, rtol=1e-6, atol=1e-200)


@each
def test_factors_are_normal_densities_and_copies_are_powers_of_them(x, label):
    ours = GaussianClasses.of(x, label)
    factor = np.empty((len(x), 3, x.shape[1]))
    for c in range(3):
        rows = x[label == c]
        sd = np.sqrt(rows.var(0) + 1e-9 * x.var(0).max())
        factor[:, c] = stats.norm.pdf(x, rows.mean(0), sd)
    np.testing.assert_allclose(np.exp(ours.log_factors(x)), factor, rtol=1e-9)
    copies = np.array([2.0, 1.0, 0.0, 3.0])
    weight = np.bincount(label) / len(label) * np.prod(factor**copies, -1)
    np.testing.assert_allclose(
        ours.steps(x, copies)[:, -1], weight / weight.sum(-1, keepdims=True), rtol=1e-9, atol=1e-200
    )
    np.testing.assert_array_equal(ours.steps(x, np.ones(4)), ours.steps(x))


@each
def test_knowing_correlations_is_the_multivariate_normal(x, label):
    ours = GaussianClasses.of(x, label)
    for count in range(x.shape[1] + 1):
        weight = np.empty((len(x), 3))
        for c in range(3):
            rows = x[label == c, :count]
            density = 1.0
            if count:
                spread = np.cov(rows.T, ddof=0).reshape(count, count) + 1e-9 * x.var(0).max() * np.eye(count)
                density = stats.multivariate_normal(rows.mean(0), spread).pdf(x[:, :count])
            weight[:, c] = len(rows) / len(x) * density
        np.testing.assert_allclose(
            ours.together(x, count), weight / weight.sum(1, keepdims=True), rtol=1e-6, atol=1e-200
        )
    np.testing.assert_array_equal(ours.together(x), ours.together(x, x.shape[1]))
    one = [GaussianClasses.together(ours, x, 1), ours.steps(x)[:, 1]]  # one feature has nothing to correlate with
    np.testing.assert_allclose(*one, rtol=1e-9, atol=1e-200)


def test_knowing_correlations_is_quadratic_discriminant_analysis():
    x, label = made_up()
    ours = GaussianClasses.of(x, label)
    peer = QuadraticDiscriminantAnalysis(store_covariance=True).fit(x, label)
    theirs = GaussianClasses(
        ours.log_prior, ours.mean, np.array(peer.covariance_)
    )  # n or n - 1: their version's choice
    np.testing.assert_allclose(theirs.together(x), peer.predict_proba(x), rtol=1e-6, atol=1e-200)


def test_a_feature_seen_twice_makes_naive_bayes_too_sure():
    x, label = made_up()
    double = GaussianClasses.of(np.column_stack([x[:, 0], x[:, 0]]), label)
    single = GaussianClasses.of(x[:, :1], label)
    np.testing.assert_allclose(double.steps(x[:, [0, 0]])[:, -1], single.steps(x[:, :1], np.array([2.0]))[:, -1])
    np.testing.assert_allclose(double.together(x[:, [0, 0]]), single.together(x[:, :1]), rtol=1e-4)


def test_leaving_features_out_is_learning_from_the_other_columns():
    x, label = made_up()
    order = [3, 0, 2]
    every, learnt = GaussianClasses.of(x, label), GaussianClasses.of(x[:, order], label)
    taken = GaussianClasses(every.log_prior, every.mean[:, order], every.covariance[:, order][:, :, order])
    np.testing.assert_allclose(taken.mean, learnt.mean)
    np.testing.assert_allclose(taken.covariance, learnt.covariance, rtol=1e-3)  # the smoothing differs
    np.testing.assert_allclose(taken.steps(x[:, order])[:, -1], every.steps(x, np.array([1, 0, 1, 1]))[:, -1])


@pytest.mark.parametrize(("copies", "folds"), [(None, 5), (np.ones(4), 5), (np.array([1, 3, 0, 1.0]), 8)])
def test_held_out_scores_are_those_of_a_loop(copies, folds):
    x, label = made_up()
    random = np.random.default_rng(4)
    part = np.empty(len(x), int)
    for c in range(3):
        part[label == c] = random.permutation((label == c).sum()) % folds
    right, sure, log = [], [], []
    for row in range(len(x)):
        train = part != part[row]
        learnt = x[train], label[train]
        weight = np.empty(3)
        for c in range(3):
            rows = learnt[0][learnt[1] == c]
            smooth = 1e-9 * learnt[0].var(0).max()
            if copies is None:
                density = stats.multivariate_normal.logpdf(
                    x[row], rows.mean(0), np.cov(rows.T, ddof=0) + smooth * np.eye(4)
                )
            else:
                density = (copies * stats.norm.logpdf(x[row], rows.mean(0), np.sqrt(rows.var(0) + smooth))).sum()
            weight[c] = math.log(len(rows)) + density
        share = np.exp(weight - np.logaddexp.reduce(weight))
        right.append(share.argmax() == label[row])
        sure.append(share.max())
        log.append(math.log(share[label[row]]))
    score = held_out(x, label, copies, folds, seed=4)
    assert (score.accuracy, score.confidence) == pytest.approx((np.mean(right), np.mean(sure)), rel=1e-6)
    assert score.log_score == pytest.approx(np.mean(log), rel=1e-5)
    assert score.accuracy < 1


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ([0, 0, 1, 1, 1, 2], "class 2 has 1 row:"),
        ([0, 0, 0, 2, 2, 2], "class 1 has 0 rows"),
        ([0, 0, 1, 1, -1, 1], "whole numbers from 0"),
        ([0, 0, 1, 1, 0.5, 1], "whole numbers from 0"),
        ([0, 1, 1], "6 rows and 3 labels"),
    ],
)
def test_labels_that_cannot_be_learnt_from_are_refused(label, says):
    x = np.random.default_rng(1).standard_normal((6, 2))
    with pytest.raises(ValueError, match=says):
        GaussianClasses.of(x, np.array(label))


@pytest.mark.parametrize(
    ("label", "folds", "says"), [([0] * 6 + [1], 3, "class 1 has 1 row:"), ([0, 1] * 4, 1, "folds")]
)
def test_rows_that_cannot_be_left_out_are_refused(label, folds, says):
    x = np.random.default_rng(1).standard_normal((len(label), 2))
    with pytest.raises(ValueError, match=says):
        held_out(x, np.array(label), None, folds)


def test_a_constant_feature_everywhere_says_so():
    with pytest.raises(ValueError, match="the same in every row"):
        GaussianClasses.of(np.ones((6, 2)), np.array([0, 0, 0, 1, 1, 1]))


@each
def test_correlations_known_clue_after_clue_is_each_count_alone(x, label):
    ours = GaussianClasses.of(x, label)
    steps = ours.together_steps(x)
    assert steps.shape == (len(x), x.shape[1] + 1, 3)
    np.testing.assert_allclose(steps[:, 0], np.tile(np.bincount(label) / len(label), (len(x), 1)))
    for count in range(x.shape[1] + 1):
        np.testing.assert_array_equal(steps[:, count], ours.together(x, count))


@each
def test_a_factor_beside_the_best_classs_is_a_ratio_of_densities(x, label):
    ours = GaussianClasses.of(x, label)
    for n in range(0, len(x), 13):
        for f in range(x.shape[1]):
            density = [
                stats.norm.pdf(x[n, f], rows.mean(), math.sqrt(rows.var() + 1e-9 * x.var(0).max()))
                for rows in (x[label == c, f] for c in range(3))
            ]
            found = ours.relative_factors(x[n : n + 1])[0, :, f]
            np.testing.assert_allclose(found, np.array(density) / max(density), rtol=1e-8)
            assert found.max() == 1


def test_a_huge_label_is_a_gap_and_lists_are_read():
    """It must not make room for a thousand million classes."""
    x = [[1.0, 2.0], [1.5, 2.2], [3.0, 0.1], [3.1, 0.4]]
    with pytest.raises(ValueError, match="class 1 has 0 rows"):
        GaussianClasses.of(x, [0, 0, 1e9, 1e9])
    told = GaussianClasses.of(x, [0, 0, 1, 1])
    np.testing.assert_array_equal(told.steps([[1, 2]]), told.steps(np.array([[1.0, 2.0]])))
    np.testing.assert_array_equal(told.together([[1, 2]]), told.together(np.array([[1.0, 2.0]])))
    with pytest.raises(ValueError, match="masked"):
        told.steps(np.ma.masked_array([[1.0, 2.0]], [[False, True]]))
