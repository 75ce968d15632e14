"""Reliability and ECE against scikit-learn, sums written out, and simulated outcomes of calibrated forecasts."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from sklearn.calibration import calibration_curve

from bayes_core.evaluation.calibration import consistency, ece_under_calibration, mean_class_ece, reliability
from bayes_core.evaluation.forecasts import of_class, top_label

RANDOM = np.random.default_rng(3)
SAID = RANDOM.beta(0.6, 1.7, size=700)
HAPPENED = (RANDOM.random(700) < SAID**1.6).astype(float)  # happens less often than said


@pytest.mark.parametrize("bins", [2, 5, 10, 15])
def test_shares_are_scikit_learns(bins):
    told = reliability(SAID, HAPPENED, bins)
    observed, said = calibration_curve(HAPPENED, SAID, n_bins=bins)
    np.testing.assert_allclose(told.observed[told.filled], observed, rtol=1e-12)
    np.testing.assert_allclose(told.forecast[told.filled], said, rtol=1e-12)
    assert told.counts.sum() == 700


def test_bins_of_equal_count_are_scikit_learns_and_hold_as_many():
    told = reliability(SAID, HAPPENED, 7, "count")
    observed, said = calibration_curve(HAPPENED, SAID, n_bins=7, strategy="quantile")
    np.testing.assert_allclose(told.observed, observed, rtol=1e-12)
    np.testing.assert_allclose(told.forecast, said, rtol=1e-12)
    assert np.ptp(told.counts) <= 1


def test_equal_forecasts_stay_together_and_bins_become_fewer():
    told = reliability([0.3] * 6 + [0.8] * 2, [0, 1, 0, 0, 1, 0, 1, 1], 4, "count")
    assert told.counts.tolist() == [6, 2]
    assert told.binning_words == "2 bins of equal count"
    alone = reliability([0.3] * 6, [1] * 6, 4, "count")
    assert (alone.counts.tolist(), alone.ece) == ([6], pytest.approx(0.7))
    ends = reliability([0.0, 1.0, 1.0], [0, 1, 1], 5, "count")
    assert (ends.ece, ends.ece_by_chance, ends.outside.any()) == (0.0, 0.0, False)


def test_ece_is_the_weighted_mean_of_gaps():
    told = reliability(SAID, HAPPENED, 10)
    gaps = 0.0
    for b in range(10):
        inside = (b / 10 < SAID) & ((b + 1) / 10 >= SAID)
        if inside.any():
            gaps += inside.mean() * abs(SAID[inside].mean() - HAPPENED[inside].mean())
    assert told.ece == pytest.approx(gaps, rel=1e-12)
    np.testing.assert_allclose(told.gap, told.forecast - told.observed)


def test_the_error_of_ece_is_the_bootstraps_where_the_gaps_are_clear():
    random = np.random.default_rng(9)
    loud, tossed = 0.5 + 0.45 * np.sign(SAID - 0.3), random.integers(2, size=700)  # too sure on both sides
    again = []
    for _ in range(400):
        at = random.integers(700, size=700)
        again.append(reliability(loud[at], tossed[at], 5).ece)
    assert reliability(loud, tossed, 5).ece_error == pytest.approx(np.std(again), rel=0.1)


@pytest.mark.parametrize("binning", ["width", "count"])
@pytest.mark.parametrize("points", [40, 700])
def test_what_chance_gives_is_what_simulated_outcomes_give(points, binning):
    said, random = SAID[:points], np.random.default_rng(1)
    told = reliability(said, np.zeros(points), 10, binning)
    drawn = ece_under_calibration(said, 10, binning, repeats=4000)
    assert told.ece_by_chance == pytest.approx(drawn.mean(), rel=0.02)
    slow = [reliability(said, random.random(points) < said, 10, binning).ece for _ in range(300)]
    assert np.mean(slow) == pytest.approx(drawn.mean(), abs=4 * np.std(slow) / np.sqrt(300))
    assert np.std(slow) == pytest.approx(drawn.std(), rel=0.15)


@pytest.mark.parametrize("level", [0.5, 0.9])
def test_consistency_intervals_hold_their_share(level):
    """Of calibrated forecasts at least the level lies inside; exactly the binomial probability if all say the same."""
    random, worlds = np.random.default_rng(2), 3000
    said = np.repeat([0.07, 0.31, 0.5, 0.94], [13, 40, 90, 25])
    told = reliability(said, np.zeros(len(said)), 4, "count", level)
    starts = np.concatenate([[0], np.cumsum(told.counts)[:-1]])
    shares = np.add.reduceat(random.random((worlds, len(said))) < said, starts, axis=1) / told.counts
    inside = ((shares >= told.lower - 1e-12) & (shares <= told.upper + 1e-12)).mean(0)
    exact = [
        stats.binom.cdf(round(u * n), n, p) - stats.binom.cdf(round(lo * n) - 1, n, p)
        for u, lo, n, p in zip(told.upper, told.lower, told.counts, told.forecast, strict=True)
    ]
    np.testing.assert_allclose(inside, exact, atol=4 * np.sqrt(0.25 / worlds))
    assert (np.array(exact) >= level).all()
    assert told.outside_by_chance == pytest.approx(len(exact) - sum(exact), rel=1e-9)


def test_forecasts_that_differ_within_a_bin_stay_inside_more_often():
    random = np.random.default_rng(7)
    said = random.uniform(0, 1, 300)
    told = reliability(said, np.zeros(300), 1)
    shares = (random.random((2000, 300)) < said).mean(1)
    assert ((shares >= told.lower[0]) & (shares <= told.upper[0])).mean() > 0.93


def test_outside_says_which_bins_chance_cannot_explain():
    told = reliability([0.2] * 50 + [0.7] * 50, [1] * 25 + [0] * 25 + [1] * 36 + [0] * 14, 10)
    assert told.outside[told.filled].tolist() == [True, False]
    assert np.isnan(told.lower[~told.filled]).all()
    low, high = consistency([0, 4], [np.nan, 0.5])
    assert np.isnan([low[0], high[0]]).all()
    assert (low[1], high[1]) == (0.25, 0.75) or (low[1], high[1]) == (0.0, 1.0)


def test_top_label_and_each_class():
    p = np.array([[0.2, 0.5, 0.3], [0.7, 0.1, 0.2], [0.1, 0.2, 0.7], [0.6, 0.3, 0.1]])
    said, right = top_label(p, [1, 0, 1, 2])
    assert (said.tolist(), right.tolist()) == ([0.5, 0.7, 0.7, 0.6], [1, 1, 0, 0])
    said, was = of_class(p, [1, 0, 1, 2], 2)
    assert (said.tolist(), was.tolist()) == ([0.3, 0.2, 0.7, 0.1], [0, 0, 0, 1])
    whole, each = mean_class_ece(p, [1, 0, 1, 2], 2)
    want = [reliability(*of_class(p, [1, 0, 1, 2], k), 2).ece for k in range(3)]
    np.testing.assert_allclose(each, want)
    assert whole == pytest.approx(np.mean(want))
    _, absent = mean_class_ece(p, [1, 0, 1, 0], 2)  # nobody is of class 2, which was forecast all the same
    assert absent[2] == pytest.approx((0.6 + 0.7) / 4)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: reliability([80.0], [1]), "holds 80 at position 0: give probabilities from 0 to 1, not per cent"),
        (lambda: reliability([0.5], [0.5]), "an outcome is 0.5: give 1 where it happened"),
        (lambda: reliability([0.5, 0.2], [1]), "2 forecasts and 1 outcomes"),
        (lambda: reliability([], []), "0 entries"),
        (lambda: reliability([0.5], [1], 0), "number of bins is 0"),
        (lambda: reliability([0.5], [1], 3, "even"), "binning is 'even'"),
        (lambda: reliability([0.5], [1], level=90), "interval level is 90"),
        (lambda: top_label([[0.5, 0.5]], [2]), "label at position 0 is 2: give whole numbers from 0 to 1"),
        (lambda: top_label([[0.5, 0.5]], [0, 1]), "2 labels for 1 forecasts"),
        (lambda: of_class([[0.5, 0.5]], [0], 2), "the class is 2"),
    ],
)
def test_what_cannot_be_judged_is_refused_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()
