"""Every likelihood against scipy, its slope against finite differences, its samples against its density."""

from __future__ import annotations

import jax
import numpy as np
import pytest
from scipy import special, stats

from bayes_core import Predictive, summary
from bayes_core.inference import _jax
from bayes_core.likelihoods import Categorical, Gaussian, Heteroscedastic, Likelihood

RANDOM = np.random.default_rng(8)
ALL = [Gaussian(), Heteroscedastic(), Categorical(2), Categorical(3), Categorical(5)]
N, S = 6, 4


def case(likelihood):
    """Return y (N,), f (S, N, K') and noise (S, 1), none of them symmetric."""
    random = np.random.default_rng(5)
    y = random.normal(1, 2, N) if likelihood.noisy else np.arange(N) % likelihood.classes
    return y.astype(float), random.normal(0.4, 1.5, (S, N, likelihood.outputs)), random.uniform(0.5, 3, (S, 1))


def truth(likelihood, y, f, noise):
    if isinstance(likelihood, Gaussian):
        return stats.norm(f[..., 0], noise).logpdf(y)
    if isinstance(likelihood, Heteroscedastic):
        return stats.norm(f[..., 0], noise * np.exp(f[..., 1])).logpdf(y)
    if likelihood.classes == 2:
        return stats.bernoulli(special.expit(f[..., 0])).logpmf(y)
    return np.take_along_axis(special.log_softmax(f, -1), y.astype(int)[None, :, None], -1)[..., 0]


@pytest.mark.parametrize("likelihood", ALL, ids=str)
def test_the_log_density_is_scipys(likelihood):
    y, f, noise = case(likelihood)
    assert isinstance(likelihood, Likelihood)
    found = likelihood.log_density(y, f, noise)
    assert found.shape == (S, N)
    np.testing.assert_allclose(found, truth(likelihood, y, f, noise), rtol=1e-12)


@pytest.mark.parametrize("likelihood", ALL, ids=str)
def test_the_slope_is_that_of_finite_differences(likelihood):
    y, f, noise = case(likelihood)
    found, tiny = likelihood.slope(y, f, noise), 1e-6
    assert found.shape == f.shape
    for k in range(likelihood.outputs):
        step = tiny * (np.arange(likelihood.outputs) == k)
        rise = likelihood.log_density(y, f + step, noise) - likelihood.log_density(y, f - step, noise)
        np.testing.assert_allclose(found[..., k], rise / (2 * tiny), rtol=1e-6, atol=1e-8)


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize("likelihood", ALL, ids=str)
def test_traced_arrays_give_the_same_numbers_and_the_derivative(likelihood):
    y, f, noise = case(likelihood)
    traced = jax.jit(likelihood.log_density)(y, f, noise)
    np.testing.assert_allclose(traced, likelihood.log_density(y, f, noise), rtol=1e-12)
    own = jax.grad(lambda f: likelihood.log_density(y, f, noise).sum())(_jax.jnp.asarray(f))
    np.testing.assert_allclose(own, likelihood.slope(y, f, noise), rtol=1e-9, atol=1e-12)


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize("classes", [2, 3])
def test_the_second_derivative_is_right_at_log_odds_of_zero_too(classes):
    """Where every search starts; formulas with |f| have a kink there that jax takes for flat."""
    likelihood, y = Categorical(classes), np.array([1.0])
    zero = _jax.jnp.zeros((1, likelihood.outputs))
    bent = -jax.hessian(lambda f: likelihood.log_density(y, f).sum())(zero)
    np.testing.assert_allclose(bent[0, :, 0], likelihood.curvature(np.zeros((1, likelihood.outputs)))[0], atol=1e-12)


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_the_curvature_is_that_of_finite_differences(classes):
    likelihood, tiny = Categorical(classes), 1e-6
    y, f, _ = case(likelihood)
    found = likelihood.curvature(f)
    for k in range(likelihood.outputs):
        step = tiny * (np.arange(likelihood.outputs) == k)
        change = (likelihood.slope(y, f + step) - likelihood.slope(y, f - step)) / (2 * tiny)
        np.testing.assert_allclose(found[..., k], -change, rtol=1e-5, atol=1e-8)


@pytest.mark.parametrize("likelihood", ALL, ids=str)
def test_samples_follow_the_density(likelihood):
    _, f, noise = case(likelihood)
    f, noise, many = f[:1, :2], noise[:1], 40_000
    drawn = likelihood.sample(np.repeat(f, many, 0), np.repeat(noise, many, 0), np.random.default_rng(2))
    assert drawn.shape == (many, 2)
    if likelihood.noisy:
        level = noise[0, 0] * (np.exp(f[0, :, 1]) if likelihood.outputs == 2 else np.ones(2))
        for n in range(2):
            assert stats.kstest(drawn[:, n], stats.norm(f[0, n, 0], level[n]).cdf).pvalue > 0.001
        return
    p = likelihood.probabilities(f)[0]
    share = (drawn[..., None] == np.arange(likelihood.classes)).mean(0)
    assert (np.abs(share - p) < 4.5 * np.sqrt(p * (1 - p) / many) + 1e-9).all()


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_probabilities_sum_to_one_and_are_what_the_density_says(classes):
    likelihood = Categorical(classes)
    _, f, _ = case(likelihood)
    p = likelihood.probabilities(f)
    np.testing.assert_allclose(p.sum(-1), 1, rtol=1e-12)
    for k in range(classes):
        np.testing.assert_allclose(np.log(p[..., k]), likelihood.log_density(np.full(N, float(k)), f), rtol=1e-9)


@pytest.mark.parametrize("classes", [2, 3])
def test_log_odds_are_those_of_the_probabilities(classes):
    likelihood = Categorical(classes)
    _, f, _ = case(likelihood)
    p = likelihood.probabilities(f)[..., 1:] if classes == 2 else likelihood.probabilities(f)
    np.testing.assert_allclose(likelihood.log_odds(f), special.logit(p), rtol=1e-9)


@pytest.mark.parametrize("classes", [2, 3])
def test_logits_of_any_size_neither_overflow_nor_lose_the_small_probability(classes):
    likelihood = Categorical(classes)
    f = np.zeros((1, likelihood.outputs))
    f[0, 0] = 700.0
    with np.errstate(all="raise"):
        p = likelihood.probabilities(f)[0]
    rare = 0 if classes == 2 else 1
    np.testing.assert_allclose(p[rare], np.exp(-700.0), rtol=1e-9)
    assert likelihood.log_density(np.array([float(rare)]), f)[0] == pytest.approx(-700, rel=1e-12)
    f[0, 0] = -1e6
    y = np.array([1.0]) if classes == 2 else np.array([0.0])
    assert likelihood.log_density(y, f)[0] == pytest.approx(-1e6 - (0 if classes == 2 else np.log(2)), rel=1e-12)
    assert np.isfinite(likelihood.slope(y, f)).all()


def test_one_logit_is_the_difference_of_two():
    """A third class that is all but ruled out leaves a softmax of two."""
    two = RANDOM.normal(0, 2, (7, 2))
    three = np.column_stack([two, np.full(7, -800.0)])
    p = Categorical(2).probabilities((two[:, 1] - two[:, 0])[:, None])
    np.testing.assert_allclose(Categorical(3).probabilities(three)[:, :2], p, rtol=1e-12)


@pytest.mark.parametrize("classes", [1, 0, 2.5, True, 101])
def test_a_number_of_classes_that_is_none_is_refused(classes):
    with pytest.raises(ValueError, match=r"the number of classes is .*give a whole number from 2 to 100"):
        Categorical(classes)


# --------------------------------------------------------------------------------------------- what a Predictive means
def test_a_predictive_of_classes_gives_probabilities_and_outcomes():
    f = RANDOM.normal(0, 2, (5, 3, 4))
    found = Predictive(np.zeros((3, 1)), f, np.ones(5), "classification")
    np.testing.assert_allclose(found.probabilities, special.softmax(f, -1), rtol=1e-12)
    assert not found.probabilities.flags.writeable
    assert found.likelihood == Categorical(4)
    assert found.outcomes(np.random.default_rng(1)).shape == (5, 3)
    late = Predictive(np.zeros((3, 1)), lambda x: f[:, : len(x)], np.ones(5), "classification")
    assert late.likelihood == Categorical(4)
    np.testing.assert_array_equal(late.probabilities, found.probabilities)


def test_what_only_the_other_task_has_is_refused():
    numbers = Predictive(np.zeros((2, 1)), np.zeros((3, 2, 1)), np.ones(3))
    with pytest.raises(ValueError, match=r"the task is 'regression', whose targets have no classes"):
        _ = numbers.probabilities
    assert numbers.outcomes(np.random.default_rng(0)).shape == (3, 2)
    odds = Predictive(np.zeros((2, 1)), np.zeros((3, 2, 1)), np.ones(3), "classification")
    with pytest.raises(ValueError, match=r"a new y is a class, which has no interval: take predictive\.probabilities"):
        summary.band(odds, 0.9, "observation")
    assert summary.band(odds, 0.9).lower.shape == (2,)  # of the log odds
