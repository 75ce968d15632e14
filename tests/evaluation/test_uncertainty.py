"""Every split adds up, has scipy's entropies, and says how far draws can be trusted."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayes_core.evaluation.uncertainty import (
    split_entropy,
    split_entropy_by_class,
    split_variance,
    split_variance_by_class,
)

RANDOM = np.random.default_rng(12)
SKEWED = RANDOM.dirichlet([0.3, 1.5, 0.8, 4.0], size=(70, 9))  # (S, G, K), nowhere symmetric
SKEWED[3, 2] = [0.0, 1.0, 0.0, 0.0]
F = 5e5 + RANDOM.gamma(0.7, size=(90, 6)) * np.arange(1.0, 7)  # far from zero
NOISE = RANDOM.lognormal(0.4, 0.6, size=(90, 6))

CLASS_SPLITS = (split_entropy, split_entropy_by_class, split_variance_by_class)


@pytest.mark.parametrize("split", CLASS_SPLITS)
@pytest.mark.parametrize("draws", [1, 2, 70])
def test_the_parts_of_classes_add_up_to_twelve_digits(split, draws):
    parts = split(SKEWED[:draws])
    np.testing.assert_allclose(parts.aleatoric + parts.epistemic, parts.total, rtol=0, atol=1e-12)
    assert (parts.epistemic >= -1e-15).all()
    if draws == 1:
        np.testing.assert_allclose(parts.epistemic, 0, atol=1e-15)
        np.testing.assert_array_equal(parts.epistemic_mcse, 0)


@pytest.mark.parametrize("noise", [NOISE, NOISE[:, 0]])
def test_the_parts_of_a_variance_add_up_far_from_zero(noise):
    parts = split_variance(F, noise)
    np.testing.assert_allclose((parts.aleatoric + parts.epistemic) / parts.total, 1, rtol=0, atol=1e-12)
    at = noise if noise.ndim == 2 else noise[:, None] * np.ones(6)
    np.testing.assert_allclose(parts.aleatoric, (at**2).mean(0), rtol=1e-12)
    np.testing.assert_allclose(parts.epistemic, np.var(F, axis=0), rtol=1e-12)
    np.testing.assert_allclose(parts.epistemic_share, parts.epistemic / parts.total, rtol=1e-12)


def test_a_variance_is_that_of_simulated_outcomes():
    y = F[:, 2:3] + NOISE[:, 2:3] * np.random.default_rng(4).standard_normal((90, 20_000))
    assert split_variance(F, NOISE).total[2] == pytest.approx(y.var(), rel=0.02)


def test_entropies_are_scipys_in_bits():
    parts, mean = split_entropy(SKEWED), SKEWED.mean(0)
    np.testing.assert_allclose(parts.total, stats.entropy(mean, base=2, axis=1), rtol=1e-12)
    np.testing.assert_allclose(parts.aleatoric, stats.entropy(SKEWED, base=2, axis=2).mean(0), rtol=1e-12)
    apart = [stats.entropy(p, mean, base=2, axis=1) for p in SKEWED]
    np.testing.assert_allclose(parts.epistemic, np.mean(apart, axis=0), rtol=1e-11)


def test_the_classes_share_the_entropy_and_their_variances_are_numpys():
    each, whole = split_entropy_by_class(SKEWED), split_entropy(SKEWED)
    for name in ("aleatoric", "epistemic", "total"):
        np.testing.assert_allclose(getattr(each, name).sum(1), getattr(whole, name), rtol=1e-12)
    parts = split_variance_by_class(SKEWED)
    np.testing.assert_allclose(parts.epistemic, SKEWED.var(0), rtol=1e-12)
    mean = SKEWED.mean(0)
    np.testing.assert_allclose(parts.total, mean * (1 - mean), rtol=1e-12)


def test_two_classes_share_one_variance():
    p = SKEWED[:, :, :2] / np.maximum(SKEWED[:, :, :2].sum(-1, keepdims=True), 1e-300)
    parts = split_variance_by_class(p)
    np.testing.assert_allclose(parts.epistemic[:, 0], parts.epistemic[:, 1], rtol=1e-10)


@pytest.mark.parametrize("split", [split_entropy, split_variance_by_class, split_entropy_by_class])
def test_the_errors_of_classes_are_how_far_repetitions_differ(split):
    random, worlds, draws = np.random.default_rng(5), 400, 200
    p = random.dirichlet([0.6, 2.0, 1.1], size=(draws, worlds))
    told = split(p)
    for name in ("aleatoric", "epistemic", "total"):
        spread = getattr(told, name).std(0)
        np.testing.assert_allclose(getattr(told, name + "_mcse").mean(0), spread, rtol=0.15)


def test_the_errors_of_a_variance_are_how_far_repetitions_differ():
    random = np.random.default_rng(6)
    told = split_variance(random.gamma(3.0, size=(300, 400)), random.lognormal(0, 0.3, size=(300, 400)))
    for name in ("aleatoric", "epistemic", "total"):
        assert getattr(told, name + "_mcse").mean() == pytest.approx(getattr(told, name).std(), rel=0.12)


def test_draws_that_are_worth_fewer_have_larger_errors():
    all_of_them, fewer = split_entropy(SKEWED), split_entropy(SKEWED, effective=17.5)
    np.testing.assert_allclose(fewer.epistemic_mcse, all_of_them.epistemic_mcse * 2)
    np.testing.assert_array_equal(fewer.epistemic, all_of_them.epistemic)


def test_many_places_are_taken_in_blocks_that_do_not_show():
    many = np.tile(SKEWED, (40, 60, 1))  # 2,800 draws at 540 places
    np.testing.assert_allclose(split_entropy(many).epistemic, np.tile(split_entropy(SKEWED).epistemic, 60), rtol=1e-10)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: split_entropy([[[0.4, 0.5]]]), r"at \(0, 0\) add up to 0.9"),
        (lambda: split_entropy([[[-0.1, 1.1]]]), r"probability at \(0, 0, 0\) is -0.1"),
        (lambda: split_entropy([[[1.0]]]), "1 class: give one for each of at least 2"),
        (lambda: split_entropy([[0.4, 0.6]]), "2 axes"),
        (lambda: split_entropy(SKEWED, effective=0.0), "worth 0"),
        (lambda: split_variance([[1.0]], [1.0, 2.0]), r"f is \(1, 1\) and the noise \(2,\)"),
        (lambda: split_variance([[1.0]], [-1.0]), "a noise is -1"),
        (lambda: split_variance(np.zeros((0, 3)), np.zeros(0)), "0 draws"),
    ],
)
def test_what_is_no_forecast_is_refused_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()
