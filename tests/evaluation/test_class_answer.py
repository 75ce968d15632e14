"""The first answer about classes, against scikit-learn's logistic regression, quadrature and plain counting."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit
from sklearn import datasets
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss

from bayes_core import Dataset
from bayes_core.evaluation.answer import class_inputs, class_line, held_out_rows
from bayes_core.evaluation.answer.class_weights import WIDTH, class_weights
from bayes_core.evaluation.answer.trial import Trial
from bayes_core.likelihoods import Categorical

LOADED = {"iris": datasets.load_iris, "cancer": datasets.load_breast_cancer, "wine": datasets.load_wine}


def loaded(name: str) -> Dataset:
    x, y = LOADED[name](return_X_y=True)
    return Dataset.from_arrays(x, y, task="classification")


@pytest.fixture(scope="module", params=LOADED)
def found(request):
    return class_inputs(held_out_rows(loaded(request.param), seed=2))


def test_the_mode_is_scikit_learns_ridge_penalised_fit(found):
    train = found.trial.train
    design = np.column_stack([np.ones(len(train.y)), found.scaling.inputs(train.x)])
    peer = LogisticRegression(C=WIDTH**2, fit_intercept=False, tol=1e-10, max_iter=10_000).fit(design, train.y)
    np.testing.assert_allclose(found.weights.mode, peer.coef_.T, atol=2e-4)


def test_scores_are_scikit_learns_and_beat_always_saying_the_shares(found):
    told, k = found.forecasts, len(found.classes)
    assert told.log_score.mean == pytest.approx(-log_loss(told.actual, told.probabilities, labels=range(k)))
    always = np.tile(np.bincount(found.trial.train.y.astype(int)) / len(found.trial.train.y), (len(told.actual), 1))
    assert told.usual_log_score.mean == pytest.approx(-log_loss(told.actual, always, labels=range(k)))
    if k == 2:
        assert told.brier.mean == pytest.approx(brier_score_loss(told.actual, told.probabilities[:, 1]))
    assert told.accuracy.right == int((told.probabilities.argmax(1) == told.actual).sum())
    assert told.log_score.mean > told.usual_log_score.mean + 0.3
    assert told.brier.mean < told.usual_brier.mean


def test_two_weights_are_told_as_a_dense_grid_tells_them():
    """A skewed posterior: eleven rows, three of one class."""
    x, y = np.array([0.1, 0.2, 0.4, 0.5, 0.9, 1.0, 1.1, 1.7, 2.9, 4.1, 6.3]), np.array([0.0] * 6 + [1, 0, 0, 1, 1])
    found = class_line(Dataset.from_arrays(x, y, task="classification"))
    z = (x - x.mean()) / x.std()
    a, b = np.meshgrid(np.linspace(-6, 5, 401), np.linspace(-4, 6, 401), indexing="ij")
    f = a[..., None] + b[..., None] * z
    log = np.where(y == 1, -np.logaddexp(0, -f), -np.logaddexp(0, f)).sum(-1) - (a**2 + b**2) / 2
    mass = np.exp(log - log.max())
    mass /= mass.sum()
    for one in (*found.ends, found.middle):
        p = expit(a + b * (one.at - x.mean()) / x.std())
        p = p if one.label == "1" else 1 - p
        order = np.argsort(p.ravel())
        low, high = np.interp([0.05, 0.95], np.cumsum(mass.ravel()[order]), p.ravel()[order])
        assert (p * mass).sum() == pytest.approx(one.mean, abs=0.01)
        assert (low, high) == pytest.approx((one.low, one.high), abs=0.02)
    evidence = np.log(np.exp(log).sum() * (a[1, 0] - a[0, 0]) * (b[0, 1] - b[0, 0]) / (2 * np.pi))
    assert found.weights.way == "weighed"
    assert found.weights.log_evidence == pytest.approx(evidence, abs=0.15)  # Laplace's approximation


def test_softmax_coefficients_stay_where_all_classes_rise_alike(found):
    if len(found.classes) == 2:
        assert [one.label for one in found.coefficients[0]] == [found.classes[1]]
        return
    for each in found.coefficients:
        assert [one.label for one in each] == list(found.classes)
        assert sum(one.mean for one in each) == pytest.approx(0, abs=1e-9)


def test_odds_are_per_step_of_the_inputs_own_unit():
    random = np.random.default_rng(5)
    x = random.gamma(3, 40, 400)[:, None]
    y = (random.random(400) < expit((x[:, 0] - 120) / 50)).astype(int)
    found = class_inputs(held_out_rows(Dataset.from_arrays(x, y, task="classification")))
    one, train = found.coefficients[0][0], found.trial.train
    peer = LogisticRegression(C=1e9).fit(train.x, train.y)  # no prior: inside the interval, not its middle
    assert one.step == 10
    assert one.odds[1] < np.exp(10 * peer.coef_[0, 0]) < one.odds[2]
    assert one.sign == "▲ more probable"


def test_what_a_column_is_worth_is_a_refit_without_it():
    found = class_inputs(held_out_rows(loaded("iris"), seed=2), groups=["a", "b", "b", "c"])
    worth = found.worth_of("b")
    assert worth.inputs == (1, 2)
    train, held = found.trial.train, found.trial.held

    def one(columns):
        data = Dataset.from_arrays(train.x[:, columns], train.y, task="classification")
        test = Dataset.from_arrays(held.x[:, columns], held.y, task="classification")
        return class_inputs(Trial(data, test, found.trial.places, found.trial.held_places, ""))

    all_of, few = one([0, 1, 2, 3]), one([0, 3])
    fall = all_of.forecasts.log_score.mean - few.forecasts.log_score.mean
    assert worth.fall == pytest.approx(fall, abs=0.02)
    assert worth.evidence == pytest.approx(all_of.weights.log_evidence - few.weights.log_evidence, abs=1e-6)


def test_many_rows_are_sampled_by_class_and_that_is_said():
    random = np.random.default_rng(1)
    x = random.normal(size=(20_000, 10))
    y = (random.random(20_000) < expit(x[:, 0] - 3)).astype(int)
    found = class_inputs(held_out_rows(Dataset.from_arrays(x, y, task="classification")))
    assert found.trial.sentence == (
        "4,000 of 20,000 rows are fitted, drawn at random in every class of y; the other 16,000 test the fit."
    )
    assert found.trial.train.y.mean() == pytest.approx(y.mean(), abs=0.001)
    assert len(found.forecasts.actual) == 16_000
    assert sorted([*found.trial.places, *found.trial.held_places]) == list(range(20_000))
    np.testing.assert_array_equal(found.forecasts.actual, y[found.trial.held_places])
    assert found.forecasts.calibration.outside.sum() <= 2  # the model is the world's own


def test_too_many_weights_are_refused_with_a_remedy():
    data = Dataset.from_arrays(
        np.random.default_rng(0).normal(size=(60, 120)), np.arange(60) % 6, task="classification"
    )
    with pytest.raises(ValueError, match=r"6 classes and 120 inputs make 726 weights, and at most 600 .*: leave some"):
        class_inputs(held_out_rows(data))
    with pytest.raises(ValueError, match="is a number, which has a line"):
        class_line(Dataset.from_arrays([1.0, 2, 3], [1.0, 2, 4]))


def test_where_proposals_do_not_count_it_is_laplace_and_says_so():
    hard = class_weights(
        np.column_stack([np.ones(90), np.random.default_rng(0).normal(size=(90, 40))]),
        np.arange(90.0) % 3,
        Categorical(3),
    )
    assert hard.way == "laplace"
    assert hard.effective < 400 or hard.k > 0.7
    np.testing.assert_allclose(hard.draws.mean(0), hard.mode, atol=1e-9)  # each draw has its mirror image
