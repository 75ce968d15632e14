"""The tutorial's Bayesian network on iris: its figures come from counting the likelihood 53.5 times.

It minimises mean cross-entropy + 0.1 x mean KL (torchbnn): in nats the KL is then weighed by 0.1 x 150 / 803 = 0.01868.
Published: 96.67 % right, cross-entropy 0.11, KL 1.31 a weight, of one draw on the rows that were fitted.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from bayes_core import METHODS, Budget, Mlp, Prior, fit, predict
from bayes_core.data.real import iris

DATA, NET, WEIGHTS = iris(), Mlp((100,), activation="relu"), 803


@cache
def tutorial(kl_weight, steps):
    budget = Budget(draws=250, chains=1, steps=steps, kl_weight=kl_weight).only(METHODS["vi_meanfield"].reads)
    answer = fit(DATA, NET, "vi_meanfield", Prior(0.1), budget, seed=1)
    return answer, predict(answer, DATA.x).probabilities


def right(p):
    return (p.argmax(-1) == DATA.y).mean(-1)


def test_the_tutorials_figures_are_those_of_a_likelihood_counted_53_times():
    answer, p = tutorial(0.1 * 150 / WEIGHTS, 3000)
    assert sum(int(np.prod(shape)) for shape in NET.shapes(4, 3).values()) == WEIGHTS
    assert p.shape == (250, 150, 3)
    np.testing.assert_allclose(p.sum(-1), 1, rtol=1e-12)
    assert 0.955 < right(p).mean() < 0.98
    assert right(p.mean(0)) >= 0.96
    cross_entropy = -np.log(p[:, np.arange(150), DATA.y.astype(int)]).mean()
    assert 0.095 < cross_entropy < 0.13
    assert answer.diagnostics.kl[-100:].mean() / WEIGHTS == pytest.approx(1.30, abs=0.05)
    assert any("separate" in note for note in answer.diagnostics.notes) == bool((right(p) == 1).any())


def test_bayes_own_weight_returns_the_prior():
    """With weights of sd 0.1 the best mean-field Gaussian switches the network off: one species in three is right."""
    answer, p = tutorial(1.0, 1200)
    assert right(p.mean(0)) == pytest.approx(1 / 3, abs=0.01)
    assert answer.diagnostics.kl[-100:].mean() / WEIGHTS < 0.03
    assert -190 < answer.diagnostics.climbed[1] < -170
