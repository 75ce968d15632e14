"""PIT, coverage, sharpness and stretched bands against scipy's distributions and simulated calibrated forecasts."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayes_core.evaluation.calibration import coverage_curve, pit, pit_histogram, sharpness, stretched
from bayes_core.evaluation.scores import crps, log_density_score

RANDOM = np.random.default_rng(8)
F = RANDOM.gamma(2.0, size=(50, 120)) * np.linspace(0.5, 3, 120)
NOISE = RANDOM.lognormal(-0.5, 0.4, size=(50, 120))
Y = F[7] + NOISE[7] * RANDOM.standard_normal(120)


@pytest.mark.parametrize("noise", [NOISE, NOISE[:, 0]])
def test_pit_is_the_mixtures_cdf(noise):
    at = noise if noise.ndim == 2 else noise[:, None]
    np.testing.assert_allclose(pit(Y, F, noise), stats.norm(F, at).cdf(Y).mean(0), rtol=1e-12)


def test_the_curve_counts_outcomes_in_central_intervals():
    u, levels = pit(Y, F, NOISE), np.linspace(0, 1, 41)
    told = coverage_curve(u, levels)
    for level, kept in zip(levels, told.kept, strict=True):
        assert kept == np.mean((u >= (1 - level) / 2 - 1e-12) & (u <= (1 + level) / 2 + 1e-12))
    assert (told.kept[0], told.kept[-1], told.points) == (0.0, 1.0, 120)
    assert told.at(0.9) == told.kept[36]
    assert told.errors[36] == pytest.approx(np.sqrt(told.kept[36] * (1 - told.kept[36]) / 120))


def test_a_calibrated_forecast_stays_within_its_band_and_flat():
    random, levels = np.random.default_rng(1), np.array([0.1, 0.5, 0.9])
    u = random.random((2000, 150))
    curves = [coverage_curve(row, levels, 0.9) for row in u]
    inside = 1 - np.mean([c.outside for c in curves], axis=0)
    exact = [
        stats.binom.cdf(round(hi * 150), 150, p) - stats.binom.cdf(round(lo * 150) - 1, 150, p)
        for hi, lo, p in zip(curves[0].upper, curves[0].lower, levels, strict=True)
    ]
    np.testing.assert_allclose(inside, exact, atol=0.025)
    assert (np.array(exact) >= 0.9).all()
    bars = [pit_histogram(row, 10, 0.9) for row in u[:500]]
    inside = 1 - np.mean([b.outside for b in bars])
    assert inside == pytest.approx(1 - bars[0].outside_by_chance, abs=0.01)
    assert inside >= 0.9
    assert (bars[0].expected, bars[0].counts.sum()) == (15, 150)


def test_the_end_of_the_histogram_lies_in_its_last_bar():
    assert pit_histogram([0.0, 1.0, 0.999, 0.5], 4).counts.tolist() == [1, 0, 1, 2]


def test_noise_understated_by_half_keeps_what_the_normal_says():
    y = np.random.default_rng(3).normal(0, 2, 20_000)
    told = coverage_curve(pit(y, np.zeros((1, 20_000)), [1.0]), [0.5, 0.9])
    want = [2 * stats.norm.cdf(stats.norm.ppf((1 + level) / 2) / 2) - 1 for level in (0.5, 0.9)]
    np.testing.assert_allclose(told.kept, want, atol=0.012)
    assert told.outside.all()


def test_sharpness_is_the_mean_width():
    assert sharpness([[0.0, 3.0]], [[1.0, 5.0]], 0.8) == pytest.approx(6 * stats.norm.ppf(0.9), rel=1e-6)
    y = np.sort((F[:, :3, None] + NOISE[:, :3, None] * stats.norm.ppf((np.arange(4000) + 0.5) / 4000)), axis=None)
    assert len(y) == 600_000
    low, high = (
        np.quantile((F[:, g, None] + NOISE[:, g, None] * stats.norm.ppf((np.arange(4000) + 0.5) / 4000)), [0.05, 0.95])
        for g in (0, 119)
    )
    want = np.mean([np.diff(low)[0], np.diff(high)[0]])
    assert sharpness(F[:, [0, 119]], NOISE[:, [0, 119]], 0.9) == pytest.approx(want, rel=2e-3)


@pytest.mark.parametrize("factor", [0.5, 2.5])
def test_a_stretched_forecast_is_one_whose_draws_and_noise_are_stretched(factor):
    centre = np.median(F, axis=0)
    wide = centre + factor * (F - centre)
    moved = stretched(Y, centre, factor)
    np.testing.assert_allclose(pit(moved, F, NOISE), pit(Y, wide, factor * NOISE), rtol=1e-9)
    np.testing.assert_allclose(factor * crps(moved, F, NOISE).each, crps(Y, wide, factor * NOISE).each, rtol=1e-9)
    before = log_density_score(moved, F, NOISE).each - np.log(factor)
    np.testing.assert_allclose(before, log_density_score(Y, wide, factor * NOISE).each, rtol=1e-9)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: pit([1.0], [[1.0, 2.0]], [1.0]), r"y is \(1,\), f \(1, 2\)"),
        (lambda: pit([1.0], [[1.0]], [0.0]), "a noise is 0: a predictive density needs one above 0"),
        (lambda: pit([], np.zeros((3, 0)), np.ones(3)), "at least one draw and one outcome"),
        (lambda: coverage_curve([0.5], [90]), "the levels holds 90"),
        (lambda: stretched([1.0], [0.0], -1), "the factor is -1"),
        (lambda: pit_histogram([0.5], 0), "number of bins is 0"),
    ],
)
def test_what_is_no_forecast_is_refused_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()
