"""The lowest point of a function, between the places of a grid."""

from __future__ import annotations

import numpy as np

from bayes_core.numerics.lowest import lowest

GRID = np.linspace(-2.0, 3.0, 21)


def found(function, rows):
    return lowest(function, GRID, function(np.tile(GRID, (rows, 1))))


def test_each_function_has_its_own_lowest_place():
    at = np.array([[-1.234567], [0.5], [2.9999]])
    np.testing.assert_allclose(found(lambda x: np.cosh(x - at), 3), at[:, 0], atol=1e-6)


def test_the_deepest_dip_need_not_hold_the_lowest_place_of_the_grid():
    """A narrow dip of depth 1 between two places of the grid, and a wide one of depth 0.7 on a place."""

    def two(x):
        return -np.exp(-(((x + 0.875) / 0.15) ** 2)) - 0.7 * np.exp(-((x - 1.5) ** 2))

    values = two(np.tile(GRID, (1, 1)))
    assert GRID[values.argmin()] == 1.5
    np.testing.assert_allclose(found(two, 1), [-0.875], atol=2e-4)  # the wide one shifts it


def test_a_function_that_falls_to_an_end_is_least_there():
    slopes = np.array([[1.0], [-3.0]])
    assert found(lambda x: slopes * x, 2).tolist() == [-2.0, 3.0]
