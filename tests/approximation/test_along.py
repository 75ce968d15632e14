"""What is followed along a handle: a q and Adam's steps, two noisy climbs, a q for two weights."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayes_core.approximation import (
    Exact,
    LaplaceSlope,
    Recipe,
    Tilted,
    Weighings,
    climb,
    covariances,
    landscape,
    minima,
    reparameterised,
    score_function,
)
from bayes_core.approximation.along import STEPS, Both, Followed, frozen
from bayes_core.approximation.two_dimensions import REACH, Pairwise, draws, frozen_pairs

HUMPS = Exact(Weighings((69.7, 70.5, 75.1, 75.6)))
BEST = minima(HUMPS, landscape(HUMPS, np.linspace(66, 79, 40), np.geomspace(0.25, 5, 33)))


def test_a_q_is_where_its_own_climb_has_come_to():
    starts, step = np.array([71.0, 73.0, 74.2]), np.array([40.0])
    found = Followed.of(HUMPS, "reverse", starts, np.array([0.8]), step, BEST)
    alone = climb(HUMPS, 73.0, 0.8, 40, 0.06)
    assert (found.mean[1], found.width[1]) == pytest.approx((alone.mean[-1], alone.width[-1]))
    assert found.elbo + found.reverse == pytest.approx(HUMPS.target.log_evidence)
    assert found.ending.tolist() == [0, 1, 2]
    ends = [(BEST[k].mean, BEST[k].width) for k in found.ending]
    assert np.stack([found.path.mean[:, -1], found.path.width[:, -1]], 1) == pytest.approx(np.array(ends), rel=0.02)


def test_both_handles_of_a_q_show_the_same_where_they_meet():
    step = Followed.of(HUMPS, "reverse", np.array([71.6]), np.array([0.8]), np.arange(STEPS + 1.0), BEST)
    mean = Followed.of(HUMPS, "reverse", np.array([70.0, 71.6]), np.array([0.8]), np.array([30.0]), BEST)
    assert (step.mean[30], step.width[30]) == pytest.approx((mean.mean[1], mean.width[1]))
    assert np.isnan(mean.trail()[0][:, 31:]).all()
    assert not np.isnan(mean.trail()[0][:, :31]).any()


def test_a_bell_and_its_grips_are_the_gaussian():
    found = Followed.of(HUMPS, "reverse", np.array([71.6]), np.array([0.8]), np.array([0.0]), BEST)
    q, at = stats.norm(71.6, 0.8), np.linspace(69, 74, 7)
    assert found.curves(at)[0] == pytest.approx(q.pdf(at))
    assert found.now[0] == pytest.approx([71.6, 0.8, q.pdf(71.6)])
    assert found.grips[0] == pytest.approx([71.6, q.pdf(71.6), 72.4, q.pdf(72.4)])
    e = frozen()
    assert (found.draws(e).mean(), found.draws(e).std()) == pytest.approx((71.6, 0.8))


def test_two_climbs_are_told_where_they_have_come_to():
    line = LaplaceSlope((1.0, -2.0, 0.5, 3.0), (0.3, -0.2, 0.9, 1.1), noise=0.8, scale=0.4)
    exact = Exact(line)
    best = minima(exact, landscape(exact, np.linspace(-0.5, 1, 41), np.geomspace(0.02, 1, 41)))[0]
    found = Both.of(exact, best, (0.9, 0.5), np.array([0.05]), np.array([0.0, 7.0]), Recipe(8, seed=2), 20)
    assert found.now(found.moved)[0] == pytest.approx([0.9, 0.5])
    lower, upper = found.edges(found.weighed)
    assert (upper[1, 7:] == upper[1, 7]).all()
    assert ((upper - lower)[1] / 2)[:8] == pytest.approx(found.weighed.width[1, :8])
    assert found.come[1].tolist() == [*range(7), *[7] * 14]
    mean, width = found.now(found.moved)[1]
    e = np.random.default_rng(4).standard_normal(40_000)
    ways = (reparameterised(line, mean, width, e), score_function(line, mean, width, e))
    sd = [one[:, 0].std() for one in ways]
    assert found.noise[1] == pytest.approx(sd, rel=0.03)
    assert found.dearer[1] == pytest.approx((sd[1] / sd[0]) ** 2, rel=0.1)
    assert found.settled.tolist() == [False, bool(exact.reverse(mean, width) < best.kl + 0.05)]


def test_the_grips_of_an_ellipse_are_its_rightmost_and_its_uppermost_place():
    line = Tilted((0.0, 1.0, 2.0, 4.0), (12.0, -1.7, 7.9, 52.9), noise=12.0, prior=(20.0, 15.0))
    found = Pairwise(line, covariances(np.array([1.0, 2.5]), 6.0, -0.7), "full")
    q, p = found.outlines(0.9)
    assert (q.shape, p.shape) == ((2, 146), (1, 146))
    x, y = q[1, ::2], q[1, 1::2]
    right, upper = found.grips[1, :2], found.grips[1, 2:]
    assert right == pytest.approx([x.max(), y[x.argmax()]], abs=0.3)
    assert upper == pytest.approx([x[y.argmax()], y.max()], abs=0.15)
    assert right[0] - line.mean[0] == pytest.approx(REACH * 2.5)
    made = draws(line.mean, found.covariance, frozen_pairs(60))[1]
    assert made.mean(0) == pytest.approx(line.mean)
    assert np.cov(made.T, bias=True) == pytest.approx(found.covariance[1])
    assert found.times_as_wide(np.array([2.0]))[0] == pytest.approx(
        line.line_sd(found.covariance[0], 2.0) / line.line_sd(line.covariance, 2.0)
    )
