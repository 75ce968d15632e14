"""Anchors of a linear model are draws of its prior, not of the coordinates that the search walks in."""

from __future__ import annotations

import numpy as np
import pytest

from bayes_core import Budget, Dataset, Prior, fit

DATA = Dataset.from_arrays([[0.0, 1.0], [1.0, 0.5], [2.5, -1.0], [4.0, 2.0], [6.0, 0.3]], [0.4, 1.9, 1.7, 6.0, 5.1])


@pytest.mark.parametrize("width", [0.6, 3.0])
def test_members_spread_as_the_closed_form_says(width):
    """Each member is H^-1 (X'y / s^2 + a / w^2) with an anchor a ~ N(0, w^2): covariance H^-1 H^-1 / w^2."""
    noise, members = 0.8, 800
    answer = fit(DATA, "linear", "anchored", Prior(width, noise, noise_known=True), Budget(members=members), seed=3)
    design = np.column_stack([np.ones(5), DATA.x])
    inverse = np.linalg.inv(design.T @ design / noise**2 + np.eye(3) / width**2)
    mean, covariance = inverse @ design.T @ DATA.y / noise**2, inverse @ inverse / width**2
    drawn = np.column_stack([answer.draws["intercept"], answer.draws["coef"]])
    white = (drawn - mean) @ np.linalg.inv(np.linalg.cholesky(covariance)).T
    np.testing.assert_allclose(white.mean(0), 0, atol=4.5 / np.sqrt(members))
    # of a covariance of N(0, 1): entries have errors sqrt(2 / S) on the diagonal, 1 / sqrt(S) beside it
    np.testing.assert_allclose(np.cov(white.T), np.eye(3), atol=4.5 * np.sqrt(2 / members))


def test_the_modes_own_noise_is_not_pulled():
    answer = fit(DATA, "linear", "anchored", Prior(3.0, 0.8), Budget(members=30), seed=3)
    for intercept, coef, sigma in zip(answer.draws["intercept"], answer.draws["coef"], answer.noise, strict=True):
        rest = ((DATA.y - intercept - DATA.x @ coef) ** 2).sum()
        # the slope of log p in log sigma, as a density of sigma: -N + r / s^2 - 2 s^2 / (s^2 + c^2) = 0
        assert -5 + rest / sigma**2 - 2 * sigma**2 / (sigma**2 + 0.64) == pytest.approx(0, abs=0.05)
