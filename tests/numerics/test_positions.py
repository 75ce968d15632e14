"""Positions of a handle: runs without a break, and what is known at some of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bayes_core.numerics.positions import at_positions, unbroken


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.data())
def test_a_run_ends_where_a_walk_from_home_must_stop(good, data):
    home = data.draw(st.integers(0, len(good) - 1))
    low = high = home
    while low > 0 and good[low - 1]:
        low -= 1
    while high < len(good) - 1 and good[high + 1]:
        high += 1
    assert unbroken(np.array(good), home) == (low, high)


def test_what_is_known_stands_at_its_position_and_nothing_anywhere_else():
    rows = {3: np.array([1.0, 2.0]), 0: np.array([5.0, np.nan])}
    made = at_positions(rows, 5)
    assert made.shape == (5, 2)
    for v in range(5):
        np.testing.assert_array_equal(made[v], rows.get(v, np.full(2, np.nan)))
    assert np.isnan(at_positions({}, 2, (3,))).all()
    assert at_positions({}, 2, (3,)).shape == (2, 3)


@pytest.mark.parametrize("position", [-1, 4])
def test_a_position_that_the_handle_has_not_is_refused(position):
    with pytest.raises(ValueError, match=f"position {position} is none of the handle's: they go from 0 to 3"):
        at_positions({position: np.zeros(2)}, 4)
