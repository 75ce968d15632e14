from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_diabetes, make_regression

from bayes_core.data import DATASETS, WORLDS, World, blog, diabetes, load


@pytest.mark.parametrize("seed", [0, 7, 42])
@pytest.mark.parametrize("noise", [1.0, 12.0, 40.0])
def test_blog_is_make_regression(seed, noise):
    x, y = make_regression(n_samples=100, n_features=1, noise=noise, random_state=seed)
    data = load("blog", n=100, seed=seed, noise=noise)
    np.testing.assert_array_equal(data.x, x)
    np.testing.assert_allclose(data.y, y, rtol=1e-10, atol=1e-10)
    coef = make_regression(n_samples=100, n_features=1, noise=noise, random_state=seed, coef=True)[2]
    assert blog(seed=seed).coef[0] == pytest.approx(float(coef))


@pytest.mark.parametrize("name", [name for name in WORLDS if name != "sine"])  # the source spreads its points evenly
def test_more_rows_keep_the_first_ones_and_the_truth(name):
    few, many = WORLDS[name](n=9), WORLDS[name](n=250)
    np.testing.assert_array_equal(few.x, many.x[:9])
    np.testing.assert_allclose(few.shock, many.shock[:9], atol=1e-12)
    assert few.intercept == many.intercept
    np.testing.assert_array_equal(few.coef, many.coef)


@pytest.mark.parametrize("name", WORLDS)
def test_noise_scales_the_same_errors(name):
    world = WORLDS[name](n=20)
    quiet, loud = world.outcomes(np.array([1.0, 3.0]))
    np.testing.assert_allclose(loud - world.truth(world.x), 3 * (quiet - world.truth(world.x)), atol=1e-9)
    many = WORLDS[name](n=4000)
    big = many.shock
    if name == "swelling":  # louder on the right than on the left: that is its point
        x, rest = many.x[:, 0], many.dataset().y - many.truth(many.x)
        assert rest[x > 1].std() > 2 * rest[x < -1].std()
    assert abs(big.mean()) < 4.5 / np.sqrt(4000)
    assert big.std() == pytest.approx(1, abs=4.5 / np.sqrt(8000))


def test_diabetes_is_scikit_learns():
    data, frame = diabetes(("bp", "bmi")), load_diabetes(scaled=False)
    np.testing.assert_array_equal(data.x[:, 1], frame.data[:, frame.feature_names.index("bmi")])
    np.testing.assert_array_equal(data.y, frame.target)
    with pytest.raises(ValueError, match=r"no feature.*shoe.*bmi"):
        diabetes(("shoe",))
    with pytest.raises(ValueError, match="none given"):
        diabetes(())


@pytest.mark.parametrize("name", DATASETS)
def test_every_dataset_says_where_it_is_from(name):
    data = load(name)
    assert data.source
    assert data.title
    assert len(data.feature_names) == data.x.shape[1]


def test_bad_settings_are_named():
    with pytest.raises(ValueError, match=r"no data set 'mars'.*blog"):
        load("mars")
    for n in (0, -3, 2.5, 10**7, True):
        with pytest.raises(ValueError, match="n is"):
            load("sleep", n=n)
    with pytest.raises(ValueError, match="noise is -1"):
        load("sleep", noise=-1)
    with pytest.raises(ValueError, match="row 9"):
        World(np.ones((2, 1)), 0.0, np.ones(1), 1.0, np.zeros(2), faults=((9, 1.0),))
