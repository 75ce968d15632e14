"""Optima, climbs and gradient estimators against closed forms, and against each other within Monte-Carlo error."""

from __future__ import annotations

import numpy as np
import pytest

from bayes_core.approximation import (
    Exact,
    LaplaceSlope,
    LogOdds,
    Recipe,
    Weighings,
    climb,
    elbo,
    landscape,
    minima,
    noisy_climb,
    reparameterised,
    score_function,
)
from bayes_core.approximation.divergence import gradient
from bayes_core.approximation.estimators import spread
from bayes_core.numerics.contours import contours

HUMPS = Exact(Weighings((69.7, 70.5, 75.1, 75.6)))
SLOPE = LaplaceSlope((1.0, -2.0, 0.5, 3.0), (0.3, -0.2, 0.9, 1.1), noise=0.8, scale=0.4)
MEANS, WIDTHS = np.linspace(66, 79, 40), np.geomspace(0.25, 5, 33)


def test_two_humps_have_three_best_q_and_the_gradient_ends_at_each():
    found = minima(HUMPS, landscape(HUMPS, MEANS, WIDTHS))
    assert len(found) == 3
    assert found[0].mean == pytest.approx(70.4, abs=0.1)
    assert found[2].mean == pytest.approx(75.2, abs=0.1)
    for one in found:
        assert np.array(gradient(HUMPS.target, one.mean, one.width)) == pytest.approx(0, abs=1e-4)
        around = HUMPS.reverse(one.mean + np.array([-0.05, 0.05, 0, 0]), one.width * np.array([1, 1, 0.95, 1.05]))
        assert (around > one.kl).all()


def test_forward_the_best_q_has_the_moments():
    (best,) = minima(HUMPS, landscape(HUMPS, MEANS, WIDTHS, "forward"), "forward")
    assert (best.mean, best.width) == (HUMPS.mean, HUMPS.sd)
    path = climb(HUMPS, 71.6, 1.15, 500, 0.05, "forward")
    assert (path.mean[-1], path.width[-1]) == pytest.approx((best.mean, best.width), rel=2e-3)


def test_the_gradient_is_that_of_the_elbo():
    for target, m, s in ((HUMPS.target, 71.6, 1.15), (LogOdds(0, 20), -3.0, 0.8), (SLOPE, -0.1, 0.3)):
        h = 1e-5
        by_mean = (elbo(target, m + h, s) - elbo(target, m - h, s)) / (2 * h)
        by_log = (elbo(target, m, s * np.exp(h)) - elbo(target, m, s * np.exp(-h))) / (2 * h)
        assert np.array(gradient(target, m, s)) == pytest.approx([by_mean, by_log], rel=1e-5)


def test_adam_ends_in_a_minimum_which_its_start_decides():
    found = minima(HUMPS, landscape(HUMPS, MEANS, WIDTHS))
    path = climb(HUMPS, np.array([71.2, 74.0, 72.5]), np.array([0.8, 0.8, 1.5]), 400, 0.05)
    assert path.mean[:, -1] == pytest.approx([found[k].mean for k in (0, 2, 1)], abs=0.02)
    assert path.mean.shape == (3, 401)
    assert path.at(0)[0] == pytest.approx([71.2, 74.0, 72.5])


@pytest.mark.parametrize("target", [SLOPE, LogOdds(2, 9), HUMPS.target], ids=["slope", "odds", "humps"])
def test_both_estimators_are_right_on_average_and_one_is_noisier(target):
    exact = Exact(target)
    mean, width = exact.mean + 0.4 * exact.sd, 0.8 * exact.sd
    e = np.random.default_rng(1).standard_normal((4000, 16))
    truth = np.array(gradient(target, mean, width))
    errors = []
    for guesses in (
        reparameterised(target, mean, width, e),
        score_function(target, mean, width, e),
        score_function(target, mean, width, e, baseline=True),
    ):
        steps = guesses.mean(1)  # 4,000 gradients, each of 16 draws
        error = steps.std(0) / np.sqrt(len(steps))
        assert np.abs(steps.mean(0) - truth) == pytest.approx(0, abs=float(4.5 * error.max()))
        errors.append(error)
    assert (errors[0] < errors[1]).all()
    assert (errors[2] < errors[1]).all()
    sd = np.array(errors) * np.sqrt(e.size)
    assert sd[:2] == pytest.approx(spread(target, mean, width), rel=0.05)
    assert sd[2] == pytest.approx(spread(target, mean, width, baseline=True)[1], rel=0.15)


def test_a_noisy_climb_takes_the_steps_of_its_estimator():
    """One step of Adam is the sign of the gradient, a hundred draws a step end at the best q."""
    best = minima(Exact(SLOPE), landscape(Exact(SLOPE), np.linspace(-0.5, 1, 41), np.geomspace(0.02, 1, 41)))[0]
    rates = np.array([0.02, 0.05])
    for way in ("reparameterised", "score"):
        path = noisy_climb(SLOPE, 0.9, 0.5, 400, rates, Recipe(draws=100, seed=3), way)
        assert path.mean.shape == (2, 401)
        assert np.abs(path.mean[:, 1] - 0.9) == pytest.approx(rates * SLOPE.unit)
        assert path.mean[0, -150:].mean() == pytest.approx(best.mean, abs=0.25 * best.width)
        assert path.width[0, -150:].mean() == pytest.approx(best.width, rel=0.25)


def test_rows_that_are_drawn_are_right_on_average():
    """Over all pairs of rows, the gradient of pairs has the mean of the gradient of all."""
    e = np.random.default_rng(0).standard_normal((3000, 1))
    theta = 0.3 + 0.2 * e[:, 0]
    pairs = [SLOPE.row_slopes(theta, np.array([i, j])) * 2 for i in range(4) for j in range(i)]
    assert np.mean(pairs, 0) == pytest.approx(SLOPE.likelihood_slope(theta))
    few = noisy_climb(SLOPE, 0.9, 0.5, 600, np.array([0.01]), Recipe(50, rows=2, seed=1), "reparameterised")
    whole = noisy_climb(SLOPE, 0.9, 0.5, 600, np.array([0.01]), Recipe(50, seed=1), "reparameterised")
    assert few.width[0, -200:].mean() == pytest.approx(whole.width[0, -200:].mean(), rel=0.15)


def test_how_often_the_kl_term_counts():
    """Doubled it is the posterior of a noise sqrt 2 times as large; forgotten, nothing keeps q from a single point."""
    doubled = noisy_climb(SLOPE, 0.5, 0.3, 600, np.array([0.01]), Recipe(200, weight=2.0, seed=2), "reparameterised")
    cooled = Exact(SLOPE.cooled(2.0))
    best = minima(cooled, landscape(cooled, np.linspace(-0.5, 1, 41), np.geomspace(0.02, 1, 41)))[0]
    assert doubled.width[0, -100:].mean() == pytest.approx(best.width, rel=0.05)
    assert doubled.mean[0, -100:].mean() == pytest.approx(best.mean, abs=0.1 * best.width)
    lost = noisy_climb(SLOPE, 0.5, 0.3, 600, np.array([0.05]), Recipe(20, weight=0.0, seed=2), "reparameterised")
    assert lost.width[0, -1] < 0.1 * best.width
    assert lost.mean[0, -1] == pytest.approx(SLOPE.best, abs=0.02)


def test_contours_lie_on_a_circle():
    x, y = np.linspace(-2, 2, 60), np.linspace(-1.5, 2.5, 50)
    lines = contours(x, y, x[None, :] ** 2 + y[:, None] ** 2, 1.3)
    assert np.hypot(*lines.reshape(-1, 2).T) == pytest.approx(np.sqrt(1.3), abs=1e-3)
    assert len(lines) > 50
