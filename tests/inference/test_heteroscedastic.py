"""Noise that depends on x: every method answers, the samplers agree, and every reader of the noise reads it at x."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayes_core import METHODS, Budget, Dataset, Heteroscedastic, Mlp, Prior, fit, predict, summary
from bayes_core.data import swelling
from bayes_core.predict import log_likelihood
from bayes_core.summaries.curves import curves, log_data_ratio, log_prior_ratio
from bayes_core.types import Predictive

NET, NOISY = Mlp((4,)), Heteroscedastic()
ALL = ("hmc", "laplace", "dropout", "ensemble", "map", "prior")
"""nuts comes below; VI runs the same program, and is tried on a mixture (`test_mixture_density.py`)."""
SMALL = Budget(draws=60, warmup=60, chains=2, steps=200, members=4)


@pytest.fixture(scope="module")
def growing() -> Dataset:
    return swelling(n=120, seed=3).dataset()


@pytest.fixture(scope="module")
def sampled(growing):
    return fit(growing, NET, "hmc", Prior(1.0, 1.0), seed=1, likelihood=NOISY)


@pytest.mark.parametrize("method", ALL)
def test_every_method_answers_with_noise_at_every_x(growing, method):
    budget = SMALL.only(METHODS[method].reads)
    answer = fit(growing, NET, method, Prior(1.0, 1.0), budget, seed=2, likelihood=NOISY)
    found = predict(answer, np.linspace(-3, 3, 7))
    assert found.noise.shape == found.f.shape[:2]
    assert (found.noise > 0).all()
    assert found.noise.std(axis=1).min() > 0  # no draw has the same noise everywhere
    assert "weight_noise" in answer.draws


def test_hmc_and_nuts_agree(growing, sampled):
    """The noise head is sampled, the output layer integrated out: both must find the posterior of all weights."""
    budget = Budget(draws=1500, warmup=700, chains=2)
    long = fit(growing, NET, "nuts", Prior(1.0, 1.0), budget, seed=3, likelihood=NOISY)
    x = np.linspace(-4, 4, 9)
    one, other = predict(sampled, x), predict(long, x)
    for a, b in ((one.f[:, :, 0], other.f[:, :, 0]), (np.log(one.noise_at), np.log(other.noise_at))):
        # at least 300 effective draws each: a mean is known to sd / 17, an sd to 4 %
        assert (np.abs(a.mean(0) - b.mean(0)) / b.std(0)).max() < 4 * np.hypot(1 / 17, 1 / 17)
        np.testing.assert_allclose(a.std(0) / b.std(0), 1, atol=0.25)
    assert sampled.diagnostics.converged, sampled.diagnostics.complaints
    assert {name.split("(")[0] for name in sampled.diagnostics.r_hat} == {"f", "sigma"}
    assert len(sampled.diagnostics.r_hat) == 2 * (25 + 24)  # both at every x that is watched, and in between


def test_it_learns_that_the_noise_grows(growing, sampled):
    """True noise at the ends is 0.4 * 0.3 and 0.4 * 1.1: a factor of 3.6 that one sigma for all cannot say."""
    ends = np.array([-2.66, 2.66])
    true = 0.4 * (0.25 + 0.45 * (ends + 3) / 3)
    noise = predict(sampled, ends).noise
    low, high = np.quantile(np.log(noise), [0.005, 0.995], axis=0)
    assert ((low < np.log(true)) & (np.log(true) < high)).all()
    ratio = noise[:, 1] / noise[:, 0]
    assert np.quantile(ratio, 0.01) > 1.5
    flat = fit(growing, Mlp((4,)), "hmc", Prior(1.0, 1.0), seed=1)
    fresh = swelling(n=400, seed=77).dataset()
    assert _log_score(sampled, fresh) > _log_score(flat, fresh) + 0.05


def _log_score(answer, data):
    each = log_likelihood(answer, data)
    return (np.logaddexp.reduce(each, axis=0) - np.log(len(each))).mean()


def test_the_likelihood_reads_the_noise_at_each_point(sampled, growing):
    few = Dataset.from_arrays(growing.x[:6], growing.y[:6])
    found = predict(sampled, few.x)
    told = stats.norm.logpdf(few.y, found.f[:, :, 0], found.noise)
    np.testing.assert_allclose(log_likelihood(sampled, few), told, rtol=1e-10)
    moved = few.y + 0.3
    ratio = stats.norm.logpdf(moved, found.f[:, :, 0], found.noise).sum(1) - told.sum(1)
    np.testing.assert_allclose(log_data_ratio(sampled, few.x, few.y, moved[None])[0], ratio, rtol=1e-8)


def test_the_bands_of_a_new_point_read_it_too(sampled):
    x = np.array([-2.5, 2.5])
    found = predict(sampled, x)
    band = summary.band(found, 0.9, "observation")
    shock = np.random.default_rng(1).standard_normal((40, *found.noise.shape))
    new = (found.f[None, :, :, 0] + found.noise * shock).reshape(-1, 2)
    assert np.allclose([band.lower, band.upper], np.quantile(new, [0.05, 0.95], axis=0), atol=0.02)
    made = curves(sampled, x[:, None], 0.9)
    low, high = made.edges["predictive"]
    np.testing.assert_allclose(high[0] - low[0], band.upper - band.lower, rtol=0.1)


def test_the_noise_head_does_not_follow_the_width(sampled):
    widths = np.array([0.7, 1.0, 1.6])
    told = []
    for width in widths:
        after = before = 0.0
        for site, values in sampled.draws.items():
            flat = values.reshape(len(values), -1)
            here, there = (0.5, 0.5) if site == "weight_noise" else (1.0, width)  # four units: 1 / sqrt(4)
            before = before + stats.norm.logpdf(flat, 0, here).sum(1)
            after = after + stats.norm.logpdf(flat, 0, there).sum(1)
        told.append(after - before)
    np.testing.assert_allclose(log_prior_ratio(sampled, widths), told, atol=1e-9)


def test_noise_draws_of_a_wrong_shape_are_refused():
    with pytest.raises(ValueError, match=r"noise draws have shape \(3, 5\)"):
        Predictive(np.zeros((2, 1)), np.zeros((3, 2, 1)), np.ones((3, 5)))
