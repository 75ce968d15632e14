"""Temperature against scipy's minimiser and scikit-learn; it lowers held-out log loss and never changes a class."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.metrics import log_loss

from bayes_core.evaluation.calibration import best_temperature, logits_of, predictive_logits, tempered
from bayes_core.evaluation.forecasts import log_of_logits, of_logits


def over_confident(rows, classes, seed, loud=3.0):
    """Return logits that are `loud` times what the labels were drawn from, so that T = loud is right."""
    random = np.random.default_rng(seed)
    true = random.normal(size=(rows, classes)) * np.linspace(0.5, 2, classes)
    p = softmax(true, axis=1)
    labels = (random.random((rows, 1)) > p.cumsum(1)).sum(1)
    z = loud * true
    return (z[:, 1:] - z[:, :1] if classes == 2 else z), labels


@pytest.mark.parametrize("classes", [2, 3, 6])
@pytest.mark.parametrize("loud", [0.2, 1.0, 5.0])
def test_it_is_scipys_minimum_and_scikit_learns_loss(classes, loud):
    z, y = over_confident(500, classes, 1, loud)
    told = best_temperature(z, y)
    every = np.concatenate([np.zeros_like(z), z], axis=1) if classes == 2 else z

    def loss(log_t):
        return -log_softmax(every / np.exp(log_t), axis=1)[np.arange(500), y].mean()

    found = minimize_scalar(loss, bounds=(-4, 4), method="bounded", options={"xatol": 1e-9})
    assert told.value == pytest.approx(np.exp(found.x), rel=1e-5)
    p = tempered(z, told.value)
    assert -told.log_score == pytest.approx(log_loss(y, p, labels=np.arange(classes)), rel=1e-9)
    assert -told.log_score_at_one == pytest.approx(log_loss(y, of_logits(z), labels=np.arange(classes)), rel=1e-9)
    assert told.value == pytest.approx(loud, abs=4 * told.error)


@pytest.mark.parametrize("classes", [2, 4])
def test_it_lowers_held_out_loss_and_never_changes_the_class(classes):
    z, y = over_confident(600, classes, 2)
    other, labels = over_confident(5000, classes, 3)
    best = best_temperature(z, y).value
    before, after = of_logits(other), tempered(other, best)
    assert log_loss(labels, after) < log_loss(labels, before) - 0.05
    for temperature in (0.05, 0.7, best, 40.0):
        np.testing.assert_array_equal(tempered(other, temperature).argmax(1), before.argmax(1))


def test_the_error_is_how_far_other_splits_differ():
    every = [best_temperature(*over_confident(400, 3, seed)) for seed in range(150)]
    assert np.mean([t.error for t in every]) == pytest.approx(np.std([t.value for t in every]), rel=0.2)


def test_one_logit_and_two_logits_give_the_same():
    z, y = over_confident(300, 2, 4)
    both = np.concatenate([0.7 - z / 2, 0.7 + z / 2], axis=1)
    one, two = best_temperature(z, y), best_temperature(both, y)
    assert one.value == pytest.approx(two.value, rel=1e-9)
    np.testing.assert_allclose(tempered(z, 2.5), tempered(both, 2.5), rtol=1e-12)


def test_hard_starts_end_at_the_minimum_too():
    """A start from which Newton's first step leaves for a temperature below zero."""
    z, y = over_confident(300, 2, 5, loud=200.0)
    assert best_temperature(z, y).value == pytest.approx(200, rel=0.25)
    z, y = over_confident(300, 3, 5, loud=0.01)
    assert best_temperature(z, y).value == pytest.approx(0.01, rel=0.25)


def test_predictive_logits_are_those_of_the_mean_probability():
    f = np.random.default_rng(6).normal(size=(40, 7, 1)) * 3
    p = of_logits(f).mean(0)
    np.testing.assert_allclose(predictive_logits(f), np.log(p[:, 1:] / p[:, :1]), rtol=1e-10)
    f = np.random.default_rng(6).normal(size=(40, 7, 3)) * 3
    np.testing.assert_allclose(of_logits(predictive_logits(f)), of_logits(f).mean(0), rtol=1e-10)
    np.testing.assert_allclose(predictive_logits(f), logits_of(of_logits(f).mean(0)), rtol=1e-10)
    assert np.isfinite(predictive_logits([[[9000.0]], [[8000.0]]])).all()
    np.testing.assert_allclose(log_of_logits(f), np.log(of_logits(f)), rtol=1e-9)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: best_temperature([[2.0], [-1.0]], [1, 0]), "right in all 2 rows: the lower T, the better"),
        (lambda: best_temperature([[2.0], [-1.0]], [0, 1]), "know nothing of these labels: the higher T"),
        (lambda: best_temperature([[0.0], [0.0]], [0, 1]), "nothing for T to change"),
        (lambda: best_temperature(np.zeros((0, 1)), []), "0 rows"),
        (lambda: best_temperature([[np.inf], [0.0]], [0, 1]), "must be finite"),
        (lambda: logits_of([[0.5, 0.5], [0.0, 1.0]]), "class 0 in row 1 is exactly 0"),
        (lambda: tempered([[1.0]], 0.0), "the temperature is 0"),
    ],
)
def test_where_no_temperature_is_best_it_is_said(call, words):
    with pytest.raises(ValueError, match=words):
        call()
