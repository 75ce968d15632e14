"""How many points until one can tell, against every number tried by scipy and against simulated forecasts."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayes_core.evaluation.calibration import consistency, points_to_tell
from bayes_core.evaluation.calibration.telling import chance_to_tell


def by_scipy(said, happens, n, level):
    low, high = stats.binom.ppf([(1 - level) / 2, (1 + level) / 2], n, said)
    return stats.binom.cdf(low - 1, n, happens) + stats.binom.sf(high, n, happens)


@pytest.mark.parametrize(
    ("said", "happens", "level", "power"),
    [
        (0.98, 0.76, 0.9, 0.5),
        (0.8, 0.7, 0.9, 0.8),
        (0.1, 0.32, 0.95, 0.5),
        (0.5, 0.58, 0.5, 0.9),
        (1.0, 0.9, 0.9, 0.8),
        (0.5, 0.54, 0.9, 0.5),
    ],
)
def test_from_there_on_one_can_tell_and_just_before_one_cannot(said, happens, level, power):
    told = int(points_to_tell(said, happens, level, power))
    every = np.array([by_scipy(said, happens, n, level) for n in range(1, 6 * told + 200)])
    assert every[told - 2] < power
    assert (every[told - 1 :] >= power).all()
    np.testing.assert_allclose(chance_to_tell(said, happens, np.arange(1.0, 40), level), every[:39], rtol=1e-9)


def test_simulated_outcomes_leave_the_interval_as_often():
    random = np.random.default_rng(1)
    n = points_to_tell(0.9, 0.8, power=0.8)
    low, high = consistency([n], [0.9])
    share = random.binomial(int(n), 0.8, 20_000) / n
    assert ((share < low) | (share > high)).mean() == pytest.approx(
        chance_to_tell(0.9, 0.8, np.array([n]))[0], abs=0.01
    )


def test_a_smaller_gap_takes_more_and_none_takes_forever():
    took = [points_to_tell(0.7, 0.7 - gap) for gap in (0.4, 0.2, 0.1, 0.05, 0.02, 0.001)]
    assert took == sorted(took)
    assert took[-1] == pytest.approx((stats.norm.ppf(0.95) * np.sqrt(0.21) / 0.001) ** 2, rel=1e-3)
    assert points_to_tell(0.4, 0.4) == np.inf
    assert points_to_tell(0.0, 0.5) == 1 + np.argmax(1 - 0.5 ** np.arange(1, 9) >= 0.5)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: points_to_tell(1.2, 0.5), "probability 'said' is 1.2"),
        (lambda: points_to_tell(0.2, -0.5), "probability 'happens' is -0.5"),
        (lambda: points_to_tell(0.2, 0.5, power=1), "the power is 1"),
        (lambda: points_to_tell(0.2, 0.5, level=1), "interval level is 1"),
    ],
)
def test_what_is_no_probability_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()
