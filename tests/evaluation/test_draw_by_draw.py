"""Draws judged one by one and together, against scikit-learn; a loss of two means against sums in nats."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, confusion_matrix, log_loss

from bayes_core import Dataset, Mlp, fit
from bayes_core.evaluation.draw_by_draw import confusion, draw_by_draw
from bayes_core.evaluation.mean_losses import kl_factor, number_of_weights, of_even_odds, reached, times_counted

RNG = np.random.default_rng(3)
LOGITS = RNG.normal(size=(7, 40, 3)) * [1.0, 2.0, 0.5] + RNG.normal(size=(40, 3))
P = np.exp(LOGITS) / np.exp(LOGITS).sum(-1, keepdims=True)
Y = RNG.choice(3, size=40, p=[0.6, 0.3, 0.1])


def test_draws_are_judged_as_scikit_learn_judges_each_of_them():
    told = draw_by_draw(P, Y)
    np.testing.assert_allclose(told.right, [accuracy_score(Y, p.argmax(1)) for p in P])
    np.testing.assert_allclose(told.cross_entropy, [log_loss(Y, p) for p in P])
    together = P.mean(0)
    assert told.right_together == accuracy_score(Y, together.argmax(1))
    assert told.cross_entropy_together == pytest.approx(log_loss(Y, together))
    assert told.cross_entropy_together < told.cross_entropy.mean()  # Jensen
    np.testing.assert_array_equal(told.confusion, confusion_matrix(Y, together.argmax(1)))
    np.testing.assert_allclose(told.shares, confusion_matrix(Y, together.argmax(1), normalize="true"))


def test_a_class_that_no_row_has_keeps_its_line():
    told = confusion(P[0], np.where(Y == 2, 1, Y))
    assert told.shape == (3, 3)
    assert told[2].tolist() == [0, 0, 0]
    np.testing.assert_array_equal(draw_by_draw(P, np.zeros(40)).shares[1:], 0.0)


def test_a_label_with_no_probability_at_all_costs_much_and_not_everything():
    told = draw_by_draw([[[1.0, 0.0], [0.25, 0.75]]], [1, 1])
    assert np.isfinite(told.cross_entropy).all()
    assert told.cross_entropy[0] > 300


def test_the_tutorials_loss_counts_every_flower_53_times():
    """0.1 x mean KL + mean cross-entropy, times P / 0.1, is KL + 53.5 x the cross-entropy of all rows."""
    rows, weights, factor = 150, number_of_weights(Mlp((100,), activation="relu"), 4, 3), 0.1
    assert weights == 4 * 100 + 100 + 100 * 3 + 3
    times = times_counted(factor, rows, weights)
    assert times == pytest.approx(53.5333, abs=1e-4)
    each_kl, each_loss = RNG.gamma(2.0, size=weights), RNG.gamma(1.5, size=rows)
    loss = each_loss.mean() + factor * each_kl.mean()
    assert loss * weights / factor == pytest.approx(each_kl.sum() + times * each_loss.sum())
    assert kl_factor(times, rows, weights) == pytest.approx(factor)
    assert kl_factor(1.0, rows, weights) == pytest.approx(weights / rows)
    assert times_counted(factor, 100, weights) == pytest.approx(1.5 * times)


def test_even_odds_are_what_a_network_without_weights_says():
    data = Dataset.from_arrays(np.arange(5.0), ["a", "b", "a", "c", "d"], task="classification")
    assert of_even_odds(data) == pytest.approx(5 * np.log(0.25))


def test_what_cannot_be_counted_is_refused():
    with pytest.raises(ValueError, match="factor of the mean KL is 0"):
        times_counted(0.0, 150, 803)
    with pytest.raises(ValueError, match="times that a row counts"):
        kl_factor(-1.0, 150, 803)
    with pytest.raises(ValueError, match="rows"):
        times_counted(0.1, 0, 803)
    numbers = Dataset.from_arrays([1.0, 2.0], [1.0, 3.0])
    with pytest.raises(ValueError, match="even odds are of classes"):
        of_even_odds(numbers)
    with pytest.raises(ValueError, match="only variational inference has one"):
        reached(fit(numbers, method="exact"))
