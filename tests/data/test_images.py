"""Digits, and what becomes of them, against scipy's own pictures."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter, rotate
from sklearn.datasets import load_digits

from bayes_core.data.images import as_ink, blurred, digits, from_ink, turned


def test_every_digit_is_in_one_of_both_parts():
    fitted, rest = digits()
    assert (len(fitted.y), len(rest.y)) == (1438, 359)
    every = np.concatenate([np.column_stack([part.y, part.x]) for part in (fitted, rest)])
    found = load_digits()
    own = np.column_stack([found.target, found.data / 16])
    assert np.array_equal(every[np.lexsort(every.T)], own[np.lexsort(own.T)])


@pytest.mark.parametrize("degrees", [0, 17, 45, 90, 133])
def test_turning_is_scipys(degrees):
    x = digits()[1].x[:4]
    other = [rotate(one.reshape(8, 8), degrees, reshape=False, order=1, mode="grid-constant").ravel() for one in x]
    np.testing.assert_allclose(turned(x, degrees), other, atol=1e-7)


@pytest.mark.parametrize("width", [0.4, 1.0, 2.0])
def test_blur_is_scipys(width):
    x = digits()[1].x[:4]
    other = [gaussian_filter(one.reshape(8, 8), width, mode="constant", truncate=4.0).ravel() for one in x]
    np.testing.assert_allclose(blurred(x, width), other, atol=1e-9)


def test_ink_comes_back_as_it_was():
    x = digits()[1].x[4]
    assert np.array_equal(from_ink(as_ink(x)), x)
    for text in ("", "g" * 63, "h" * 64, "-" * 64):
        with pytest.raises(ValueError, match="64 pixels"):
            from_ink(text)
