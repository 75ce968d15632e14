"""Worlds of classes: what they say of any place is what happens there, and turning a handle moves the same points."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import special, stats
from sklearn.datasets import load_breast_cancer, load_digits, load_wine, make_moons

from bayes_core.data import CLASS_WORLDS, load
from bayes_core.data.classes import ClassWorld, blobs, circles, moons, twelve
from bayes_core.data.source import standardised

SKEWED = replace(blobs(n=3), shares=(0.6, 0.3, 0.1), mislabelled=0.1)


def calibrated(world: ClassWorld, n: int = 60_000) -> None:
    """Of all points whose class was told as about p, a share of p has it: in ten bins, for every class."""
    data = world.another(n, seed=5).dataset()
    told = world.probabilities(data.x)
    np.testing.assert_allclose(told.sum(1), 1, atol=1e-12)
    for k in range(told.shape[1]):
        order = np.argsort(told[:, k])
        for rows in np.array_split(order, 10):
            seen, p = (data.y[rows] == k).mean(), told[rows, k]
            error = np.sqrt((p * (1 - p)).sum()) / len(rows)
            assert abs(seen - p.mean()) < 4.5 * error + 2 / len(rows)


@pytest.mark.parametrize("name", CLASS_WORLDS)
def test_the_true_probabilities_are_what_happens(name):
    calibrated(CLASS_WORLDS[name]())


@pytest.mark.parametrize("world", [SKEWED, replace(moons(), shares=(0.2, 0.8)), replace(moons(), mislabelled=0.3)])
def test_also_of_rare_classes_and_wrong_labels(world):
    calibrated(world)


def test_rings_have_a_closed_form():
    """A point pushed off a ring of radius R: density exp(-(r^2 + R^2) / 2 s^2) I0(r R / s^2), up to a constant."""
    world = circles(noise=0.13)
    x = np.random.default_rng(1).normal(size=(300, 2)) * 1.5
    r, s2 = np.hypot(*(x * world.scale).T), 0.13**2
    log = [np.log(special.i0e(r * R / s2)) - (r - R) ** 2 / (2 * s2) for R in (1.0, 0.4)]
    np.testing.assert_allclose(world.probabilities(x)[:, 1], special.expit(log[1] - log[0]), rtol=1e-7, atol=1e-12)


def test_clouds_are_bayes_theorem_on_normal_densities():
    x = np.random.default_rng(2).normal(size=(50, 2))
    place = x * SKEWED.scale + SKEWED.centre
    centres = [curve(np.zeros(1))[0] for curve in SKEWED.curves]
    weight = np.array(
        [share * stats.multivariate_normal(c).pdf(place) for c, share in zip(centres, SKEWED.shares, strict=True)]
    ).T
    clean = weight / weight.sum(1, keepdims=True)
    np.testing.assert_allclose(SKEWED.probabilities(x), 0.9 * clean + 0.05 * (1 - clean), rtol=1e-9)


def test_moons_along_their_half_circles_by_a_fine_sum():
    world = replace(moons(noise=0.05), shares=(0.3, 0.7))  # thinner than the curves are long: many nodes
    x = np.random.default_rng(3).uniform(-1.5, 1.5, (600, 2))
    x = x[np.abs(world.probabilities(x)[:, 1] - 0.5) < 0.48]
    assert len(x) > 10
    place, t = x * world.scale + world.centre, (np.arange(200_000) + 0.5) / 200_000
    log = [
        special.logsumexp(-((place[:, None] - curve(t)) ** 2).sum(2) / 2 / 0.05**2, axis=1) + np.log(share)
        for curve, share in zip(world.curves, world.shares, strict=True)
    ]
    np.testing.assert_allclose(world.probabilities(x)[:, 1], special.expit(log[1] - log[0]), rtol=1e-5)


def test_moons_lie_where_scikit_learns_do():
    clean, label = make_moons(400, shuffle=False)
    for k, curve in enumerate(moons().curves):
        np.testing.assert_allclose(curve(np.linspace(0, 1, 200)), clean[label == k], atol=1e-12)


@pytest.mark.parametrize("name", CLASS_WORLDS)
def test_inputs_are_in_standard_deviations_of_all_there_could_be(name):
    x = CLASS_WORLDS[name](n=100_000).dataset().x
    np.testing.assert_allclose(x.mean(0), 0, atol=0.02)
    np.testing.assert_allclose(x.std(0), 1, atol=0.01)


@pytest.mark.parametrize("name", CLASS_WORLDS)
def test_handles_move_the_same_points(name):
    few, many = CLASS_WORLDS[name](n=9, seed=3), CLASS_WORLDS[name](n=400, seed=3)
    np.testing.assert_array_equal(few.dataset().x, many.dataset().x[:9])
    np.testing.assert_array_equal(few.dataset().y, many.dataset().y[:9])
    base, noise = many.dataset(0.0), many.noise
    pushed, further = many.dataset(noise).x - base.x, many.dataset(2 * noise).x - base.x
    np.testing.assert_allclose(further, 2 * pushed, atol=1e-12)
    wrong = [np.flatnonzero(many.dataset(mislabelled=share).y != base.y) for share in (0.1, 0.4)]
    assert set(wrong[0]) < set(wrong[1])
    assert abs(len(wrong[1]) - 160) < 4.5 * np.sqrt(400 * 0.24)
    same = many.dataset(mislabelled=0.1).y[wrong[0]]
    np.testing.assert_array_equal(same, many.dataset(mislabelled=0.4).y[wrong[0]])


def test_twelve_points_are_six_and_six():
    data = twelve().dataset()
    assert len(data.y) == 12
    assert data.y.sum() == 6
    assert data.classes == ("upper moon", "lower moon")


def test_what_cannot_be_is_refused():
    for wrong in ({"shares": (0.5, 0.6)}, {"shares": (1.0, 0.0)}, {"shares": (1.0,)}, {"classes": ("one",)}):
        with pytest.raises(ValueError, match="share"):
            replace(moons(n=3), **wrong)
    with pytest.raises(ValueError, match=r"wrong labels is 1: give one from 0"):
        moons(n=3).dataset(mislabelled=1)
    with pytest.raises(ValueError, match="noise is -1"):
        moons(n=3).dataset(-1)
    with pytest.raises(ValueError, match="no density"):
        moons(n=3).probabilities(np.zeros((1, 2)), noise=0)
    with pytest.raises(ValueError, match=r"x has shape \(1, 3\) and the world 2 inputs"):
        moons(n=3).probabilities(np.zeros((1, 3)))
    with pytest.raises(ValueError, match="n is 0"):
        circles(n=0)
    with pytest.raises(ValueError, match="noise is 0"):
        blobs(noise=0)


@pytest.mark.parametrize(
    ("name", "bunch"), [("wine", load_wine()), ("cancer", load_breast_cancer()), ("digits", load_digits())]
)
def test_real_classes_are_scikit_learns(name, bunch):
    data = load(name)
    np.testing.assert_array_equal(data.x, bunch.data)
    np.testing.assert_array_equal(data.y, bunch.target)
    assert len(data.classes) == len(bunch.target_names)
    assert data.task == "classification"


def test_standardised_classes_stay_what_they_are():
    data = standardised(load("wine", features=("alcohol", "hue")))
    np.testing.assert_allclose(data.x.std(0), 1)
    np.testing.assert_array_equal(data.y, load("wine").y)
    assert data.classes == ("cultivar 1", "cultivar 2", "cultivar 3")


def test_columns_by_name():
    names = ("worst concave points", "mean radius")
    bunch = load_breast_cancer()
    at = [bunch.feature_names.tolist().index(name) for name in names]
    np.testing.assert_array_equal(load("cancer", features=names).x, bunch.data[:, at])
    with pytest.raises(ValueError, match=r"no feature.*shoe.*alcohol"):
        load("wine", features=("shoe",))
