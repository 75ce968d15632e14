"""What is said of pictures, how it is judged and what is refused, against scikit-learn, scipy and counting."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import entropy as scipy_entropy
from sklearn.metrics import accuracy_score, log_loss

from bayes_core.evaluation.images import Asked, entropy, judged, refused_by, thresholds
from bayes_core.evaluation.images.asked import _asked


def draws(seed=2, size=7, pictures=40):
    random = np.random.default_rng(seed)
    return random.dirichlet(np.linspace(0.1, 1.5, 10), (size, pictures)), random.integers(0, 10, pictures) * 1.0


def test_entropy_is_scipys():
    p = draws()[0]
    np.testing.assert_allclose(entropy(p), scipy_entropy(p, base=2, axis=-1))


def test_the_doubt_splits_into_what_draws_doubt_and_what_they_disagree_about():
    p = np.zeros((2, 2, 10))
    p[0, 0, 3] = p[1, 0, 7] = 1.0  # sure, of different digits: one bit, all of it disagreement
    p[:, 1, :4] = 0.25  # in doubt alike: two bits, none of it
    said = _asked(p)
    np.testing.assert_allclose(said.total, [1, 2])
    np.testing.assert_allclose(said.mutual, [1, 0], atol=1e-12)
    p, _ = draws()
    divergence = scipy_entropy(p, np.broadcast_to(p.mean(0), p.shape), base=2, axis=-1).mean(0)
    np.testing.assert_allclose(_asked(p).mutual, divergence)


def test_the_interval_holds_nine_draws_in_ten():
    p, _ = draws(size=201)
    said = _asked(p)
    inside = (p >= said.low) & (p <= said.high)
    assert (abs(inside.mean(0) - 0.9) < 0.01).all()
    one = _asked(p[:1])
    assert np.array_equal(one.low, p[0])
    assert np.array_equal(one.high, p[0])


def test_scores_are_scikit_learns():
    p, y = draws()
    told = judged(_asked(p), y)
    assert told.right == accuracy_score(y, p.mean(0).argmax(1))
    assert told.log_score == pytest.approx(-log_loss(y, p.mean(0), labels=np.arange(10)))
    assert told.right_error == pytest.approx(np.sqrt(told.right * (1 - told.right) / len(y)))


@pytest.mark.parametrize("by", ["sure", "total"])
def test_refusing_counts_what_it_leaves(by):
    p, y = draws(pictures=50)
    said = _asked(p)
    found = refused_by(said, y, np.array([0.1, 0.5, 1.0]), by)
    order = np.argsort(-said.sure if by == "sure" else said.total)
    right = (said.mean.argmax(1) == y)[order]
    for v, count in enumerate((5, 25, 50)):
        assert found.share[v] == count / 50
        assert found.right[v] == pytest.approx(right[:count].mean())
        assert (found.wrong[v], found.saved[v]) == (count - right[:count].sum(), right[count:].sum())
    assert found.everything == right.mean()


def test_equal_scores_are_answered_alike():
    assert thresholds(np.array([0.5, 0.5, 0.2]), np.array([0.34])).tolist() == [0.5]
    told = Asked(*(np.full((3, 10), 0.1) for _ in range(3)), np.full(3, 3.3), np.zeros(3))
    assert refused_by(told, np.zeros(3), np.array([0.34]), "sure").share.tolist() == [1.0]
