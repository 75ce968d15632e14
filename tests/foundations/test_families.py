"""What differs between the conjugate families: how they are named, picked, drawn and continued."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from bayes_core.foundations.conjugate.belief import Seen
from bayes_core.foundations.conjugate.beta import Beta
from bayes_core.foundations.conjugate.families import FAMILIES, around, close_up, covering, next_values
from bayes_core.foundations.conjugate.gamma import Gamma
from bayes_core.foundations.conjugate.normal import Normal

TRUE = {  # a belief, the same in scipy, and one next observation in scipy
    "beta": (Beta(2.5, 0.7), stats.beta(2.5, 0.7), stats.bernoulli(2.5 / 3.2)),
    "normal": (Normal(1.5, 0.8, noise=2.3), stats.norm(1.5, 0.8), stats.norm(1.5, math.hypot(0.8, 2.3))),
    "gamma": (Gamma(2.2, 0.6), stats.gamma(2.2, scale=1 / 0.6), stats.nbinom(2.2, 0.6 / 1.6)),
}
each = pytest.mark.parametrize(("belief", "truth", "ahead"), TRUE.values(), ids=TRUE)


@each
def test_support_and_the_next_observation_are_scipys(belief, truth, ahead):
    assert belief.support == truth.support()
    assert float(belief.predictive_sd) == pytest.approx(ahead.std(), rel=1e-12)
    assert float(belief.mean) == pytest.approx(ahead.mean(), rel=1e-12)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_belief_is_named_by_its_mean_and_worth(family):
    mean, worth = np.array([0.2, 0.55, 0.9]), np.array([0.4, 7.0, 300.0])
    found = around(family, mean, worth, 1.7)
    np.testing.assert_allclose(found.mean, mean)
    np.testing.assert_allclose(found.worth, worth)
    seen = Seen.sums(3, 2)
    np.testing.assert_allclose(found.learn(seen).mean, (mean * worth + 2) / (worth + 3))
    alone = around(family, 0.55, worth, 1.7)
    np.testing.assert_allclose(alone.mean, 0.55)
    assert type(found).__name__.lower() == family


def test_only_a_normal_needs_the_noise_of_an_observation():
    assert around("beta", 0.3, 4.0).worth == 4.0
    with pytest.raises(ValueError, match="the prior sd holds nan"):
        around("normal", 0.3, 4.0)
    with pytest.raises(ValueError, match="no family 'cauchy': choose one of beta, normal, gamma"):
        around("cauchy", 0.3, 4.0)


@each
def test_a_picked_belief_is_the_belief_at_that_place(belief, truth, ahead):
    many = around("gamma", np.array([2.0, 0.5, 3.0]), np.array([1.0, 9.0, 0.2]))
    assert float(many.at(1).mean) == 0.5
    np.testing.assert_array_equal(many.at(np.array([2, 0])).worth, [0.2, 1.0])
    assert many.at((slice(None), None)).mean.shape == (3, 1)
    for place in (0, np.array([3, 1])):  # one belief is the same everywhere
        assert vars(belief.at(place)) == vars(belief)


def test_what_was_seen_is_picked_field_by_field():
    values = np.array([3.0, 0.0, 5.0, 2.0])
    along = Seen.along(values)
    for n in range(5):
        picked, exact = along.at(n), Seen.of(values[:n])
        for name, part in vars(exact).items():
            assert float(getattr(picked, name)) == pytest.approx(float(part), abs=1e-9)
    two = along.at(np.array([4, 1]))
    np.testing.assert_array_equal(two.total, [10.0, 3.0])
    again = along.at(3).repeated(4)
    np.testing.assert_array_equal([again.n, again.total], [[3.0] * 4, [8.0] * 4])
    assert np.isnan(Seen.sums(3, 2).repeated(2).scatter).all()


@each
@pytest.mark.parametrize("sds", [0.3, 6.0])
def test_a_close_axis_ends_at_what_can_be(belief, truth, ahead, sds):
    least, most = truth.support()
    low, high = close_up(belief, sds)
    assert (low, high) == pytest.approx(
        (max(truth.mean() - sds * truth.std(), least), min(truth.mean() + sds * truth.std(), most))
    )


def test_an_axis_holds_all_observations():
    values = np.array([2.0, -3.0, 11.0])
    assert covering(Normal(0.0, 1.0, 1.0), -1.0, 5.0, values) == (-3.0, 11.0)
    assert covering(Normal(0.0, 1.0, 1.0), -9.0, 50.0, values) == (-9.0, 50.0)
    assert covering(Gamma(1.0, 1.0), 0.0, 5.0, np.array([2.0, 11.0])) == pytest.approx((0.0, 13.2))
    assert covering(Beta(1.0, 1.0), 0.4, 0.6, np.array([1.0, 0.0])) == (0.0, 1.0)


def test_the_next_observation_can_take_all_values_that_matter():
    np.testing.assert_array_equal(next_values(Beta(1.0, 1.0), 0.4, 0.6, 4), [0, 1, 2, 3, 4])
    np.testing.assert_array_equal(next_values(Gamma(1.0, 1.0), 0.0, 4.1, 10), range(8))
    many = next_values(Gamma(1.0, 1.0), 0.0, 900.0, 10)
    assert (many[0], many[-1], len(many)) == (0.0, 1350.0, 121)
    np.testing.assert_array_equal(many, many.round())
    np.testing.assert_allclose(next_values(Normal(0.0, 1.0, 1.0), -2.0, 3.0, 10, points=6), [-2, -1, 0, 1, 2, 3])
