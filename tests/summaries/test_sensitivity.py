from __future__ import annotations

import numpy as np
import pytest

from bayes_core.summaries.sensitivity import reweight

DRAWS = np.random.default_rng(3).standard_normal(4000)


def log_ratio(sd):
    return -0.5 * DRAWS**2 / sd**2 - np.log(sd) + 0.5 * DRAWS**2


@pytest.mark.parametrize("sd", [0.6, 0.8, 1.1])
def test_weights_turn_one_normal_into_another(sd):
    new = reweight(log_ratio(sd)[None])
    assert new.pareto_k[0] < 0.7
    found = np.sqrt(new.weight[0] @ DRAWS**2)
    assert found == pytest.approx(sd, abs=4.5 * sd / np.sqrt(2 * new.effective[0]))


def test_a_target_beyond_the_draws_is_not_trusted():
    new = reweight(np.stack([log_ratio(0.02), log_ratio(0.5), 0 * DRAWS, log_ratio(4.0)]))
    assert new.pareto_k[3] > 0.7
    assert new.pareto_k[2] == -np.inf
    np.testing.assert_allclose(new.weight[2], 1 / 4000)
    assert new.effective[2] == pytest.approx(4000)
    assert new.effective[0] < 200
    assert new.trusted(2) == (1, 2)


def test_one_draw_that_carries_all_is_refused():
    new = reweight(np.array([[0.0] * 99 + [2000.0], [0.0] * 100]))
    assert new.pareto_k[0] == np.inf
    assert new.trusted(1) == (1, 1)
