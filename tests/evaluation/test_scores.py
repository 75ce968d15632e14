"""Scores against scoringrules, scikit-learn, scipy and published values."""

from __future__ import annotations

import numpy as np
import pytest
import scoringrules
from scipy import stats
from sklearn.metrics import accuracy_score, brier_score_loss, log_loss

from bayes_core.evaluation.calibration.bands import pit, sharpness
from bayes_core.evaluation.scores import (
    Score,
    accuracy,
    brier_score,
    crps,
    interval_score,
    log_density_score,
    log_score,
)
from bayes_core.numerics import mixture

RANDOM = np.random.default_rng(5)
P = RANDOM.dirichlet([0.7, 2.0, 1.2], size=60)
LABELS = (RANDOM.random((60, 1)) > P.cumsum(1)).sum(1)
F = RANDOM.gamma(2.0, size=(40, 25))
NOISE = RANDOM.lognormal(-1, 0.5, size=(40, 25))
Y = RANDOM.gamma(2.5, size=25)


def test_published_values():
    """Three Gaussians, as evaluation suites print them (FACTS)."""
    f, noise, y = np.array([[1.0, 2.0, 3.0]]), np.array([[0.1, 0.5, 1.0]]), [1.5, 3.0, 2.0]
    assert crps(y, f, noise).mean == pytest.approx(0.59080610693, abs=1e-9)
    assert log_density_score(y, f, noise).mean == pytest.approx(-4.920361, abs=1e-6)


def test_scores_of_classes_are_scikit_learns():
    assert log_score(P, LABELS).mean == pytest.approx(-log_loss(LABELS, P), rel=1e-12)
    assert accuracy(P, LABELS).mean == accuracy_score(LABELS, P.argmax(1))
    want = [sum((p[k] - (k == y)) ** 2 for k in range(3)) for p, y in zip(P, LABELS, strict=True)]
    np.testing.assert_allclose(brier_score(P, LABELS).each, want, rtol=1e-12)


def test_brier_of_two_classes_is_half_the_sum():
    p = np.stack([1 - P[:, 0], P[:, 0]], axis=1)
    y = (LABELS == 0).astype(int)
    assert brier_score(p, y).mean == pytest.approx(brier_score_loss(y, p[:, 1]), rel=1e-12)
    np.testing.assert_allclose(brier_score(p, y).each, scoringrules.brier_score(y, p[:, 1]), atol=1e-15)
    np.testing.assert_allclose(log_score(p, y).each, -scoringrules.log_score(y, p[:, 1]), rtol=1e-9)


def test_crps_of_a_mixture_is_scoringrules():
    want = scoringrules.crps_mixnorm(Y, F.T, NOISE.T)
    np.testing.assert_allclose(crps(Y, F, NOISE, pairs=39).each, want, rtol=1e-9)
    wide = scoringrules.crps_mixnorm(Y, F.T, np.tile(NOISE[:, 0], (25, 1)))
    np.testing.assert_allclose(crps(Y, F, NOISE[:, 0], pairs=39).each, wide, rtol=1e-9)
    np.testing.assert_allclose(crps(Y, F, NOISE, pairs=8).mean, want.mean(), rtol=0.03)
    np.testing.assert_allclose(crps(Y, F[:1], NOISE[:1]).each, scoringrules.crps_normal(Y, F[0], NOISE[0]), rtol=1e-12)


def test_a_forecast_whose_draws_are_mixtures_is_the_one_of_all_their_components():
    """Three components a draw with shares of their own, against scoringrules and scipy on all 3 x 12 at once."""
    f, noise = (part[:36].reshape(12, 3, 25).swapaxes(1, 2) for part in (F, NOISE))
    share = RANDOM.dirichlet([0.6, 1.0, 2.0], size=(12, 25))
    flat, wide, weight = (part.transpose(1, 0, 2).reshape(25, -1) for part in (f, noise, share / 12))
    want = scoringrules.crps_mixnorm(Y, flat, wide, weight)
    np.testing.assert_allclose(crps(Y, f, noise, 11, share).each, want, rtol=1e-9)
    np.testing.assert_allclose(crps(Y, f, noise, 6, share).mean, want.mean(), rtol=0.03)
    one = scoringrules.crps_mixnorm(Y, f[0], noise[0], share[0])
    np.testing.assert_allclose(crps(Y, f[:1], noise[:1], share=share[:1]).each, one, rtol=1e-9)
    density = (weight * stats.norm(flat, wide).pdf(Y[:, None])).sum(1)
    np.testing.assert_allclose(log_density_score(Y, f, noise, share).each, np.log(density), rtol=1e-10)
    np.testing.assert_allclose(pit(Y, f, noise, share), (weight * stats.norm(flat, wide).cdf(Y[:, None])).sum(1))
    low, high = mixture.quantiles((0.1, 0.9), weight, flat, wide)
    assert sharpness(f, noise, 0.8, share) == pytest.approx((high - low).mean(), rel=1e-9)
    alone = np.zeros_like(share)
    alone[..., 1] = 1.0  # the other two have no share at all
    np.testing.assert_allclose(
        crps(Y, f, noise, 11, alone).each, crps(Y, f[..., 1], noise[..., 1], 11).each, rtol=1e-12
    )
    told = log_density_score(Y, f[..., 1], noise[..., 1]).each
    np.testing.assert_allclose(log_density_score(Y, f, noise, alone).each, told, rtol=1e-12)


def test_the_log_density_is_scipys_and_scoringrules():
    want = np.log(stats.norm(F, NOISE).pdf(Y).mean(0))
    np.testing.assert_allclose(log_density_score(Y, F, NOISE).each, want, rtol=1e-10)
    far = log_density_score([500.0], [[0.0], [1.0]], [1.0, 1.0]).mean  # where every density is 0 in numbers
    assert far == pytest.approx(-0.5 * 499**2 - 0.5 * np.log(2 * np.pi) - np.log(2), rel=1e-9)


def test_the_interval_score_is_the_sum_written_out():
    low, high = np.quantile(F, [0.1, 0.9], axis=0)
    told = interval_score(Y, low, high, 0.8)
    want = (high - low) + 10 * np.maximum(low - Y, 0) + 10 * np.maximum(Y - high, 0)
    np.testing.assert_allclose(told.each, want, rtol=1e-12)


def test_proper_scores_are_best_for_the_truth():
    y = np.random.default_rng(1).normal(1.0, 2.0, 4000)

    def told(mean, sd):
        f, noise = np.full((1, 4000), mean), [sd]
        z = stats.norm.ppf(0.95) * sd
        return (
            -crps(y, f, noise).mean,
            log_density_score(y, f, noise).mean,
            -interval_score(y, f[0] - z, f[0] + z).mean,
        )

    for other in ((1.3, 2.0), (1.0, 1.5), (1.0, 2.7)):
        assert all(best > worse for best, worse in zip(told(1.0, 2.0), told(*other), strict=True))


def test_the_error_is_that_of_a_mean():
    each = np.random.default_rng(2).gamma(1.0, size=(800, 30))
    told = [Score.of(row) for row in each]
    assert np.sqrt(np.mean([t.error**2 for t in told])) == pytest.approx(np.std([t.mean for t in told]), rel=0.08)
    assert np.isnan(Score.of(np.array([1.0])).error)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: log_score([[1.0, 0.0]], [1]), "row 0 is of class 1, which was given the probability 0"),
        (lambda: log_score(np.zeros((0, 2)), []), "0 outcomes"),
        (lambda: interval_score([1.0], [2.0], [1.0]), "interval 0 ends at 1 below its start 2"),
        (lambda: interval_score([1.0], [2.0, 1.0], [3.0]), "1 outcomes, 2 lower and 1 upper"),
        (lambda: interval_score([1.0], [0.0], [2.0], 90), "interval level is 90"),
        (lambda: crps([1.0], [[1.0], [2.0]], [1.0, 1.0], pairs=0), "number of pairs is 0"),
        (lambda: crps([1.0], [[[1.0, 2.0]]], [[[1.0, 1.0]]], share=[[[0.7, 0.7]]]), "add up to 1.*one sum is 1.4"),
        (lambda: crps([1.0], [[[1.0, 2.0]]], [[[1.0, 0.0]]], share=[[[0.7, 0.3]]]), "a noise is 0"),
        (
            lambda: crps([1.0], [[[1.0, 2.0]]], [[[1.0, 1.0]]], share=[[[1.0]]]),
            r"give y \(N,\), and the others \(S, N, M",
        ),
    ],
)
def test_what_has_no_score_is_refused_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()
