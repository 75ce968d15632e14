"""Networks of pictures: the mode against scikit-learn's, its curvature against slopes, and what spreads the weights."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from bayes_core import METHODS, Budget, Prior, fit, methods_for
from bayes_core.data.images import digits
from bayes_core.evaluation.images import asked, judged
from bayes_core.inference.pictures import Problem, curvature
from bayes_core.models import Convolutional, Dense

BUDGET = Budget(draws=50, chains=4, members=2, steps=150, dropout_rate=0.2)
METHODS_HERE = ("laplace_last", "ensemble", "dropout", "vi_meanfield", "map")


@pytest.fixture(scope="module")
def fits():
    """Return every method's answer of a small network on 600 digits."""
    data = digits()[0].head(600)
    return {m: fit(data, Dense(16), m, Prior(3.0), BUDGET.only(METHODS[m].reads), seed=2) for m in METHODS_HERE}


def test_these_are_the_methods_that_it_has():
    assert methods_for(Dense(), "classification") == METHODS_HERE
    assert methods_for(Convolutional(), "classification") == METHODS_HERE
    assert methods_for(Dense()) == ()


def test_the_mode_names_as_many_right_as_scikit_learns_network(fits):
    data, rest = digits()[0].head(600), digits()[1]
    other = MLPClassifier((16,), alpha=1.0, solver="lbfgs", max_iter=3000, random_state=0).fit(data.x, data.y)
    ours = judged(asked(fits["map"], rest.x), rest.y)
    theirs = other.score(rest.x, rest.y)
    error = np.sqrt(2 * theirs * (1 - theirs) / len(rest.y))
    assert abs(ours.right - theirs) < 3 * error
    assert ours.right > 0.9


def test_the_mode_is_one(fits):
    """Its last layer is where scikit-learn's softmax regression on the same hidden values comes out."""
    one, data = fits["map"], digits()[0].head(600)
    problem = Problem.of(one.question)
    z = np.concatenate([one.draws[site][0].ravel() for site in problem.shapes]).astype(np.float32) / problem.spread
    loss, slope = problem.loss(z)
    assert np.abs(slope).max() < 0.02 * loss
    h = np.maximum(data.x @ one.draws["weight1"][0] + one.draws["bias1"][0], 0)
    sd = 3.0 * np.sqrt(2 / 16)
    other = LogisticRegression(C=sd**2, max_iter=2000, tol=1e-6).fit(h, data.y)
    mine = asked(one, data.x).mean
    assert np.abs(mine - other.predict_proba(h)).mean() < 0.01


def test_the_curvature_is_that_of_a_softmax():
    random = np.random.default_rng(4)
    design, weights, prior = random.normal(0, 1, (30, 2)), random.normal(0, 1, (2, 3)), np.array([0.5, 2.0])
    y = random.integers(0, 3, 30)

    def slope(flat):
        p = np.exp(design @ flat.reshape(3, 2).T)
        p /= p.sum(1, keepdims=True)
        p[np.arange(30), y] -= 1
        return (p.T @ design + flat.reshape(3, 2) / prior**2).ravel()

    at, step = weights.T.ravel(), 1e-6
    other = np.stack([(slope(at + step * e) - slope(at - step * e)) / (2 * step) for e in np.eye(6)])
    np.testing.assert_allclose(curvature(design, design @ weights, prior), other, rtol=1e-5, atol=1e-6)


def test_the_last_layer_spreads_as_its_curvature_says(fits):
    one, mode = fits["laplace_last"], fits["map"]
    data = digits()[0].head(600)
    h = np.maximum(data.x @ mode.draws["weight1"][0] + mode.draws["bias1"][0], 0)
    mean = np.concatenate([mode.draws["weight"][0], mode.draws["bias"][0][None]])
    design = np.column_stack([h, np.ones(600)])
    prior = np.append(np.full(16, 3.0 * np.sqrt(2 / 16)), 0.3)
    inverse = np.linalg.inv(curvature(design, design @ mean, prior))
    drawn = np.concatenate([one.draws["weight"], one.draws["bias"][:, None]], axis=1)  # (S, H + 1, 10)
    flat = drawn.transpose(0, 2, 1).reshape(len(drawn), -1)
    ratio = flat.var(0) / np.diag(inverse)
    assert ratio.mean() == pytest.approx(1, abs=0.04)
    off = (flat.mean(0) - mean.T.ravel()) / np.sqrt(np.diag(inverse) / len(flat))
    assert 0.8 < off.std() < 1.25


def test_draws_are_many_where_weights_are_spread_and_one_at_the_mode(fits):
    counts = {method: len(one.noise) for method, one in fits.items()}
    assert counts == {"laplace_last": 200, "ensemble": 2, "dropout": 100, "vi_meanfield": 200, "map": 1}
    rest = digits()[1].head(100)
    doubt = {method: judged(asked(one, rest.x), rest.y).mutual for method, one in fits.items()}
    assert doubt["map"] == 0
    assert min(doubt[m] for m in ("laplace_last", "dropout", "vi_meanfield")) > doubt["ensemble"] > 0


def test_a_mask_silences_a_unit_and_makes_up_for_it(fits):
    weight = fits["dropout"].draws["weight"]
    silent = (weight == 0).all(2)
    assert silent.mean() == pytest.approx(0.2, abs=0.05)
    loud = weight.max(0)
    assert np.allclose(weight, np.where(silent[:, :, None], 0, np.where(loud > 0, loud, weight.min(0))))


def test_where_the_prior_counts_most_the_variational_answer_is_the_prior():
    data = digits()[0].head(200)
    budget = Budget(draws=50, chains=4, steps=800, kl_weight=1e4)
    one = fit(data, Dense(4), "vi_meanfield", Prior(2.0), budget, seed=1)
    for site, sd in Dense(4).spread(2.0).items():
        assert one.draws[site].std() == pytest.approx(sd, rel=0.1)
    assert abs(one.diagnostics.kl[-1]) < 0.1 * len(one.columns())


def test_the_convolutional_network_learns():
    data, rest = digits()[0].head(600), digits()[1]
    one = fit(data, Convolutional(4), "map", Prior(3.0), Budget(steps=30), seed=2)
    assert judged(asked(one, rest.x), rest.y).right > 0.85
