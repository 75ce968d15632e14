"""Where the handles stand, the penalty that they amount to, and the model of a degree."""

from __future__ import annotations

import numpy as np
import pytest

from bayes_core import ridge
from bayes_core.ridge import Along, Problem

TRACK = Along(np.array([0.3, 2.0, 40.0, 2.0]), np.array([1.1, 0.4, 5.0, 7.0]), np.array([3.0, 1.0, 3.0, 2.0]))


def test_the_penalty_is_what_scikit_learn_calls_alpha_times_its_own_factor():
    for v in range(4):
        width, noise = float(TRACK.width[v]), float(TRACK.noise[v])
        assert TRACK.penalty("normal")[v] == pytest.approx((noise / width) ** 2, rel=1e-14)
        assert TRACK.penalty("laplace")[v] == pytest.approx(noise * noise / width, rel=1e-14)
    for family in ("normal", "laplace"):
        np.testing.assert_allclose(10 ** TRACK.log_penalty(family), TRACK.penalty(family), rtol=1e-12)
    assert TRACK.log_penalty("normal", (-1.0, 1.0)).tolist() == pytest.approx([1.0, -1.0, -1.0, 1.0])


def test_positions_of_one_degree_are_one_group():
    assert [(degree, at.tolist()) for degree, at in TRACK.groups()] == [(1.0, [1]), (2.0, [3]), (3.0, [0, 2])]
    assert len(TRACK) == 4


@pytest.mark.parametrize("family", ["normal", "laplace"])
def test_the_range_of_the_penalty_holds_every_pair_of_width_and_noise(family):
    widths, noises = np.array([0.7, 2.0, 55.0]), np.array([0.3, 1.0, 4.0])
    every = [float(ridge.log_penalty(w, n, family)) for w in widths for n in noises]
    low, high = ridge.penalty_range(widths, noises, family, (-99, 99))
    assert low <= min(every) < low + 1
    assert high - 1 < max(every) <= high
    assert (low, high) == (int(low), int(high))
    assert ridge.penalty_range(widths, noises, family, (-2, 1)) == (max(low, -2), min(high, 1))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"noise": np.ones(2)}, "2 values of noise for 3 widths"),
        ({"degree": np.ones(4)}, "4 values of degree for 3 widths"),
        ({"width": np.array([1.0, 0.0, 2.0])}, "a width is 0: every width must be more than 0"),
        ({"noise": np.array([1.0, -2.0, 2.0])}, "a noise is -2: every noise must be more than 0"),
        ({"noise": np.array([1.0, np.nan, 2.0])}, "noise holds nan at position"),
    ],
)
def test_a_track_that_cannot_be_is_refused(change, said):
    fields = {name: np.ones(3) for name in ("width", "noise", "degree")} | change
    with pytest.raises(ValueError, match=said):
        Along(**fields)


@pytest.mark.parametrize("degree", [1.0, 4.0, 12.0])
def test_a_degree_is_read_as_powers(curved, columns, degree):
    np.testing.assert_allclose(curved.design(degree), columns(curved.split.train.x, degree), rtol=1e-9, atol=1e-12)
    assert len(curved.names(degree)) == degree + 1
    assert curved.names(12.0)[-1] == "u¹²"


@pytest.mark.parametrize("degree", [1.0, 7.0])
def test_several_inputs_are_standardised_by_the_fitted_rows_alone(several, degree):
    x, new = several.split.train.x, several.split.held_out.x
    mean, sd = x.mean(0), np.sqrt(((x - x.mean(0)) ** 2).mean(0))
    np.testing.assert_allclose(several.design(degree)[:, 1:], (x - mean) / sd, rtol=1e-12)
    np.testing.assert_allclose(several.model(degree).design(new)[:, 1:], (new - mean) / sd, rtol=1e-12)
    assert several.names(degree) == ("intercept", "age", "dose", "rate")


def test_powers_of_several_inputs_are_refused(several):
    with pytest.raises(ValueError, match="powers read one input and the rows have 3"):
        Problem(several.split, ends=(0.0, 1.0))


def test_columns_must_hold_every_weight(curved):
    assert curved.columns(np.array([2.0, 5.0, 1.0])) == 6
    assert curved.columns(np.array([2.0, 5.0, 1.0]), 16) == 16
    with pytest.raises(ValueError, match="degree 5 has 6 weights and 5 columns are wanted: take 6"):
        curved.columns(np.array([2.0, 5.0, 1.0]), 5)
