"""Densities of the noise, against scipy's half-Cauchy, scipy's kernel estimate, and draws made by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayes_core import Dataset, Diagnostics, Fit, Gaussian, Heteroscedastic, Mlp, Prior, ask
from bayes_core.likelihoods import Likelihood
from bayes_core.summaries.noise import half_cauchy, noise_densities, prior_noise_densities

GRID = np.linspace(0.02, 3.0, 150)


@pytest.mark.parametrize("scale", [0.3, 1.0, 4.0])
def test_the_half_cauchy_is_scipys(scale):
    np.testing.assert_allclose(half_cauchy(GRID, scale), stats.halfcauchy(scale=scale).pdf(GRID), rtol=1e-12)


def test_scales_of_the_half_cauchy_broadcast():
    scales = np.array([[0.5], [2.0]])
    told = [stats.halfcauchy(scale=s).pdf(GRID) for s in (0.5, 2.0)]
    np.testing.assert_allclose(half_cauchy(GRID, scales), told, rtol=1e-12)


def test_no_noise_has_no_density():
    with pytest.raises(ValueError, match="a noise of 0 has no density"):
        half_cauchy(np.array([0.5, 0.0]), 1.0)


def head(total: int, seed: int) -> dict[str, np.ndarray]:
    """Return prior draws of a network of three units, whose weights are 1.5 wide, and of its second head."""
    random = np.random.default_rng(seed)
    sites = {"weight1": (1, 3), "bias1": (3,), "weight": (3,), "bias": ()}
    drawn = {site: 1.5 * random.normal(size=(total, *shape)) for site, shape in sites.items()}
    return drawn | {"weight_noise": random.normal(size=(total, 3)) / np.sqrt(3)}


def factors(drawn: dict[str, np.ndarray], x: float) -> np.ndarray:
    """Return what multiplies sigma at x, by a loop over the units."""
    log = 0.0
    for unit in range(3):
        bent = np.tanh(drawn["weight1"][:, 0, unit] * x + drawn["bias1"][:, unit])
        log = log + bent * drawn["weight_noise"][:, unit]
    return np.exp(log)


def test_the_density_of_a_fits_noise_is_the_kernel_estimate_at_each_place():
    drawn, sigma = head(900, 1), np.random.default_rng(2).gamma(9.0, 0.08, 900)

    def made(likelihood: Likelihood) -> Fit:
        question = ask(Dataset.from_arrays([0.0, 1.0], [0.0, 2.0]), Mlp((3,)), "hmc", likelihood=likelihood)
        return Fit(question, drawn, sigma, None, Diagnostics("sampled"))

    places = (-1.3, 0.4)
    shown = noise_densities(made(Heteroscedastic()), np.array(places)[:, None], GRID)
    assert shown.shape == (2, 150)
    for row, x in zip(shown, places, strict=True):
        noise = sigma * factors(drawn, x)
        width = 0.9 * noise.std() * 900**-0.2  # Silverman's rule
        told = stats.gaussian_kde(noise, bw_method=width / noise.std(ddof=1))(GRID)
        np.testing.assert_allclose(row, told, atol=0.01 * told.max())
    assert noise_densities(made(Gaussian()), np.array(places)[:, None], GRID).shape == (1, 150)  # one noise for all x


def test_the_prior_of_the_noise_counts_what_the_head_may_add():
    """Against shares of 200,000 draws; both errors are Monte-Carlo: theirs, and that of 1,000 draws of the factor."""
    places, total = np.array([[-1.2], [2.6]]), 200_000
    model, prior = Mlp((3,)), Prior(1.5, 0.7)
    fine = np.linspace(0.05, 2.0, 1171)
    shown = prior_noise_densities(model, prior, places, fine, Heteroscedastic())
    drawn, sigma = head(total, 3), 0.7 * np.abs(np.random.default_rng(4).standard_cauchy(total))
    for row, (x,) in zip(shown, places, strict=True):
        factor = factors(drawn, x)
        for low, high in ((0.05, 0.2), (0.2, 0.5), (0.5, 1.0), (1.0, 2.0)):
            inside = (fine >= low - 1e-9) & (fine <= high + 1e-9)
            found = np.trapezoid(row[inside], fine[inside])
            share = ((sigma * factor > low) & (sigma * factor < high)).mean()
            low_and_high = stats.halfcauchy(scale=0.7 * factor[:, None]).cdf([low, high])
            error = np.hypot(np.ptp(low_and_high, axis=1).std() / np.sqrt(1000), np.sqrt(share / total))
            assert abs(found - share) < 4 * error + 1e-4
            assert 4 * error < 0.1 * share  # and the errors are small enough to see a wrong factor


def test_without_a_head_the_prior_is_the_half_cauchy_itself():
    shown = prior_noise_densities(Mlp((3,)), Prior(1.0, 0.7), np.zeros((2, 5)), GRID)
    np.testing.assert_allclose(shown, stats.halfcauchy(scale=0.7).pdf(GRID)[None], rtol=1e-12)


def test_a_noise_that_is_known_has_no_density():
    with pytest.raises(ValueError, match=r"known to be 0\.7.*set noise_known=False"):
        prior_noise_densities(Mlp(), Prior(1.0, 0.7, noise_known=True), np.zeros((1, 1)), GRID)
