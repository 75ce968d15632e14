from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from sklearn.datasets import load_diabetes, make_regression

from bayes_core.data import DATASETS, WORLDS, World, blog, diabetes, ferry, load, patients, swelling
from bayes_core.data.source import slice_through
from bayes_core.data.synthetic import ferry_wind_density, ferry_winds


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


@pytest.mark.parametrize(("n", "seed"), [(442, 0), (60, 7)])
def test_patients_are_rows_that_scikit_learn_standardises(n, seed):
    bunch = load_diabetes()  # columns of mean 0 and length 1
    rows = np.random.default_rng(seed).permutation(442)[:n]
    data = patients(("s5", "age"), n=n, seed=seed)
    columns = [bunch.feature_names.index(name) for name in data.feature_names]
    np.testing.assert_allclose(data.x, bunch.data[rows][:, columns] * np.sqrt(442), atol=1e-4)
    everyone = bunch.target
    deviation = np.sqrt(sum((y - everyone.mean()) ** 2 for y in everyone) / 442)
    np.testing.assert_allclose(data.y, (everyone[rows] - everyone.mean()) / deviation)
    assert data.feature_names == ("s5", "age")


def test_patients_that_cannot_be_had_are_refused():
    with pytest.raises(ValueError, match="n is 443: give a whole number from 1 to 442"):
        patients(("bmi",), n=443)
    with pytest.raises(ValueError, match=r"no feature.*shoe"):
        patients(("shoe",))


def test_the_true_noise_at_a_place_is_that_of_repeated_worlds():
    world, noise = swelling(n=9, seed=2), np.array([0.3, 1.1])
    told = world.noise_at(world.x, noise)
    assert told.shape == (2, 9)
    shocks = np.random.default_rng(1).standard_normal((20_000, 9))
    for row, level in zip(told, noise, strict=True):
        sd = (world.repeat(shocks, level) - world.truth(world.x)).std(0)
        np.testing.assert_allclose(sd, row, rtol=4.5 / np.sqrt(40_000))
    np.testing.assert_array_equal(blog(n=3).noise_at(np.zeros((2, 1)), noise), [[0.3, 0.3], [1.1, 1.1]])


def test_a_slice_moves_along_one_input_only():
    made = slice_through(np.array([1.0, 2.0, 3.0]), 2, np.array([-1.0, 0.0, 9.0]))
    np.testing.assert_array_equal(made, [[1, 2, -1], [1, 2, 0], [1, 2, 9]])


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


def test_the_ferrys_winds_are_a_weibull_and_its_noise_grows():
    """Against scipy's truncated Weibull, and the noise seen in thousands of days."""
    weibull = stats.weibull_min(2.2, scale=13.0)
    p = np.array([0.0, 0.03, 0.5, 0.9, 0.999, 1.0])
    np.testing.assert_allclose(ferry_winds(p), weibull.ppf(p * weibull.cdf(25.0)), rtol=1e-12)
    x = np.array([-1.0, 0.5, 10.0, 24.9, 25.1])
    told = np.where((x > 0) & (x < 25), weibull.pdf(x) / weibull.cdf(25.0), 0.0)
    np.testing.assert_allclose(ferry_wind_density(x), told, rtol=1e-12)
    many = ferry(6000, seed=3)
    assert stats.kstest(many.x[:, 0], lambda v: weibull.cdf(v) / weibull.cdf(25.0)).pvalue > 1e-3
    rest = many.dataset().y - many.truth(many.x)
    for low, high in ((4, 6), (9, 11), (18, 20)):
        chosen = (many.x[:, 0] > low) & (many.x[:, 0] < high)
        assert rest[chosen].std() == pytest.approx(1 + 0.3 * (low + high) / 2, rel=0.12)  # 4 min at 10 m/s
    steady = ferry(50, growth=0.0)
    np.testing.assert_array_equal(steady.noise_factor(steady.x), 1.0)


def test_a_ferry_may_be_seen_on_its_calm_days_only():
    calm, all_days = ferry(300, seed=5, calmest=0.4), ferry(300, seed=5)
    assert calm.x.max() < ferry_winds(np.array([0.4]))[0] < all_days.x.max()
    for wrong, why in (({"growth": 1.0}, "less than 1"), ({"calmest": 0.0}, "above 0, up to 1")):
        with pytest.raises(ValueError, match=why):
            ferry(9, **wrong)
