"""Importance weights: their tail as ArviZ fits it, their effective number, and chains made of them, by enumeration."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayes_core.numerics.importance import effective, metropolis, pareto_k


@pytest.mark.parametrize("shape", [-0.6, 0.0, 0.45, 0.8, 1.6])
def test_the_tails_shape_is_arvizs(shape):
    array_stats = pytest.importorskip("arviz_stats.base").array_stats
    for seed, size in ((1, 300), (2, 5000)):
        random = np.random.default_rng(seed)
        log_weight = np.log(stats.genpareto.rvs(shape, size=size, random_state=random)) + 700
        assert pareto_k(log_weight) == pytest.approx(float(array_stats.psislw(-log_weight)[1]), abs=1e-9)


def test_equal_weights_have_no_tail():
    assert pareto_k(np.full(200, 3.0)) == -np.inf
    assert effective(np.full(200, 3.0)) == pytest.approx(200)


def test_effective_draws_are_kishs_and_no_scale_matters():
    log_weight = np.random.default_rng(3).normal(size=500) * 2
    weight = np.exp(log_weight)
    assert effective(log_weight - 800) == pytest.approx(weight.sum() ** 2 / (weight**2).sum())


def test_chains_of_weighed_proposals_visit_a_target_as_often_as_it_says():
    """Three places, proposed and wanted in different shares; the spread of a share is that of its autocorrelation."""
    random, proposed, wanted = np.random.default_rng(4), np.array([0.6, 0.3, 0.1]), np.array([0.2, 0.35, 0.45])
    places = random.choice(3, size=(40, 5000), p=proposed)
    at = np.array([row[metropolis(np.log(wanted / proposed)[row], random)] for row in places])[:, 100:]
    shares = np.stack([(at == place).mean(1) for place in range(3)])
    error = shares.std(1, ddof=1) / np.sqrt(40)
    assert (np.abs(shares.mean(1) - wanted) < 4 * error).all()
    assert error.max() < 0.004
    # from the rarest place, where the weight is highest, it moves with the sum of p min(1, w' / w)
    weight = wanted / proposed
    leaves = (proposed * np.minimum(1, weight / weight[2]))[:2].sum()
    moved = np.diff(at, axis=1)[at[:, :-1] == 2] != 0
    assert moved.mean() == pytest.approx(leaves, abs=4 * np.sqrt(leaves / moved.size))


def test_a_proposal_that_the_target_knows_nothing_of_is_never_taken():
    for weights, stands in (([0.0, -np.inf, -np.inf], [0, 0, 0]), ([-np.inf, 1.0, -np.inf], [0, 1, 1])):
        assert metropolis(np.array(weights), np.random.default_rng(0)).tolist() == stands
