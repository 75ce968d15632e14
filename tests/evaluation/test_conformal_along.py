"""A conformal band along its handles, against the same worked out one position at a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from bayes_core import Budget, Dataset, Linear, Mlp, Predictive, Prior, fit, predict, summary
from bayes_core.data.source import standardised
from bayes_core.evaluation.conformal import (
    CoverageDistribution,
    Forecast,
    Population,
    calibrate,
    edges,
    forecast_of,
    foretold,
    own_intervals,
    scored,
    thresholds,
)
from bayes_core.evaluation.conformal.along import Case, Days, along, dots, in_worlds
from bayes_core.evaluation.conformal.threshold import thresholds_of_first

LEVEL, DAYS, DRIFT = np.array([0.8, 0.9, 0.95, 0.9]), np.array([30.0, 30.0, 12.0, 45.0]), np.array([0.0, 2.0, 0.0, 5.0])
X = np.linspace(0, 10, 101)


@pytest.fixture(scope="module", params=["absolute", "normalised", "cqr"])
def case(request):
    """A wrong forecast of a curve with growing noise, on 45 days that calibrate and 25 new ones."""
    random = np.random.default_rng(5)
    centre = 1 + 0.7 * X
    forecast = Forecast(centre, 0.6 + 0.1 * X, centre - 1.2, centre + 1 + 0.2 * X)
    weight = np.where((X > 0) & (X < 10), 10 - X, 0.0)
    world = Population(X, weight, forecast, 1 + 0.06 * X**2, 0.5 + 0.1 * X, 0.2 * X, request.param)

    def days(n):
        x = 10 * (1 - np.sqrt(random.random(n)))
        y = 1 + 0.06 * x**2 + (0.5 + 0.1 * x) * random.standard_normal(n)
        return Days(x, y, forecast.mapped(lambda part: np.interp(x, X, part)), 0.2 * x)

    own = {float(p): (centre - p, centre + 2 * p) for p in LEVEL}
    return Case(world, days(45), days(25), {"left": X < 3, "right": X > 7}, own)


@pytest.fixture(scope="module")
def found(case):
    return along(case, LEVEL, DAYS, DRIFT)


def test_each_position_is_the_band_of_its_own_days(case, found):
    score = case.population.score
    for v, (level, n, drift) in enumerate(zip(LEVEL, DAYS.astype(int), DRIFT, strict=True)):
        told = calibrate(scored(case.calibration.y, case.calibration.forecast, score)[:n], level)
        assert (found.threshold[v], found.ranks[v]) == (told.threshold, told.rank)
        lower, upper = edges(case.population.forecast, told.threshold, score)
        np.testing.assert_array_equal([found.band.lower[v], found.band.upper[v]], [lower, upper])
        y = case.fresh.y + drift * case.fresh.change
        low, high = edges(case.fresh.forecast, told.threshold, score)
        np.testing.assert_array_equal(found.kept[v], (low <= y) & (y <= high))
        np.testing.assert_array_equal(found.fresh[v], y)
        np.testing.assert_allclose(found.mean[v], 1 + 0.06 * X**2 + drift * 0.2 * X)
    assert found.endless.tolist() == [False, False, True, False]  # 12 days cannot promise 95 %


def test_what_a_band_holds_is_that_of_a_normal_at_each_input(case, found):
    weight = np.where((X > 0) & (X < 10), 10 - X, 0.0)
    for v in (0, 1, 3):
        told = stats.norm(found.mean[v], case.population.noise)
        inside = np.maximum(told.cdf(found.band.upper[v]) - told.cdf(found.band.lower[v]), 0)
        np.testing.assert_allclose(found.band.inside[v], inside, atol=1e-12)
        assert found.band.share[v] == pytest.approx(np.average(inside, weights=weight))
        for name, where in (("left", X < 3), ("right", X > 7)):
            assert found.band.groups[name][v] == pytest.approx(np.average(inside[where], weights=weight[where]))
        width = np.maximum(found.band.upper[v] - found.band.lower[v], 0)
        assert found.band.half[v] == pytest.approx(np.average(width, weights=weight) / 2)
        own = told.cdf(case.own[LEVEL[v]][1]) - told.cdf(case.own[LEVEL[v]][0])
        assert found.own.share[v] == pytest.approx(np.average(own, weights=weight))
    assert (found.band.share[2], found.band.half[2]) == (1.0, np.inf)


def test_the_average_over_sets_is_promised_without_a_drift_and_broken_by_it(found):
    for v in (0, 2):
        law = CoverageDistribution(int(DAYS[v]), LEVEL[v])
        assert found.expected[v] == found.promised[v] == law.mean
        np.testing.assert_allclose([found.low[v], found.high[v]], law.interval(0.9), atol=2e-5)
    assert found.expected[3] < found.promised[3] - 0.05
    assert abs(found.expected[1] - found.promised[1]) > 0.01  # a little drift may even suit a wrong forecast
    assert (found.low <= found.expected).all()
    assert (found.expected <= found.high).all()


def test_a_forecast_without_a_band_of_its_own_has_none(case):
    assert along(replace(case, own={}), LEVEL, DAYS, DRIFT).own is None


def test_repeated_worlds_are_each_calibrated_on_their_own(case):
    ends = np.linspace(0.5, 1, 11)
    scores = case.population.draw(600, 45, 3, lambda p: 10 * (1 - np.sqrt(1 - p)))
    told = in_worlds(case.population, thresholds_of_first(scores, DAYS.astype(int), LEVEL), LEVEL, DAYS, DRIFT, ends)
    for v, (level, n, drift) in enumerate(zip(LEVEL, DAYS.astype(int), DRIFT, strict=True)):
        held = case.population.curve(drift).at(thresholds(scores[:, :n], [level])[:, 0])
        np.testing.assert_allclose(told.mean[v], held.mean(), atol=1e-4)
        np.testing.assert_allclose([told.low[v], told.high[v]], np.quantile(held, [0.05, 0.95]), atol=1e-3)
        assert told.error[v] == pytest.approx(held.std(ddof=1) / np.sqrt(600), abs=1e-5)
        assert told.counts[v].sum() == 600
        assert told.law[v].sum() == pytest.approx(1)
        assert abs(600 * told.law[v] - told.counts[v]).max() < 5 * np.sqrt(600 * 0.25)
    assert told.counts[2].tolist() == [0] * 9 + [600]


def test_scores_are_piled_up_inside_and_outside():
    scores = np.array([0.1, 0.15, 0.9, 2.4, 0.35, 7.0])
    told = dots(scores, np.array([6, 4, 5]), np.array([0.9, 0.12, np.inf]), np.array([0.0, 0.2, 0.5, 1.0, 3.0]))
    assert told.inside.tolist() == [[2, 1, 1, 0], [1, 0, 0, 0], [2, 1, 1, 1]]
    assert told.outside.tolist() == [[0, 0, 0, 2], [1, 0, 1, 1], [0, 0, 0, 0]]  # 7.0 lies beyond: in the last


# ------------------------------------------------------------------------------------------------ a fit's forecast
def test_a_fits_own_intervals_are_its_predictive_bands():
    x = np.array([1.0, 1.5, 2.0, 4.0, 7.0, 7.5, 11.0])
    data = Dataset.from_arrays(x, 2.0 + 0.7 * x + np.array([0.3, -1.1, 0.8, 0.2, -0.4, 1.9, -0.6]))
    line, at = fit(data, Linear(), "exact", Prior(2, 1), seed=1), np.array([0.5, 6.0, 20.0])
    told, own = foretold(line, at, (0.5, 0.9), 0.8)
    for level in (0.5, 0.9):
        band = summary.band(predict(line, at), level, "observation")
        np.testing.assert_allclose(own[level], [band.lower, band.upper], rtol=1e-6)
    np.testing.assert_allclose(told.lower, summary.band(predict(line, at), 0.8, "observation").lower, rtol=1e-6)
    np.testing.assert_allclose(told.centre, summary.band(predict(line, at), 0.8, "observation").mean)
    assert foretold(line, at, (), 0.8)[1] == {}


def test_few_draws_speak_for_many():
    random = np.random.default_rng(4)
    f, noise = random.gamma(2.0, 0.2, (4000, 3, 1)), random.gamma(40.0, 0.05, 4000)
    told = Predictive(np.zeros((3, 1)), f, noise)
    lower, upper = own_intervals(told, (0.6, 0.9))
    for at, level in enumerate((0.6, 0.9)):
        band = summary.band(told, level, "observation")
        far = 0.015 * (band.upper - band.lower).max()
        np.testing.assert_allclose([lower[at], upper[at]], [band.lower, band.upper], atol=far)


def test_a_network_on_standardised_rows_speaks_in_their_own_units():
    """By hand: the same network's predictive, put back into minutes."""
    random = np.random.default_rng(6)
    x = 20 + 5 * random.random(30)
    data = Dataset.from_arrays(x, 300 + 40 * x + 60 * random.standard_normal(30))
    made = fit(standardised(data), Mlp((3,)), "ensemble", Prior(1.0, 0.5), Budget(members=3, steps=50), seed=2)
    at = np.array([21.0, 24.0])
    told, own = foretold(made, at, (0.8,), 0.9, data)
    by_hand = forecast_of(predict(made, (at - x.mean()) / x.std()), 0.9)
    y = data.y
    np.testing.assert_allclose(told.centre, y.mean() + y.std() * by_hand.centre)
    np.testing.assert_allclose(told.scale, y.std() * by_hand.scale)
    np.testing.assert_allclose(told.upper, y.mean() + y.std() * by_hand.upper)
    band = summary.band(predict(made, (at - x.mean()) / x.std()), 0.8, "observation")
    np.testing.assert_allclose(own[0.8][0], y.mean() + y.std() * band.lower)


def test_a_forecast_upside_down_is_as_far_on_the_other_side():
    told = Forecast([1.0, 4.0], [0.5, 0.7], [0.0, 3.0], [2.0, 6.0]).turned(2.0)
    assert (told.centre.tolist(), told.lower.tolist(), told.upper.tolist()) == ([3, 0], [2, -2], [4, 1])
    with pytest.raises(ValueError, match="must be positive"):
        told.rescaled(0.0, -1.0)
