"""Scores of guesses against what one counts by hand, on asymmetric bands and curves."""

from __future__ import annotations

import numpy as np
import pytest

from bayes_core.evaluation.guesses import beaten, edges, far_off, overlap, widths
from bayes_core.figures.frames import loop


def test_a_number_is_off_by_a_difference_and_by_a_ratio():
    off, times = far_off(30.0, [7.5, 30.0, 120.0, np.nan])
    np.testing.assert_allclose(off, [22.5, 0, -90, np.nan])
    np.testing.assert_allclose(times, [4, 1, 0.25, np.nan])


@pytest.mark.parametrize("answer", [0.0, -3.0])
def test_no_ratio_crosses_nothing(answer):
    assert np.isnan(far_off(2.0, [answer])[1]).all()


def test_a_place_is_beaten_by_every_place_that_has_more():
    x = np.linspace(-1, 3, 401)
    curves = np.stack([np.exp(-((x - 2) ** 2)), -np.abs(x + 0.5), np.full(401, np.nan)])
    peak, share = beaten(x, curves, 1.0)
    np.testing.assert_allclose(peak, [2, -0.5, np.nan])
    # exp(-(x - 2)^2) > exp(-1) for 1 < x < 3, half of the axis; |x + 0.5| < 1.5 for x < 1, half of it, too
    np.testing.assert_allclose(share[:2], [0.5, 0.5], atol=0.01)
    assert np.isnan(share[2])


def test_every_curve_may_have_places_of_its_own():
    peak, share = beaten([[0.0, 1.0, 2.0, 3.0], [10.0, 11.0, 12.0, 13.0]], [[1.0, 5.0, 2.0, 0.0]] * 2, 2.5)
    np.testing.assert_allclose(peak, [1, 11])
    np.testing.assert_allclose(share, [0.5, 0.5])  # at 2.5 the first is 1: two have more; the other is read at its end


def test_a_band_covers_what_points_in_the_other_say():
    low, high, lower, upper = (
        np.array([0.0, -2.0]),
        np.array([3.0, 5.0]),
        np.array([[1.0, 0.0]]),
        np.array([[5.0, 2.0]]),
    )
    share, times = overlap(low, high, lower, upper)
    inside = np.linspace(lower, upper, 100_001)  # points of the band, evenly spaced at each place
    counted = ((inside >= low) & (inside <= high)).mean(0)[0]
    np.testing.assert_allclose(share, [counted.mean()], atol=1e-4)
    np.testing.assert_allclose(times, [(3 + 7) / (4 + 2)])


def test_a_band_elsewhere_covers_nothing_and_one_without_width_has_no_ratio():
    share, times = overlap([5.0], [6.0], [[0.0], [7.0], [5.5]], [[1.0], [9.0], [5.5]])
    assert share[:2].tolist() == [0, 0]
    assert times[:2].tolist() == [1, 0.5]
    assert np.isnan(times[2])


def test_edges_are_read_between_the_places_of_an_outline():
    x = np.array([0.0, 2.0, 6.0])
    lower, upper = np.array([[0.0, -1.0, 3.0], [1.0, 1.0, 1.0]]), np.array([[1.0, 4.0, 4.0], [2.0, 3.0, 9.0]])
    around = np.concatenate([x, x[::-1]])
    low, high = edges(around, loop(lower, upper), [1.0, 5.0])
    np.testing.assert_allclose(low, [[-0.5, 2.0], [1.0, 1.0]])
    np.testing.assert_allclose(high, [[2.5, 4.0], [2.5, 7.5]])
    places, wide = widths(around, loop(lower, upper))
    np.testing.assert_allclose(places, x)
    np.testing.assert_allclose(wide, upper - lower)
