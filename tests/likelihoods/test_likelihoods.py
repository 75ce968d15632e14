"""Every likelihood against scipy, its slope against finite differences, its samples against its density."""

from __future__ import annotations

import jax
import numpy as np
import pytest
from scipy import special, stats

from bayes_core import Predictive, summary
from bayes_core.inference import _jax
from bayes_core.likelihoods import Categorical, Gaussian, Heteroscedastic, Likelihood, MixtureDensity

RANDOM = np.random.default_rng(8)
NUMBERS = [Gaussian(), Heteroscedastic(), MixtureDensity(1), MixtureDensity(3)]
ALL = [*NUMBERS, Categorical(2), Categorical(3), Categorical(5)]
N, S = 6, 4


def case(likelihood):
    """Return y (N,), f (S, N, K') and noise (S, 1), none of them symmetric."""
    random = np.random.default_rng(5)
    y = random.normal(1, 2, N) if likelihood.noisy else np.arange(N) % likelihood.classes
    return y.astype(float), random.normal(0.4, 1.5, (S, N, likelihood.outputs)), random.uniform(0.5, 3, (S, 1))


def gaussians(likelihood, f, noise):
    """Return the shares (..., N) of scipy's normals, and these, as each likelihood is defined."""
    if isinstance(likelihood, Gaussian):
        return [(1.0, stats.norm(f[..., 0], noise))]
    if isinstance(likelihood, Heteroscedastic):
        return [(1.0, stats.norm(f[..., 0], noise * np.exp(f[..., 1])))]
    many = likelihood.components
    logits = f[..., 2 * many :] if many > 1 else np.zeros_like(f[..., :1])
    shares = special.softmax(logits, -1)
    return [(shares[..., m], stats.norm(f[..., m], noise * np.exp(f[..., many + m]))) for m in range(many)]


def truth(likelihood, y, f, noise):
    if likelihood.noisy:
        return np.log(sum(share * normal.pdf(y) for share, normal in gaussians(likelihood, f, noise)))
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
    own = jax.jit(jax.grad(lambda f: likelihood.log_density(y, f, noise).sum()))(f)
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
        for n in range(2):
            parts = gaussians(likelihood, f[0, n], noise[0, 0])
            assert stats.kstest(drawn[:, n], lambda y, p=parts: sum(a * one.cdf(y) for a, one in p)).pvalue > 0.001
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


# ------------------------------------------------------------------------------------------- several answers at one x
@pytest.mark.parametrize("likelihood", NUMBERS, ids=str)
def test_a_density_of_numbers_has_the_mass_one_and_the_moments_that_are_told(likelihood):
    _, f, noise = case(likelihood)
    f, noise = 0.5 * f[:1, :3], noise[:1]
    y = np.linspace(-200, 200, 100_001)
    for n in range(3):
        density = np.exp(likelihood.log_density(y, np.broadcast_to(f[0, n], (len(y), f.shape[2])), noise[0]))
        mean = np.trapezoid(density * y, y)
        np.testing.assert_allclose(np.trapezoid(density, y), 1, rtol=1e-9)
        np.testing.assert_allclose(likelihood.mean(f)[0, n], mean, rtol=1e-7, atol=1e-9)
        spread = np.sqrt(np.trapezoid(density * (y - mean) ** 2, y))
        np.testing.assert_allclose(likelihood.level(f, noise)[0, n], spread, rtol=1e-7)


def test_one_component_is_the_heteroscedastic_likelihood():
    one, other = MixtureDensity(1), Heteroscedastic()
    y, f, noise = case(other)
    assert one.outputs == other.outputs
    assert one.heads == other.heads
    np.testing.assert_allclose(one.log_density(y, f, noise), other.log_density(y, f, noise), rtol=1e-13)
    np.testing.assert_allclose(one.slope(y, f, noise), other.slope(y, f, noise), rtol=1e-12)
    for a, b in zip(one.parts(f, noise), other.parts(f, noise), strict=True):
        np.testing.assert_array_equal(a, b)


def test_components_that_swap_places_change_nothing():
    likelihood = MixtureDensity(3)
    y, f, noise = case(likelihood)
    turned = f.reshape(S, N, 3, 3)[..., [2, 0, 1]].reshape(f.shape)
    for told in (likelihood.mean, lambda f: likelihood.level(f, noise), lambda f: likelihood.log_density(y, f, noise)):
        np.testing.assert_allclose(told(turned), told(f), rtol=1e-12)
    slopes = likelihood.slope(y, f, noise).reshape(S, N, 3, 3)[..., [2, 0, 1]].reshape(f.shape)
    np.testing.assert_allclose(likelihood.slope(y, turned, noise), slopes, rtol=1e-10, atol=1e-13)


def test_a_component_that_collapses_gains_without_bound_and_the_prior_of_its_scale_takes_more_away():
    """On a y that it meets a Gaussian gains -g nats as its log scale g falls; g ~ N(0, 1) costs g^2 / 2."""
    likelihood, scales = MixtureDensity(2), np.linspace(0, -200, 41)
    f = np.zeros((41, 1, 6))
    f[:, 0, 2] = scales
    f[:, 0, 1] = 1.0
    gain = likelihood.log_density(np.zeros(1), f, np.ones((1, 1)))[:, 0]
    np.testing.assert_allclose(np.diff(gain)[5:], 5.0, rtol=1e-6)
    both = gain - scales**2 / 2
    assert both.argmax() <= 1
    assert (np.diff(both)[1:] < 0).all()


@pytest.mark.parametrize("components", [0, 21, 1.5, True])
def test_a_number_of_components_that_is_none_is_refused(components):
    with pytest.raises(ValueError, match=r"the number of components is .*give a whole number from 1 to 20"):
        MixtureDensity(components)
