"""The loss surface against the densities themselves, minimised by brute force."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import minimize
from sklearn.linear_model import Ridge

from bayes_core import ridge
from bayes_core.ridge import DROPS, Along, Answers, Bowl

TRACK = Along(np.array([0.4, 6.0, 1.5, 0.2]), np.array([0.8, 0.5, 3.0, 1.0]), np.array([4.0, 1.0, 2.0, 4.0]))
PRIORS = {"normal": stats.norm, "laplace": stats.laplace}


@pytest.fixture(scope="module", params=list(PRIORS))
def made(request, curved):
    found = Answers.of(curved, TRACK, request.param)
    return request.param, found.coef, Bowl.of(curved, TRACK, found.coef, request.param, (3, 2))


def surfaces(problem, columns, family, coef, v):
    """The three surfaces over the pair at position v: densities of scipy, the others held at coef."""
    degree, width, noise = TRACK.degree[v], TRACK.width[v], TRACK.noise[v]
    design, two = columns(problem.split.train.x, degree), [3, 2] if degree >= 3 else [0, 1]

    def minus_log_likelihood(b):
        weights = coef[v, : int(degree) + 1].copy()
        weights[two] = b
        return -stats.norm.logpdf(problem.split.train.y, design @ weights, noise).sum()

    def minus_log_prior(b):
        return -PRIORS[family].logpdf(b, 0, width).sum()

    return {
        "likelihood": minus_log_likelihood,
        "prior": minus_log_prior,
        "loss": lambda b: minus_log_likelihood(b) + minus_log_prior(b),
    }


def lowest(surface, *starts):
    """The lowest point of a convex surface by simplex search, started again where it ended."""
    found = np.array(min(starts, key=surface))
    for _ in range(4):
        found = minimize(surface, found, method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-13}).x
    return found


@pytest.mark.parametrize("v", range(4))
def test_every_contour_lies_its_drop_above_the_surfaces_lowest_point(made, curved, columns, v):
    family, coef, bowl = made
    for name, surface in surfaces(curved, columns, family, coef, v).items():
        base = surface(lowest(surface, bowl.centre[v] + 0.1, bowl.mode[v] - 0.1, np.array([0.01, -0.02])))
        for k, drop in enumerate(DROPS):
            ring = getattr(bowl, name)[v, k]
            heights = np.array([surface(b) for b in ring])
            np.testing.assert_allclose(heights - base, drop, rtol=1e-5, atol=1e-6, err_msg=f"{name} {drop}")
            np.testing.assert_allclose(ring[0], ring[-1], atol=1e-9)


@pytest.mark.parametrize("v", range(4))
def test_the_marks_are_the_lowest_points(made, curved, columns, v):
    family, coef, bowl = made
    found = surfaces(curved, columns, family, coef, v)
    for name, mark in (("loss", bowl.mode[v]), ("likelihood", bowl.centre[v])):
        best = lowest(found[name], mark + 0.2, np.array([0.01, -0.02]))
        np.testing.assert_allclose(mark, best, rtol=1e-4, atol=1e-4)


def test_a_model_without_the_pair_is_looked_at_over_its_first_two(made):
    _, coef, bowl = made
    for v, pair in enumerate(([3, 2], [0, 1], [0, 1], [3, 2])):
        np.testing.assert_array_equal(bowl.mode[v], coef[v, pair])


def test_the_drops_are_one_two_and_three_sd_of_a_gaussian():
    top = stats.norm.logpdf(0)
    np.testing.assert_allclose([top - stats.norm.logpdf(sd) for sd in (1, 2, 3)], DROPS)


def test_the_maps_path_goes_from_a_hundredth_of_the_penalty_to_zero(curved, columns):
    design, y = columns(curved.split.train.x, 4), curved.split.train.y
    path = ridge.map_path(design, y, (3, 1), 0.6, 0.9, "normal", points=25)
    for k, exponent in enumerate(np.arange(25) * 10 / 24 - 2):
        alpha = 10.0**exponent * 0.9**2 / 0.6**2
        peer = Ridge(alpha=alpha, fit_intercept=False, solver="svd").fit(design, y).coef_
        np.testing.assert_allclose(path[k], peer[[3, 1]], rtol=1e-7, atol=1e-12)
    assert np.abs(path[-1]).max() < 1e-5 < np.abs(path[0]).max()


def test_the_lassos_path_follows_the_pull_until_both_weights_are_zero(several):
    design, y = several.design(1.0), several.split.train.y
    path = ridge.map_path(design, y, (1, 2), 2.0, 3.0, "laplace", points=13)
    thresholds = [4.5 * 10 ** (-2 + 6 * k / 12) for k in range(13)]
    for b, threshold in zip(path, thresholds, strict=True):
        loss = lambda w, t=threshold: 0.5 * ((y - design @ w) ** 2).sum() + t * np.abs(w).sum()  # noqa: E731
        best = minimize(loss, np.full(4, 0.1), method="Powell", options={"xtol": 1e-9, "ftol": 1e-15}).x
        np.testing.assert_allclose(b, best[[1, 2]], atol=1e-4)
    assert (path[-1] == 0).all()
    assert (path[0] != 0).all()


def test_a_path_over_a_pair_that_is_not_there_is_over_the_first_two(curved):
    design, y = curved.design(1.0), curved.split.train.y
    here, there = (ridge.map_path(design, y, pair, 1.0, 1.0, "normal") for pair in ((0, 1), (1, 2)))
    np.testing.assert_array_equal(here, there)


def test_the_axes_hold_zero_and_the_path_in_the_middle_and_make_circles_round():
    path = np.array([[9.0, -1.0], [7.0, 0.5], [np.nan, 3000.0], [6.0, -0.25]])
    (x0, x1), (y0, y1) = ridge.surface_range(path, aspect=2.1)
    assert (x0 + x1) / 2 == pytest.approx(4.5)
    assert (y0 + y1) / 2 == pytest.approx(-0.25)
    assert (x1 - x0) / (y1 - y0) == pytest.approx(2.1)
    assert y1 - y0 == pytest.approx(2 * 0.85 * 9)
    assert x0 < 0
    assert x1 > 9
    assert y0 < -1
    assert y1 > 0.5


@pytest.mark.parametrize("family", list(PRIORS))
def test_a_priors_contour_goes_round_zero_once_through_its_axes(family):
    width, drop = np.array([0.3, 5.0]), 2.0
    ring = ridge.prior_contour(width, family, drop, points=41)
    on_axis = np.sqrt(2 * drop) * width if family == "normal" else drop * width
    np.testing.assert_allclose(ring[:, 0], np.stack([on_axis, 0 * width], 1), atol=1e-12)
    np.testing.assert_allclose(ring[:, 10], np.stack([0 * width, on_axis], 1), atol=1e-12)
    turned = np.unwrap(np.arctan2(ring[..., 1], ring[..., 0]), axis=1)
    np.testing.assert_allclose(turned[:, -1] - turned[:, 0], 2 * np.pi)
