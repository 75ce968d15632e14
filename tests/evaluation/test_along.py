"""Judgements along a handle against the same asked one position at a time, and the verdict's words."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from scipy.special import expit

from bayes_core.evaluation.calibration import (
    LEVELS,
    BandForecasts,
    ClassForecasts,
    Verdict,
    best_stretch,
    coverage_curve,
    judge_bands,
    judge_classes,
    pit,
    pit_histogram,
    points_to_tell,
    reliability,
    sharpness,
)
from bayes_core.evaluation.forecasts import both
from bayes_core.evaluation.scores import accuracy, brier_score, crps, log_density_score, log_score

RANDOM = np.random.default_rng(11)
Z = RANDOM.normal(0.4, 2.5, size=300)
LABELS = (RANDOM.random(300) < expit(Z / 3)).astype(int)
F = RANDOM.gamma(2.0, size=(30, 200)) * np.linspace(0.5, 3, 200)
NOISE = RANDOM.lognormal(-0.5, 0.4, size=(30, 200))
Y = F[7] + 2 * NOISE[7] * RANDOM.standard_normal(200)


def test_classes_along_a_handle_are_the_same_asked_one_by_one():
    temperatures, bins, points = np.array([0.5, 3.0, 1.0]), np.array([10.0, 4, 10]), np.array([300.0, 300, 25])
    told = judge_classes(ClassForecasts.of(Z, LABELS), temperatures, bins, points)
    for v, (t, b, n) in enumerate(zip(temperatures, bins, points, strict=True)):
        now, y = Z[: int(n)] / t, LABELS[: int(n)]
        p = expit(now)
        found = reliability(p, y, int(b))
        for name, want in (
            ("counts", found.counts),
            ("said", found.forecast),
            ("happened", found.observed),
            ("lower", found.lower),
            ("upper", found.upper),
        ):
            np.testing.assert_allclose(getattr(told, name)[v, : int(b)], want)
            assert np.isnan(getattr(told, name)[v, int(b) :]).all()
        assert told.ece[v] == found.ece
        assert told.chance[v] == found.ece_by_chance
        assert told.off[v] == found.outside.sum()
        assert told.sure[v] == pytest.approx(np.maximum(p, 1 - p).mean())
        for name, score in (
            ("brier", brier_score(both(p), y)),
            ("log_score", log_score(both(p), y)),
            ("right", accuracy(both(p), y)),
        ):
            assert getattr(told, name)[v] == pytest.approx(score.mean, rel=1e-9)
            assert getattr(told, name + "_error")[v] == pytest.approx(score.error, rel=1e-9)
    assert np.ptp(told.right[:2]) == 0  # no temperature changes who is right
    assert told.most_filled()[2] == np.nanmax(told.counts[2])


def test_bands_along_a_handle_are_the_same_asked_one_by_one():
    factors, bins, points = np.array([1.0, 2.5, 1.0]), np.array([20.0, 20, 5]), np.array([200.0, 200, 60])
    told = judge_bands(BandForecasts.of(Y, F, NOISE), factors, bins, points)
    for v in (0, 2):
        n, b = int(points[v]), int(bins[v])
        u = pit(Y[:n], F[:, :n], NOISE[:, :n])
        np.testing.assert_array_equal(told.kept[v], coverage_curve(u, LEVELS).kept)
        np.testing.assert_array_equal(told.told[v], coverage_curve(u, (0.5, 0.9, 0.95)).kept)
        np.testing.assert_array_equal(told.counts[v, :b], pit_histogram(u, b).counts)
        assert told.width[v] == pytest.approx(sharpness(F[:, :n], NOISE[:, :n]), rel=1e-3)
        for name, score in (("crps", crps), ("log_score", log_density_score)):
            want = score(Y[:n], F[:, :n], NOISE[:, :n])
            assert getattr(told, name)[v] == pytest.approx(want.mean, rel=1e-6)
            assert getattr(told, name + "_error")[v] == pytest.approx(want.error, rel=1e-6)
    assert told.width[1] == pytest.approx(2.5 * told.width[0])
    assert told.told[1, 1] > told.told[0, 1]


def test_a_stretched_gaussian_is_a_gaussian_with_a_wider_noise():
    y, f, sd = Y[:50], F[:1, :50], NOISE[:1, :50]
    at = np.array([1.7])
    told, want = judge_bands(BandForecasts.of(y, f, sd), at, 10 * at / at, 50 * at / at), pit(y, f, 1.7 * sd)
    np.testing.assert_array_equal(told.counts[0], pit_histogram(want, 10).counts)
    assert told.crps[0] == pytest.approx(crps(y, f, 1.7 * sd).mean, rel=1e-6)
    assert told.log_score[0] == pytest.approx(log_density_score(y, f, 1.7 * sd).mean, rel=1e-6)


def test_the_best_stretch_is_the_root_mean_square_of_a_gaussians_residuals():
    sd = NOISE[0, :120]
    want = np.sqrt((((Y - F[0]) / NOISE[0])[:120] ** 2).mean())
    assert best_stretch(BandForecasts.of(Y[:120], F[:1, :120], sd[None])) == pytest.approx(want, rel=1e-4)
    mixture = best_stretch(BandForecasts.of(Y, F, NOISE))
    scores = [judge_bands(BandForecasts.of(Y, F, NOISE), np.array([c]), np.full(1, 5.0), np.full(1, 200.0)).log_score[0]
              for c in (mixture * 0.9, mixture, mixture * 1.1)]  # fmt: skip
    assert scores[1] == max(scores)


def verdict(promised, kept, error, off, by_chance, marks=10.0):
    return Verdict(*(np.array([float(v)]) for v in (promised, kept, error, off, by_chance, marks)))


def test_the_verdict_looks_at_the_average_and_at_the_marks():
    assert verdict(0.91, 0.70, 0.01, 6, 0.6).sign(0) == "▼ over-confident"
    assert verdict(0.60, 0.70, 0.01, 6, 0.6).sign(0) == "▲ more cautious than need be"
    assert verdict(0.71, 0.70, 0.01, 6, 0.6).sign(0) == "▼ only on average"
    assert verdict(0.71, 0.70, 0.01, 2, 0.6).sign(0) == "✓ keeps its word"
    assert verdict(0.91, 0.70, 0.08, 0, 0.6).sign(0) == "✓ keeps its word"  # too few to tell


def test_how_many_points_tell_is_asked_only_where_these_do():
    assert verdict(0.91, 0.70, 0.01, 6, 0.6).points(0) == points_to_tell(0.91, 0.70)
    assert np.isnan(verdict(0.72, 0.70, 0.01, 6, 0.6).points(0))


def test_calibrated_forecasts_keep_their_word_in_most_worlds():
    random, kept = np.random.default_rng(4), 0
    for _ in range(100):
        z = random.normal(0, 2, 400)
        y = random.random(400) < expit(z)
        one = np.ones(1)
        kept += judge_classes(ClassForecasts.of(z, y), one, 10 * one, 400 * one).verdict.sign(0) == "✓ keeps its word"
    assert kept >= 90


def test_understated_noise_is_told_over_confident():
    y = np.random.default_rng(3).normal(0, 2, 500)
    one, some = np.ones(1), BandForecasts.of(y, np.zeros((1, 500)), [1.0])
    told = judge_bands(some, one, 20 * one, 500 * one)
    assert told.verdict.sign(0) == "▼ over-confident"
    assert told.told[0, 1] == pytest.approx(2 * stats.norm.cdf(stats.norm.ppf(0.95) / 2) - 1, abs=0.06)
    mended = judge_bands(some, 2 * one, 20 * one, 500 * one)
    assert mended.verdict.sign(0) == "✓ keeps its word"


def test_ten_out_of_ten_convict_nobody():
    one = np.ones(1)
    told = judge_bands(BandForecasts.of(np.linspace(-1, 1, 10), np.zeros((1, 10)), [1.0]), one, 5 * one, 10 * one)
    assert told.told[0, 1] == 1.0
    assert not told.verdict.sign(0).startswith(("▲", "▼ over"))
    assert np.isnan(told.verdict.points(0))
    sure = judge_classes(ClassForecasts.of(np.full(8, 2.0), np.ones(8)), one, 5 * one, 8 * one)
    assert (sure.right[0], sure.right_error[0]) == (1.0, 0.0)
    assert sure.verdict.error[0] == pytest.approx(np.sqrt(expit(2) * expit(-2) / 8))
